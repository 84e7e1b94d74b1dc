// Who is signed in, on which browser. The cookie holds 256 random bits; the row holds their hash.
import { createHash } from 'node:crypto'
import type {} from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Database, Sql } from '../platform/db/database.ts'
import { type Account, accountFrom } from './accounts.ts'
import { newToken, tokenHash } from './secrets.ts'

const TOKEN = /^[\w-]{43}$/
/** Signed out after this long without a request, and in any case after a week. */
const IDLE_H = 8
const LONGEST_H = 7 * 24

/** `code`: the password was right, the one-time code is still missing. */
export type Stage = 'code' | 'full'

export type Session = { account: Account; stage: Stage; hash: string }

/** Over https the name itself forbids that a neighbouring host sets it. */
function cookieName(request: FastifyRequest): string {
  return request.protocol === 'https' ? '__Host-komsija_console' : 'komsija_console'
}

/** What the browser's cookie holds; a browser without one is given a fresh one, which opens nothing yet. */
export function cookieToken(request: FastifyRequest, reply: FastifyReply): string {
  const known = request.cookies[cookieName(request)]
  if (known && TOKEN.test(known)) return known
  return giveCookie(request, reply)
}

function giveCookie(request: FastifyRequest, reply: FastifyReply): string {
  const token = newToken()
  const secure = request.protocol === 'https'
  reply.setCookie(cookieName(request), token, { path: '/', httpOnly: true, sameSite: 'lax', secure })
  return token
}

/** The session behind a cookie's token, noted as alive. */
export async function findSession({ sql }: Database, token: string): Promise<Session | undefined> {
  const hash = tokenHash(token)
  const [row] = await sql<{ id: string; email: string; role: string; language: string; stage: Stage }>`
    UPDATE staff_session s SET last_seen_at = now() FROM staff_account a
    WHERE s.hash = ${hash} AND a.id = s.account_id AND a.disabled_at IS NULL
      AND s.last_seen_at > now() - make_interval(hours => ${IDLE_H})
      AND s.created_at > now() - make_interval(hours => ${LONGEST_H})
    RETURNING a.id, a.email, a.role, a.language, s.stage`
  return row && { account: accountFrom(row), stage: row.stage, hash }
}

/**
 * Signs a browser in up to a stage. It gets a new token each time, so that a token somebody planted
 * before opens nothing.
 */
export async function startSession(
  sql: Sql,
  request: FastifyRequest,
  reply: FastifyReply,
  { accountId, stage }: { accountId: string; stage: Stage },
): Promise<void> {
  const before = request.cookies[cookieName(request)]
  if (before) await sql`DELETE FROM staff_session WHERE hash = ${tokenHash(before)}`
  const token = giveCookie(request, reply)
  const device = deviceName(request.headers['user-agent'] ?? '')
  await sql`
    INSERT INTO staff_session (hash, account_id, stage, device)
    VALUES (${tokenHash(token)}, ${accountId}, ${stage}, ${device})`
}

const BROWSERS: [RegExp, string][] = [
  [/Firefox\//, 'Firefox'],
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const SYSTEMS: [RegExp, string][] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS/, 'macOS'],
  [/Linux/, 'Linux'],
]

/** What people recognise their device by: browser and system; empty for a program. */
export function deviceName(userAgent: string): string {
  const find = (list: [RegExp, string][]) => list.find(([pattern]) => pattern.test(userAgent))?.[1]
  return [find(BROWSERS), find(SYSTEMS)].filter(Boolean).join(' · ')
}

/** Signs out one browser of the account. */
export async function endSession(
  sql: Sql,
  { accountId, hash }: { accountId: string; hash: string },
): Promise<void> {
  await sql`DELETE FROM staff_session WHERE hash = ${hash} AND account_id = ${accountId}`
}

/** Signs out every browser of the account but one. */
export async function endOtherSessions(sql: Sql, { accountId, hash }: { accountId: string; hash: string }) {
  await sql`DELETE FROM staff_session WHERE hash <> ${hash} AND account_id = ${accountId}`
}

/** What a form must carry so that no other site can send it: known to whoever holds the cookie alone. */
export function csrfToken(token: string): string {
  return createHash('sha256').update(`csrf ${token}`).digest('base64url')
}
