// Opening and closing. Closing waits for every vote that is on its way and lets none follow, so that results are
// the same whenever and wherever they are read.
import type { Sql } from '../../platform/db/database.ts'
import { audit } from '../../staff/index.ts'

/** Days after closing by which the city says what it did, unless it promised another day. */
const PROMISE_DAYS = 30

/**
 * Notes that polls have opened or closed whose time has come; one poll, or all. Reads and votes go by the clock
 * and don't wait for this. Resolves to the ids of those that closed.
 */
export async function closeDue(sql: Sql, pollId: number | null = null): Promise<number[]> {
  const opened = await sql<{ id: number }>`
    UPDATE poll SET status = 'open', opened_at = opens_at
    WHERE status = 'scheduled' AND opens_at <= now() AND (${pollId}::int IS NULL OR id = ${pollId}) RETURNING id`
  for (const { id } of opened) await audit(sql, 'system', { action: 'poll.open', target: `poll ${id}` })
  const due = await sql<{ id: number }>`
    SELECT id FROM poll
    WHERE status = 'open' AND closes_at <= now() AND (${pollId}::int IS NULL OR id = ${pollId})`
  const closed: number[] = []
  for (const { id } of due) {
    if (!(await close(sql, id))) continue
    await audit(sql, 'system', { action: 'poll.close', target: `poll ${id}` })
    closed.push(id)
  }
  return closed
}

/**
 * Closes an open poll; false if it wasn't open. The lock conflicts with the one that a vote takes: votes that
 * hold theirs are waited for, later ones find the poll closed.
 */
export async function close(sql: Sql, pollId: number): Promise<boolean> {
  const rows = await sql`
    WITH held AS (SELECT id FROM poll WHERE id = ${pollId} AND status = 'open' FOR UPDATE)
    UPDATE poll p SET status = 'closed', closed_at = least(p.closes_at, now()),
      promise_by = coalesce(p.promise_by, (now() + make_interval(days => ${PROMISE_DAYS}))::date)
    FROM held WHERE p.id = held.id RETURNING p.id`
  if (rows.length === 0) return false
  await sql`DELETE FROM spent_voice WHERE poll_id = ${pollId}`
  return true
}
