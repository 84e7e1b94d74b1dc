// Votes in the database: one per question and person, kept while the poll is open, untied from whoever is erased.
import type { Effect, EffectContext, Outcome } from '../../core/model/effect.ts'
import type { Sql } from '../../platform/db/database.ts'
import { isAnswered } from './question.ts'

type Of<Kind extends Effect['kind']> = Extract<Effect, { kind: Kind }>

export const pollEffects = {
  /** The turn holds a lock on the person, so votes of linked chats come one after the other. */
  async vote(sql: Sql, effect: Of<'vote'>, context: EffectContext): Promise<Outcome> {
    const { pollId, questionId, answer, next } = effect
    const { personId } = context
    if (!(await isOpen(sql, pollId))) return { kind: 'voted', status: 'closed', questionId, answer }
    if (isAnswered(answer)) await keep(sql, effect, context)
    else await sql`DELETE FROM vote WHERE question_id = ${questionId} AND person_id = ${personId}`
    if (next) await go(sql, { pollId, next }, context)
    return { kind: 'voted', status: 'kept', questionId, answer }
  },

  async 'withdraw-vote'(
    sql: Sql,
    { pollId }: Of<'withdraw-vote'>,
    { personId }: EffectContext,
  ): Promise<Outcome> {
    if (!(await isOpen(sql, pollId))) return { kind: 'vote-withdrawn', status: 'closed' }
    const gone = await sql`
      DELETE FROM vote v USING poll_question q
      WHERE q.id = v.question_id AND q.poll_id = ${pollId} AND v.person_id = ${personId} RETURNING 1`
    const left = await sql`
      DELETE FROM survey_progress WHERE poll_id = ${pollId} AND person_id = ${personId} RETURNING 1`
    return { kind: 'vote-withdrawn', status: gone.length + left.length > 0 ? 'withdrawn' : 'none' }
  },

  async 'go-in-survey'(sql: Sql, effect: Of<'go-in-survey'>, context: EffectContext): Promise<undefined> {
    if (await isOpen(sql, effect.pollId)) await go(sql, effect, context)
  },
}

/**
 * Whether the poll takes votes at this moment. It can't be closed any more before this transaction has ended;
 * if it is being closed just now, this waits and then sees it closed.
 */
async function isOpen(sql: Sql, pollId: number): Promise<boolean> {
  const rows = await sql`
    SELECT 1 FROM poll
    WHERE id = ${pollId} AND (status = 'open' OR (status = 'scheduled' AND opens_at <= now()))
      AND (closes_at IS NULL OR closes_at > now())
    FOR KEY SHARE`
  return rows.length > 0
}

async function keep(
  sql: Sql,
  { questionId, answer, next }: Of<'vote'>,
  { personId, channel, language, now }: EffectContext,
): Promise<void> {
  const partial = next !== undefined && !next.finished
  await sql`
    INSERT INTO vote (question_id, person_id, options, text, channel, language, community, partial, changed_at)
    SELECT ${questionId}, ${personId}, ${answer.options}::text[], ${answer.text}, ${channel}, ${language},
      (SELECT value FROM person_choice WHERE person_id = ${personId} AND kind = 'community'), ${partial}::boolean,
      ${now}::timestamptz
    ON CONFLICT (question_id, person_id) DO UPDATE SET options = excluded.options, text = excluded.text,
      channel = excluded.channel, language = excluded.language, community = excluded.community,
      partial = excluded.partial, changed_at = excluded.changed_at`
}

/** A survey that was finished stays finished, whatever is changed in it. */
async function go(
  sql: Sql,
  { pollId, next }: Omit<Of<'go-in-survey'>, 'kind'>,
  { personId, now }: Pick<EffectContext, 'personId' | 'now'>,
): Promise<void> {
  const { position, finished } = next
  await sql`
    INSERT INTO survey_progress (poll_id, person_id, position, finished, changed_at)
    VALUES (${pollId}, ${personId}, ${position}, ${finished}, ${now})
    ON CONFLICT (poll_id, person_id) DO UPDATE SET position = excluded.position, changed_at = excluded.changed_at,
      finished = survey_progress.finished OR excluded.finished`
  if (!finished) return
  await sql`
    UPDATE vote v SET partial = false FROM poll_question q
    WHERE q.id = v.question_id AND q.poll_id = ${pollId} AND v.person_id = ${personId} AND v.partial`
}
