// The console and the interface for programs by injected requests, with accounts that are signed in already.
import type { Settings } from '../../src/core/model/settings.ts'
import type { Knowledge } from '../../src/core/step.ts'
import { apiRoutes, type Parts, staffPages, waitingFor } from '../../src/features/index.ts'
import type { Database, Sql } from '../../src/platform/db/database.ts'
import { createHttpServer } from '../../src/platform/http/server.ts'
import { createLog } from '../../src/platform/log.ts'
import { createMedia } from '../../src/platform/media/media.ts'
import { createAccount } from '../../src/staff/accounts.ts'
import { createApiToken } from '../../src/staff/api-tokens.ts'
import { addApi, addConsole, type Role, shellRoutes } from '../../src/staff/index.ts'
import { newToken, tokenHash } from '../../src/staff/secrets.ts'
import { csrfToken } from '../../src/staff/sessions.ts'
import { PUBLIC_URL } from './bot.ts'

export const COOKIE = 'komsija_console'

export type Console = Awaited<ReturnType<typeof startConsole>>
export type StaffMember = Awaited<ReturnType<Console['signIn']>>

/** A new account that is signed in; `token` is what its browser's cookie holds. */
export async function openSession(
  sql: Sql,
  { role, email, language = 'sr-Latn' }: { role: Role; email: string; language?: string },
): Promise<{ id: string; token: string }> {
  const id = (await createAccount(sql, { email, role })) ?? ''
  await sql`UPDATE staff_account SET password_hash = 'x', language = ${language} WHERE id = ${id}`
  const token = newToken()
  await sql`
    INSERT INTO staff_session (hash, account_id, stage, device) VALUES (${tokenHash(token)}, ${id}, 'full', '')`
  return { id, token }
}

/** The console on a database; `lines` is everything that was logged. */
export async function startConsole(options: {
  database: Database
  knowledge: Knowledge
  settings?: () => Settings
}) {
  const { database, knowledge } = options
  const settings = options.settings ?? (() => knowledge.settings)
  const lines: string[] = []
  const log = createLog('trace', { write: line => lines.push(line) })
  const parts: Parts = {
    database,
    knowledge: () => ({ ...knowledge, settings: settings() }),
    settings,
    media: await createMedia({ database, folders: [] }),
    publicUrl: PUBLIC_URL,
    log,
  }
  const app = await createHttpServer({
    log,
    trustProxy: false,
    health: async () => ({ ready: true, checks: {} }),
  })
  const { city } = knowledge.content
  const shell = { ...parts, translator: knowledge.sentences, city }
  addConsole(app, { ...shell, waiting: session => waitingFor(parts, session) }, staffPages(parts))
  addApi(app, parts, [...shellRoutes(parts), ...apiRoutes(parts)])

  /** Somebody with this role, signed in; each address is an account of its own. */
  async function signIn(role: Role, email = `${role}@grad.rs`, language = 'sr-Latn') {
    const { sql } = database
    const { id, token } = await openSession(sql, { role, email, language })
    const key = await createApiToken(sql, { accountId: id, name: 'test' })
    const headers = { cookie: `${COOKIE}=${token}` }
    return {
      id,
      email,
      get: (url: string) => app.inject({ url, headers }),
      /** What htmx asks for. */
      part: (url: string) => app.inject({ url, headers: { ...headers, 'hx-request': 'true' } }),
      post: (url: string, fields: Record<string, string> = {}) =>
        app.inject({
          method: 'POST',
          url,
          headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
          payload: new URLSearchParams({ _csrf: csrfToken(token), ...fields }).toString(),
        }),
      api: (method: 'GET' | 'POST', url: string, body?: object) =>
        app.inject({
          method,
          url: `/api/v1${url}`,
          headers: { authorization: `Bearer ${key}` },
          ...(body && { payload: body }),
        }),
    }
  }

  return {
    app,
    lines,
    signIn,
    stop: () => app.close(),
  }
}
