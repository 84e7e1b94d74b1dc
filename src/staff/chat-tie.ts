// The staff member's own chat: a code shown on their account page, typed in the chat, ties the two, so that
// tests of announcements arrive there.
import { CODE_MINUTES, codeHash, newCode } from '../core/text/chat-code.ts'
import type { Sql } from '../platform/db/database.ts'
import { audit } from './audit.ts'

/** A new code for the account; the one before no longer works. */
export async function makeChatCode(sql: Sql, accountId: string): Promise<string> {
  const code = newCode()
  await sql`
    UPDATE staff_account SET chat_code = ${codeHash(accountId, code)},
      chat_code_end = now() + make_interval(mins => ${CODE_MINUTES})
    WHERE id = ${accountId}`
  return code
}

/** Ties a chat to the account whose code was typed there; resolves to the account's address. */
export async function tieChat(sql: Sql, code: string, addressId: string): Promise<string | undefined> {
  const [row] = await sql<{ email: string }>`
    UPDATE staff_account SET chat_id = ${addressId}, chat_code = NULL, chat_code_end = NULL
    WHERE chat_code_end > now() AND disabled_at IS NULL
      AND chat_code = encode(sha256(convert_to(id::text || ':' || ${code}::text, 'UTF8')), 'hex')
    RETURNING email`
  if (row) await audit(sql, row.email, { action: 'account.chat', target: `account ${row.email}` })
  return row?.email
}

/** The accounts a chat is tied to. */
export async function accountsOfChat(sql: Sql, addressId: string): Promise<string[]> {
  const rows = await sql<{ email: string }>`
    SELECT email FROM staff_account WHERE chat_id = ${addressId} ORDER BY email`
  return rows.map(({ email }) => email)
}

/** Unties a chat from every account; resolves to whether it was tied. */
export async function untieChat(sql: Sql, addressId: string): Promise<boolean> {
  const rows = await sql<{ email: string }>`
    UPDATE staff_account SET chat_id = NULL WHERE chat_id = ${addressId} RETURNING email`
  for (const { email } of rows) {
    await audit(sql, email, { action: 'account.chat-end', target: `account ${email}` })
  }
  return rows.length > 0
}

/** The channel of the account's chat; undefined when it has none. */
export async function chatOfAccount(sql: Sql, accountId: string): Promise<string | undefined> {
  const [row] = await sql<{ channel: string }>`
    SELECT c.channel FROM staff_account a JOIN address c ON c.id = a.chat_id WHERE a.id = ${accountId}`
  return row?.channel
}
