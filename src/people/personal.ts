// What the rights to see and to erase, and the merging of two people, mean for one table. Every table
// that refers to a person has such an entry (a test reads the database's own catalogue).
import type { Sql } from '../platform/db/database.ts'
import { moveConsents } from './consent.ts'

export type PersonalTable = {
  table: string
  /** The person's rows as they will be shown to them: no internal keys that say nothing. */
  export(sql: Sql, personId: string): Promise<object[]>
  /** Removes the rows, or cuts what ties them to the person. */
  erase(sql: Sql, personId: string): Promise<void>
  /** Gives the rows of `from` to `to`; tables that name a person have it, what hangs on a chat follows the chat. */
  move?(sql: Sql, from: string, to: string): Promise<void>
}

/** The tables that the kernel itself owns; features add theirs. Order matters: what refers to another comes first. */
export const kernelTables: readonly PersonalTable[] = [
  {
    table: 'receipt',
    export: (sql, personId) => sql`
      SELECT a.channel, r.external_id, r.delivered_at, r.seen_at, r.failed_at, r.detail, r.billing
      FROM receipt r JOIN address a ON a.id = r.address_id WHERE a.person_id = ${personId} ORDER BY r.noted_at`,
    async erase(sql, personId) {
      await sql`DELETE FROM receipt USING address a WHERE a.id = address_id AND a.person_id = ${personId}`
    },
  },
  {
    table: 'outbox',
    // A message of several calls is delivered and seen when all of them are.
    export: (sql, personId) => sql`
      SELECT o.message, o.status, o.created_at, o.settled_at, a.channel, r.delivered_at, r.seen_at
      FROM outbox o JOIN address a ON a.id = o.address_id
      LEFT JOIN LATERAL (
        SELECT CASE WHEN bool_and(delivered_at IS NOT NULL) THEN max(delivered_at) END AS delivered_at,
          CASE WHEN bool_and(seen_at IS NOT NULL) THEN max(seen_at) END AS seen_at
        FROM receipt WHERE outbox_id = o.id) r ON true
      WHERE a.person_id = ${personId} ORDER BY o.id`,
    async erase(sql, personId) {
      await sql`DELETE FROM outbox USING address a WHERE a.id = address_id AND a.person_id = ${personId}`
    },
  },
  {
    table: 'inbox',
    export: (sql, personId) => sql`
      SELECT i.received, i.received_at, i.channel
      FROM inbox i JOIN address a ON a.channel = i.channel AND a.external_id = i.address
      WHERE a.person_id = ${personId} ORDER BY i.id`,
    // The row that a repeat is recognised by stays; who wrote it goes. What it said went when it was answered.
    async erase(sql, personId) {
      await sql`
        UPDATE inbox i SET received = NULL, address = ''
        FROM address a
        WHERE a.channel = i.channel AND a.external_id = i.address AND a.person_id = ${personId}
          AND i.done_at IS NOT NULL`
    },
  },
  {
    table: 'consent',
    export: (sql, personId) => sql`
      SELECT purpose, version, given_at, withdrawn_at FROM consent WHERE person_id = ${personId} ORDER BY id`,
    async erase(sql, personId) {
      await sql`DELETE FROM consent WHERE person_id = ${personId}`
    },
    move: moveConsents,
  },
  {
    table: 'media',
    export: (sql, personId) => sql`
      SELECT name, mime, created_at, expires_at FROM media WHERE person_id = ${personId} ORDER BY created_at`,
    async erase(sql, personId) {
      await sql`DELETE FROM media WHERE person_id = ${personId}`
    },
    async move(sql, from, to) {
      await sql`UPDATE media SET person_id = ${to} WHERE person_id = ${from}`
    },
  },
  {
    table: 'address',
    export: (sql, personId) => sql`
      SELECT channel, external_id, language, script, state, reachable, last_inbound_at, created_at
      FROM address WHERE person_id = ${personId} ORDER BY created_at`,
    // The chat that asked must still receive the receipt: emptied now, removed with the person (see erase.ts).
    async erase(sql, personId) {
      await sql`UPDATE address SET state = '{}', reference = NULL WHERE person_id = ${personId}`
    },
    async move(sql, from, to) {
      await sql`UPDATE address SET person_id = ${to} WHERE person_id = ${from}`
    },
  },
]
