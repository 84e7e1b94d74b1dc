// Accounts of the console and the links by which people get into them.
import { knownPageLanguage, type PageLanguage } from '../core/text/page-language.ts'
import type { Database, Sql } from '../platform/db/database.ts'
import { asRole, type Role } from './roles.ts'
import { newToken, tokenHash } from './secrets.ts'

/** Who is signed in. */
export type Account = { id: string; email: string; role: Role; language: PageLanguage }

const LINK_VALID_H = 72

/** An address as accounts are found by: lower case, without spaces around; undefined if it is none. */
export function emailFrom(text: string): string | undefined {
  const email = text.trim().toLowerCase()
  return /^[^\s@<>"\p{Cc}]{1,64}@[^\s@<>"\p{Cc}]{1,189}$/u.test(email) ? email : undefined
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
  await sql`DELETE FROM staff_link WHERE account_id = ${accountId}::uuid`
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

/** Whoever makes the first admin goes alone, until the end of the transaction. */
export async function holdFirstAdmin(sql: Sql): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtext('first admin of the console'))`
}

/** There is an admin now: the links for the first one open nothing any more. */
export async function endFirstAdminLinks(sql: Sql): Promise<void> {
  await sql`DELETE FROM staff_link WHERE account_id IS NULL`
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
  email: string
  passwordHash: string | null
  totpSecret: string | null
  totpSince: Date | null
  totpLastStep: number
}

/** The account at an address, if it may sign in. */
export async function credentialsOf(
  { prisma }: Pick<Database, 'prisma'>,
  by: { email: string } | { id: string },
): Promise<Credentials | undefined> {
  const select = {
    id: true,
    email: true,
    passwordHash: true,
    totpSecret: true,
    totpSince: true,
    totpLastStep: true,
  }
  return (await prisma.staffAccount.findUnique({ where: { ...by, disabledAt: null }, select })) ?? undefined
}

/** Uses up a time step of the one-time codes; false when that step or a later one was used already. */
export async function takeTotpStep(sql: Sql, accountId: string, step: number): Promise<boolean> {
  const rows = await sql`
    UPDATE staff_account SET totp_last_step = ${step} WHERE id = ${accountId} AND totp_last_step < ${step}
    RETURNING 1`
  return rows.length > 0
}

/** Uses up a recovery code; resolves to how many are left, or undefined when it isn't one. */
export async function takeRecoveryCode(
  sql: Sql,
  accountId: string,
  hash: string,
): Promise<number | undefined> {
  const [row] = await sql<{ left: number }>`
    UPDATE staff_account SET recovery = array_remove(recovery, ${hash})
    WHERE id = ${accountId} AND ${hash} = ANY(recovery) RETURNING cardinality(recovery) AS left`
  return row?.left
}

/** New recovery codes; the old ones no longer work. */
export async function setRecoveryCodes(sql: Sql, accountId: string, hashes: string[]): Promise<void> {
  await sql`UPDATE staff_account SET recovery = ${hashes}::text[] WHERE id = ${accountId}`
}

/**
 * Begins with one-time codes: the secret counts once a code of it was typed. Resolves to the secret that was
 * offered first, so that two open pages show the same; undefined when codes are asked for already.
 */
export async function offerTotp(sql: Sql, accountId: string, secret: string): Promise<string | undefined> {
  const [row] = await sql<{ secret: string }>`
    UPDATE staff_account SET totp_secret = coalesce(totp_secret, ${secret})
    WHERE id = ${accountId} AND totp_since IS NULL RETURNING totp_secret AS secret`
  return row?.secret
}

/** The first code was right: from now on codes are asked for. False when that was so already. */
export async function confirmTotp(
  sql: Sql,
  accountId: string,
  { secret, step, recovery }: { secret: string; step: number; recovery: string[] },
): Promise<boolean> {
  const rows = await sql`
    UPDATE staff_account SET totp_since = now(), totp_last_step = ${step}, recovery = ${recovery}::text[]
    WHERE id = ${accountId} AND totp_since IS NULL AND totp_secret = ${secret} RETURNING 1`
  return rows.length > 0
}

/** Forgets the app for one-time codes and signs the account out; the next sign-in begins with a new app. */
export async function forgetTotp(sql: Sql, accountId: string): Promise<void> {
  await sql`
    UPDATE staff_account SET totp_secret = NULL, totp_since = NULL, totp_last_step = 0, recovery = '{}'
    WHERE id = ${accountId}`
  await sql`DELETE FROM staff_session WHERE account_id = ${accountId}`
}

/** A row of the database as an account; a role or language of another version counts as the least. */
export function accountFrom(row: { id: string; email: string; role: string; language: string }): Account {
  const language = knownPageLanguage(row.language) ?? 'sr-Latn'
  return { id: row.id, email: row.email, role: asRole(row.role) ?? 'monitor', language }
}
