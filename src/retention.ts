// How long things are kept, enforced every night; the privacy notice states the same numbers.
import { purgeErased } from './people/index.ts'
import type { Sql } from './platform/db/database.ts'

/** Days after which rows go. What is not named here stays until the person erases it. */
export const RETENTION_DAYS = {
  /** Messages sent: long enough to see one's chat again on the web page. */
  outbox: 30,
  /** Numbers of messages received, by which a repeat is recognised; their texts go once answered. */
  inbox: 30,
  /** Questions nobody could answer, redacted and without identity. */
  miss: 90,
} as const

/** Receipts go with their message. One that no message claims is of a greeting, or of what a crash cut off. */
const STRAY_RECEIPT_DAYS = 1

/** Rows per statement, so that no lock is held for long. */
const BATCH = 5000

/** Deletes what is too old, in batches. */
export async function enforceRetention(sql: Sql): Promise<void> {
  await inBatches(
    () => sql`
    DELETE FROM outbox WHERE id IN (
      SELECT id FROM outbox
      WHERE settled_at < now() - make_interval(days => ${RETENTION_DAYS.outbox}) LIMIT ${BATCH}) RETURNING 1`,
  )
  await inBatches(
    () => sql`
    DELETE FROM inbox WHERE id IN (
      SELECT id FROM inbox
      WHERE received_at < now() - make_interval(days => ${RETENTION_DAYS.inbox}) AND done_at IS NOT NULL
      LIMIT ${BATCH}) RETURNING 1`,
  )
  await inBatches(
    () => sql`
    DELETE FROM miss WHERE id IN (
      SELECT id FROM miss WHERE at < now() - make_interval(days => ${RETENTION_DAYS.miss}) LIMIT ${BATCH})
    RETURNING 1`,
  )
  await inBatches(
    () => sql`
    DELETE FROM receipt WHERE (address_id, external_id) IN (
      SELECT address_id, external_id FROM receipt
      WHERE outbox_id IS NULL AND noted_at < now() - make_interval(days => ${STRAY_RECEIPT_DAYS}) LIMIT ${BATCH})
    RETURNING 1`,
  )
  await sql`DELETE FROM link_code WHERE expires_at < now()`
  await sql`DELETE FROM media WHERE expires_at < now()`
  await purgeErased(sql)
}

async function inBatches(remove: () => Promise<unknown[]>): Promise<void> {
  while ((await remove()).length === BATCH);
}
