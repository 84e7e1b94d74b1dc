// Accounts of the console and the links by which people get into them.
import type { PageLanguage } from '../core/text/page-language.ts'
import type { Database, Sql } from '../platform/db/database.ts'
import { asRole, type Role } from './roles.ts'
import { newToken, tokenHash } from './secrets.ts'

/** Who is signed in. */
export type Account = { id: string; email: string; role: Role; language: PageLanguage }

const LINK_VALID_H = 72
const LOCK_AFTER = 5
const LOCK_FIRST_MIN = 5
const LOCK_MAX_MIN = 24 * 60

/** An address as accounts are found by: lower case, without spaces around; undefined if it is none. */
export function emailFrom(text: string): string | undefined {
  const email = text.trim().toLowerCase()
  return /^[^\s@<>"]{1,64}@[^\s@<>"]{1,189}$/.test(email) ? email : undefined
}

/** Adds an account without a password; undefined when the address has one already. */
export async function createAccount(
  sql: Sql,
  account: { email: string; role: Role },
): Promise<string | undefined> {
  const [row] = await sql<{ id: string }>`
    INSERT INTO staff_account (email, role) VALUES (${account.email}, ${account.role})
    ON CONFLICT (email) DO NOTHING RETURNING id`
  return row?.id
}

/**
 * A new link for an account; the one before no longer works. Without an account it is for the first admin:
 * every start makes one, and each works until there is an admin.
 */
export async function createLink(sql: Sql, accountId: string | null): Promise<string> {
  const token = newToken()
  await sql`DELETE FROM staff_link WHERE account_id = ${accountId}::uuid OR expires_at < now()`
  await sql`
    INSERT INTO staff_link (hash, account_id, expires_at)
    VALUES (${tokenHash(token)}, ${accountId}::uuid, now() + make_interval(hours => ${LINK_VALID_H}))`
  return token
}

/** Whom a link is for; undefined when it is used up, too old or was never made. */
export async function readLink(
  sql: Sql,
  token: string,
): Promise<{ accountId: string | null; email: string | null } | undefined> {
  const [row] = await sql<{ accountId: string | null; email: string | null }>`
    SELECT l.account_id AS "accountId", a.email FROM staff_link l LEFT JOIN staff_account a ON a.id = l.account_id
    WHERE l.hash = ${tokenHash(token)} AND l.expires_at > now() AND a.disabled_at IS NULL`
  return row
}

/** Uses a link up; false when somebody else was faster. */
export async function takeLink(sql: Sql, token: string): Promise<boolean> {
  const rows = await sql`DELETE FROM staff_link WHERE hash = ${tokenHash(token)} RETURNING 1`
  return rows.length > 0
}

/** Whether anybody can administer yet. */
export async function hasAdmin(sql: Sql): Promise<boolean> {
  const rows = await sql`
    SELECT 1 FROM staff_account WHERE role = 'admin' AND disabled_at IS NULL AND password_hash IS NOT NULL LIMIT 1`
  return rows.length > 0
}

/** Sets a password; everything that was signed in with the old one is signed out, and the lock is lifted. */
export async function setPassword(sql: Sql, accountId: string, passwordHash: string): Promise<void> {
  await sql`
    UPDATE staff_account SET password_hash = ${passwordHash}, failures = 0, locked_until = NULL
    WHERE id = ${accountId}`
  await sql`DELETE FROM staff_session WHERE account_id = ${accountId}`
}

/** What signing in needs to know of an account. */
export type Credentials = {
  id: string
  passwordHash: string | null
  totpSecret: string | null
  totpSince: Date | null
  totpLastStep: number
  lockedUntil: Date | null
}

/** The account at an address, if it may sign in. */
export async function credentialsOf(
  { prisma }: Pick<Database, 'prisma'>,
  by: { email: string } | { id: string },
): Promise<Credentials | undefined> {
  const select = {
    id: true,
    passwordHash: true,
    totpSecret: true,
    totpSince: true,
    totpLastStep: true,
    lockedUntil: true,
  }
  return (await prisma.staffAccount.findUnique({ where: { ...by, disabledAt: null }, select })) ?? undefined
}

/**
 * Counts a wrong password or code. From the fifth in a row on, the account is locked, twice as long each
 * time; resolves to whether it is locked now.
 */
export async function noteFailure(sql: Sql, accountId: string): Promise<boolean> {
  const [row] = await sql<{ locked: boolean }>`
    UPDATE staff_account SET failures = failures + 1,
      locked_until = CASE WHEN failures + 1 >= ${LOCK_AFTER} THEN now() + make_interval(mins =>
        least(${LOCK_FIRST_MIN} * power(2, failures + 1 - ${LOCK_AFTER}), ${LOCK_MAX_MIN})::int) END
    WHERE id = ${accountId} RETURNING locked_until IS NOT NULL AS locked`
  return row?.locked ?? false
}

/** Forgets wrong attempts. */
export async function noteSuccess(sql: Sql, accountId: string): Promise<void> {
  await sql`UPDATE staff_account SET failures = 0, locked_until = NULL WHERE id = ${accountId} AND failures > 0`
}

/** Uses up a time step of the one-time codes; false when that step or a later one was used already. */
export async function takeTotpStep(sql: Sql, accountId: string, step: number): Promise<boolean> {
  const rows = await sql`
    UPDATE staff_account SET totp_last_step = ${step} WHERE id = ${accountId} AND totp_last_step < ${step}
    RETURNING 1`
  return rows.length > 0
}

/** Uses up a recovery code; false when it isn't one. */
export async function takeRecoveryCode(sql: Sql, accountId: string, hash: string): Promise<boolean> {
  const rows = await sql`
    UPDATE staff_account SET recovery = array_remove(recovery, ${hash})
    WHERE id = ${accountId} AND ${hash} = ANY(recovery) RETURNING 1`
  return rows.length > 0
}

/** Begins anew with one-time codes: the secret counts once a code of it was typed. */
export async function offerTotp(sql: Sql, accountId: string, secret: string): Promise<void> {
  await sql`
    UPDATE staff_account SET totp_secret = ${secret}, totp_since = NULL, totp_last_step = 0, recovery = '{}'
    WHERE id = ${accountId}`
}

/** From now on the account's codes count; the recovery codes are the hashes of those shown once. */
export async function confirmTotp(
  sql: Sql,
  accountId: string,
  { step, recovery }: { step: number; recovery: string[] },
): Promise<void> {
  await sql`
    UPDATE staff_account SET totp_since = now(), totp_last_step = ${step}, recovery = ${recovery}::text[]
    WHERE id = ${accountId}`
}

/** A row of the database as an account; a role or language of another version counts as the least. */
export function accountFrom(row: { id: string; email: string; role: string; language: string }): Account {
  const language = row.language as PageLanguage
  return { id: row.id, email: row.email, role: asRole(row.role) ?? 'monitor', language }
}
