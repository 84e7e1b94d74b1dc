// How often somebody may be wrong about a password or a code. A try is noted before it is judged, so that
// many at once count as many.
import type { Database, Sql } from '../platform/db/database.ts'
import { type Credentials, credentialsOf } from './accounts.ts'
import { audit } from './audit.ts'
import { isPassword } from './secrets.ts'

const LOCK_AFTER = 5
const LOCK_FIRST_MIN = 5
/** Not longer: whoever knows nothing but an address must not keep its owner out for days. */
const LOCK_MAX_MIN = 60

/** A try that was noted; `lockedUntil`: what it locked, in case it is wrong. */
export type Try = { accountId: string; lockedUntil: Date | null }

/**
 * Notes a try. From the fifth in a row on each locks the account, twice as long each time. Undefined while it
 * is locked: then nothing is judged and nothing counted.
 */
export async function beginTry(sql: Sql, accountId: string): Promise<Try | undefined> {
  const [row] = await sql<{ lockedUntil: Date | null }>`
    UPDATE staff_account SET failures = failures + 1,
      locked_until = CASE WHEN failures + 1 >= ${LOCK_AFTER} THEN now() + make_interval(mins =>
        least(${LOCK_FIRST_MIN} * power(2, least(failures + 1 - ${LOCK_AFTER}, 20)), ${LOCK_MAX_MIN})::int) END
    WHERE id = ${accountId} AND (locked_until IS NULL OR locked_until <= now())
    RETURNING locked_until AS "lockedUntil"`
  return row && { accountId, lockedUntil: row.lockedUntil }
}

/** The try was right: it no longer counts, and locks nothing. Wrong ones before it go on counting. */
export async function forgiveTry(sql: Sql, { accountId, lockedUntil }: Try): Promise<void> {
  await sql`
    UPDATE staff_account SET failures = greatest(failures - 1, 0),
      locked_until = CASE WHEN locked_until IS DISTINCT FROM ${lockedUntil} THEN locked_until END
    WHERE id = ${accountId}`
}

/** The try was wrong; if it locked the account, the log says so. */
export async function noteWrongTry(sql: Sql, { lockedUntil }: Try, email: string): Promise<void> {
  if (lockedUntil) await audit(sql, 'system', { action: 'team.lock', target: `account ${email}` })
}

/** Somebody signed in: wrong tries before no longer count. */
export async function forgetTries(sql: Sql, accountId: string): Promise<void> {
  await sql`UPDATE staff_account SET failures = 0, locked_until = NULL WHERE id = ${accountId}`
}

/**
 * The account whose password this is; undefined if it isn't, if it counts no more for now, and if there is no
 * such account, all after the same time.
 */
export async function checkPassword(
  database: Database,
  by: { email: string } | { id: string },
  password: string,
): Promise<Credentials | undefined> {
  const credentials = await credentialsOf(database, by)
  const attempt = credentials && (await beginTry(database.sql, credentials.id))
  const right = await isPassword(password, attempt ? credentials.passwordHash : null)
  if (!credentials || !attempt) return undefined
  if (right) await forgiveTry(database.sql, attempt)
  else await noteWrongTry(database.sql, attempt, credentials.email)
  return right ? credentials : undefined
}
