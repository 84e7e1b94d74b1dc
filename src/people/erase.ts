// Erasing a person: everything at once, the receipt's own row as soon as it has arrived.
import { createHash, randomBytes, randomInt } from 'node:crypto'
import type { Sql } from '../platform/db/database.ts'
import type { PersonalTable } from './personal.ts'

/**
 * Erases everything about the person and notes a salted hash per chat, by which a restored backup
 * knows whom to erase again. `keepAddressId` is the chat that will receive the receipt; the person's
 * other chats go at once. Resolves to the receipt number.
 */
export async function erasePerson(
  sql: Sql,
  tables: readonly PersonalTable[],
  options: { personId: string; keepAddressId: string; now: Date },
): Promise<string> {
  const { personId, keepAddressId, now } = options
  // Digits only: the same in both scripts, and easy to read out.
  const receipt = String(randomInt(10 ** 9, 10 ** 10))
  const addresses = await sql<{ channel: string; externalId: string }>`
    SELECT channel, external_id AS "externalId" FROM address WHERE person_id = ${personId}`
  for (const { channel, externalId } of addresses) {
    const salt = randomBytes(16).toString('hex')
    const hash = erasureHash(salt, channel, externalId)
    await sql`INSERT INTO erasure (salt, hash, receipt, at) VALUES (${salt}, ${hash}, ${receipt}, ${now})`
  }
  for (const table of tables) await table.erase(sql, personId)
  await sql`DELETE FROM address WHERE person_id = ${personId} AND id <> ${keepAddressId}`
  await sql`UPDATE person SET erased_at = ${now} WHERE id = ${personId}`
  return receipt
}

/** What the erasure list holds instead of a chat. */
export function erasureHash(salt: string, channel: string, externalId: string): string {
  return createHash('sha256').update(`${salt}:${channel}:${externalId}`).digest('hex')
}

/** The receipt has time to arrive and to be read by a chat page that was closed for a moment. */
const RECEIPT_READABLE_S = 60

/** Removes erased people whose receipt is settled; what never settles goes after a day. Resolves to their number. */
export async function purgeErased(sql: Sql): Promise<number> {
  const due = await sql<{ id: string }>`
    SELECT p.id FROM person p
    WHERE p.erased_at < now() - make_interval(secs => ${RECEIPT_READABLE_S})
      AND (p.erased_at < now() - interval '1 day' OR NOT EXISTS (
        SELECT 1 FROM outbox o JOIN address a ON a.id = o.address_id
        WHERE a.person_id = p.id AND o.settled_at IS NULL))
    LIMIT 500`
  for (const { id } of due) await purgeNow(sql, id)
  return due.length
}

/** Removes an erased person with all that is left: the chat, its receipt, and who wrote the last message. */
export async function purgeNow(sql: Sql, personId: string): Promise<void> {
  await sql`
    WITH gone AS (
      UPDATE inbox i SET address = '' FROM address a JOIN person p ON p.id = a.person_id
      WHERE a.channel = i.channel AND a.external_id = i.address AND p.id = ${personId}
        AND p.erased_at IS NOT NULL AND i.done_at IS NOT NULL)
    DELETE FROM person WHERE id = ${personId} AND erased_at IS NOT NULL`
}
