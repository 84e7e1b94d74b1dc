// Polls and surveys as staff work with them. How many people took part may be known at any time; what they
// answered is read by results.ts alone, after closing.
import type { Poll, PollForm, Question, QuestionKind, Translated } from '../../core/model/poll.ts'
import type { Sql } from '../../platform/db/database.ts'
import { type Dates, statusAt } from './status.ts'

export type DraftQuestion = {
  kind: QuestionKind
  text: Translated
  options: Question['options']
  max: number
}

/** What staff write before a poll opens. */
export type PollDraft = {
  form: PollForm
  /** Of a survey. */
  title?: Translated
  questions: DraftQuestion[]
  opensAt?: Date
  closesAt?: Date
  /** An ISO day. */
  promiseBy?: string
}

/** A poll with what only staff see. */
export type StaffPoll = Poll & {
  opensAt?: Date
  closedAt?: Date
  /** The day (ISO) by which a note is owed. */
  promiseBy?: string
  outcomeAt?: Date
  createdBy: string
  /** People who took part. */
  turnout: number
  /** Of them, who has not finished a survey. */
  unfinished: number
  /** Written answers that nobody has read; none while it is open. */
  toReview: number
}

type Row = Dates & {
  id: number
  form: PollForm
  title: Translated | null
  questions: Question[] | null
  outcome: Translated | null
  outcomeAt: Date | null
  closedAt: Date | null
  promiseBy: string | null
  createdBy: string
  turnout: number
  unfinished: number
  toReview: number
  now: Date
}

/** One poll; undefined if there is none. */
export async function findPoll(sql: Sql, id: number): Promise<StaffPoll | undefined> {
  return (await listPolls(sql, id))[0]
}

/** Every poll, newest first; or the one with this id. */
export async function listPolls(sql: Sql, id: number | null = null): Promise<StaffPoll[]> {
  const rows = await sql<Row>`
    SELECT p.id, p.form, p.title, p.status, p.opens_at AS "opensAt", p.closes_at AS "closesAt",
      p.closed_at AS "closedAt", p.promise_by::text AS "promiseBy", p.outcome, p.outcome_at AS "outcomeAt",
      p.created_by AS "createdBy", now() AS now,
      (SELECT jsonb_agg(jsonb_build_object('id', q.id, 'position', q.position, 'kind', q.kind, 'text', q.text,
        'options', q.options, 'max', q.max) ORDER BY q.position)
        FROM poll_question q WHERE q.poll_id = p.id) AS questions,
      CASE WHEN p.form = 'survey' THEN (SELECT count(*) FROM survey_progress s WHERE s.poll_id = p.id)
        ELSE (SELECT count(*) FROM vote v JOIN poll_question q ON q.id = v.question_id WHERE q.poll_id = p.id)
        END::int AS turnout,
      (SELECT count(*)::int FROM survey_progress s WHERE s.poll_id = p.id AND NOT s.finished) AS unfinished,
      CASE WHEN p.status <> 'closed' THEN 0 ELSE (
        SELECT count(*) FROM vote v JOIN poll_question q ON q.id = v.question_id
        WHERE q.poll_id = p.id AND v.text IS NOT NULL AND v.review IS NULL) END::int AS "toReview"
    FROM poll p WHERE ${id}::int IS NULL OR p.id = ${id} ORDER BY p.id DESC`
  return rows.map(pollFrom)
}

function pollFrom(row: Row): StaffPoll {
  const { id, form, title, outcome, outcomeAt, opensAt, closesAt, closedAt, promiseBy, createdBy } = row
  const { turnout, unfinished, toReview } = row
  const questions = row.questions ?? []
  return {
    id,
    form,
    title: title ?? questions[0]?.text ?? { sr: '' },
    status: statusAt(row, row.now),
    questions,
    createdBy,
    turnout,
    unfinished,
    toReview,
    ...(opensAt && { opensAt }),
    ...(closesAt && { closesAt: closesAt.toISOString() }),
    ...(closedAt && { closedAt }),
    ...(promiseBy && { promiseBy }),
    ...(outcome && { outcome }),
    ...(outcomeAt && { outcomeAt }),
  }
}

/** Writes a draft; resolves to its id. */
export async function createPoll(sql: Sql, draft: PollDraft, createdBy: string): Promise<number> {
  const { form, title = null, opensAt, closesAt, promiseBy } = draft
  const [row] = await sql<{ id: number }>`
    INSERT INTO poll (form, title, opens_at, closes_at, promise_by, created_by)
    VALUES (${form}, ${title && JSON.stringify(title)}::jsonb, ${opensAt}, ${closesAt}, ${promiseBy}::date,
      ${createdBy})
    RETURNING id`
  if (!row) throw new Error('no poll was written')
  await writeQuestions(sql, row.id, draft.questions)
  return row.id
}

