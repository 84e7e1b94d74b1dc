// Which local communities workshops have reached: what is planned, what was held, how many people came.
import type { Community } from '../../core/model/content.ts'
import type { Sql } from '../../platform/db/database.ts'

export type Reached = { community: Community; planned: number; held: number; people: number }

export type Coverage = {
  /** Every community of the content, in its order. */
  communities: Reached[]
  /** Communities in which at least one was held. */
  reached: number
  planned: number
  held: number
  people: number
}

/**
 * Counts workshops per community. Held are those that are over and were not cancelled. People are those who were
 * checked in with their guests and those who came without a registration; where nobody was checked in, nobody is
 * counted.
 */
export async function coverageOf(sql: Sql, communities: readonly Community[], now: Date): Promise<Coverage> {
  const rows = await sql<{ community: string; planned: number; held: number; people: number }>`
    SELECT w.community, count(*) FILTER (WHERE w.status = 'published' AND w.ends_at > ${now})::int AS planned,
      count(*) FILTER (WHERE w.status = 'done' OR w.ends_at <= ${now})::int AS held,
      coalesce(sum(w.walk_ins + came.people) FILTER (WHERE w.status = 'done' OR w.ends_at <= ${now}), 0)::int
        AS people
    FROM workshop w
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(1 + guests), 0) AS people FROM registration
      WHERE workshop_id = w.id AND status = 'attended') came
    WHERE w.status IN ('published', 'done') GROUP BY w.community`
  const found = new Map(rows.map(row => [row.community, row]))
  const reached = communities.map(community => {
    const { planned = 0, held = 0, people = 0 } = found.get(community.id) ?? {}
    return { community, planned, held, people }
  })
  const sum = (count: (one: Reached) => number) => reached.reduce((total, one) => total + count(one), 0)
  return {
    communities: reached,
    reached: reached.filter(({ held }) => held > 0).length,
    planned: sum(({ planned }) => planned),
    held: sum(({ held }) => held),
    people: sum(({ people }) => people),
  }
}
