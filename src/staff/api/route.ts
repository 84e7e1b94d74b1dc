// What a route of the staff interface is. A feature hands in its routes; the shell checks keys and roles,
// reads what is asked by its schema, and describes everything in OpenAPI.
import type { z } from 'zod'
import type { Account } from '../accounts.ts'
import type { Role } from '../roles.ts'

/** One request with what it asks, as its schemas read it. */
export type ApiCall<Query, Body> = {
  account: Account
  params: Record<string, string>
  query: Query
  body: Body
  now: Date
}

/** A reply that worked; `status` if it differs from the route's. */
export type ApiSuccess = { kind: 'success'; status?: number; body: object }
/** RFC 9457: `code` is stable, `detail` a sentence, `more` further members. */
export type ApiProblem = {
  kind: 'problem'
  status: number
  code: string
  detail: string
  more?: Record<string, unknown>
}
export type ApiReply = ApiSuccess | ApiProblem

export type ApiRoute = {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** Below /api/v1, such as /announcements/:id/start */
  path: string
  /** Who may ask; admins always may. */
  roles: readonly Role[]
  /** One sentence for the documentation. */
  summary: string
  query?: z.ZodType
  body?: z.ZodType
  /** What comes back when it works; `status` 200 unless given. */
  reply: z.ZodType
  status?: number
  /** Codes of the problems of this route's own. */
  problems?: readonly string[]
  handle(call: ApiCall<never, never>): Promise<ApiReply>
}

/** A route whose handler knows what its schemas read. */
export function apiRoute<Query extends z.ZodType, Body extends z.ZodType>(
  route: Omit<ApiRoute, 'query' | 'body' | 'handle'> & {
    query?: Query
    body?: Body
    handle(call: ApiCall<z.output<Query>, z.output<Body>>): Promise<ApiReply>
  },
): ApiRoute {
  return route as ApiRoute
}

export function success(body: object, status?: number): ApiSuccess {
  return { kind: 'success', body, ...(status && { status }) }
}

export function problem(
  status: number,
  code: string,
  detail: string,
  more?: Record<string, unknown>,
): ApiProblem {
  return { kind: 'problem', status, code, detail, ...(more && { more }) }
}

/** There is no such thing, or it is not for this account. */
export function notFound(): ApiProblem {
  return problem(404, 'not-found', 'There is no such thing.')
}
