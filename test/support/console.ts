// The whole HTTP side – console, interface for programs, public pages – on a real database, asked by injected
// requests.
import { randomUUID } from 'node:crypto'
import type { FastifyInstance, HTTPMethods, InjectOptions, LightMyRequestResponse } from 'fastify'
import type { Settings } from '../../src/core/model/settings.ts'
import type { Knowledge } from '../../src/core/step.ts'
import type { PageLanguage } from '../../src/core/text/page-language.ts'
import { createWorkbench } from '../../src/features/curation/index.ts'
import {
  apiRoutes,
  overviewParts,
  type Parts,
  publicPages,
  staffPages,
  waitingFor,
} from '../../src/features/index.ts'
import type { Database, Sql } from '../../src/platform/db/database.ts'
import { readAssets } from '../../src/platform/http/assets.ts'
import { createHttpServer } from '../../src/platform/http/server.ts'
import { createLog } from '../../src/platform/log.ts'
import { createMedia } from '../../src/platform/media/media.ts'
import { addMediaRoutes } from '../../src/platform/media/routes.ts'
import { ASSETS_PATH, addSite, SITE_FILES, type SiteOptions } from '../../src/site/index.ts'
import { createApiToken } from '../../src/staff/api-tokens.ts'
import {
  type ApiRoute,
  addApi,
  addConsole,
  type ConsoleOptions,
  overviewRoutes,
  type Role,
  type StaffPage,
  shellRoutes,
} from '../../src/staff/index.ts'
import { newToken, tokenHash } from '../../src/staff/secrets.ts'
import { csrfToken } from '../../src/staff/sessions.ts'
import { PUBLIC_URL, realFiles, realKnowledge } from './bot.ts'
import { testDatabase } from './database.ts'

export type TestConsole = Awaited<ReturnType<typeof startConsole>>

export type Route = { method: string; path: string; roles: readonly Role[] | 'open' | undefined }

export type Fields = Record<string, string | string[]>

export interface Browser {
  /** What it holds, by name. */
  cookies: Map<string, string>
  /** The form token that its pages hold. */
  csrf(): string
  get(path: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  /** What htmx asks for. */
  part(path: string): Promise<LightMyRequestResponse>
  /** Sends a form with the right form token, unless `fields` has another one. */
  post(path: string, fields?: Fields, headers?: Record<string, string>): Promise<LightMyRequestResponse>
}

/** Calls the interface for programs; `path` begins after `/api/v1`. */
export type Program = (method: HTTPMethods, path: string, body?: object) => Promise<LightMyRequestResponse>

export type StaffMember = Browser & { email: string; accountId: string; api: Program }

/**
 * On a database of its own unless one is given. Pages and routes come on top of those of the features.
 * Stop it at the end.
 */
export async function startConsole(
  options: {
    pages?: readonly StaffPage[]
    routes?: readonly ApiRoute[]
    database?: Database
    knowledge?: Knowledge
    settings?: () => Settings
    trustProxy?: boolean
    console?: Partial<ConsoleOptions>
    parts?: Partial<Parts>
  } = {},
) {
  const own = options.database ? undefined : await testDatabase()
  const database = options.database ?? own
  if (!database) throw new Error('no database')
  const logged: string[] = []
  const log = createLog('debug', { write: line => logged.push(line) })
  const knowledge = options.knowledge ?? (await realKnowledge())
  const settings = options.settings ?? (() => knowledge.settings)
  const files = (await realFiles()).loaded
  const workbench = createWorkbench(files)
  const media = await createMedia({ database, folders: [] })
  const parts: Parts = {
    database,
    knowledge: () => ({ ...knowledge, publicUrl: PUBLIC_URL, settings: settings() }),
    settings,
    files,
    workbench,
    media,
    channels: [],
    publicUrl: PUBLIC_URL,
    fetchFile: async () => ({ status: 'refused', reason: 'gone' }),
    log,
    ...options.parts,
  }
  const health = async () => ({ ready: true, checks: {} })
  const app = await createHttpServer({ log, trustProxy: options.trustProxy ?? false, health })
  const routes: Route[] = []
  app.addHook('onRoute', ({ method, url, config }) => {
    for (const one of [method].flat()) routes.push({ method: one, path: url, roles: config?.roles })
  })
  const site: SiteOptions = {
    publicUrl: PUBLIC_URL,
    origins: [],
    city: knowledge.content.city,
    translator: knowledge.sentences,
    assets: readAssets(ASSETS_PATH, SITE_FILES),
    settings,
  }
  addMediaRoutes(app, parts.media)
  addSite(app, site, publicPages(parts))
  const shell: ConsoleOptions = {
    ...parts,
    translator: knowledge.sentences,
    city: knowledge.content.city,
    waiting: session => waitingFor(parts, session),
    overview: overviewParts(parts),
    channels: [
      { id: 'telegram', on: false },
      { id: 'web', on: true },
    ],
    ...options.console,
  }
  addConsole(app, shell, [...staffPages(parts), ...(options.pages ?? [])])
  addApi(app, parts, [
    ...shellRoutes(parts),
    ...overviewRoutes(shell),
    ...apiRoutes(parts),
    ...(options.routes ?? []),
  ])
  await app.ready()
  return {
    app,
    database,
    parts,
    /** Every route with the roles it names. */
    routes,
    /** Everything the log wrote. */
    logged,
    /** A page or file that is for everybody. */
    read: (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers }),
    /** A browser nobody has used yet; at an address of its own unless one is given. */
    browser: (ip?: string) => browserOf(app, ip),
    /** An account with its browser and its key, signed in. */
    signIn: (role: Role, who: { email?: string; language?: PageLanguage } = {}) =>
      signIn(app, database.sql, { role, ...who }),
    /** A key for programs of an account of its own. */
    key: (role: Role) => keyOf(database.sql, role),
    /** A program with such a key. */
    program: async (role: Role) => programOf(app, await keyOf(database.sql, role)),
    async stop() {
      await workbench.close()
      await app.close()
      await own?.drop()
    },
  }
}

