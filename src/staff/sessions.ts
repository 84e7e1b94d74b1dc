// Who is signed in, on which browser. The cookie holds 256 random bits; the row holds their hash.
import { createHash } from 'node:crypto'
import type {} from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Sql } from '../platform/db/database.ts'
import { type Account, accountFrom } from './accounts.ts'
import { newToken, tokenHash } from './secrets.ts'

const TOKEN = /^[\w-]{43}$/
/** Signed out after this long without a request, and in any case after a week. */
const IDLE_H = 8
const LONGEST_H = 7 * 24
/** Whoever typed the password has this long to type the code. */
const CODE_MIN = 30

/** `code`: the password was right, the one-time code is still missing. */
export type Stage = 'code' | 'full'

export type Session = { account: Account; stage: Stage; hash: string }

/** A request with its answer, and the address under which people know us. */
export type Exchange = { publicUrl: string; request: FastifyRequest; reply: FastifyReply }

/**
 * Whether cookies are for https alone. A proxy may speak http with us and not say what it speaks outside:
 * under the public address it is what that address says.
 */
export function isSecure({ publicUrl, request }: Pick<Exchange, 'publicUrl' | 'request'>): boolean {
  const { protocol, host } = new URL(publicUrl)
  return request.protocol === 'https' || (protocol === 'https:' && request.headers.host === host)
}

/** Over https the name itself forbids that a neighbouring host sets it. */
function cookieName(exchange: Pick<Exchange, 'publicUrl' | 'request'>): string {
  return isSecure(exchange) ? '__Host-komsija_console' : 'komsija_console'
}

/** What the browser's cookie holds; a browser without one is given a fresh one, which opens nothing yet. */
export function cookieToken(exchange: Exchange): string {
  const known = exchange.request.cookies[cookieName(exchange)]
  if (known && TOKEN.test(known)) return known
  return giveCookie(exchange)
}

function giveCookie(exchange: Exchange): string {
  const token = newToken()
  const secure = isSecure(exchange)
  exchange.reply.setCookie(cookieName(exchange), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
  })
  return token
}

/** The session behind a cookie's token. `renew` notes it as alive: what pages ask for by themselves doesn't. */
export async function findSession(
  sql: Sql,
  token: string,
  { renew }: { renew: boolean },
): Promise<Session | undefined> {
  return sessionOf(sql, tokenHash(token), renew)
}

/** The session as it is now, not noted as alive; undefined once it is over. */
export async function stillSignedIn(sql: Sql, { hash }: Pick<Session, 'hash'>): Promise<Session | undefined> {
  return sessionOf(sql, hash, false)
}

async function sessionOf(sql: Sql, hash: string, renew: boolean): Promise<Session | undefined> {
  const [row] = await sql<{ id: string; email: string; role: string; language: string; stage: Stage }>`
    WITH session AS (
      SELECT s.hash, s.stage, a.id, a.email, a.role, a.language
      FROM staff_session s JOIN staff_account a ON a.id = s.account_id
      WHERE s.hash = ${hash} AND a.disabled_at IS NULL
        AND s.last_seen_at > now() - make_interval(hours => ${IDLE_H})
        AND s.created_at > now() - make_interval(hours => ${LONGEST_H})
        AND (s.stage = 'full' OR s.created_at > now() - make_interval(mins => ${CODE_MIN}))
    ), seen AS (
      UPDATE staff_session s SET last_seen_at = now() FROM session WHERE s.hash = session.hash AND ${renew}::boolean
    )
    SELECT id, email, role, language, stage FROM session`
  return row && { account: accountFrom(row), stage: row.stage, hash }
}

/**
 * Signs a browser in up to a stage. It gets a new token each time, so that a token somebody planted
 * before opens nothing. Resolves to the token.
 */
export async function startSession(
  sql: Sql,
  exchange: Exchange,
  { accountId, stage }: { accountId: string; stage: Stage },
): Promise<string> {
  const { request } = exchange
  const before = request.cookies[cookieName(exchange)]
  if (before) await sql`DELETE FROM staff_session WHERE hash = ${tokenHash(before)}`
  const token = giveCookie(exchange)
  const device = deviceName(request.headers['user-agent'] ?? '')
  await sql`
    INSERT INTO staff_session (hash, account_id, stage, device)
    VALUES (${tokenHash(token)}, ${accountId}, ${stage}, ${device})`
  return token
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

/** A browser on which the account is signed in. */
export type SignedIn = { hash: string; device: string; lastSeenAt: Date }

/** Where the account is signed in now, the latest first. */
export function sessionsOf(sql: Sql, accountId: string): Promise<SignedIn[]> {
  return sql<SignedIn>`
    SELECT hash, device, last_seen_at AS "lastSeenAt" FROM staff_session
    WHERE account_id = ${accountId} AND stage = 'full'
      AND last_seen_at > now() - make_interval(hours => ${IDLE_H})
      AND created_at > now() - make_interval(hours => ${LONGEST_H})
    ORDER BY last_seen_at DESC`
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

/** Removes sessions that are over and links nobody used; they open nothing any more. */
export async function forgetStaleSignIns(sql: Sql): Promise<void> {
  await sql`
    DELETE FROM staff_session
    WHERE last_seen_at < now() - make_interval(hours => ${IDLE_H})
      OR created_at < now() - make_interval(hours => ${LONGEST_H})
      OR (stage = 'code' AND created_at < now() - make_interval(mins => ${CODE_MIN}))`
  await sql`DELETE FROM staff_link WHERE expires_at < now()`
}

/** What a form must carry so that no other site can send it: known to whoever holds the cookie alone. */
export function csrfToken(token: string): string {
  return createHash('sha256').update(`csrf ${token}`).digest('base64url')
}
