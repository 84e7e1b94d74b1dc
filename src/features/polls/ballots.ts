// Polls as one person meets them, for the turn's transaction.
import type { Data, EffectContext } from '../../core/model/effect.ts'
import type { Answer, Ballot, PollForm, PollItem, Question, Translated } from '../../core/model/poll.ts'
import type { Sql } from '../../platform/db/database.ts'
import { closeDue } from './life.ts'
import { pictureUrls } from './picture-urls.ts'
import { resultsOf } from './results.ts'
import { type Dates, statusAt } from './status.ts'

/** Results of closed polls stay in the list this long. */
const CLOSED_SHOWN_DAYS = 60
const CLOSED_SHOWN_MAX = 5
const OPEN_SHOWN_MAX = 12

type Row = Dates & {
  id: number
  form: PollForm
  title: Translated | null
  outcome: Translated | null
  questions: Question[] | null
  mine: Record<number, { options: string[]; text: string | null }> | null
  position: number | null
  finished: boolean | null
  spent: boolean
  now: Date
}

/** The poll with what the person answered; nothing for one that isn't public yet. */
export async function loadBallot(
  sql: Sql,
  { personId, addressId, publicUrl }: Pick<EffectContext, 'personId' | 'addressId' | 'publicUrl'>,
  pollId: number,
): Promise<Pick<Data, 'ballot'>> {
  const [row] = await sql<Row>`
    SELECT p.id, p.form, p.title, p.status, p.opens_at AS "opensAt", p.closes_at AS "closesAt", p.outcome,
      now() AS now, s.position, s.finished,
      (SELECT jsonb_agg(jsonb_build_object('id', q.id, 'position', q.position, 'kind', q.kind, 'text', q.text,
        'options', q.options, 'max', q.max) ORDER BY q.position)
        FROM poll_question q WHERE q.poll_id = p.id) AS questions,
      (SELECT jsonb_object_agg(v.question_id, jsonb_build_object('options', v.options, 'text', v.text))
        FROM vote v JOIN poll_question q ON q.id = v.question_id
        WHERE q.poll_id = p.id AND v.person_id = ${personId}) AS mine,
      EXISTS (
        SELECT 1 FROM spent_voice o JOIN address a ON a.id = ${addressId}
        WHERE o.poll_id = p.id AND o.hash = encode(sha256(convert_to(
          p.salt || ':' || a.channel || ':' || a.external_id, 'UTF8')), 'hex')) AS spent
    FROM poll p LEFT JOIN survey_progress s ON s.poll_id = p.id AND s.person_id = ${personId}
    WHERE p.id = ${pollId}`
  const ballot = row && ballotFrom(row)
  if (!ballot || ballot.status === 'draft' || ballot.status === 'scheduled') return {}
  return { ballot: ballot.status === 'closed' ? await withResults(sql, ballot, publicUrl) : ballot }
}

function ballotFrom(row: Row): Ballot {
  const { id, form, title, closesAt, outcome, position, finished, spent } = row
  const questions = row.questions ?? []
  return {
    id,
    form,
    title: title ?? questions[0]?.text ?? { sr: '' },
    status: statusAt(row, row.now),
    questions,
    mine: Object.fromEntries(
      Object.entries(row.mine ?? {}).map(([key, answer]) => [key, answerFrom(answer)]),
    ),
    finished: finished ?? false,
    spent,
    ...(closesAt && { closesAt: closesAt.toISOString() }),
    ...(position !== null && { position }),
    ...(outcome && { outcome }),
  }
}

function answerFrom({ options, text }: { options: string[]; text: string | null }): Answer {
  return text === null ? { options } : { options, text }
}

async function withResults(sql: Sql, ballot: Ballot, publicUrl: string): Promise<Ballot> {
  await closeDue(sql, ballot.id)
  const { n, questions } = await resultsOf(sql, ballot)
  const results = questions.map(({ questionId, whole }) => ({
    questionId,
    n: whole.n,
    counts: whole.options,
  }))
  return { ...ballot, n, results, pictures: await pictureUrls(sql, ballot.id, publicUrl) }
}

/** Everything open, and what closed lately; with what the person did. */
export async function loadItems(
  sql: Sql,
  { personId }: Pick<EffectContext, 'personId'>,
): Promise<PollItem[]> {
  const rows = await sql<
    Dates & { id: number; form: PollForm; title: Translated; done: PollItem['done']; now: Date }
  >`
    SELECT p.id, p.form, coalesce(p.title, (SELECT q.text FROM poll_question q WHERE q.poll_id = p.id LIMIT 1)) AS title,
      p.status, p.opens_at AS "opensAt", p.closes_at AS "closesAt", now() AS now,
      CASE WHEN s.finished THEN 'yes' WHEN s.person_id IS NOT NULL THEN 'begun'
        WHEN p.form = 'poll' AND EXISTS (
          SELECT 1 FROM vote v JOIN poll_question q ON q.id = v.question_id
          WHERE q.poll_id = p.id AND v.person_id = ${personId}) THEN 'yes'
        ELSE 'no' END AS done
    FROM poll p LEFT JOIN survey_progress s ON s.poll_id = p.id AND s.person_id = ${personId}
    WHERE p.status IN ('open', 'scheduled')
      OR (p.status = 'closed' AND p.closed_at > now() - make_interval(days => ${CLOSED_SHOWN_DAYS}))
    ORDER BY coalesce(p.closed_at, p.closes_at) DESC NULLS LAST, p.id DESC`
  const items = rows.flatMap(({ id, form, title, done, ...dates }): PollItem[] => {
    const status = statusAt(dates, dates.now)
    return status === 'open' || status === 'closed' ? [{ id, form, title, done, status }] : []
  })
  const open = items.filter(({ status }) => status === 'open').toReversed()
  const closed = items.filter(({ status }) => status === 'closed')
  return [...open.slice(0, OPEN_SHOWN_MAX), ...closed.slice(0, CLOSED_SHOWN_MAX)]
}
