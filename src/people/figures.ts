// How many people there are, and how they are spread: counts alone, never anybody.
import type { Sql } from '../platform/db/database.ts'

/** The channels on which people write; the terminal is for trials. */
export const PEOPLE_CHANNELS = ['telegram', 'viber', 'botframework', 'web'] as const

export type PeopleCount = {
  people: number
  /** Who wants announcements. */
  recipients: number
  /** Who can be written to in one chat at least. */
  reachable: number
  /** People with a chat there; whoever has linked two counts in both. */
  byChannel: Record<string, number>
}

export async function countPeople(sql: Sql): Promise<PeopleCount> {
  const [[whole], channels] = await Promise.all([
    sql<{ people: number; recipients: number; reachable: number }>`
      SELECT count(*)::int AS people, count(c.person_id)::int AS recipients,
        count(*) FILTER (WHERE p.reachable)::int AS reachable
      FROM (
        SELECT a.person_id, bool_or(a.reachable) AS reachable
        FROM address a JOIN person p ON p.id = a.person_id
        WHERE p.erased_at IS NULL AND a.channel = ANY(${PEOPLE_CHANNELS}::text[])
        GROUP BY a.person_id) p
      LEFT JOIN (
        SELECT DISTINCT person_id FROM consent WHERE purpose = 'announcements' AND withdrawn_at IS NULL) c
        USING (person_id)`,
    sql<{ channel: string; people: number }>`
      SELECT channel, count(*)::int AS people
      FROM (
        SELECT DISTINCT a.channel, a.person_id FROM address a JOIN person p ON p.id = a.person_id
        WHERE p.erased_at IS NULL AND a.channel = ANY(${PEOPLE_CHANNELS}::text[])) chat
      GROUP BY channel`,
  ])
  const counted = Object.fromEntries(channels.map(({ channel, people }) => [channel, people]))
  const byChannel = Object.fromEntries(PEOPLE_CHANNELS.map(channel => [channel, counted[channel] ?? 0]))
  return { people: 0, recipients: 0, reachable: 0, ...whole, byChannel }
}

export type Spread = { kind: 'language' | 'community' | 'topic'; id: string; people: number }

/**
 * People by the language and script of their latest chat, by community and by topic. Communities count
 * whoever chose none too (the empty id); of topics anybody may have several.
 */
export function spreadPeople(sql: Sql): Promise<Spread[]> {
  return sql<Spread>`
    WITH somebody AS MATERIALIZED (
      SELECT DISTINCT ON (a.person_id) a.person_id, a.language, a.script
      FROM address a JOIN person p ON p.id = a.person_id
      WHERE p.erased_at IS NULL AND a.channel = ANY(${PEOPLE_CHANNELS}::text[])
      ORDER BY a.person_id, a.last_inbound_at DESC
    )
    SELECT 'language' AS kind, CASE WHEN language = 'sr' THEN 'sr-' || script ELSE language END AS id,
      count(*)::int AS people
    FROM somebody GROUP BY 2
    UNION ALL
    SELECT 'community', coalesce(c.value, ''), count(*)::int
    FROM somebody LEFT JOIN person_choice c ON c.person_id = somebody.person_id AND c.kind = 'community' GROUP BY 2
    UNION ALL
    SELECT 'topic', c.value, count(*)::int
    FROM somebody JOIN person_choice c ON c.person_id = somebody.person_id AND c.kind = 'topic' GROUP BY 2
    ORDER BY 1, 3 DESC, 2`
}

/** People who came on each of the last days, oldest first; days without anybody too. */
export async function newPeopleByDay(sql: Sql, days: number, timeZone: string): Promise<number[]> {
  const rows = await sql<{ people: number }>`
    WITH day AS (
      SELECT generate_series(today - ${days - 1}::int, today, interval '1 day')::date AS day
      FROM (SELECT (now() AT TIME ZONE ${timeZone}::text)::date AS today) t
    ), come AS (
      SELECT (created_at AT TIME ZONE ${timeZone}::text)::date AS day, count(*)::int AS people
      FROM person
      WHERE erased_at IS NULL AND created_at > now() - make_interval(days => ${days + 1}) GROUP BY 1
    )
    SELECT coalesce(come.people, 0) AS people FROM day LEFT JOIN come USING (day) ORDER BY day`
  return rows.map(({ people }) => people)
}

/** When somebody wrote last on each channel. */
export async function lastInbound(sql: Sql): Promise<Map<string, Date>> {
  const rows = await sql<{ channel: string; at: Date }>`
    SELECT channel, max(last_inbound_at) AS at FROM address GROUP BY channel`
  return new Map(rows.map(({ channel, at }) => [channel, at]))
}