/** The name of the cookie under http. */
export const COOKIE = 'komsija_console'

/** An account that is signed in; `token` is what its browser's cookie holds. */
export async function openSession(
  sql: Sql,
  {
    role,
    email = `${role}-${randomUUID().slice(0, 8)}@grad.example`,
    language = 'sr-Latn',
  }: { role: Role; email?: string; language?: PageLanguage },
): Promise<{ id: string; email: string; token: string }> {
  const [account] = await sql<{ id: string }>`
    INSERT INTO staff_account (email, role, language, password_hash, totp_secret, totp_since)
    VALUES (${email}, ${role}, ${language}, '', '', now())
    ON CONFLICT (email) DO UPDATE SET role = excluded.role RETURNING id`
  if (!account) throw new Error('no account')
  const token = newToken()
  await sql`
    INSERT INTO staff_session (hash, account_id, stage, device)
    VALUES (${tokenHash(token)}, ${account.id}, 'full', '')`
  return { id: account.id, email, token }
}

let nextAddress = 1

function browserOf(app: FastifyInstance, ip = `10.0.${nextAddress >> 8}.${nextAddress++ & 255}`): Browser {
  const cookies = new Map<string, string>()
  const csrf = () => csrfToken(cookies.get(COOKIE) ?? cookies.get(`__Host-${COOKIE}`) ?? '')
  const ask = async (request: InjectOptions) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { accept: 'text/html', ...(cookie && { cookie }), ...request.headers }
    const response = await app.inject({ ...request, headers, remoteAddress: ip })
    for (const { name, value } of response.cookies) cookies.set(name, value)
    return response
  }
  return {
    cookies,
    csrf,
    get: (url, headers) => ask({ method: 'GET', url, headers }),
    part: url => ask({ method: 'GET', url, headers: { 'hx-request': 'true' } }),
    post: (url, fields = {}, headers) =>
      ask({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        payload: new URLSearchParams(pairsOf({ _csrf: csrf(), ...fields })).toString(),
      }),
  }
}

/** The fields of a form, one by one. */
export function pairsOf(fields: Fields): [string, string][] {
  return Object.entries(fields).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, value]),
  )
}

async function signIn(
  app: FastifyInstance,
  sql: Sql,
  who: { role: Role; email?: string; language?: PageLanguage },
): Promise<StaffMember> {
  const { id, email, token } = await openSession(sql, who)
  const browser = browserOf(app)
  browser.cookies.set(COOKIE, token)
  let key: Promise<string> | undefined
  const api: Program = async (...call) => {
    key ??= createApiToken(sql, { accountId: id, name: 'test' })
    return programOf(app, await key)(...call)
  }
  return { ...browser, email, accountId: id, api }
}

function programOf(app: FastifyInstance, key: string): Program {
  const headers = { authorization: `Bearer ${key}` }
  return (method, path, body) =>
    app.inject({ method, url: `/api/v1${path}`, headers, ...(body && { payload: body }) })
}

async function keyOf(sql: Sql, role: Role): Promise<string> {
  const { id } = await openSession(sql, { role })
  return createApiToken(sql, { accountId: id, name: 'test' })
}
