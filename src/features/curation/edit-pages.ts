// Writing: the editor, what it saves, and the page for whoever may only read.
import { type Html, html } from '../../platform/html/html.ts'
import { type Answer, problemNote, Refused, type StaffPage, type Visit } from '../../staff/index.ts'
import { CATEGORIES } from '../answers/index.ts'
import { standingOf } from './compose.ts'
import { type Reason, saveDraft, stampOf, submitDraft } from './deeds.ts'
import { type Desk, served, today } from './desk.ts'
import {
  changedView,
  conflictView,
  fileChangedView,
  readView,
  type Standing,
  standingView,
} from './edit-around.ts'
import { itemFrom, kindIn } from './edit-form.ts'
import { type Editing, editForm } from './edit-views.ts'
import {
  emptyItem,
  hashOf,
  type Item,
  isEntry,
  itemOf,
  itemsOf,
  kindOf,
  nameOf,
  withPhrasing,
} from './item.ts'
import type { Finding } from './judge.ts'
import { noteNewItem, phrasingsFrom } from './miss-deeds.ts'
import { readMissTexts } from './miss-store.ts'
import { itemPreview } from './preview.ts'
import { EDITORS, isInsider, mayWrite, READERS } from './roles.ts'
import { isOpen, publishedRevisions, revisionsOf } from './store.ts'

const PATH = '/console/answers'

export function editPages(desk: Desk): StaffPage[] {
  const page = (method: StaffPage['method'], path: string, handle: StaffPage['handle']): StaffPage => ({
    method,
    path: PATH + path,
    section: 'answers',
    roles: EDITORS,
    handle,
  })
  return [
    page('GET', '/new', visit => showNew(desk, visit)),
    page('POST', '/new', visit => save(desk, visit, true)),
    page('POST', '/preview', visit => preview(desk, visit)),
    { ...page('GET', '/:id', visit => show(desk, visit)), roles: READERS },
    page('POST', '/:id', visit => save(desk, visit, false)),
  ]
}

async function find(desk: Desk, id: string): Promise<Standing | undefined> {
  const revisions = await revisionsOf(desk.database.sql, id)
  const open = revisions.find(isOpen)
  const live = itemOf(served(desk), id)
  const item = open?.item ?? live ?? revisions[0]?.item
  return item && { item, revisions, open, live, stamp: stampOf(revisions) }
}

async function show(desk: Desk, visit: Visit): Promise<Answer> {
  const standing = await find(desk, visit.params.id ?? '')
  if (!standing) return { kind: 'missing' }
  if (!mayWrite(visit)) return read(visit, standing)
  const { item, open, stamp } = standing
  const above = html`${standingView(visit, standing)}${await conflicts(desk, visit, standing)}`
  const problem = PROBLEMS.find(known => known === visit.query.problem)
  return edit(desk, visit, { item, stamp, isNew: false, note: open?.note ?? '' }, { above, problem })
}

/** Why a deed was refused, as its address says. */
const PROBLEMS = ['changed', 'conflict', 'second', 'taken'] as const

/** Whoever doesn't write sees what people get; outsiders nothing that is not public. */
function read(visit: Visit, { item, live }: Standing): Answer {
  const isPublic = live !== undefined && (!isEntry(live) || live.status === 'published')
  if (!isPublic && !isInsider(visit)) return { kind: 'missing' }
  const shown = live ?? item
  const title = nameOf(shown, visit.contentLanguage)
  return { kind: 'page', title, body: readView(visit, shown), wide: true }
}

/** What the file and the console say against each other. */
async function conflicts({ database, files }: Desk, visit: Visit, standing: Standing): Promise<Html> {
  const { item, open, stamp } = standing
  const file = itemOf(files.content, item.id)
  if (open) return html`${open.baseHash !== hashOf(file) && fileChangedView(visit, { file, open, stamp })}`
  const published = (await publishedRevisions(database.sql)).find(({ contentId }) => contentId === item.id)
  const isConflict = published && standingOf(published, file) === 'conflict'
  return html`${isConflict && conflictView(visit, { file, published, stamp })}`
}

async function showNew(desk: Desk, visit: Visit): Promise<Answer> {
  const { query, now } = visit
  const kind = kindIn(query.kind)
  const copied = query.copy ? itemOf(served(desk), query.copy) : undefined
  const empty = emptyItem(kind, '', { category: categoryIn(query.category), today: today(desk, now) })
  const begun = copied ? { ...copied, id: '' } : empty
  const misses = (query.misses ?? '').split('.').filter(id => /^\d{1,18}$/.test(id))
  const item = await withQuestions(desk, begun, { question: query.question, misses, visit })
  return edit(desk, visit, { item, stamp: '', isNew: true, note: '', misses }, { quiet: true })
}

