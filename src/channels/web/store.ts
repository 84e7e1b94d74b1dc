// The web chat's view of the outbox: a message is "sent" when it has its place in the chat's stream.
import { awaitsFile, type Conversation } from '../../core/model/conversation.ts'
import type { Outbound } from '../../core/model/message.ts'
import type { Database } from '../../platform/db/database.ts'
import type { Shown } from './browser/view.js'

/** What NOTIFY calls the news that a chat has something new; the payload is the chat's address. */
export const NEWS = 'komsija_web'

type Row = { seq: number; at: Date; message: Outbound }

/**
 * Gives an outbox row its place in the stream, once, and tells every instance. Undefined when the row
 * is gone (its person was erased).
 *
 * Places are consecutive and never given twice for one address, not even after its rows were deleted
 * by retention or erasure, because browsers go on counting from what they saw: the first place is a
 * fresh outbox number, and since each further message takes an outbox number too, places never
 * overtake that counter. `least` ignores the missing maximum of an empty chat.
 */
export async function giveSeq(
  { sql }: Database,
  row: { id: string; address: string },
): Promise<number | undefined> {
  const [given] = await sql<{ seq: number }>`
    WITH given AS (
      UPDATE outbox o SET seq = least(
        nextval(pg_get_serial_sequence('outbox', 'id')),
        (SELECT max(seq) + 1 FROM outbox WHERE address_id = o.address_id))
      FROM address a
      WHERE o.id = ${row.id} AND o.seq IS NULL
        AND a.id = o.address_id AND a.channel = 'web' AND a.external_id = ${row.address}
      RETURNING o.seq
    ), known AS (
      SELECT seq FROM given UNION ALL SELECT seq FROM outbox WHERE id = ${row.id} AND seq IS NOT NULL
    )
    SELECT seq, pg_notify(${NEWS}, ${row.address}) FROM known LIMIT 1`
  return given?.seq
}

/** Up to `limit` messages after a place, in order. */
export async function messagesAfter(
  { sql }: Database,
  { address, after, limit }: { address: string; after: number; limit: number },
): Promise<Shown[]> {
  const rows = await sql<Row>`
    SELECT o.seq, o.created_at AS at, o.message
    FROM outbox o JOIN address a ON a.id = o.address_id
    WHERE a.channel = 'web' AND a.external_id = ${address} AND o.seq > ${after}
    ORDER BY o.seq LIMIT ${limit}`
  return rows.map(shown)
}

/** The last messages of a chat, oldest first. */
export async function lastMessages({ sql }: Database, address: string, limit: number): Promise<Shown[]> {
  const rows = await sql<Row>`
    SELECT o.seq, o.created_at AS at, o.message
    FROM outbox o JOIN address a ON a.id = o.address_id
    WHERE a.channel = 'web' AND a.external_id = ${address} AND o.seq IS NOT NULL
    ORDER BY o.seq DESC LIMIT ${limit}`
  return rows.reverse().map(shown)
}

/** The place of a chat's newest message; 0 for an empty chat. */
export async function newestSeq({ sql }: Database, address: string): Promise<number> {
  const [row] = await sql<{ seq: number | null }>`
    SELECT max(o.seq) AS seq FROM outbox o JOIN address a ON a.id = o.address_id
    WHERE a.channel = 'web' AND a.external_id = ${address}`
  return row?.seq ?? 0
}

/** Whose chat this is, if it waits for a picture. */
export async function personAwaitingFile({ sql }: Database, address: string): Promise<string | undefined> {
  const [row] = await sql<{ personId: string; state: Pick<Conversation, 'draft'> }>`
    SELECT a.person_id AS "personId", a.state FROM address a JOIN person p ON p.id = a.person_id
    WHERE a.channel = 'web' AND a.external_id = ${address} AND p.erased_at IS NULL`
  return row && awaitsFile(row.state) ? row.personId : undefined
}

/** A picture that was sent from the page and has not expired. */
export async function photoBytes({ sql }: Database, ref: string): Promise<Uint8Array | undefined> {
  const [row] = await sql<{ bytes: Uint8Array }>`
    SELECT bytes FROM media WHERE id = ${ref} AND person_id IS NOT NULL AND expires_at > now()`
  return row?.bytes
}

function shown({ seq, at, message: { blocks, buttons } }: Row): Shown {
  return { seq, at: at.toISOString(), blocks, buttons }
}
