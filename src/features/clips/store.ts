// What the console shows of the clips, counted. Nothing of it names anybody.
import type { ClipDeed } from '../../core/model/effect.ts'
import type { Sql } from '../../platform/db/database.ts'

export type Counts = Record<ClipDeed, number>

/** How often each clip was offered, started, answered and answered rightly, over all channels. */
export async function clipCounts(sql: Sql): Promise<Map<string, Counts>> {
  const rows = await sql<{ id: string; kind: ClipDeed; count: number }>`
    SELECT clip_id AS id, kind, count(*)::int AS count FROM clip_count GROUP BY clip_id, kind`
  const counts = new Map<string, Counts>()
  for (const { id, kind, count } of rows) {
    const known = counts.get(id) ?? { offered: 0, started: 0, answered: 0, correct: 0 }
    counts.set(id, { ...known, [kind]: count })
  }
  return counts
}

/** How many chats get a clip a week, and how many people have answered all of these clips. */
export async function clipFollowers(
  sql: Sql,
  ids: readonly string[],
): Promise<{ subscribers: number; finishers: number }> {
  const [row] = await sql<{ subscribers: number; finishers: number }>`
    SELECT (SELECT count(*)::int FROM clip_series) AS subscribers,
      (SELECT count(*)::int FROM (
        SELECT 1 FROM clip_answer WHERE clip_id = ANY(${ids}::text[])
        GROUP BY person_id HAVING count(*) = cardinality(${ids}::text[])) AS whole) AS finishers`
  return row ?? { subscribers: 0, finishers: 0 }
}
