// What staff do with a proposal: each deed with its row in the audit log, and the author is told in the same
// transaction. The log never holds what was written.
import { type Translated, trimmedText } from '../../core/model/poll.ts'
import type { ProposalState } from '../../core/model/proposal.ts'
import type { Settings } from '../../core/model/settings.ts'
import type { Context } from '../../core/model/topic.ts'
import { inEveryLanguage } from '../../core/text/in-every-language.ts'
import { writeTo } from '../../people/index.ts'
import type { Database, Sql } from '../../platform/db/database.ts'
import { type Note, Refused, withAudit } from '../../staff/index.ts'
import { changeMessage, type Speaker } from './messages.ts'

/** What the desk works with. */
export type Desk = {
  database: Database
  knowledge(): Pick<Context, 'content' | 'sentences'>
  settings(): Settings
  publicUrl: string
}

export type DeskProblem = 'missing' | 'department' | 'answer' | 'reason' | 'text'
type Done = Promise<undefined | Refused<DeskProblem>>

type Held = { id: number; reference: string; personId: string | null; channel: string }

/** Passes it to a department. */
export function pass(desk: Desk, actor: string, id: number, department: string): Done {
  if (!desk.settings().departments.some(known => known.id === department))
    return Promise.resolve(new Refused<DeskProblem>('department'))
  return onProposal(desk, actor, id, async (sql, note, held) => {
    await sql`UPDATE proposal SET state = 'passed', department = ${department}, changed_at = now() WHERE id = ${id}`
    await note({ action: 'proposal.pass', target: targetOf(held), details: { department } })
    await tell(sql, desk, held, { state: 'passed', department })
  })
}

/** Answers it; the answer is public once the proposal is. */
export function answer(desk: Desk, actor: string, id: number, text: Translated): Done {
  const said = trimmedText(text)
  if (!said.sr) return Promise.resolve(new Refused<DeskProblem>('answer'))
  return onProposal(desk, actor, id, async (sql, note, held) => {
    await sql`
      UPDATE proposal SET state = 'answered', answer = ${JSON.stringify(said)}::jsonb, reason = NULL, changed_at = now()
      WHERE id = ${id}`
    await note({ action: 'proposal.answer', target: targetOf(held) })
    await tell(sql, desk, held, { state: 'answered', answer: said })
  })
}

/** Declines it with a reason of the list, and a word to it if there is one. */
export function decline(
  desk: Desk,
  actor: string,
  id: number,
  given: { reason: string; text: Translated },
): Done {
  const { reason } = given
  if (!isReason(desk, reason)) return Promise.resolve(new Refused<DeskProblem>('reason'))
  const said = trimmedText(given.text)
  const word = said.sr ? said : null
  return onProposal(desk, actor, id, async (sql, note, held) => {
    await sql`
      UPDATE proposal SET state = 'declined', reason = ${reason}, answer = ${word && JSON.stringify(word)}::jsonb,
        changed_at = now()
      WHERE id = ${id}`
    await note({ action: 'proposal.decline', target: targetOf(held), details: { reason } })
    await tell(sql, desk, held, { state: 'declined', reason, ...(word && { answer: word }) })
  })
}

/** Publishes the text as the editor left it, and the picture if they say so. */
export function publish(
  desk: Desk,
  actor: string,
  id: number,
  given: { text: string; photo: boolean },
): Done {
  const text = given.text.trim()
  if (!text) return Promise.resolve(new Refused<DeskProblem>('text'))
  return onProposal(desk, actor, id, async (sql, note, held) => {
    const [before] = await sql<{ publication: string }>`SELECT publication FROM proposal WHERE id = ${id}`
    await sql`
      UPDATE proposal SET publication = 'published', published = ${text}, refusal = NULL,
        photo_published = ${given.photo} AND photo_id IS NOT NULL
      WHERE id = ${id}`
    await note({ action: 'proposal.publish', target: targetOf(held), details: { photo: given.photo } })
    if (before?.publication !== 'published') await tell(sql, desk, held, { publication: 'published' })
  })
}

/** Keeps it from the public page, or takes it off. */
export function refuse(desk: Desk, actor: string, id: number, reason: string): Done {
  if (!isReason(desk, reason)) return Promise.resolve(new Refused<DeskProblem>('reason'))
  return onProposal(desk, actor, id, async (sql, note, held) => {
    await sql`
      UPDATE proposal SET publication = 'refused', published = NULL, photo_published = false, refusal = ${reason}
      WHERE id = ${id}`
    await note({ action: 'proposal.refuse', target: targetOf(held), details: { reason } })
    await tell(sql, desk, held, { publication: 'refused', refusal: reason })
  })
}

function isReason({ settings }: Desk, reason: string): boolean {
  return settings().moderationReasons.some(({ id }) => id === reason)
}

function onProposal(
  { database }: Desk,
  actor: string,
  id: number,
  work: (sql: Sql, note: Note, held: Held) => Promise<void>,
): Done {
  return withAudit(database, actor, async (sql, note) => {
    const [held] = await sql<Held>`
      SELECT id, reference, person_id AS "personId", channel FROM proposal WHERE id = ${id} FOR UPDATE`
    if (!held) return new Refused<DeskProblem>('missing')
    await work(sql, note, held)
    return undefined
  })
}

function targetOf({ reference }: Held): string {
  return `proposal ${reference}`
}

type Change = {
  state: Exclude<ProposalState, 'received'>
  department?: string
  reason?: string
  answer?: Translated
}

/** Tells the author, if there still is one. */
export async function tell(
  sql: Sql,
  { knowledge, settings, publicUrl }: Omit<Desk, 'database'>,
  { reference, personId, channel }: Pick<Held, 'reference' | 'personId' | 'channel'>,
  change: Change | Parameters<typeof changeMessage>[1],
): Promise<void> {
  if (!personId) return
  const { content, sentences } = knowledge()
  const speaker: Speaker = { content, sentences, settings: settings(), publicUrl }
  const said = inEveryLanguage(
    language => changeMessage(reference, change, language, speaker),
    content.city.protectedWords,
  )
  await writeTo(sql, { personId, channel }, said)
}
