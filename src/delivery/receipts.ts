// What a channel tells of messages after it took them. One row per call of a message, which settling the
// message and the receipts of the platform write in any order: the row's key makes one wait for the other,
// so neither can miss what the other knows.
import type { Receipt } from '../channels/channel.ts'
import { batched } from '../platform/batch.ts'
import type { Sql } from '../platform/db/database.ts'
import type { Sent } from './store.ts'

/**
 * Settles messages of channels that give receipts: sent, or failed if the platform has said so already.
 * From now on what it tells finds them.
 */
export async function settleAwaiting(sql: Sql, messages: Sent[]): Promise<undefined[]> {
  const rows = messages.map(({ id, externalIds, billing }) => ({ id, external_ids: externalIds, billing }))
  await sql`
    WITH sent AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS t (
        id bigint, external_ids text[], billing smallint)
    ), call AS (
      INSERT INTO receipt (address_id, external_id, outbox_id, noted_at, billing)
      SELECT DISTINCT o.address_id, number, o.id, now(), sent.billing
      FROM sent JOIN outbox o ON o.id = sent.id, unnest(sent.external_ids) AS number
      WHERE o.status = 'sending' OR o.lane = 'bulk' AND o.reason = 'abandoned'
      ORDER BY 1, 2
      ON CONFLICT (address_id, external_id) DO UPDATE SET outbox_id = excluded.outbox_id, billing = excluded.billing
      RETURNING outbox_id, failed_at, detail
    ), undelivered AS (
      SELECT outbox_id AS id, min(detail) AS detail FROM call WHERE failed_at IS NOT NULL GROUP BY outbox_id
    )
    UPDATE outbox o SET status = CASE WHEN u.id IS NULL THEN 'sent' ELSE 'failed' END,
      reason = CASE WHEN u.id IS NOT NULL THEN 'undelivered' END, detail = u.detail,
      external_ids = sent.external_ids, attempts = o.attempts + 1, not_before = NULL, claimed_at = NULL,
      settled_at = now()
    FROM sent LEFT JOIN undelivered u ON u.id = sent.id
    WHERE o.id = sent.id AND (o.status = 'sending' OR o.lane = 'bulk' AND o.reason = 'abandoned')`
  return messages.map(() => undefined)
}

/** Builds `note(receipts)`: resolves once they are stored and their messages are marked. */
export function createReceipts(sql: Sql): (receipts: Receipt[]) => Promise<void> {
  const note = batched<Receipt[], undefined>(async batches => {
    await noteAll(sql, batches.flat())
    return batches.map(() => undefined)
  })
  return async receipts => {
    if (receipts.length > 0) await note(receipts)
  }
}

/**
 * The first time a call was delivered, seen or failed counts: a platform repeats itself, once per device.
 * Whoever saw a message has it. Of chats we don't know, or no longer, nothing is kept.
 */
async function noteAll(sql: Sql, receipts: Receipt[]): Promise<void> {
  await sql`
    WITH told AS (
      INSERT INTO receipt (address_id, external_id, noted_at, delivered_at, seen_at, failed_at, detail)
      SELECT a.id, t."externalId", now(),
        to_timestamp(min(t.at) FILTER (WHERE t.kind IN ('delivered', 'seen')) / 1000),
        to_timestamp(min(t.at) FILTER (WHERE t.kind = 'seen') / 1000),
        to_timestamp(min(t.at) FILTER (WHERE t.kind = 'failed') / 1000),
        min(t.detail)
      FROM jsonb_to_recordset(${JSON.stringify(receipts)}::jsonb) AS t (
        channel text, "externalId" text, address text, kind text, at float8, detail text)
      JOIN address a ON a.channel = t.channel AND a.external_id = t.address
      JOIN person p ON p.id = a.person_id AND p.erased_at IS NULL
      GROUP BY a.id, t."externalId"
      ORDER BY 1, 2
      ON CONFLICT (address_id, external_id) DO UPDATE SET
        delivered_at = least(receipt.delivered_at, excluded.delivered_at),
        seen_at = least(receipt.seen_at, excluded.seen_at),
        failed_at = least(receipt.failed_at, excluded.failed_at),
        detail = coalesce(receipt.detail, excluded.detail)
      RETURNING outbox_id, failed_at, detail
    )
    UPDATE outbox o SET status = 'failed', reason = 'undelivered', detail = told.detail
    FROM told
    WHERE o.id = told.outbox_id AND told.failed_at IS NOT NULL
      -- If the message was settled while this waited for its row, it still looks as if on its way.
      AND o.status IN ('sending', 'sent')`
}
