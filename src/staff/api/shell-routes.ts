// Routes that belong to no feature.
import { z } from 'zod'
import { countPeople } from '../../people/index.ts'
import type { Database } from '../../platform/db/database.ts'
import { readSettings } from '../../settings/index.ts'
import { auditRows } from '../audit.ts'
import { EVERYONE } from '../roles.ts'
import { type ApiRoute, apiRoute, success } from './route.ts'

const PAGE_SIZE = 100

export function shellRoutes({ database }: { database: Database }): ApiRoute[] {
  return [
    apiRoute({
      method: 'GET',
      path: '/audit',
      roles: ['monitor'],
      summary: 'The audit log, newest first.',
      query: z.object({
        cursor: z
          .string()
          .regex(/^\d{1,18}$/)
          .optional(),
      }),
      reply: z.object({
        items: z.array(
          z.object({
            at: z.iso.datetime(),
            actor: z.string(),
            action: z.string(),
            target: z.string(),
            details: z.record(z.string(), z.unknown()),
          }),
        ),
        next: z.string().optional(),
      }),
      async handle({ query }) {
        const rows = await auditRows(database, { before: query.cursor, limit: PAGE_SIZE })
        const items = rows.map(({ id: _id, at, ...rest }) => ({ at: at.toISOString(), ...rest }))
        const next = rows.length === PAGE_SIZE ? rows.at(-1)?.id : undefined
        return success({ items, ...(next && { next }) })
      },
    }),
    apiRoute({
      method: 'GET',
      path: '/people/count',
      roles: EVERYONE,
      summary: 'How many people there are, and how many of them want announcements.',
      reply: z.object({
        people: z.int(),
        recipients: z.int(),
        byChannel: z.record(z.string(), z.int()),
      }),
      async handle() {
        const { people, recipients, byChannel } = await countPeople(database.sql)
        return success({ people, recipients, byChannel })
      },
    }),
    apiRoute({
      method: 'GET',
      path: '/settings',
      roles: EVERYONE,
      summary: 'What staff decided about the whole system.',
      reply: z.record(z.string(), z.unknown()),
      handle: async () => success(await readSettings(database.sql)),
    }),
  ]
}
