// What those who took part are told later: the results, and what the city did with them. Each goes to a person
// at most once: the mark on the poll and everybody's messages are written in one transaction.
import type { Said } from '../../core/text/in-every-language.ts'
import type { Database, Sql } from '../../platform/db/database.ts'

/** Sends to people, each in one of their chats; resolves to how many. */
export type Tell = (sql: Sql, to: Audience, said: Said) => Promise<number>

/** Whoever took part in a poll; with `unfinished` only those who have not finished a survey and were not reminded. */
export type Audience = { pollId: number; unfinished?: boolean }

/** On each channel, so that announcements and replies have room beside them. */
const TOLD_PER_SECOND = 10

/**
 * Writes a row of the bulk lane for each person: in the chat they voted from if it can be reached, else in the one
 * they wrote in last. Whoever took their consent back is left alone.
 */
export const tellByOutbox: Tell = async (sql, { pollId, unfinished = false }, said) => {
  const rows = await sql`
    WITH taker AS (
      SELECT s.person_id, NULL AS channel FROM survey_progress s
      WHERE s.poll_id = ${pollId} AND s.person_id IS NOT NULL
        AND NOT (${unfinished}::boolean AND (s.finished OR s.reminded_at IS NOT NULL))
      UNION ALL
      SELECT v.person_id, v.channel FROM vote v JOIN poll_question q ON q.id = v.question_id
        JOIN poll p ON p.id = q.poll_id
      WHERE q.poll_id = ${pollId} AND p.form = 'poll' AND v.person_id IS NOT NULL
    ), chat AS (
      SELECT DISTINCT ON (a.person_id) a.id, a.channel, a.language, a.script
      FROM taker t JOIN address a ON a.person_id = t.person_id
      WHERE a.reachable AND EXISTS (
        SELECT 1 FROM consent c
        WHERE c.person_id = t.person_id AND c.purpose = 'participation' AND c.withdrawn_at IS NULL)
      ORDER BY a.person_id, a.channel = t.channel DESC NULLS LAST, a.last_inbound_at DESC, a.id
    )
    INSERT INTO outbox (address_id, lane, status, message, created_at, not_before)
    SELECT chat.id, 'bulk', 'queued', ${JSON.stringify(said)}::jsonb ->
      CASE WHEN chat.language = 'sr' AND chat.script = 'cyrl' THEN 'sr-Cyrl' ELSE chat.language END, now(),
      now() + (row_number() OVER (PARTITION BY chat.channel ORDER BY chat.id) - 1) * interval '1 second' / ${TOLD_PER_SECOND}
    FROM chat RETURNING 1`
  return rows.length
}

/** Tells once: `mark` sets the poll's mark and resolves to whether it was free. */
export function tellOnce(
  database: Database,
  tell: Tell,
  { mark, to, said }: { mark(sql: Sql): Promise<boolean>; to: Audience; said: Said },
): Promise<number | undefined> {
  return database.transaction(async sql => ((await mark(sql)) ? tell(sql, to, said) : undefined))
}