function categoryIn(name: string | undefined): string {
  return CATEGORIES.find(category => category === name) ?? CATEGORIES[0]
}

/** The questions that led here are its first phrasings. */
async function withQuestions(
  desk: Desk,
  item: Item,
  { question, misses, visit }: { question: string | undefined; misses: string[]; visit: Visit },
): Promise<Item> {
  const asked = await readMissTexts(desk.database.sql, misses)
  const own = question ? [{ question, language: visit.contentLanguage }] : []
  return [...own, ...asked]
    .flatMap(({ question, language }) => phrasingsFrom(question).map(phrasing => ({ phrasing, language })))
    .reduce((begun, { phrasing, language }) => withPhrasing(begun, language, phrasing), item)
}

/** What is known of an item that is being written. */
type Seen = Pick<Editing, 'item' | 'stamp' | 'isNew' | 'note'> & { misses?: readonly string[] }
type Around = { above?: Html; problem?: (typeof PROBLEMS)[number]; status?: number; quiet?: boolean }

/** The editor's page. `quiet`: nobody has written yet, so nothing is found to be missing. */
async function edit(desk: Desk, visit: Visit, seen: Seen, around: Around): Promise<Answer> {
  const { item, isNew, misses = [] } = seen
  const { t, contentLanguage } = visit
  const findings = around.quiet ? [] : await check(desk, visit, item)
  const others = itemsOf(served(desk)).filter(({ id }) => id !== item.id)
  const form = editForm(visit, {
    ...seen,
    misses,
    findings,
    others,
    facts: desk.files.facts,
    preview: itemPreview(desk, visit, item),
  })
  const { problem, above, status } = around
  const body = html`${problemNote(problem && t(`console.answers.problem.${problem}`))}${above}${form}`
  const title = isNew ? t(`console.answers.new.${kindOf(item)}`) : nameOf(item, contentLanguage)
  return { kind: 'page', title, body, wide: true, status: status ?? 200 }
}

function check({ workbench, ...desk }: Desk, visit: Visit, item: Item): Promise<Finding[]> {
  return workbench.ask('check', { content: served(desk), item, today: today(desk, visit.now) })
}

async function preview(desk: Desk, visit: Visit): Promise<Answer> {
  const item = itemFrom(visit, desk.files.facts)
  return { kind: 'part', body: itemPreview(desk, visit, item) }
}

/** Saves, and goes where the button leads: on writing, to a second person, or to the judgement. */
async function save(desk: Desk, visit: Visit, isNew: boolean): Promise<Answer> {
  const { form, account, params } = visit
  const item = itemFrom(visit, desk.files.facts)
  if (!isNew && item.id !== params.id) return { kind: 'missing' }
  const { note = '', stamp = '' } = form
  const saved = await saveDraft(desk, { item, note, actor: account.email, stamp })
  if (saved instanceof Refused) return notSaved(desk, visit, { item, isNew, note, stamp }, saved.reason)
  await noteNewItem(desk.database, account.email, { item, misses: visit.all('miss') })
  const to = `${PATH}/${item.id}`
  if (form.do === 'judge') return { kind: 'redirect', to: `${to}/judge` }
  if (form.do !== 'submit') return { kind: 'redirect', to, done: 'console.answers.done.saved' }
  const newest = stampOf(await revisionsOf(desk.database.sql, item.id))
  const submitted = await submitDraft(desk, { contentId: item.id, actor: account.email, stamp: newest })
  if (submitted instanceof Refused) return { kind: 'redirect', to: `${to}?problem=changed` }
  return { kind: 'redirect', to, done: 'console.answers.done.submitted' }
}

/** What was typed stays; what somebody else did meanwhile stands above it. */
async function notSaved(
  desk: Desk,
  visit: Visit,
  seen: Omit<Seen, 'misses'>,
  reason: Reason,
): Promise<Answer> {
  const misses = visit.all('miss')
  if (reason !== 'changed' || seen.isNew) {
    return edit(desk, visit, { ...seen, misses }, { problem: 'taken', status: 422 })
  }
  const theirs = await find(desk, seen.item.id)
  if (!theirs) return { kind: 'missing' }
  const above = changedView(visit, { mine: seen.item, theirs })
  return edit(desk, visit, { ...seen, stamp: stampOf(theirs.revisions) }, { above, status: 409 })
}
