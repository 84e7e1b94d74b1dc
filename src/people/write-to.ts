// Writing to one person later, in one of their chats.
import type { Said } from '../core/text/in-every-language.ts'
import type { Sql } from '../platform/db/database.ts'

/**
 * Puts a message for the person into the bulk lane: to the chat on this channel if it can be reached, else to the
 * one they wrote in last. Resolves to whether there was one.
 */
export async function writeTo(
  sql: Sql,
  { personId, channel }: { personId: string; channel: string },
  said: Said,
): Promise<boolean> {
  const rows = await sql`
    INSERT INTO outbox (address_id, lane, status, message, created_at)
    SELECT a.id, 'bulk', 'queued', ${JSON.stringify(said)}::jsonb ->
      CASE WHEN a.language = 'sr' AND a.script = 'cyrl' THEN 'sr-Cyrl' ELSE a.language END, now()
    FROM address a WHERE a.person_id = ${personId} AND a.reachable
    ORDER BY a.channel = ${channel} DESC, a.last_inbound_at DESC LIMIT 1
    RETURNING 1`
  return rows.length > 0
}
