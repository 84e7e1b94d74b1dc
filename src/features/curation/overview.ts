// Every answer, redirect and small talk with what an editor wants to see of it in a list.
import type { Content, Language } from '../../core/model/content.ts'
import { fold } from '../../core/text/fold.ts'
import { createSearch, type Search } from '../answers/index.ts'
import { type Desk, served, today, versionOf } from './desk.ts'
import { HEALTH, type Health, healthOf, type Numbers, readNumbers } from './health.ts'
import { hashOf, type Item, isEntry, itemOf, itemsOf, type Kind, kindOf, nameOf } from './item.ts'
import { isOpen, type Newest, newestRevisions, pendingRevisions } from './store.ts'
import { readVersion } from './version-store.ts'

/** One line of the list. `item`: what people get, else what was written last. */
export type Listed = {
  item: Item
  kind: Kind
  /** People get it, or are told that it is not confirmed yet. */
  live: boolean
  open: Newest | undefined
  health: Health[]
  numbers: Numbers
}

/** Everything there is, in the order of the content; what is not served any more comes last. */
export async function listAll(desk: Desk, now: Date): Promise<Listed[]> {
  const { sql } = desk.database
  const content = served(desk)
  const items = itemsOf(content)
  const ids = items.map(({ id }) => id)
  const [pending, newest, numbers, version] = await Promise.all([
    pendingRevisions(sql),
    newestRevisions(sql, ids),
    readNumbers(sql),
    readVersion(sql, versionOf(content)),
  ])
  const open = new Map(newest.filter(isOpen).map(revision => [revision.contentId, revision]))
  const conflicts = new Set(conflictsIn(desk, pending))
  const known = { confusable: version?.computed?.confusable ?? [], today: today(desk, now), now }
  const line = (item: Item, live: boolean): Listed => {
    const own = { numbers: numbers(item.id), open: open.get(item.id) }
    const health = [
      ...(conflicts.has(item.id) ? ['conflict' as const] : []),
      ...stateOf(own.open),
      ...healthOf(item, { ...known, numbers: own.numbers }),
    ]
    return { item, kind: kindOf(item), live, health, ...own }
  }
  const unserved = newest.flatMap(({ item }) => item ?? [])
  return [...items.map(item => line(item, true)), ...unserved.map(item => line(item, false))]
}

function stateOf(open: Newest | undefined): Health[] {
  if (!open) return []
  return [open.state === 'submitted' ? 'submitted' : 'editing']
}

type Pending = Awaited<ReturnType<typeof pendingRevisions>>

/** Ids of items whose file somebody changed after the published revision was begun. */
function conflictsIn({ files }: Pick<Desk, 'files'>, pending: Pending): string[] {
  return pending
    .filter(({ state }) => state === 'published')
    .filter(({ contentId, baseHash }) => baseHash !== hashOf(itemOf(files.content, contentId)))
    .map(({ contentId }) => contentId)
}

/** How many revisions wait for a second person, and how many conflicts for a decision. */
export async function countWaiting(desk: Desk): Promise<number> {
  const pending = await pendingRevisions(desk.database.sql)
  return pending.filter(({ state }) => state === 'submitted').length + conflictsIn(desk, pending).length
}

export type Filter = { q: string; kind: string; category: string; status: string; health: string }

/** What fits; with a query the best first, without one what somebody should look at. */
export function filtered(
  all: readonly Listed[],
  filter: Filter,
  { content, language }: { content: Content; language: Language },
): Listed[] {
  const asked = filter.q.trim()
    ? found(all, filter.q, { content, language })
    : all.toSorted((a, b) => urgency(a) - urgency(b))
  return asked.filter(
    ({ item, kind, live, health }) =>
      (!filter.kind || kind === filter.kind) &&
      (!filter.category || (isEntry(item) && item.category === filter.category)) &&
      (!filter.status || statusOf(item, live) === filter.status) &&
      (!filter.health || health.some(known => known === filter.health)),
  )
}

/** Lowest for what should be looked at first. */
function urgency({ health }: Listed): number {
  return Math.min(HEALTH.length, ...health.map(one => HEALTH.indexOf(one)))
}

export type Status = 'published' | 'draft' | 'unserved'
export const STATUSES: readonly Status[] = ['published', 'draft', 'unserved']

/** What people get of an item: its text, that it is not confirmed, or nothing. */
export function statusOf(item: Item, live: boolean): Status {
  if (!live) return 'unserved'
  return isEntry(item) ? item.status : 'published'
}

function found(
  all: readonly Listed[],
  q: string,
  { content, language }: { content: Content; language: Language },
): Listed[] {
  const byId = new Map(all.map(line => [line.item.id, line]))
  const folded = fold(q)
  const unserved = all.filter(({ item, live }) => !live && fold(nameOf(item, language)).includes(folded))
  const ids = [
    q.trim(),
    ...searchIn(content, language)(q, all.length),
    ...unserved.map(({ item }) => item.id),
  ]
  return [...new Set(ids)].flatMap(id => byId.get(id) ?? [])
}

/** A content is searched again and again while somebody types. */
const searches = new WeakMap<Content, Map<Language, Search>>()

function searchIn(content: Content, language: Language): Search {
  const known = searches.get(content) ?? new Map<Language, Search>()
  searches.set(content, known)
  const search = known.get(language) ?? newSearch(content, language)
  known.set(language, search)
  return search
}

/** Nearly right spellings are looked for in titles and keywords alone: in all phrasings they take a tenth of a second. */
function newSearch(content: Content, language: Language): Search {
  const items = itemsOf(content).map(item => searchable(item, language))
  return createSearch(items, ['titles', 'keywords'])
}

function searchable(item: Item, language: Language) {
  const { id } = item
  return {
    id,
    title: [nameOf(item, language), language === 'sr' ? '' : nameOf(item, 'sr')].join(' '),
    keywords: [id.replaceAll('-', ' '), ...(isEntry(item) ? item.texts[language].keywords : [])],
    phrasings: item.texts[language].phrasings,
  }
}
