// Announcements for programs.
import { z } from 'zod'
import { DELIVERY_STATUSES } from '../../delivery/index.ts'
import { type ApiReply, type ApiRoute, apiRoute, notFound, problem, success } from '../../staff/index.ts'
import { unknownIn } from './audience.ts'
import { countAsSent, sendAgain } from './decisions.ts'
import type { AnnouncementDeps } from './deps.ts'
import {
  AUTHORS,
  approveAnnouncement,
  cancelAnnouncement,
  createDraft,
  editDraft,
  type Outcome,
  pauseAnnouncement,
  READERS,
  resumeAnnouncement,
  startAnnouncement,
} from './lifecycle.ts'
import {
  type Announcement,
  type AnnouncementStatus,
  AttachedSchema,
  AudienceSchema,
  type Counts,
  TextsSchema,
} from './model.ts'
import {
  countAllDeliveries,
  countDeliveries,
  listAnnouncements,
  listDeliveries,
  readAnnouncement,
} from './store.ts'
import { reachOf, sameTextAs } from './warnings.ts'
import { checkWish, type Given } from './wish.ts'

const PAGE_SIZE = 200
const CURSOR = /^\d{1,18}$/

const Body = AttachedSchema.extend({
  audience: AudienceSchema,
  message: TextsSchema,
  sendAt: z.iso.datetime({ offset: true }).optional(),
}).strict()

const Status = z.enum(['draft', 'scheduled', 'sending', 'paused', 'done', 'cancelled'])
const Numbers = z.object({
  total: z.number(),
  planned: z.number(),
  sending: z.number(),
  sent: z.number(),
  failed: z.number(),
  skipped: z.number(),
  uncertain: z.number(),
})
const Warnings = z.array(z.object({ code: z.literal('same-text'), announcement: z.string(), at: z.string() }))
const Reach = z.object({
  recipients: z.number(),
  byChannel: z.record(z.string(), z.number()),
  unreachable: z.number(),
  viber: z
    .object({
      free: z.number(),
      paid: z.number(),
      cost: z.number(),
      currency: z.string(),
      beyond: z.number(),
    })
    .optional(),
})
const Created = Reach.extend({ id: z.string(), status: Status, warnings: Warnings })
const Decided = z.object({ id: z.string(), status: Status })
const Described = Numbers.extend({
  id: z.string(),
  status: Status,
  message: z.record(z.string(), z.unknown()),
  audience: z.record(z.string(), z.unknown()),
  sendAt: z.string().optional(),
  approvedAt: z.string().optional(),
  startedAt: z.string().optional(),
})

export function announcementRoutes(deps: AnnouncementDeps): ApiRoute[] {
  return [...authorRoutes(deps), ...readerRoutes(deps), ...switchRoutes(deps), ...decisionRoutes(deps)]
}

function authorRoutes(deps: AnnouncementDeps): ApiRoute[] {
  return [
    apiRoute({
      method: 'POST',
      path: '/announcements',
      roles: AUTHORS,
      summary: 'Writes a draft. Nothing is sent before it is started.',
      body: Body,
      reply: Created,
      status: 201,
      problems: ['unknown'],
      async handle({ account, body, now }) {
        const checked = await checkWish(deps, body, now)
        if (checked.kind === 'unknown') return unknownProblem(checked.unknown)
        const id = await createDraft(deps, account, checked.wish)
        const warnings = await sameTextAs(deps, { message: checked.wish.message, now })
        return success({ id, status: 'draft', ...checked.reach, warnings })
      },
    }),
    apiRoute({
      method: 'PATCH',
      path: '/announcements/:id',
      roles: AUTHORS,
      summary: 'Changes fields of a draft; it must be approved anew.',
      body: Body.partial().strict(),
      reply: Created,
      problems: ['unknown', 'state'],
      async handle({ account, params: { id = '' }, body, now }) {
        const before = await found(deps, id)
        if (!before) return notFound()
        const checked = await checkWish(deps, { ...bodyOf(before), ...body }, now)
        if (checked.kind === 'unknown') return unknownProblem(checked.unknown)
        const outcome = await editDraft(deps, account, id, checked.wish)
        if (outcome.kind !== 'done') return refusal(outcome)
        const warnings = await sameTextAs(deps, { message: checked.wish.message, except: id, now })
        return success({ id, status: 'draft', ...checked.reach, warnings })
      },
    }),
    apiRoute({
      method: 'POST',
      path: '/announcements/reach',
      roles: AUTHORS,
      summary: 'How many people an audience has, by channel, and what Viber would charge.',
      body: z.strictObject({ audience: AudienceSchema }),
      reply: Reach,
      problems: ['unknown'],
      async handle({ body, now }) {
        const unknown = unknownIn(body.audience, deps.knowledge().content)
        const reach = unknown.length ? undefined : await reachOf(deps, body.audience, now)
        return reach ? success(reach) : unknownProblem(unknown.length ? unknown : ['workshop'])
      },
    }),
  ]
}

