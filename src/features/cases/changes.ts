// What staff do with a case. Each change is one transaction with its audit row; whoever acts on what they saw
// before somebody else did something is told so first.
import type { CaseState } from '../../core/model/effect.ts'
import type { Context } from '../../core/model/topic.ts'
import { dayIn } from '../../core/time/day.ts'
import type { Database, Sql } from '../../platform/db/database.ts'
import { type Account, Refused, withAudit } from '../../staff/index.ts'
import type { CloseReason } from './messages.ts'
import { placeReply, sendNotice, type Words } from './replies.ts'
import { answerDay } from './rules.ts'

/** What pages and routes of cases work with. */
export type Desk = { database: Database; knowledge(): Words; publicUrl: string }

/** Who acts on which case. `version`: what they saw; without it, whatever it is now. */
export type Act = {
  database: Database
  words: Words
  account: Pick<Account, 'id' | 'email'>
  reference: string
  version?: number
}

/**
 * Why nothing was done: there is no such case; something happened in between; the same form was sent before;
 * the case is closed; somebody else has it.
 */
export type Refusal = 'missing' | 'stale' | 'repeated' | 'closed' | 'taken'

/** What the case was when the change began; it is held until the end. */
type Before = { state: CaseState; version: number; assigneeId: string | null }
type Deed = { verb: string; details?: Record<string, unknown> }
type Outcome = Refused<Refusal> | undefined

/** What happens after a reply. */
export const AFTER = ['waiting', 'open', 'closed'] as const
export type After = (typeof AFTER)[number]

/** `key` names the form: sent twice it is one reply. */
export function replyTo(
  act: Act,
  { text, key, after }: { text: string; key?: string; after: After },
): Promise<Outcome> {
  return change(act, key, async (sql, { state }) => {
    if (state === 'closed') return new Refused('closed')
    const { reference, account, words } = act
    await sql`
      UPDATE citizen_case SET state = ${after}, assignee_id = coalesce(assignee_id, ${account.id}::uuid)
      WHERE reference = ${reference}`
    if (after === 'closed') await closeAs(sql, reference, 'answered')
    const [message] = await sql<{ id: string }>`
      INSERT INTO case_message (reference, kind, text, at, author, outcome, form_key)
      VALUES (${reference}, 'reply', ${text}, now(), ${account.email}, 'unsent', ${key ?? null}) RETURNING id`
    if (message) await placeReply(sql, message.id, words)
    return { verb: 'reply', details: { after } }
  })
}

/** For colleagues only. */
export function noteOn(act: Act, { text, key }: { text: string; key?: string }): Promise<Outcome> {
  return change(anyVersion(act), key, async sql => {
    await sql`
      INSERT INTO case_message (reference, kind, text, at, author, form_key)
      VALUES (${act.reference}, 'note', ${text}, now(), ${act.account.email}, ${key ?? null})`
    return { verb: 'note' }
  })
}

/** Takes a case that nobody has. */
export function claim(act: Act): Promise<Outcome> {
  return change(anyVersion(act), undefined, async (sql, { assigneeId }) => {
    if (assigneeId && assigneeId !== act.account.id) return new Refused('taken')
    await sql`UPDATE citizen_case SET assignee_id = ${act.account.id} WHERE reference = ${act.reference}`
    return { verb: 'claim' }
  })
}

/** Gives a case to a colleague, or to nobody. */
export function assign(act: Act, colleague: { id: string; email: string } | undefined): Promise<Outcome> {
  return change(anyVersion(act), undefined, async sql => {
    await sql`
      UPDATE citizen_case SET assignee_id = ${colleague?.id ?? null}::uuid WHERE reference = ${act.reference}`
    return { verb: 'assign', details: { to: colleague?.email ?? null } }
  })
}

/** Another department answers; the asker is told. */
export function passOn(act: Act, department: string): Promise<Outcome> {
  return change(act, undefined, async (sql, { state }) => {
    if (state === 'closed') return new Refused('closed')
    await sql`
      UPDATE citizen_case SET state = 'passed', department = ${department} WHERE reference = ${act.reference}`
    await sendNotice(sql, act.reference, { kind: 'passed', department }, act.words)
    return { verb: 'pass', details: { department } }
  })
}

/** It is the asker's turn. */
export function setWaiting(act: Act): Promise<Outcome> {
  return change(act, undefined, async (sql, { state }) => {
    if (state === 'closed') return new Refused('closed')
    await sql`UPDATE citizen_case SET state = 'waiting' WHERE reference = ${act.reference}`
    return { verb: 'wait' }
  })
}

/** Closes a case and tells its asker why. */
export function close(act: Act, reason: CloseReason): Promise<Outcome> {
  return change(act, undefined, async (sql, { state }) => {
    if (state === 'closed') return new Refused('closed')
    await closeAs(sql, act.reference, reason)
    await sendNotice(sql, act.reference, { kind: 'closed', reason }, act.words)
    return { verb: 'close', details: { reason } }
  })
}

async function closeAs(sql: Sql, reference: string, reason: CloseReason): Promise<void> {
  await sql`
    UPDATE citizen_case SET state = 'closed', closed_at = now(), closed_by = 'staff', close_reason = ${reason}
    WHERE reference = ${reference}`
}

/** It is the city's turn again; an asker who was told that it was closed is told that, too. */
export function reopen(act: Act): Promise<Outcome> {
  return change(act, undefined, async (sql, { state }) => {
    await sql`
      UPDATE citizen_case SET state = 'open', department = NULL, closed_at = NULL, closed_by = NULL, close_reason = NULL,
        expected_on = CASE WHEN state IN ('open', 'passed') THEN expected_on ELSE ${dueDay(act.words)}::date END
      WHERE reference = ${act.reference}`
    if (state === 'closed') await sendNotice(sql, act.reference, { kind: 'reopened' }, act.words)
    return { verb: 'reopen' }
  })
}

/** What does no harm whatever happened in between. */
function anyVersion(act: Act): Act {
  return { ...act, version: undefined }
}

function dueDay({ content, settings }: Pick<Context, 'content' | 'settings'>): string {
  return answerDay(dayIn(content.city.timeZone, Date.now()), settings, content.holidays)
}

function change(
  { database, account, reference, version }: Act,
  key: string | undefined,
  work: (sql: Sql, before: Before) => Promise<Deed | Refused<Refusal>>,
): Promise<Outcome> {
  return withAudit(database, account.email, async (sql, note) => {
    const [before] = await sql<Before>`
      SELECT state, version, assignee_id AS "assigneeId" FROM citizen_case WHERE reference = ${reference} FOR UPDATE`
    if (!before) return new Refused<Refusal>('missing')
    if (key && (await wasSent(sql, reference, key))) return new Refused<Refusal>('repeated')
    if (version !== undefined && version !== before.version) return new Refused<Refusal>('stale')
    const deed = await work(sql, before)
    if (deed instanceof Refused) return deed
    await sql`UPDATE citizen_case SET version = version + 1, updated_at = now() WHERE reference = ${reference}`
    await note({ action: `case.${deed.verb}`, target: `case ${reference}`, details: deed.details })
    return undefined
  })
}

async function wasSent(sql: Sql, reference: string, key: string): Promise<boolean> {
  const rows = await sql`SELECT 1 FROM case_message WHERE reference = ${reference} AND form_key = ${key}`
  return rows.length > 0
}
