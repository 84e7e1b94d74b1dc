// How well questions are answered: counts by day, and how answers were rated.
import type { Sql } from '../../platform/db/database.ts'

/** One of the last days, by what was made of its questions; small talk is none. */
export type UsageDay = { day: string; answered: number; suggested: number; missed: number }

/** The last days, oldest first; days without a question too. */
export async function usageByDay(sql: Sql, days: number): Promise<UsageDay[]> {
  const rows = await sql<{ day: string; decision: string | null; count: number }>`
    WITH counted AS (
      SELECT day, decision, count(*)::int AS count FROM usage
      WHERE day > current_date - ${days}::int GROUP BY day, decision
    )
    SELECT to_char(d.day, 'YYYY-MM-DD') AS day, decision, coalesce(count, 0) AS count
    FROM generate_series(current_date - ${days - 1}::int, current_date, interval '1 day') AS d (day)
    LEFT JOIN counted ON counted.day = d.day::date ORDER BY d.day`
  const byDay = Map.groupBy(rows, ({ day }) => day)
  return [...byDay].map(([day, counts]) => {
    const of = (...decisions: string[]) =>
      counts.reduce((sum, { decision, count }) => sum + (decisions.includes(decision ?? '') ? count : 0), 0)
    return { day, answered: of('answer', 'redirect'), suggested: of('suggest'), missed: of('handover') }
  })
}

export type Ratings = { yes: number; no: number }

/** How answers were rated in the last days. */
export async function ratings(sql: Sql, days: number): Promise<Ratings> {
  const [row] = await sql<Ratings>`
    SELECT count(*) FILTER (WHERE answered)::int AS yes, count(*) FILTER (WHERE NOT answered)::int AS no
    FROM rating WHERE at > now() - make_interval(days => ${days})`
  return row ?? { yes: 0, no: 0 }
}

/** What was asked most in the last days: entries, the most frequent first. */
export function mostAsked(
  sql: Sql,
  days: number,
  limit: number,
): Promise<{ entryId: string; count: number }[]> {
  return sql<{ entryId: string; count: number }>`
    SELECT entry_id AS "entryId", count(*)::int AS count FROM usage
    WHERE day > current_date - ${days}::int AND entry_id <> '' AND decision = 'answer'
    GROUP BY entry_id ORDER BY count DESC, entry_id LIMIT ${limit}`
}
