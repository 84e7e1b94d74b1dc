// What becomes due by the clock alone: offers end, changes are told, people are reminded, workshops are over.
// Each step finds by itself what it has not done yet, so a bot that was away makes up for it.
import type { Database, Sql } from '../../platform/db/database.ts'
import { closeWorkshop, tellChanges } from './changes.ts'
import { NEWS } from './notice-queue.ts'
import { OVER_AFTER_MS } from './rules.ts'
import { expireOffers, holdWorkshop } from './seats.ts'

const HOUR_MS = 3_600_000
/** Reminders go out so long before the beginning; a late one still helps until the next is due. */
const SOON_MS = 48 * HOUR_MS
const TODAY_MS = 2 * HOUR_MS

/** Does everything that is due at `now`. It may run on several instances at once. */
export async function keepTime(database: Database, now: Date): Promise<void> {
  await expireOffers(database, now)
  await tellChanges(database, now)
  await remind(database.sql, 'soon', { from: TODAY_MS, to: SOON_MS, now })
  await remind(database.sql, 'today', { from: 0, to: TODAY_MS, now })
  await closeOver(database, now)
}

/**
 * Reminds those who have a seat once per start of a workshop. Whoever signed up, got their seat or was told the
 * new time later than the reminder was due needs none.
 */
async function remind(
  sql: Sql,
  kind: 'soon' | 'today',
  { from, to, now }: { from: number; to: number; now: Date },
): Promise<void> {
  const seconds = to / 1000
  const reminded = await sql`
    INSERT INTO workshop_notice (registration_id, kind, about, created_at)
    SELECT r.id, ${kind}, (extract(epoch FROM w.starts_at) * 1000)::bigint::text, ${now}
    FROM registration r JOIN workshop w ON w.id = r.workshop_id
    WHERE w.status = 'published' AND r.status = 'confirmed'
      AND w.starts_at > ${new Date(now.getTime() + from)} AND w.starts_at <= ${new Date(now.getTime() + to)}
      AND greatest(r.changed_at, w.start_set_at) <= w.starts_at - make_interval(secs => ${seconds})
    ON CONFLICT DO NOTHING RETURNING id`
  if (reminded.length) await sql`SELECT pg_notify(${NEWS}, '')`
}

/** Workshops whose staff did not close them. */
async function closeOver(database: Database, now: Date): Promise<void> {
  const over = await database.sql<{ id: number }>`
    SELECT id FROM workshop
    WHERE status = 'published' AND ends_at < ${new Date(now.getTime() - OVER_AFTER_MS)} ORDER BY id`
  for (const { id } of over) {
    await database.transaction(async sql => {
      const held = await holdWorkshop(sql, id)
      if (held?.status === 'published') await closeWorkshop(sql, held, now)
    })
  }
}
