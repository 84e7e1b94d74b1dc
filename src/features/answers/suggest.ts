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

type Item = Suggestion & Record<'titles' | 'keywords' | 'phrasings', string>

/** Searches published entries only. Fewer than two letters suggest nothing. */
export function createSuggester(content: Content): Suggester {
  const searchers = {
    sr: searcherFor(content, 'sr'),
    bs: searcherFor(content, 'bs'),
    en: searcherFor(content, 'en'),
  }
  return {
    suggest(q, language, limit = LIMIT) {
      const folded = fold(q.slice(0, QUERY_MAX))
      if (folded.length < 2) return []
      return searchers[language](folded, limit).map(({ id, title }) => ({ id, title }))
    },
  }
}

function searcherFor(content: Content, language: Language): (folded: string, limit: number) => Item[] {
  const published = content.entries.filter(entry => entry.status === 'published')
  const items = published.map(({ id, texts }): Item => {
    const { title, keywords, phrasings } = texts[language]
    // A leading space lets a word's beginning be found by " word".
    const field = (lines: string[]) => lines.map(line => ` ${fold(line)}`).join('')
    return { id, title, titles: field([title]), keywords: field(keywords), phrasings: field(phrasings) }
  })
  const fuse = new Fuse(items, {
    keys: FIELDS.map(([name, weight]) => ({ name, weight })),
    useTokenSearch: true,
    ignoreLocation: true,
    threshold: 0.25,
  })
  return (folded, limit) => {
    const beginning = beginsWith(items, folded.split(' ')).slice(0, limit)
    if (beginning.length === limit) return beginning
    const nearly = fuse.search(folded, { limit: 2 * limit }).map(({ item }) => item)
    return [...new Set([...beginning, ...nearly])].slice(0, limit)
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
