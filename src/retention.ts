// Enforces every night how long things are kept.
import type { Settings } from './core/model/settings.ts'
import { expireCases } from './features/cases/index.ts'
import { personalTables } from './features/index.ts'
import { type PersonalTable, purgeErased } from './people/index.ts'
import type { Sql } from './platform/db/database.ts'

const DAY_MS = 86_400_000

/** Receipts go with their message. One that no message claims is of a greeting, or of what a crash cut off. */
const STRAY_RECEIPT_DAYS = 1

/** Rows per statement, so that no lock is held for long. */
const BATCH = 5000

/** Deletes what is too old, in batches; from the tables of people who took part, as each of them says. */
export async function enforceRetention(
  sql: Sql,
  days: Settings['retentionDays'],
  tables: readonly PersonalTable[] = personalTables,
): Promise<void> {
  await inBatches(
    () => sql`
    DELETE FROM outbox WHERE id IN (
      SELECT id FROM outbox
      WHERE settled_at < now() - make_interval(days => ${days.outbox}) LIMIT ${BATCH}) RETURNING 1`,
  )
  await inBatches(
    () => sql`
    DELETE FROM inbox WHERE id IN (
      SELECT id FROM inbox
      WHERE received_at < now() - make_interval(days => ${days.inbox}) AND done_at IS NOT NULL
      LIMIT ${BATCH}) RETURNING 1`,
  )
  await inBatches(
    () => sql`
    DELETE FROM miss WHERE id IN (
      SELECT id FROM miss WHERE at < now() - make_interval(days => ${days.miss}) LIMIT ${BATCH})
    RETURNING 1`,
  )
  await inBatches(
    () => sql`
    DELETE FROM miss_decision WHERE id IN (
      SELECT id FROM miss_decision WHERE at < now() - make_interval(days => ${days.miss}) LIMIT ${BATCH})
    RETURNING 1`,
  )
  await inBatches(
    () => sql`
    UPDATE delivery SET person_id = NULL WHERE id IN (
      SELECT id FROM delivery
      WHERE person_id IS NOT NULL AND status NOT IN ('planned', 'sending')
        AND at < now() - make_interval(days => ${days.delivery}) LIMIT ${BATCH}) RETURNING 1`,
  )
  await inBatches(
    () => sql`
    DELETE FROM receipt WHERE (address_id, external_id) IN (
      SELECT address_id, external_id FROM receipt
      WHERE outbox_id IS NULL AND noted_at < now() - make_interval(days => ${STRAY_RECEIPT_DAYS}) LIMIT ${BATCH})
    RETURNING 1`,
  )
  const before = new Date(Date.now() - days.participation * DAY_MS)
  for (const table of tables) await table.expire?.(sql, before)
  await expireCases(sql, new Date(Date.now() - days.case * DAY_MS))
  await sql`DELETE FROM link_code WHERE expires_at < now()`
  await sql`DELETE FROM media WHERE expires_at < now()`
  await purgeErased(sql)
}

async function inBatches(remove: () => Promise<unknown[]>): Promise<void> {
  while ((await remove()).length === BATCH);
}