/** Replaces everything of a poll that the caller holds and that has not opened. */
export async function replaceDraft(sql: Sql, id: number, draft: PollDraft): Promise<void> {
  const { title = null, opensAt, closesAt, promiseBy } = draft
  await sql`
    UPDATE poll SET title = ${title && JSON.stringify(title)}::jsonb, opens_at = ${opensAt}, closes_at = ${closesAt},
      promise_by = ${promiseBy}::date
    WHERE id = ${id}`
  await sql`DELETE FROM poll_question WHERE poll_id = ${id}`
  await writeQuestions(sql, id, draft.questions)
}

async function writeQuestions(sql: Sql, pollId: number, questions: readonly DraftQuestion[]): Promise<void> {
  for (const [index, { kind, text, options, max }] of questions.entries()) {
    await sql`
      INSERT INTO poll_question (poll_id, position, kind, text, options, max)
      VALUES (${pollId}, ${index + 1}, ${kind}, ${JSON.stringify(text)}::jsonb, ${JSON.stringify(options)}::jsonb,
        ${max})`
  }
}

/** The poll's status by the clock, with the poll held for the rest of the transaction. */
export async function holdPoll(sql: Sql, id: number): Promise<Poll['status'] | undefined> {
  const [row] = await sql<Dates & { now: Date }>`
    SELECT status, opens_at AS "opensAt", closes_at AS "closesAt", now() AS now FROM poll WHERE id = ${id} FOR UPDATE`
  return row && statusAt(row, row.now)
}

/** Opens a poll at once. The caller holds it and knows that it has not opened yet. */
export async function open(sql: Sql, id: number): Promise<void> {
  await sql`UPDATE poll SET status = 'open', opens_at = NULL, opened_at = now() WHERE id = ${id}`
}

/** Lets a held draft open at its time, or makes a draft of it again. */
export async function schedule(sql: Sql, id: number, opensAt: Date | null): Promise<void> {
  await sql`
    UPDATE poll SET status = ${opensAt ? 'scheduled' : 'draft'}, opens_at = ${opensAt} WHERE id = ${id}`
}

/** Removes a poll that never opened. */
export async function removeDraft(sql: Sql, id: number): Promise<void> {
  await sql`DELETE FROM poll WHERE id = ${id}`
}

/** Mends the wording of a question. */
export async function fixText(sql: Sql, questionId: number, text: Translated): Promise<void> {
  await sql`UPDATE poll_question SET text = ${JSON.stringify(text)}::jsonb WHERE id = ${questionId}`
}

/** What the city did; the first time it is also told to those who took part. */
export async function setOutcome(sql: Sql, id: number, outcome: Translated): Promise<void> {
  await sql`
    UPDATE poll SET outcome = ${JSON.stringify(outcome)}::jsonb, outcome_at = coalesce(outcome_at, now())
    WHERE id = ${id}`
}

/** A written answer as the editor reads it: nothing says who wrote it. */
export type WrittenAnswer = {
  id: string
  questionId: number
  text: string
  language: string
  review: 'approved' | 'refused' | null
  reason: string | null
  published: string | null
}

/** Written answers of a closed poll; of any other none. In no order that tells when they were written. */
export function writtenAnswers(sql: Sql, pollId: number): Promise<WrittenAnswer[]> {
  return sql<WrittenAnswer>`
    SELECT v.id, v.question_id AS "questionId", v.text, v.language, v.review, v.reason, v.published
    FROM vote v JOIN poll_question q ON q.id = v.question_id JOIN poll p ON p.id = q.poll_id
    WHERE p.id = ${pollId} AND p.status = 'closed' AND v.text IS NOT NULL ORDER BY q.position, v.id`
}

/** Decides about a written answer of a closed poll; false if there is none. */
export async function review(
  sql: Sql,
  {
    pollId,
    id,
    decision,
  }: { pollId: number; id: string; decision: { published: string } | { reason: string } },
): Promise<boolean> {
  const published = 'published' in decision ? decision.published : null
  const reason = 'reason' in decision ? decision.reason : null
  const rows = await sql`
    UPDATE vote v SET review = ${published === null ? 'refused' : 'approved'}, published = ${published},
      reason = ${reason}
    FROM poll_question q JOIN poll p ON p.id = q.poll_id
    WHERE q.id = v.question_id AND p.id = ${pollId} AND p.status = 'closed' AND v.id = ${id} AND v.text IS NOT NULL
    RETURNING 1`
  return rows.length > 0
}

/** Approved written answers of a closed poll, by question, in no order that tells when they were written. */
export async function publishedTexts(sql: Sql, pollId: number): Promise<Map<number, string[]>> {
  const rows = await sql<{ questionId: number; published: string }>`
    SELECT v.question_id AS "questionId", v.published
    FROM vote v JOIN poll_question q ON q.id = v.question_id JOIN poll p ON p.id = q.poll_id
    WHERE p.id = ${pollId} AND p.status = 'closed' AND v.review = 'approved' AND v.published IS NOT NULL
    ORDER BY v.published`
  const texts = new Map<number, string[]>()
  for (const { questionId, published } of rows)
    texts.set(questionId, [...(texts.get(questionId) ?? []), published])
  return texts
}
