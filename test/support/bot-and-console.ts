// The bot with its HTTP side – console, interface for programs, public pages – asked by injected requests.
import { randomUUID } from 'node:crypto'
import type { InjectOptions } from 'fastify'
import { DEFAULT_SETTINGS, type Settings } from '../../src/core/model/settings.ts'
import { apiRoutes, type Parts, publicPages, staffPages, waitingFor } from '../../src/features/index.ts'
import { readAssets } from '../../src/platform/http/assets.ts'
import { createHttpServer } from '../../src/platform/http/server.ts'
import { createLog } from '../../src/platform/log.ts'
import { createMedia } from '../../src/platform/media/media.ts'
import { addMediaRoutes } from '../../src/platform/media/routes.ts'
import { ASSETS_PATH, addSite, SITE_FILES, type SiteOptions } from '../../src/site/index.ts'
import { createApiToken } from '../../src/staff/api-tokens.ts'
import { addApi, addConsole, type Role, shellRoutes } from '../../src/staff/index.ts'
import { newToken, tokenHash } from '../../src/staff/secrets.ts'
import { csrfToken } from '../../src/staff/sessions.ts'
import { PUBLIC_URL, realKnowledge, startBot } from './bot.ts'

/** Everything a member of staff or a reader can ask for. Stop it at the end. */
export async function startConsole(more: Partial<Parts> & { settings?: () => Settings } = {}) {
  const bot = await startBot()
  const knowledge = await realKnowledge()
  const logged: string[] = []
  const log = createLog('debug', { write: line => logged.push(line) })
  const { database } = bot
  const media = await createMedia({ database, folders: [] })
  const parts: Parts = {
    database,
    knowledge: () => knowledge,
    settings: () => DEFAULT_SETTINGS,
    media,
    publicUrl: PUBLIC_URL,
    fetchFile: async () => ({ status: 'refused', reason: 'gone' }),
    log,
    ...more,
  }
  const site: SiteOptions = {
    publicUrl: PUBLIC_URL,
    origins: [],
    city: knowledge.content.city,
    translator: knowledge.sentences,
    assets: readAssets(ASSETS_PATH, [...SITE_FILES]),
  }
  const app = await createHttpServer({
    log,
    trustProxy: false,
    health: async () => ({ ready: true, checks: {} }),
  })
  addMediaRoutes(app, media)
  addSite(app, site, publicPages(parts))
  addConsole(app, { ...parts, ...site, waiting: session => waitingFor(parts, session) }, staffPages(parts))
  addApi(app, parts, [...shellRoutes(parts), ...apiRoutes(parts)])
  await app.ready()

  async function account(role: Role, email = `${role}-${randomUUID().slice(0, 8)}@grad.example`) {
    const [row] = await database.sql<{ id: string }>`
      INSERT INTO staff_account (email, role) VALUES (${email}, ${role}) RETURNING id`
    if (!row) throw new Error('no account')
    return { id: row.id, email }
  }

  return {
    ...bot,
    app,
    parts,
    logged,
    /** A page or file for everybody. */
    read: (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers }),
    /** A browser that is signed in. */
    async signIn(role: Role) {
      const { id, email } = await account(role)
      const token = newToken()
      await database.sql`
        INSERT INTO staff_session (hash, account_id, stage, device) VALUES (${tokenHash(token)}, ${id}, 'full', '')`
      const headers = { cookie: `komsija_console=${token}` }
      const form = (fields: Record<string, string | string[]>) => {
        const pairs = Object.entries(fields).flatMap(([name, value]) =>
          [value].flat().map(one => [name, one] as [string, string]),
        )
        return new URLSearchParams([...pairs, ['_csrf', csrfToken(token)]]).toString()
      }
      return {
        email,
        cookie: headers.cookie,
        get: (url: string) => app.inject({ url, headers }),
        post: (url: string, fields: Record<string, string | string[]> = {}) =>
          app.inject({
            method: 'POST',
            url,
            headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
            payload: form(fields),
          }),
      }
    },
    /** A program with a key. */
    async program(role: Role) {
      const { id } = await account(role)
      const key = await createApiToken(database.sql, { accountId: id, name: 'test' })
      const headers = { authorization: `Bearer ${key}` }
      return {
        get: (path: string) => app.inject({ url: `/api/v1${path}`, headers }),
        send: (method: InjectOptions['method'], path: string, body?: object) =>
          app.inject({ method, url: `/api/v1${path}`, headers, ...(body && { payload: body }) }),
      }
    },
    async stop() {
      await app.close()
      await bot.stop()
    },
  }
}
