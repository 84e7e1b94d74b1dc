// Type-ahead: titles that fit what has been typed so far, in any spelling. Words that begin as typed come
// first; fuse.js fills the rest of the list with what is spelt nearly so.
import Fuse from 'fuse.js'
import type { Content, Language } from '../../core/model/content.ts'
import { fold } from '../../core/text/fold.ts'

export type Suggestion = { id: string; title: string }
export type Suggester = { suggest(q: string, language: Language, limit?: number): Suggestion[] }

const LIMIT = 5
/** fuse.js grows with the length of the query; nobody types ahead longer than this. */
const QUERY_MAX = 80
/** How much a word found in a title, a keyword or a phrasing says. */
const FIELDS = [
  ['titles', 4],
  ['keywords', 3],
  ['phrasings', 1],
] as const

/** Searches published entries only. Fewer than two letters suggest nothing. */
export function createSuggester(content: Content): Suggester {
  const published = content.entries.filter(entry => entry.status === 'published')
  const searchIn = (language: Language) => {
    const search = createSearch(published.map(({ id, texts }) => ({ id, ...texts[language] })))
    const titles = new Map(published.map(({ id, texts }) => [id, texts[language].title]))
    return (q: string, limit: number) => search(q, limit).map(id => ({ id, title: titles.get(id) ?? '' }))
  }
  const searchers = { sr: searchIn('sr'), bs: searchIn('bs'), en: searchIn('en') }
  return { suggest: (q, language, limit = LIMIT) => searchers[language](q, limit) }
}

/** What can be searched for, by its title, keywords and phrasings. */
export type Searchable = {
  id: string
  title: string
  keywords: readonly string[]
  phrasings: readonly string[]
}

/** Ids of what fits the beginning of a query, best first; none for fewer than two letters. */
export type Search = (q: string, limit: number) => string[]

type Item = { id: string } & Record<'titles' | 'keywords' | 'phrasings', string>

/** `nearly`: fields in which what is spelt nearly so is looked for; long ones take time. */
export function createSearch(
  searchables: readonly Searchable[],
  nearly: readonly (typeof FIELDS)[number][0][] = ['titles', 'keywords', 'phrasings'],
): Search {
  const items = searchables.map(({ id, title, keywords, phrasings }): Item => {
    // A leading space lets a word's beginning be found by " word".
    const field = (lines: readonly string[]) => lines.map(line => ` ${fold(line)}`).join('')
    return { id, titles: field([title]), keywords: field(keywords), phrasings: field(phrasings) }
  })
  const fuse = new Fuse(items, {
    keys: FIELDS.filter(([name]) => nearly.includes(name)).map(([name, weight]) => ({ name, weight })),
    useTokenSearch: true,
    ignoreLocation: true,
    threshold: 0.25,
  })
  return (q, limit) => {
    const folded = fold(q.slice(0, QUERY_MAX))
    if (folded.length < 2) return []
    const beginning = beginsWith(items, folded.split(' ')).slice(0, limit)
    const alike = beginning.length < limit ? fuse.search(folded, { limit: 2 * limit }) : []
    const found = new Set([...beginning, ...alike.map(({ item }) => item)])
    return [...found].slice(0, limit).map(({ id }) => id)
  }
}

/** Items in which every typed word begins a word, best field first; equal ones in the order of the content. */
function beginsWith(items: readonly Item[], typed: readonly string[]): Item[] {
  return items
    .map(item => ({ item, weights: typed.map(word => weightOf(item, word)) }))
    .filter(({ weights }) => weights.every(weight => weight > 0))
    .map(({ item, weights }) => ({ item, weight: weights.reduce((sum, weight) => sum + weight, 0) }))
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ item }) => item)
}

function weightOf(item: Item, word: string): number {
  return FIELDS.reduce((sum, [name, weight]) => sum + (item[name].includes(` ${word}`) ? weight : 0), 0)
}
