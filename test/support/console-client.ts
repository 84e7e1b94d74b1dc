// Somebody who is signed in to the console of an application that listens, without the pages that lead there.
import type { PageLanguage } from '../../src/core/text/page-language.ts'
import type { Sql } from '../../src/platform/db/database.ts'
import { createApiToken } from '../../src/staff/api-tokens.ts'
import type { Role } from '../../src/staff/index.ts'
import { csrfToken } from '../../src/staff/sessions.ts'
import { COOKIE, type Fields, openSession, pairsOf } from './console.ts'

export type SignedIn = {
  email: string
  /** What the browser's cookie holds. */
  token: string
  csrf: string
  /** A key for the interface for programs. */
  key: string
  /** Asks for a page. */
  get(path: string): Promise<Response>
  /** Sends a form of the console; redirects are not followed. */
  post(path: string, fields: Fields): Promise<Response>
  /** Calls the interface for programs. */
  api(method: string, path: string, body?: unknown): Promise<Response>
}

/** Adds an account with a session and a key; `url` is where the application listens. */
export async function signIn(
  sql: Sql,
  url: string,
  who: { role: Role; email?: string; language?: PageLanguage },
): Promise<SignedIn> {
  const { id, email: address, token } = await openSession(sql, who)
  const key = await createApiToken(sql, { accountId: id, name: 'test' })
  const headers = { cookie: `${COOKIE}=${token}` }
  const csrf = csrfToken(token)
  return {
    email: address,
    token,
    csrf,
    key,
    get: path => fetch(url + path, { headers, redirect: 'manual' }),
    post: (path, fields) =>
      fetch(url + path, {
        method: 'POST',
        headers,
        body: new URLSearchParams(pairsOf({ ...fields, _csrf: csrf })),
        redirect: 'manual',
      }),
    api: (method, path, body) =>
      fetch(`${url}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
  }
}
