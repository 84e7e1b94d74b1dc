// How the matcher bears typing errors, topics that are missing, and twenty times the content.
import type { GoldQuestion } from '../../src/content/gold.ts'
import type { Content, Entry } from '../../src/core/model/content.ts'
import { LANGUAGES } from '../../src/core/model/content.ts'
import { quantile } from '../../src/features/answers/evaluate.ts'
import { createMatcher, type Matcher } from '../../src/features/answers/matcher.ts'
import { measure, share } from '../../src/features/answers/measure.ts'

/** One typing error for this many letters. */
const LETTERS_PER_TYPO = 8
const ENTRIES_LARGE = 2000
/** Parts that are left out in turn: about ten entries each. */
const PARTS = 8

/** Shares as 0–1, times in microseconds or as named. */
export function benchRobust(content: Content, queries: readonly GoldQuestion[]): object {
  const matcher = createMatcher(content)
  const mistyped = queries.map(query => ({ ...query, q: withTypos(query.q) }))
  return {
    mistypedTop1: measure(matcher, mistyped).top1,
    ekavianSame: ekavianSame(matcher, queries),
    deletedAnswered: deletedAnswered(content, queries),
    large: benchLarge(content, queries),
  }
}

/** Of the questions with ijekavian words: how many have the same first answer when they are respelt in ekavian. */
function ekavianSame(matcher: Matcher, queries: readonly GoldQuestion[]): number {
  const respelt = (q: string) =>
    q.replace(/(?<=\p{L})ije(?=\p{L})/gu, 'e').replace(/(?<=\p{L})je(?=\p{L})/gu, 'e')
  const first = (q: string, language: GoldQuestion['lang']) => matcher.match(q, { language }).top[0]?.id
  const ijekavian = queries.filter(({ q, lang, kind }) => kind === 'in' && lang !== 'en' && respelt(q) !== q)
  return share(ijekavian, ({ q, lang }) => first(q, lang) === first(respelt(q), lang))
}

/** Every eighth letter is swapped with the next; deterministic. */
function withTypos(text: string): string {
  const letters = [...text]
  for (let at = LETTERS_PER_TYPO - 1; at + 1 < letters.length; at += LETTERS_PER_TYPO) {
    const [a = '', b = ''] = letters.slice(at, at + 2)
    if (/\p{L}/u.test(a) && /\p{L}/u.test(b)) letters.splice(at, 2, b, a)
  }
  return letters.join('')
}

/** Of the questions whose every answer was taken out of the content: how many are answered directly. */
function deletedAnswered(content: Content, queries: readonly GoldQuestion[]): number {
  const outcomes = Array.from({ length: PARTS }, (_, part) => {
    const gone = new Set(content.entries.filter((_, index) => index % PARTS === part).map(({ id }) => id))
    const matcher = createMatcher({ ...content, entries: content.entries.filter(({ id }) => !gone.has(id)) })
    return queries
      .filter(({ kind, accept }) => kind === 'in' && accept.every(id => gone.has(id)))
      .map(({ q, lang }) => matcher.match(q, { language: lang }))
  }).flat()
  return share(outcomes, ({ decision, top }) => decision === 'answer' && top[0]?.id !== 'not-local')
}

/** The content many times over, every copy with words of its own. */
function benchLarge(content: Content, queries: readonly GoldQuestion[]): object {
  const entries = Array.from({ length: ENTRIES_LARGE }, (_, index) => {
    const entry = content.entries[index % content.entries.length] as Entry
    return index < content.entries.length ? entry : copyOf(entry, index)
  })
  const before = process.memoryUsage().rss
  const from = performance.now()
  const matcher = createMatcher({ ...content, entries })
  const buildMs = performance.now() - from
  for (const { q } of queries.slice(0, 50)) matcher.match(q)
  const times = queries.map(({ q }) => {
    const asked = performance.now()
    matcher.match(q)
    return (performance.now() - asked) * 1_000
  })
  return {
    entries: ENTRIES_LARGE,
    buildMs,
    memoryMb: (process.memoryUsage().rss - before) / 1e6,
    p50us: quantile(times, 0.5),
    p99us: quantile(times, 0.99),
  }
}

function copyOf(entry: Entry, number: number): Entry {
  const own = (text: string) => text.replace(/\p{L}{5,}/gu, word => `${word}${number.toString(36)}`)
  const texts = Object.fromEntries(
    LANGUAGES.map(language => {
      const { title, phrasings, keywords, ...rest } = entry.texts[language]
      const few = phrasings.slice(0, 12)
      return [language, { ...rest, title: own(title), phrasings: few.map(own), keywords: keywords.map(own) }]
    }),
  ) as Entry['texts']
  return { ...entry, id: `${entry.id}-${number}`, texts }
}