function readerRoutes(deps: AnnouncementDeps): ApiRoute[] {
  const { sql } = deps.database
  return [
    apiRoute({
      method: 'GET',
      path: '/announcements',
      roles: READERS,
      summary: 'Announcements, newest first.',
      query: z.object({ cursor: z.iso.datetime({ offset: true }).optional() }),
      reply: z.object({ items: z.array(Described), next: z.string().optional() }),
      async handle({ query: { cursor } }) {
        const before = cursor ? new Date(cursor) : undefined
        const rows = await listAnnouncements(sql, { before, limit: PAGE_SIZE })
        const counts = await countAllDeliveries(
          sql,
          rows.map(({ id }) => id),
        )
        const items = rows.map(row => described(row, counts.get(row.id)))
        const next = rows.length === PAGE_SIZE ? rows.at(-1)?.createdAt.toISOString() : undefined
        return success({ items, ...(next && { next }) })
      },
    }),
    apiRoute({
      method: 'GET',
      path: '/announcements/:id',
      roles: READERS,
      summary: 'How an announcement stands.',
      reply: Described,
      async handle({ params: { id = '' } }) {
        const announcement = await found(deps, id)
        return announcement ? success(described(announcement, await countDeliveries(sql, id))) : notFound()
      },
    }),
    apiRoute({
      method: 'GET',
      path: '/announcements/:id/deliveries',
      roles: AUTHORS,
      summary: 'What became of it for each person, in the order of planning.',
      query: z.object({
        status: z.enum(DELIVERY_STATUSES).optional(),
        cursor: z.string().regex(CURSOR).optional(),
      }),
      reply: z.object({
        items: z.array(
          z.object({
            id: z.string(),
            person: z.string().nullable(),
            channel: z.string(),
            address: z.string().nullable(),
            status: z.enum(DELIVERY_STATUSES),
            reason: z.string().optional(),
            at: z.string(),
          }),
        ),
        next: z.string().optional(),
      }),
      async handle({ params: { id = '' }, query: { status, cursor } }) {
        if (!(await found(deps, id))) return notFound()
        const rows = await listDeliveries(sql, {
          announcementId: id,
          status,
          after: cursor,
          limit: PAGE_SIZE,
        })
        const items = rows.map(({ at, reason, ...row }) => ({
          ...row,
          ...(reason && { reason }),
          at: at.toISOString(),
        }))
        const next = rows.length === PAGE_SIZE ? rows.at(-1)?.id : undefined
        return success({ items, ...(next && { next }) })
      },
    }),
  ]
}

function switchRoutes(deps: AnnouncementDeps): ApiRoute[] {
  const started = Decided.extend({ warnings: Warnings })
  return [
    apiRoute({
      method: 'POST',
      path: '/announcements/:id/start',
      roles: AUTHORS,
      summary: 'Sends a draft, or schedules it when its sendAt is yet to come.',
      body: z.object({ override: z.boolean().default(false) }),
      reply: started,
      problems: ['approval-required', 'quiet-hours', 'silence', 'gone', 'state'],
      async handle({ account, params: { id = '' }, body, now }) {
        const outcome = await startAnnouncement(deps, account, id, { override: body.override, now })
        if (outcome.kind !== 'done') return refusal(outcome)
        const announcement = await found(deps, id)
        const warnings = announcement
          ? await sameTextAs(deps, { message: announcement.message, except: id, now })
          : []
        return success({ id, status: outcome.status, warnings })
      },
    }),
    apiRoute({
      method: 'POST',
      path: '/announcements/:id/approve',
      roles: AUTHORS,
      summary:
        'Agrees to a draft that another account wrote; if somebody has asked for it to start, it starts.',
      reply: Decided,
      problems: ['own-announcement', 'state'],
      handle: async ({ account, params: { id = '' }, now }) =>
        decided(id, await approveAnnouncement(deps, account, id, now)),
    }),
    ...(
      [
        ['pause', 'Holds what is not sent yet.', pauseAnnouncement],
        ['resume', 'Goes on with what was paused.', resumeAnnouncement],
        ['cancel', 'Ends it: nobody who is still planned gets it.', cancelAnnouncement],
      ] as const
    ).map(([verb, summary, act]) =>
      apiRoute({
        method: 'POST',
        path: `/announcements/:id/${verb}`,
        roles: AUTHORS,
        summary,
        reply: Decided,
        problems: ['state'],
        handle: async ({ account, params: { id = '' } }) => decided(id, await act(deps, account, id)),
      }),
    ),
  ]
}

