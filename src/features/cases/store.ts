// The inbox as staff see it: which cases there are, and everything about one of them.
import type { Language, Script } from '../../core/model/content.ts'
import type { CaseState } from '../../core/model/effect.ts'
import type { Outbound } from '../../core/model/message.ts'
import type { Sql } from '../../platform/db/database.ts'

/** The ways to look at the inbox. */
export const SHOWS = ['open', 'mine', 'unassigned', 'waiting', 'passed', 'closed'] as const
export type Show = (typeof SHOWS)[number]

/** What staff look for; `digits` is the beginning of a number. */
export type Filter = {
  show?: Show
  accountId?: string
  department?: string
  digits?: string
}

/** A case. */
export type Case = {
  reference: string
  state: CaseState
  question: string
  openedAt: Date
  /** ISO day. */
  expectedOn: string
  closedAt: Date | null
  closedBy: string | null
  closeReason: string | null
  assigneeId: string | null
  assignee: string | null
  department: string | null
  version: number
  addressId: string
  channel: string
  language: Language
  script: Script
  /** The last word is the asker's, after the question itself. */
  unread: boolean
}

/** Cases in the order of their urgency; closed ones last, the last closed first. */
export function listCases(
  sql: Sql,
  { show, accountId, department, digits }: Filter,
  { limit, offset = 0 }: { limit: number; offset?: number },
): Promise<Case[]> {
  return sql<Case>`
    WITH page AS (
      SELECT * FROM citizen_case c
      WHERE CASE ${show ?? 'all'}::text
          WHEN 'all' THEN true
          WHEN 'mine' THEN c.state <> 'closed' AND c.assignee_id = ${accountId ?? null}::uuid
          WHEN 'unassigned' THEN c.state <> 'closed' AND c.assignee_id IS NULL
          ELSE c.state = ${show ?? 'all'}::text END
        AND (${department ?? null}::text IS NULL OR c.department = ${department ?? null}::text)
        AND (${digits ?? null}::text IS NULL OR starts_with(c.reference, ${digits ?? null}::text))
      ORDER BY c.closed_at DESC NULLS FIRST, c.expected_on, c.opened_at, c.reference
      LIMIT ${limit} OFFSET ${offset}
    )
    SELECT c.reference, c.state, q.text AS question, c.opened_at AS "openedAt",
      c.expected_on::text AS "expectedOn", c.closed_at AS "closedAt", c.closed_by AS "closedBy",
      c.close_reason AS "closeReason", c.assignee_id AS "assigneeId", s.email AS assignee, c.department, c.version,
      c.address_id AS "addressId", a.channel, a.language, a.script, l.kind = 'asker' AND l.id <> q.id AS unread
    FROM page c JOIN address a ON a.id = c.address_id LEFT JOIN staff_account s ON s.id = c.assignee_id
    JOIN LATERAL (
      SELECT id, text FROM case_message WHERE reference = c.reference AND kind = 'asker' ORDER BY id LIMIT 1) q ON true
    JOIN LATERAL (
      SELECT id, kind FROM case_message WHERE reference = c.reference AND kind <> 'note' ORDER BY id DESC LIMIT 1) l
      ON true
    ORDER BY c.closed_at DESC NULLS FIRST, c.expected_on, c.opened_at, c.reference`
}

export async function findCase(sql: Sql, reference: string): Promise<Case | undefined> {
  const [found] = await listCases(sql, { digits: reference }, { limit: 1 })
  return found?.reference === reference ? found : undefined
}

/** How many cases each way of looking shows. */
export async function countCases(sql: Sql, accountId: string): Promise<Record<Show, number>> {
  const [row] = await sql<Record<Show, number>>`
    SELECT count(*) FILTER (WHERE state = 'open')::int AS open,
      count(*) FILTER (WHERE state <> 'closed' AND assignee_id = ${accountId}::uuid)::int AS mine,
      count(*) FILTER (WHERE state <> 'closed' AND assignee_id IS NULL)::int AS unassigned,
      count(*) FILTER (WHERE state = 'waiting')::int AS waiting,
      count(*) FILTER (WHERE state = 'passed')::int AS passed,
      count(*) FILTER (WHERE state = 'closed')::int AS closed
    FROM citizen_case`
  return row ?? { open: 0, mine: 0, unassigned: 0, waiting: 0, passed: 0, closed: 0 }
}

