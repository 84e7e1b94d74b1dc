// Somebody who is signed in to the console, without the pages that lead there.
import { randomUUID } from 'node:crypto'
import type { PageLanguage } from '../../src/core/text/page-language.ts'
import type { Sql } from '../../src/platform/db/database.ts'
import { createApiToken } from '../../src/staff/api-tokens.ts'
import type { Role } from '../../src/staff/index.ts'
import { newToken, tokenHash } from '../../src/staff/secrets.ts'
import { csrfToken } from '../../src/staff/sessions.ts'

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
  post(path: string, fields: Record<string, string | string[]>): Promise<Response>
  /** Calls the interface for programs. */
  api(method: string, path: string, body?: unknown): Promise<Response>
}

/** Adds an account with a session and a key; `url` is where the application listens. */
export async function signIn(
  sql: Sql,
  url: string,
  {
    role,
    email = `${role}-${randomUUID().slice(0, 8)}@grad.example`,
    language = 'sr-Latn',
  }: {
    role: Role
    email?: string
    language?: PageLanguage
  },
): Promise<SignedIn> {
  const [account] = await sql<{ id: string }>`
    INSERT INTO staff_account (email, role, language, password_hash) VALUES (${email}, ${role}, ${language}, 'none')
    RETURNING id`
  const token = newToken()
  await sql`
    INSERT INTO staff_session (hash, account_id, stage, device)
    VALUES (${tokenHash(token)}, ${account?.id}, 'full', 'test')`
  const key = await createApiToken(sql, { accountId: account?.id ?? '', name: 'test' })
  const headers = { cookie: `komsija_console=${token}` }
  const csrf = csrfToken(token)
  return {
    email,
    token,
    csrf,
    key,
    get: path => fetch(url + path, { headers, redirect: 'manual' }),
    post: (path, fields) =>
      fetch(url + path, {
        method: 'POST',
        headers,
        body: formOf({ ...fields, _csrf: csrf }),
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

function formOf(fields: Record<string, string | string[]>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(fields).flatMap(([name, values]) =>
      [values].flat().map((value): [string, string] => [name, value]),
    ),
  )
}
