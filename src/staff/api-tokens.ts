// Keys by which programs use the interface, each of one account.
import type { Sql } from '../platform/db/database.ts'
import { isUuid } from '../platform/db/uuid.ts'
import { type Account, accountFrom } from './accounts.ts'
import { newToken, tokenHash } from './secrets.ts'

/** What a key begins with, so that one that leaked is recognised. */
const PREFIX = 'kms_'

/** A new key; it is shown once and kept as a hash. */
export async function createApiToken(sql: Sql, key: { accountId: string; name: string }): Promise<string> {
  const token = PREFIX + newToken()
  await sql`
    INSERT INTO api_token (account_id, name, hash) VALUES (${key.accountId}, ${key.name}, ${tokenHash(token)})`
  return token
}

export type ApiToken = { id: string; name: string; createdAt: Date; lastUsedAt: Date | null }

/** The keys of an account that open something, newest first. */
export function tokensOf(sql: Sql, accountId: string): Promise<ApiToken[]> {
  return sql<ApiToken>`
    SELECT id, name, created_at AS "createdAt", last_used_at AS "lastUsedAt" FROM api_token
    WHERE account_id = ${accountId} AND revoked_at IS NULL ORDER BY created_at DESC`
}

/** From now on the key opens nothing. */
export async function revokeApiToken(
  sql: Sql,
  { accountId, id }: { accountId: string; id: string },
): Promise<void> {
  if (!isUuid(id)) return
  await sql`
    UPDATE api_token SET revoked_at = now()
    WHERE id = ${id} AND account_id = ${accountId} AND revoked_at IS NULL`
}

/** Whose key it is; undefined for one that doesn't count. */
export async function accountOfToken(sql: Sql, token: string): Promise<Account | undefined> {
  const [row] = await sql<{ id: string; email: string; role: string; language: string }>`
    UPDATE api_token k SET last_used_at = now() FROM staff_account a
    WHERE k.hash = ${tokenHash(token)} AND k.revoked_at IS NULL AND a.id = k.account_id AND a.disabled_at IS NULL
    RETURNING a.id, a.email, a.role, a.language`
  return row && accountFrom(row)
}