/** How many cases wait for the city. */
export async function countOpen(sql: Sql): Promise<number> {
  const [row] = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM citizen_case WHERE state = 'open'`
  return row?.count ?? 0
}

/** Cases somebody of the city has to answer; overdue: promised for a day before `today` (ISO). */
export type Owed = Record<'open' | 'passed' | 'overdue', number>

export async function countOwed(sql: Sql, today: string): Promise<Owed> {
  const [row] = await sql<Owed>`
    SELECT count(*) FILTER (WHERE state = 'open')::int AS open, count(*) FILTER (WHERE state = 'passed')::int AS passed,
      count(*) FILTER (WHERE expected_on < ${today}::date)::int AS overdue
    FROM citizen_case WHERE state IN ('open', 'passed')`
  return row ?? { open: 0, passed: 0, overdue: 0 }
}

/** What was written in a case, with what became of each reply. */
export type CaseText = {
  id: string
  kind: 'asker' | 'reply' | 'note'
  text: string
  at: Date
  author: string | null
  /** Of the form that sent it. */
  key: string | null
  /** Where it was written, or went to. */
  channel: string | null
  /** It is not the chat of the question. */
  elsewhere: boolean
  delivery: Delivery | null
}

/** `reason` as in the outbox; `detail`: the platform's words. */
export type Delivery = {
  status: 'unsent' | 'queued' | 'sending' | 'sent' | 'delivered' | 'seen' | 'failed' | 'uncertain'
  reason: string | null
  detail: string | null
}

/** The outbox knows best, as long as it remembers. */
export function caseTexts(sql: Sql, reference: string): Promise<CaseText[]> {
  return sql<CaseText>`
    SELECT m.id, m.kind, m.text, m.at, m.author, m.form_key AS key, a.channel, a.id IS NOT NULL AND a.id <> c.address_id AS elsewhere,
      CASE WHEN m.kind = 'reply' THEN json_build_object(
        'status', CASE WHEN o.status = 'sent' AND r.seen THEN 'seen' WHEN o.status = 'sent' AND r.delivered THEN 'delivered'
          ELSE coalesce(o.status, m.outcome) END,
        'reason', coalesce(o.reason, m.reason), 'detail', o.detail) END AS delivery
    FROM case_message m JOIN citizen_case c ON c.reference = m.reference
    LEFT JOIN address a ON a.id = m.address_id
    LEFT JOIN outbox o ON o.id = m.outbox_id
    LEFT JOIN LATERAL (
      SELECT bool_and(seen_at IS NOT NULL) AS seen, bool_and(delivered_at IS NOT NULL) AS delivered
      FROM receipt WHERE outbox_id = o.id) r ON true
    WHERE m.reference = ${reference} ORDER BY m.id`
}

/** What the bot said in the chat around the question, as far as it is still kept. */
export type Said = { at: Date; message: Outbound; before: boolean }

/** Minutes before and after the question in which the bot's words belong to it. */
const AROUND_MIN = 15
const AROUND_MAX = 12

/**
 * Answers and misses alone, known by their buttons. A code for linking, a link to somebody's data, a question
 * that was not sent after all, or what else a person does in the same chat is no matter of staff.
 */
const ABOUT_QUESTIONS = '^(y:|n:|e:|r:|x:none$|case:send$)'

export function saidAround(
  sql: Sql,
  { addressId, openedAt }: Pick<Case, 'addressId' | 'openedAt'>,
): Promise<Said[]> {
  return sql<Said>`
    SELECT * FROM (
      SELECT o.created_at AS at, o.message, o.created_at <= ${openedAt} AS before, o.id FROM outbox o
      WHERE o.address_id = ${addressId}
        AND o.created_at BETWEEN ${openedAt}::timestamptz - make_interval(mins => ${AROUND_MIN})
          AND ${openedAt}::timestamptz + make_interval(mins => ${AROUND_MIN})
        AND EXISTS (
          SELECT 1 FROM jsonb_array_elements(o.message->'buttons') button
          WHERE button->>'token' ~ ${ABOUT_QUESTIONS})
      ORDER BY abs(extract(epoch FROM o.created_at - ${openedAt}::timestamptz)) LIMIT ${AROUND_MAX}) said
    ORDER BY id`
}

/** Accounts that a case can be given to. */
export function colleagues(sql: Sql): Promise<{ id: string; email: string }[]> {
  return sql<{ id: string; email: string }>`
    SELECT id, email FROM staff_account
    WHERE role IN ('inbox', 'admin') AND disabled_at IS NULL ORDER BY email`
}

/** Rows per statement, so that no lock is held for long. */
const BATCH = 500

/**
 * Removes what was closed before this moment, and what waits since then for an asker who stays silent.
 * Whatever the city still owes an answer to stays.
 */
export async function expireCases(sql: Sql, before: Date): Promise<void> {
  for (;;) {
    const gone = await sql`
      DELETE FROM citizen_case WHERE reference IN (
        SELECT reference FROM citizen_case
        WHERE closed_at < ${before} OR (state = 'waiting' AND updated_at < ${before}) LIMIT ${BATCH})
      RETURNING 1`
    if (gone.length < BATCH) return
  }
}
