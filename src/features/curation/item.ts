// What editors curate: answers, redirects and small talk, whatever they stand in.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Content, Entry, Language, Negative } from '../../core/model/content.ts'

export const KINDS = ['entry', 'redirect', 'smalltalk'] as const
export type Kind = (typeof KINDS)[number]
export type Item = Entry | Negative

export function kindOf(item: Item): Kind {
  return 'kind' in item ? item.kind : 'entry'
}

export function isEntry(item: Item): item is Entry {
  return !isNegative(item)
}

export function isNegative(item: Item): item is Negative {
  return 'kind' in item
}

/** What people see of an item in a list: its title, or the first thing people say. */
export function nameOf(item: Item, language: Language): string {
  const text = isEntry(item) ? item.texts[language].title : item.texts[language].phrasings[0]
  return text || item.id
}

export function itemsOf({ entries, negatives }: Pick<Content, 'entries' | 'negatives'>): Item[] {
  return [...entries, ...negatives]
}

export function itemOf(content: Pick<Content, 'entries' | 'negatives'>, id: string): Item | undefined {
  return content.entries.find(entry => entry.id === id) ?? content.negatives.find(other => other.id === id)
}

/** The content with an item in place of the one with its id, or behind the others. */
export function withItem(content: Content, item: Item): Content {
  const entries = content.entries.filter(({ id }) => id !== item.id)
  const negatives = content.negatives.filter(({ id }) => id !== item.id)
  if (isEntry(item)) return { ...content, negatives, entries: placed(content.entries, entries, item) }
  return { ...content, entries, negatives: placed(content.negatives, negatives, item) }
}

function placed<Some extends Item>(before: readonly Some[], others: readonly Some[], item: Some): Some[] {
  const place = before.findIndex(({ id }) => id === item.id)
  return place < 0 ? [...others, item] : others.toSpliced(place, 0, item)
}

/** Names a content: two items with the same hash say the same, however their files are laid out. */
export function hashOf(item: Item | undefined): string {
  if (!item) return ''
  const known = hashes.get(item)
  if (known) return known
  const hash = createHash('sha256').update(canonical(item)).digest('hex').slice(0, 16)
  hashes.set(item, hash)
  return hash
}

/** Items are never changed, only replaced. */
const hashes = new WeakMap<Item, string>()

/** JSON with sorted keys: the database keeps no order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const pairs = Object.entries(value).filter(([, inner]) => inner !== undefined)
  const sorted = pairs.toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${sorted.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`
}

const RULES = /^(?:zakon|ustav|statut|odluk|uredb|pravilnik|poslovnik|sl\. )/i

/** Whether an answer says what a law says: one of its sources is a law or a part of one. */
export function restsOnLaw(item: Item | undefined): boolean {
  return (
    item !== undefined &&
    isEntry(item) &&
    item.sources.some(({ name, gazette, article }) => gazette || article || RULES.test(name))
  )
}

/** Whether people are told the same by both: what they are found by may differ. */
export function saysTheSame(a: Item | undefined, b: Item): boolean {
  return a !== undefined && hashOf(withoutFinders(a)) === hashOf(withoutFinders(b))
}

/** Phrasings and keywords are read by the matcher alone. */
function withoutFinders(item: Item): Item {
  if (!isEntry(item)) return { ...item, texts: mapLanguages(item.texts, withoutPhrasings) }
  return { ...item, texts: mapLanguages(item.texts, text => ({ ...withoutPhrasings(text), keywords: [] })) }
}

function withoutPhrasings<Text extends { phrasings: string[] }>(text: Text): Text {
  return { ...text, phrasings: [] }
}

export function mapLanguages<From, To>(
  texts: Record<Language, From>,
  change: (text: From, language: Language) => To,
): Record<Language, To> {
  return { sr: change(texts.sr, 'sr'), bs: change(texts.bs, 'bs'), en: change(texts.en, 'en') }
}

const lines = z.array(z.string())
const perLanguage = <Text>(text: z.ZodType<Text>) => z.object({ sr: text, bs: text, en: text })

const EntryShape = z.object({
  id: z.string(),
  category: z.string(),
  status: z.enum(['draft', 'published']),
  confidence: z.enum(['V', 'V-old', 'V-2nd', 'B', 'GAP']),
  owner: z.string(),
  lastChecked: z.string(),
  reviewBy: z.string(),
  sources: z.array(
    z.object({
      name: z.string(),
      gazette: z.string().optional(),
      article: z.string().optional(),
      url: z.string().optional(),
    }),
  ),
  facts: lines,
  gaps: lines,
  related: lines,
  texts: perLanguage(
    z.object({ title: z.string(), phrasings: lines, keywords: lines, answer: z.string(), steps: lines }),
  ),
})

const NegativeShape = z.object({
  id: z.string(),
  kind: z.enum(['redirect', 'smalltalk']),
  texts: perLanguage(z.object({ phrasings: lines, answer: z.string() })),
})

/** The shape of an item whose texts may still be empty. */
export const ItemShape: z.ZodType<Item> = z.union([NegativeShape, EntryShape])

/** Reads what was stored; undefined if another version of the program wrote something else. */
export function parseItem(value: unknown): Item | undefined {
  return ItemShape.safeParse(value).data
}

/** The longest id; one of these names would hide a page of its own. */
const ID_MAX = 60
const TAKEN = new Set(['new', 'misses', 'bench', 'live'])

/** Whether something new may have this id. */
export function isId(id: string): boolean {
  return /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id) && id.length <= ID_MAX && !TAKEN.has(id)
}

/** An item nobody has written yet. */
export function emptyItem(
  kind: Kind,
  id: string,
  { category, today }: { category: string; today: string },
): Item {
  if (kind !== 'entry') {
    const texts = mapLanguages({ sr: 0, bs: 0, en: 0 }, () => ({ phrasings: [], answer: '' }))
    return { id, kind, texts }
  }
  const empty = () => ({ title: '', phrasings: [], keywords: [], answer: '', steps: [] })
  return {
    id,
    category,
    status: 'published',
    confidence: 'B',
    owner: '',
    lastChecked: today,
    reviewBy: '',
    sources: [],
    facts: [],
    gaps: [],
    related: [],
    texts: mapLanguages({ sr: 0, bs: 0, en: 0 }, empty),
  }
}

/** The item with a phrasing more in one language, unless it has it. */
export function withPhrasing<Some extends Item>(item: Some, language: Language, phrasing: string): Some {
  const { phrasings } = item.texts[language]
  if (phrasings.includes(phrasing)) return item
  const text = { ...item.texts[language], phrasings: [...phrasings, phrasing] }
  return { ...item, texts: { ...item.texts, [language]: text } }
}

/** All texts as the files hold them: one form of every letter, no spaces around, no empty lines of lists. */
export function tidy(item: Item): Item {
  return parseItem(tidyValue(item)) ?? item
}

function tidyValue(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\r\n', '\n').normalize('NFC').trim()
  if (Array.isArray(value)) return value.map(tidyValue).filter(inner => inner !== '')
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, tidyValue(inner)]))
}
