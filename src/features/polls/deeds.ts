// What staff do with polls, for the console and for programs alike: each deed with its row in the audit log.
import type { Language } from '../../core/model/content.ts'
import { type PollStatus, type Translated, trimmedText } from '../../core/model/poll.ts'
import type { Translate } from '../../core/model/topic.ts'
import type { Database, Sql } from '../../platform/db/database.ts'
import { type Note, Refused, withAudit } from '../../staff/index.ts'
import { type DraftProblem, isFix, timesProblem, trimmed } from './draft.ts'
import { close } from './life.ts'
import {
  createPoll,
  findPoll,
  fixText,
  holdPoll,
  open,
  type PollDraft,
  removeDraft,
  replaceDraft,
  review,
  type StaffPoll,
  schedule,
  setOutcome,
} from './store.ts'

/** Why a deed was not done. `state`: the poll is not in the state for it. */
export type DeedProblem = 'missing' | 'state' | 'fix' | 'outcome' | DraftProblem

/** Who does it. */
export type By = { database: Database; actor: string; now: Date }

/** The sentences with which fixed options are written. */
export type Sentences = (language: Language) => Translate

export function addDraft({ database, actor }: By, draft: PollDraft): Promise<number> {
  return withAudit(database, actor, async (sql, note) => {
    const id = await createPoll(sql, draft, actor)
    await note({ action: 'poll.create', target: `poll ${id}`, details: { form: draft.form } })
    return id
  })
}

export function changeDraft(by: By, id: number, draft: PollDraft): Promise<undefined | Refused<DeedProblem>> {
  return onPoll(by, id, ['draft', 'scheduled'], async (sql, note) => {
    // A changed poll is scheduled anew, by whoever has read it again.
    await schedule(sql, id, null)
    await replaceDraft(sql, id, draft)
    await note({ action: 'poll.change', target: `poll ${id}` })
    return undefined
  })
}

export function openNow(by: By, id: number): Promise<undefined | Refused<DeedProblem>> {
  return onPoll(by, id, ['draft', 'scheduled'], async (sql, note, poll) => {
    const problem = timesProblem({ closesAt: dateOf(poll.closesAt) }, by.now)
    if (problem) return new Refused(problem)
    await open(sql, id)
    await note({ action: 'poll.open', target: `poll ${id}` })
    return undefined
  })
}

/** Opens at the time that the draft holds. */
export function openLater(by: By, id: number): Promise<undefined | Refused<DeedProblem>> {
  return onPoll(by, id, ['draft'], async (sql, note, poll) => {
    const { opensAt } = poll
    if (!opensAt || opensAt <= by.now) return new Refused('opens')
    const problem = timesProblem({ opensAt, closesAt: dateOf(poll.closesAt) }, by.now)
    if (problem) return new Refused(problem)
    await schedule(sql, id, opensAt)
    const details = { opensAt: opensAt.toISOString() }
    await note({ action: 'poll.schedule', target: `poll ${id}`, details })
    return undefined
  })
}

export function closeNow(by: By, id: number): Promise<undefined | Refused<DeedProblem>> {
  return onPoll(by, id, ['open'], async (sql, note) => {
    // Scheduled ones open by the clock before anybody has noted it.
    await sql`UPDATE poll SET status = 'open', opened_at = coalesce(opened_at, opens_at) WHERE id = ${id}`
    await close(sql, id)
    await note({ action: 'poll.close', target: `poll ${id}` })
    return undefined
  })
}

export function discard(by: By, id: number): Promise<undefined | Refused<DeedProblem>> {
  return onPoll(by, id, ['draft', 'scheduled'], async (sql, note) => {
    await removeDraft(sql, id)
    await note({ action: 'poll.discard', target: `poll ${id}` })
    return undefined
  })
}

/** Mends slips of the pen in a question of an open poll; the audit log keeps both wordings. */
export function mendText(
  by: By,
  id: number,
  { questionId, text }: { questionId: number; text: Translated },
): Promise<undefined | Refused<DeedProblem>> {
  return onPoll(by, id, ['open'], async (sql, note, poll) => {
    const question = poll.questions.find(candidate => candidate.id === questionId)
    if (!question) return new Refused('missing')
    const mended = trimmed(text)
    if (!isFix(question.text, mended)) return new Refused('fix')
    await fixText(sql, questionId, mended)
    const details = { from: question.text, to: mended }
    await note({ action: 'poll.mend', target: `poll ${id}`, details })
    return undefined
  })
}

/** What the city did with the answers of a closed poll. */
export function noteOutcome(
  by: By,
  id: number,
  outcome: Translated,
): Promise<undefined | Refused<DeedProblem>> {
  return onPoll(by, id, ['closed'], async (sql, note) => {
    const said = trimmedText(outcome)
    if (!said.sr) return new Refused('outcome')
    await setOutcome(sql, id, said)
    await note({ action: 'poll.outcome', target: `poll ${id}` })
    return undefined
  })
}

/** Publishes a written answer, or refuses it with a reason. */
export function decide(
  by: By,
  pollId: number,
  { id, decision }: { id: string; decision: { published: string } | { reason: string } },
): Promise<undefined | Refused<DeedProblem>> {
  return onPoll(by, pollId, ['closed'], async (sql, note) => {
    if (!(await review(sql, { pollId, id, decision }))) return new Refused('missing')
    const details = 'reason' in decision ? { reason: decision.reason } : {}
    const action = 'reason' in decision ? 'poll.refuse-text' : 'poll.publish-text'
    await note({ action, target: `poll ${pollId}`, details })
    return undefined
  })
}

/** What is done with a poll. */
export type Work = (sql: Sql, note: Note, poll: StaffPoll) => Promise<undefined | Refused<DeedProblem>>

/** Works on a poll in one of these states. It is held, so that two people can't do different things with it at once. */
export function onPoll(
  { database, actor }: By,
  id: number,
  states: readonly PollStatus[],
  work: Work,
): Promise<undefined | Refused<DeedProblem>> {
  return withAudit(database, actor, async (sql, note) => {
    const status = await holdPoll(sql, id)
    const poll = status && (await findPoll(sql, id))
    if (!status || !poll) return new Refused<DeedProblem>('missing')
    return states.includes(status) ? work(sql, note, poll) : new Refused<DeedProblem>('state')
  })
}

function dateOf(iso: string | undefined): Date | undefined {
  return iso === undefined ? undefined : new Date(iso)
}
