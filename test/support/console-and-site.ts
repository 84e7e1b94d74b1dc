// The console, the interface for programs and the public pages on a real database, asked by injected requests.
import type { FastifyInstance, InjectOptions } from 'fastify'
import { DEFAULT_SETTINGS } from '../../src/core/model/settings.ts'
import type { Knowledge } from '../../src/core/step.ts'
import { apiRoutes, type Parts, publicPages, staffPages, waitingFor } from '../../src/features/index.ts'
import { readAssets } from '../../src/platform/http/assets.ts'
import { createHttpServer } from '../../src/platform/http/server.ts'
import { createLog } from '../../src/platform/log.ts'
import { createMedia } from '../../src/platform/media/media.ts'
import { ASSETS_PATH, addSite, SITE_FILES, type SiteOptions } from '../../src/site/index.ts'
import { createApiToken } from '../../src/staff/api-tokens.ts'
import { addApi, addConsole, type Role, shellRoutes } from '../../src/staff/index.ts'
import { newToken, tokenHash } from '../../src/staff/secrets.ts'
import { csrfToken } from '../../src/staff/sessions.ts'
import { PUBLIC_URL, realKnowledge } from './bot.ts'
import { type TestDatabase, testDatabase } from './database.ts'

type Reply = Awaited<ReturnType<FastifyInstance['inject']>>

/** Somebody who is signed in. */
export type StaffMember = {
  email: string
  cookie: string
  csrf: string
  get(url: string, headers?: Record<string, string>): Promise<Reply>
  post(url: string, form?: Record<string, string>, headers?: Record<string, string>): Promise<Reply>
}

export async function startConsole(options: { publicUrl?: string } = {}) {
  const { publicUrl = PUBLIC_URL } = options
  const database = await testDatabase()
  const log = createLog('silent')
  const known = await realKnowledge()
  const knowledge = (): Knowledge => ({ ...known, publicUrl })
  const media = await createMedia({ database, folders: [] })
  const parts: Parts = { database, knowledge, settings: () => DEFAULT_SETTINGS, media, publicUrl, log }
  const app = await createHttpServer({
    log,
    trustProxy: false,
    health: async () => ({ ready: true, checks: {} }),
  })
  const site: SiteOptions = {
    publicUrl,
    origins: [],
    city: known.content.city,
    translator: known.sentences,
    assets: readAssets(ASSETS_PATH, SITE_FILES),
  }
  addSite(app, site, publicPages(parts))
  addConsole(app, { ...parts, ...site, waiting: session => waitingFor(parts, session) }, staffPages(parts))
  addApi(app, parts, [...shellRoutes(parts), ...apiRoutes(parts)])
  return {
    app,
    database,
    parts,
    signIn: (role: Role, language = 'sr-Latn') => signIn(app, database, role, language),
    /** A key for programs with this role. */
    async key(role: Role) {
      const accountId = await account(database, role, 'sr-Latn')
      const token = await createApiToken(database.sql, { accountId, name: 'test' })
      return (method: 'GET' | 'POST' | 'PATCH', url: string, payload?: object) =>
        app.inject({ method, url: `/api/v1${url}`, payload, headers: { authorization: `Bearer ${token}` } })
    },
    async stop() {
      await app.close()
      await database.drop()
    },
  }
}

let accounts = 0

async function account({ sql }: TestDatabase, role: Role, language: string): Promise<string> {
  const email = `${role}${++accounts}@grad.rs`
  const [row] = await sql<{ id: string }>`
    INSERT INTO staff_account (email, role, language, password_hash, totp_since)
    VALUES (${email}, ${role}, ${language}, 'none', now()) RETURNING id`
  return row?.id ?? ''
}

async function signIn(
  app: FastifyInstance,
  database: TestDatabase,
  role: Role,
  language: string,
): Promise<StaffMember> {
  const accountId = await account(database, role, language)
  const token = newToken()
  const [row] = await database.sql<{ email: string }>`
    WITH opened AS (
      INSERT INTO staff_session (hash, account_id, stage, device)
      VALUES (${tokenHash(token)}, ${accountId}, 'full', 'test'))
    SELECT email FROM staff_account WHERE id = ${accountId}`
  const cookie = `komsija_console=${token}`
  const csrf = csrfToken(token)
  const ask = (request: InjectOptions, headers: Record<string, string> = {}) =>
    app.inject({ ...request, headers: { cookie, ...headers } })
  return {
    email: row?.email ?? '',
    cookie: token,
    csrf,
    get: (url, headers) => ask({ method: 'GET', url }, headers),
    post: (url, form = {}, headers) =>
      ask(
        { method: 'POST', url, payload: new URLSearchParams({ _csrf: csrf, ...form }).toString() },
        { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      ),
  }
}
