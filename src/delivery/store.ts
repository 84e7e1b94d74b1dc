// The outbox: everything that is sent is a row here, and the row says what became of it.
import type { Outbound } from '../core/model/message.ts'
import type { Sql } from '../platform/db/database.ts'

/** A row that this process is to send. */
export type Claimed = {
  id: string
  addressId: string
  channel: string
  externalId: string
  reference: unknown
  lane: 'reply' | 'bulk'
  attempts: number
  message: Outbound
}

/**
 * Takes the chat's next message if nothing to it is in flight: replies before bulk, oldest first.
 * Only the very next row is ever taken, so two processes can't send side by side to one chat.
 */
export async function claimNext(sql: Sql, addressId: string): Promise<Claimed | undefined> {
  const [row] = await sql<Claimed>`
    WITH next AS (
      SELECT id FROM outbox
      WHERE address_id = ${addressId} AND settled_at IS NULL
      ORDER BY status = 'sending' DESC, lane = 'bulk', id LIMIT 1
    )
    UPDATE outbox o SET status = 'sending', claimed_at = now()
    FROM next, address a
    WHERE o.id = next.id AND a.id = o.address_id
      AND o.status = 'queued' AND (o.not_before IS NULL OR o.not_before <= now())
    RETURNING o.id, o.address_id AS "addressId", a.channel, a.external_id AS "externalId", a.reference,
      o.lane, o.attempts, o.message`
  return row
}

/** A message the channel took. */
export type Sent = { id: string; status: 'sent'; externalIds: string[]; billing?: number }

/** What became of a row, as the sender decided. */
export type Settlement =
  | Sent
  | { id: string; status: 'failed' | 'uncertain'; reason: string; detail: string; unreachable?: boolean }
  /** Back into the queue until `notBefore` (milliseconds since the epoch); `counted`: an attempt was used up. */
  | { id: string; status: 'queued'; notBefore: number; counted: boolean; reason: string }

/** Writes settlements in one statement. */
export async function settleAll(sql: Sql, settlements: Settlement[]): Promise<undefined[]> {
  const rows = settlements.map(settlement => ({
    id: settlement.id,
    status: settlement.status,
    external_ids: settlement.status === 'sent' ? settlement.externalIds : [],
    reason: settlement.status === 'sent' ? null : settlement.reason,
    detail: 'detail' in settlement ? settlement.detail : null,
    not_before: settlement.status === 'queued' ? new Date(settlement.notBefore) : null,
    counted: settlement.status !== 'queued' || settlement.counted ? 1 : 0,
    unreachable: 'unreachable' in settlement && settlement.unreachable === true,
  }))
  await sql`
    WITH outcome AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS t (
        id bigint, status text, external_ids text[], reason text, detail text,
        not_before timestamptz, counted int, unreachable boolean)
    ), settled AS (
      UPDATE outbox o SET status = outcome.status, external_ids = outcome.external_ids, reason = outcome.reason,
        detail = outcome.detail, not_before = outcome.not_before, attempts = o.attempts + outcome.counted,
        claimed_at = NULL, settled_at = CASE WHEN outcome.status <> 'queued' THEN now() END
      FROM outcome
      -- A bulk message that was given up as a crash's leftover may yet be told of by who sends it.
      WHERE o.id = outcome.id AND (o.status = 'sending' OR o.lane = 'bulk' AND o.reason = 'abandoned')
      RETURNING o.address_id, outcome.unreachable
    )
    UPDATE address SET reachable = false
    WHERE id IN (SELECT address_id FROM settled WHERE unreachable)`
  return settlements.map(() => undefined)
}

/** Keeps rows that are being sent from being taken for a crash's leftovers. */
export async function keepClaims(sql: Sql, ids: string[]): Promise<void> {
  await sql`UPDATE outbox SET claimed_at = now() WHERE id = ANY(${ids}::bigint[]) AND status = 'sending'`
}

/**
 * Rows whose sender died: a reply is queued again once (a second identical answer harms nobody,
 * silence does), then uncertain; bulk is uncertain at once, for staff to decide.
 */
export async function releaseAbandoned(sql: Sql, olderThanMs: number): Promise<void> {
  await sql`
    UPDATE outbox SET
      status = CASE WHEN lane = 'reply' AND reason IS DISTINCT FROM 'abandoned' THEN 'queued' ELSE 'uncertain' END,
      settled_at = CASE WHEN lane = 'reply' AND reason IS DISTINCT FROM 'abandoned' THEN NULL ELSE now() END,
      reason = 'abandoned', claimed_at = NULL
    WHERE settled_at IS NULL AND status = 'sending'
      AND claimed_at < now() - make_interval(secs => ${olderThanMs / 1000})`
}

/** Chats that have a message to send now and none in flight. */
export async function dueAddresses(sql: Sql): Promise<string[]> {
  const rows = await sql<{ addressId: string }>`
    SELECT address_id AS "addressId" FROM outbox
    WHERE settled_at IS NULL
    GROUP BY address_id
    HAVING bool_and(status = 'queued') AND bool_or(not_before IS NULL OR not_before <= now())
    ORDER BY min(id) LIMIT 500`
  return rows.map(({ addressId }) => addressId)
}
