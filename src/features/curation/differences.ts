// What differs between two texts of one item, field by field, as an editor reads it.
import { LANGUAGES, type Language } from '../../core/model/content.ts'
import { type DiffPiece, wordDiff } from '../../core/text/word-diff.ts'
import { type Item, isEntry } from './item.ts'

/** The fields that an editor sees; `language` is absent for those that all languages share. */
export type Field =
  | 'title'
  | 'answer'
  | 'steps'
  | 'phrasings'
  | 'keywords'
  | 'status'
  | 'category'
  | 'confidence'
  | 'owner'
  | 'lastChecked'
  | 'reviewBy'
  | 'sources'
  | 'facts'
  | 'gaps'
  | 'related'

/** Texts are compared word by word; of lists of things to be found by, only what went and what came is told. */
export type Difference = { field: Field; language?: Language } & (
  | { kind: 'words'; pieces: DiffPiece[] }
  | { kind: 'lines'; removed: string[]; added: string[] }
)

/** All differences, in the order of the editor's fields; none when both say the same. */
export function differencesBetween(before: Item | undefined, after: Item): Difference[] {
  return [...LANGUAGES.flatMap(language => inLanguage(before, after, language)), ...shared(before, after)]
}

function inLanguage(before: Item | undefined, after: Item, language: Language): Difference[] {
  const [a, b] = [textOf(before, language), textOf(after, language)]
  return [
    ...words('title', a.title, b.title),
    ...words('answer', a.answer, b.answer),
    ...words('steps', a.steps.join('\n'), b.steps.join('\n')),
    ...lines('keywords', a.keywords, b.keywords),
    ...lines('phrasings', a.phrasings, b.phrasings),
  ].map(difference => ({ ...difference, language }))
}

const NO_TEXT = { title: '', answer: '', steps: [], keywords: [], phrasings: [] }

function textOf(item: Item | undefined, language: Language) {
  if (!item) return NO_TEXT
  return isEntry(item) ? item.texts[language] : { ...NO_TEXT, ...item.texts[language] }
}

function shared(before: Item | undefined, after: Item): Difference[] {
  if (!isEntry(after)) return []
  const old = before && isEntry(before) ? before : undefined
  const plain = ['status', 'category', 'confidence', 'owner', 'lastChecked', 'reviewBy'] as const
  const lists = ['facts', 'gaps', 'related'] as const
  return [
    ...plain.flatMap(field => words(field, old?.[field] ?? '', after[field])),
    ...lines('sources', (old?.sources ?? []).map(sourceLine), after.sources.map(sourceLine)),
    ...lists.flatMap(field => lines(field, old?.[field] ?? [], after[field])),
  ]
}

function sourceLine(source: { name: string; gazette?: string; article?: string; url?: string }): string {
  return [source.name, source.gazette, source.article, source.url].filter(Boolean).join(' · ')
}

function words(field: Field, before: string, after: string): Difference[] {
  return before === after ? [] : [{ field, kind: 'words', pieces: wordDiff(before, after) }]
}

function lines(field: Field, before: readonly string[], after: readonly string[]): Difference[] {
  const removed = before.filter(line => !after.includes(line))
  const added = after.filter(line => !before.includes(line))
  if (removed.length + added.length) return [{ field, kind: 'lines', removed, added }]
  // Only their order changed.
  return words(field, before.join('\n'), after.join('\n'))
}
