// The staff interface as routes below /api/v1.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Database } from '../../platform/db/database.ts'
import { storableJson } from '../../platform/db/storable.ts'
import type { Account } from '../accounts.ts'
import { accountOfToken } from '../api-tokens.ts'
import { mayEnter } from '../roles.ts'
import { openApi } from './openapi.ts'
import { type ApiProblem, type ApiReply, type ApiRoute, problem } from './route.ts'

export const API_PATH = '/api/v1'

export type ApiOptions = { database: Database; publicUrl: string }

/** Adds every route, and their description without a key. */
export function addApi(app: FastifyInstance, options: ApiOptions, routes: readonly ApiRoute[]): void {
  const description = openApi(routes, options.publicUrl)
  app.get(`${API_PATH}/openapi.json`, { config: { roles: 'open' } }, async () => description)
  app.register(async scope => {
    acceptEmptyBodies(scope)
    for (const route of routes) addRoute(scope, options, route)
  })
}

function addRoute(app: FastifyInstance, { database }: ApiOptions, route: ApiRoute): void {
  const callers = new WeakMap<FastifyRequest, Account>()
  app.route({
    method: route.method,
    url: API_PATH + route.path,
    config: { roles: route.roles },
    // Before anything of the body is read.
    async onRequest(request, reply) {
      const caller = await callerOf(database, route, request)
      if ('kind' in caller) return send(reply, route, caller)
      callers.set(request, caller)
    },
    async handler(request, reply) {
      const account = callers.get(request)
      if (!account) throw new Error('a route was reached without a key')
      return send(reply, route, await answer(route, request, account))
    },
  })
}

/** Programs send a content type with requests that have no body. */
function acceptEmptyBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) =>
    body.length > 0 ? parse(request, String(body), done) : done(null, undefined),
  )
}

async function callerOf(
  database: Database,
  route: ApiRoute,
  request: FastifyRequest,
): Promise<Account | ApiProblem> {
  const account = await accountOf(database, request)
  if (!account) return problem(401, 'key-required', 'Send a valid key: Authorization: Bearer …')
  if (mayEnter(account.role, route.roles)) return account
  return problem(403, 'role', `The role ${account.role} may not do this.`)
}

async function answer(route: ApiRoute, request: FastifyRequest, account: Account): Promise<ApiReply> {
  const query = read(route.query, request.query, 'query')
  if (!query.ok) return query.problem
  const body = read(route.body, request.body, 'body')
  if (!body.ok) return body.problem
  const call = { account, params: storable(request.params) as Record<string, string>, now: new Date() }
  return route.handle({ ...call, query: query.value as never, body: body.value as never })
}

async function accountOf({ sql }: Database, request: FastifyRequest): Promise<Account | undefined> {
  const token = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  return token ? accountOfToken(sql, token) : undefined
}

type Read = { ok: true; value: unknown } | { ok: false; problem: ApiProblem }

function read(schema: z.ZodType | undefined, given: unknown, where: 'query' | 'body'): Read {
  if (!schema) return { ok: true, value: undefined }
  const parsed = schema.safeParse(storable(given ?? {}))
  if (parsed.success) return { ok: true, value: parsed.data }
  const errors = parsed.error.issues.map(({ path, message }) => ({ at: path.join('.'), message }))
  return {
    ok: false,
    problem: problem(422, 'invalid', `The ${where} is not as described: ${sentence(errors)}`, { errors }),
  }
}

/** What a caller sent, without what no text of the database can hold. */
function storable(given: unknown): unknown {
  return JSON.parse(storableJson(given))
}

function sentence(errors: readonly { at: string; message: string }[]): string {
  return errors.map(({ at, message }) => (at ? `${at}: ${message}` : message)).join('; ')
}

function send(reply: FastifyReply, route: ApiRoute, answered: ApiReply): FastifyReply {
  reply.header('cache-control', 'no-store')
  if (answered.kind === 'success')
    return reply.code(answered.status ?? route.status ?? 200).send(answered.body)
  const { status, code, detail, more } = answered
  if (status === 401) reply.header('www-authenticate', 'Bearer')
  return reply
    .code(status)
    .type('application/problem+json')
    .send({ type: `about:blank#${code}`, title: code, status, detail, code, ...more })
}