function decisionRoutes(deps: AnnouncementDeps): ApiRoute[] {
  const ids = z.array(z.string().regex(CURSOR)).min(1).max(10_000).optional()
  const reply = z.object({ id: z.string(), count: z.number() })
  return [
    apiRoute({
      method: 'POST',
      path: '/announcements/:id/retry',
      roles: AUTHORS,
      summary: 'Sends again what failed, was skipped for a reason that may have passed, or is uncertain.',
      body: z.strictObject({ status: z.enum(['failed', 'skipped', 'uncertain']), deliveries: ids }),
      reply,
      problems: ['state'],
      async handle({ account, params: { id = '' }, body: { status, deliveries } }) {
        const { outcome, count } = await sendAgain(deps, account, id, { status, ids: deliveries })
        return outcome.kind === 'done' ? success({ id, count }) : refusal(outcome)
      },
    }),
    apiRoute({
      method: 'POST',
      path: '/announcements/:id/confirm',
      roles: AUTHORS,
      summary: 'Counts what is uncertain as sent.',
      body: z.strictObject({ deliveries: ids }),
      reply,
      problems: ['state'],
      async handle({ account, params: { id = '' }, body: { deliveries } }) {
        const { outcome, count } = await countAsSent(deps, account, id, deliveries)
        return outcome.kind === 'done' ? success({ id, count }) : refusal(outcome)
      },
    }),
  ]
}

async function found({ database }: AnnouncementDeps, id: string): Promise<Announcement | undefined> {
  return z.uuid().safeParse(id).success ? readAnnouncement(database.sql, id) : undefined
}

function bodyOf({ audience, message, attached, sendAt }: Announcement): Given {
  return { ...attached, audience, message: TextsSchema.parse(message), sendAt: sendAt?.toISOString() }
}

function described(announcement: Announcement, counts: Counts | undefined): object {
  const { id, status, message, audience, attached, sendAt, approvedAt, startedAt } = announcement
  const moments = Object.entries({ sendAt, approvedAt, startedAt }).flatMap(([name, at]) =>
    at ? [[name, at.toISOString()]] : [],
  )
  return { id, status, ...(counts ?? ZERO), message, audience, ...attached, ...Object.fromEntries(moments) }
}

const ZERO: Counts = { total: 0, planned: 0, sending: 0, sent: 0, failed: 0, skipped: 0, uncertain: 0 }

function decided(id: string, outcome: Outcome): ApiReply {
  return outcome.kind === 'done' ? success({ id, status: outcome.status }) : refusal(outcome)
}

function unknownProblem(unknown: readonly string[]): ApiReply {
  return problem(422, 'unknown', `There is no such thing: ${unknown.join('; ')}.`, { unknown })
}

function refusal(outcome: Exclude<Outcome, { kind: 'done' }>): ApiReply {
  switch (outcome.kind) {
    case 'missing':
      return notFound()
    case 'state':
      return problem(409, 'state', sentenceOf(outcome.status), { status: outcome.status })
    case 'approval-required': {
      const { recipients } = outcome
      return problem(409, outcome.kind, 'It is for so many people that another account must approve it.', {
        recipients,
      })
    }
    case 'own-announcement':
      return problem(409, outcome.kind, 'Another account than the one that wrote it must approve it.')
    case 'quiet-hours':
    case 'silence': {
      const allowedFrom = outcome.allowedFrom.toISOString()
      const why =
        outcome.kind === 'silence' ? 'On that day no announcements go out' : 'That is within quiet hours'
      return problem(
        409,
        outcome.kind,
        `${why}; from ${allowedFrom} on it may. "override": true sends it all the same.`,
        { allowedFrom },
      )
    }
    case 'gone':
      return problem(409, 'gone', 'Something that it carries or chooses people by does not exist any more.')
  }
}

function sentenceOf(status: AnnouncementStatus): string {
  return `The announcement is ${status}: this can't be done with it now.`
}
