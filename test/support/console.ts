// The whole console and the interface for programs on a real database, asked by injected requests.
import { randomUUID } from 'node:crypto'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { apiRoutes, overviewParts, type Parts, staffPages, waitingFor } from '../../src/features/index.ts'
import { createHttpServer } from '../../src/platform/http/server.ts'
import { createLog } from '../../src/platform/log.ts'
import { createMedia } from '../../src/platform/media/media.ts'
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
import { PUBLIC_URL, realKnowledge } from './bot.ts'
import { type TestDatabase, testDatabase } from './database.ts'

export type TestConsole = {
  app: FastifyInstance
  database: TestDatabase
  parts: Parts
  /** Every route with the roles it names. */
  routes: Route[]
  /** Everything the log wrote. */
  logged: string[]
  /** A browser nobody has used yet; at an address of its own unless one is given. */
  browser(ip?: string): Browser
  /** An account with its browser, signed in. */
  signIn(role: Role, email?: string): Promise<Browser & { email: string; accountId: string }>
  /** A key for programs of an account of its own. */
  key(role: Role): Promise<string>
  stop(): Promise<void>
}

export type Route = { method: string; path: string; roles: readonly Role[] | 'open' | undefined }

export type Fields = Record<string, string | string[]>

export interface Browser {
  /** What it holds, by name. */
  cookies: Map<string, string>
  /** The form token that its pages hold. */
  csrf(): string
  get(path: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  /** Sends a form with the right form token, unless `fields` has another one. */
  post(path: string, fields?: Fields, headers?: Record<string, string>): Promise<LightMyRequestResponse>
}

/** Pages and routes come on top of those of the features. */
export async function startConsole(
  options: {
    pages?: readonly StaffPage[]
    routes?: readonly ApiRoute[]
    database?: TestDatabase
    trustProxy?: boolean
    console?: Partial<ConsoleOptions>
  } = {},
): Promise<TestConsole> {
  const own = options.database ? undefined : await testDatabase()
  const database = options.database ?? own
  if (!database) throw new Error('no database')
  const logged: string[] = []
  const log = createLog('debug', { write: line => logged.push(line) })
  const knowledge = await realKnowledge()
  const parts: Parts = {
    database,
    knowledge: () => knowledge,
    settings: () => knowledge.settings,
    media: await createMedia({ database, folders: [] }),
    publicUrl: PUBLIC_URL,
    log,
  }
  const health = async () => ({ ready: true, checks: {} })
  const app = await createHttpServer({ log, trustProxy: options.trustProxy ?? false, health })
  const routes: Route[] = []
  app.addHook('onRoute', ({ method, url, config }) => {
    for (const one of [method].flat()) routes.push({ method: one, path: url, roles: config?.roles })
  })
  const { city } = knowledge.content
  const shell: ConsoleOptions = {
    ...parts,
    translator: knowledge.sentences,
    city,
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
    routes,
    logged,
    browser: ip => browserOf(app, ip),
    signIn: (role, email) => signIn(app, database, role, email),
    key: role => keyOf(database, role),
    async stop() {
      await app.close()
      await own?.drop()
    },
  }
}

/** The name of the cookie under http. */
export const COOKIE = 'komsija_console'

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
    post: (url, fields = {}, headers) =>
      ask({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        payload: new URLSearchParams(pairsOf({ _csrf: csrf(), ...fields })).toString(),
      }),
  }
}

function pairsOf(fields: Fields): [string, string][] {
  return Object.entries(fields).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, value]),
  )
}

async function account({ sql }: TestDatabase, role: Role, email: string): Promise<string> {
  const [row] = await sql<{ id: string }>`
    INSERT INTO staff_account (email, role, password_hash, totp_secret, totp_since)
    VALUES (${email}, ${role}, '', '', now())
    ON CONFLICT (email) DO UPDATE SET role = excluded.role RETURNING id`
  if (!row) throw new Error('no account')
  return row.id
}

async function signIn(
  app: FastifyInstance,
  database: TestDatabase,
  role: Role,
  email = `${role}-${randomUUID().slice(0, 8)}@grad.example`,
) {
  const accountId = await account(database, role, email)
  const token = newToken()
  await database.sql`
    INSERT INTO staff_session (hash, account_id, stage, device)
    VALUES (${tokenHash(token)}, ${accountId}, 'full', '')`
  const browser = browserOf(app)
  browser.cookies.set(COOKIE, token)
  return { ...browser, email, accountId }
}

async function keyOf(database: TestDatabase, role: Role): Promise<string> {
  const accountId = await account(database, role, `${role}-${randomUUID().slice(0, 8)}@grad.example`)
  return createApiToken(database.sql, { accountId, name: 'test' })
}
