// One case as a page: gathers what the page shows.
import { randomUUID } from 'node:crypto'
import type { SentenceKey } from '../../core/model/sentence-key.ts'
import { tagOf } from '../../core/text/script.ts'
import { type Html, html } from '../../platform/html/html.ts'
import { type Answer, auditRows, messagePreviewOn, type Visit } from '../../staff/index.ts'
import type { Desk } from './changes.ts'
import { replyMessage } from './messages.ts'
import { shownReference } from './reference.ts'
import { type Target, targetOf } from './replies.ts'
import { caseView } from './staff-case-view.ts'
import { type Draft, replyForm } from './staff-reply-view.ts'
import { threadView } from './staff-thread-view.ts'
import { type Case, caseTexts, colleagues, saidAround } from './store.ts'

/** Nothing is written yet. */
export function newDraft({ version }: Case, { now }: Visit): Draft {
  return { text: '', after: 'waiting', key: randomUUID(), version, seen: now.getTime() }
}

const HISTORY_MAX = 60

/** `problem`: why what was asked for was not done; `freshSince` (ms): what came later stands out. */
type Occasion = { problem?: SentenceKey; status?: number; freshSince?: number }

/** The whole page. */
export async function pageOf(
  desk: Desk,
  visit: Visit,
  found: Case,
  draft: Draft,
  { problem, status = 200, freshSince }: Occasion = {},
): Promise<Answer> {
  const { database, knowledge } = desk
  const { sql } = database
  const { settings } = knowledge()
  const target = `case ${found.reference}`
  const texts = await caseTexts(sql, found.reference)
  const body = caseView(visit, {
    found,
    texts,
    settings,
    draft,
    noteKey: randomUUID(),
    problem,
    freshSince,
    said: await saidAround(sql, found),
    target: await targetOf(sql, found.reference),
    people: await colleagues(sql),
    history: (await auditRows(database, { target, limit: HISTORY_MAX })).filter(
      ({ at }) => at >= found.openedAt,
    ),
    preview: await previewOf(desk, visit, found, draft),
  })
  const title = visit.t('console.inbox.case', { reference: shownReference(found.reference) })
  return { kind: 'page', title, body, status }
}

/** The form alone, with another text in it. */
export async function replyFormOf(desk: Desk, visit: Visit, found: Case, draft: Draft): Promise<Html> {
  const { database, knowledge } = desk
  return replyForm(visit, {
    found,
    settings: knowledge().settings,
    draft,
    target: await targetOf(database.sql, found.reference),
    preview: await previewOf(desk, visit, found, draft),
  })
}

/** What was written in the case, as it is now. */
export async function threadOf({ database, knowledge }: Desk, visit: Visit, found: Case): Promise<Html> {
  const texts = await caseTexts(database.sql, found.reference)
  return threadView(visit, { found, texts, settings: knowledge().settings })
}

/** A reply as it will arrive; nothing while nothing is written. */
export async function previewOf(desk: Desk, visit: Visit, found: Case, draft: Draft): Promise<Html> {
  if (!draft.text) return html``
  const { database, knowledge, publicUrl } = desk
  const words = knowledge()
  const target = await targetOf(database.sql, found.reference)
  const reader = target ?? found
  const looker = { ...visit, publicUrl, translator: words.sentences, reader: tagOf(reader) }
  return html`<p class="hint">${visit.t('console.inbox.preview')}</p>
${messagePreviewOn(reader.channel, messageOf(found, draft, target, words), looker)}`
}

function messageOf(
  found: Case,
  { text, after }: Draft,
  target: Target | undefined,
  words: ReturnType<Desk['knowledge']>,
) {
  const { reference, question, channel } = found
  const askedOn = target?.elsewhere ? channel : undefined
  return replyMessage(
    { reference, question, text, askedOn, closes: after === 'closed' },
    target ?? found,
    words,
  )
}
