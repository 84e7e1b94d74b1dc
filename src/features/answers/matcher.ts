// Finds the curated answer to a question in any spelling of Serbian, Bosnian or English. Deterministic, local,
// total on any string; how it works and what was measured: README.md.
import type { Content, Language, Script } from '../../core/model/content.ts'
import type { Candidate, Decision, Match } from '../../core/model/match.ts'
import { scriptOf } from '../../core/text/script.ts'
import { createIndex, type Index, type Scores } from './index-build.ts'
import type { ClassText } from './index-corpus.ts'
import { QUESTION_MAX, type Tongue, type Word, wordsOf } from './index-text.ts'
import { WEIGHTS } from './index-weights.ts'
import { replyLanguage, routeOf } from './language.ts'
import { CAUTIOUS, type CutOffs, decide, type Standing } from './matcher-decide.ts'

export type Matcher = {
  /** What a question is about. `hint` is the chat's language: it decides when the words don't. */
  match(text: string, hint?: { language?: Language }): Match
}

const TOP_MAX = 10

/** One index per tongue. */
export type Indexes = Record<Tongue, Index>

/** Takes a fraction of a second for some hundred entries. */
export function createIndexes(content: Content): Indexes {
  return { sr: indexFor(content, 'sr'), en: indexFor(content, 'en') }
}

/** `indexes`: those of this content, if they are built already. */
export function createMatcher(content: Content, indexes: Indexes = createIndexes(content)): Matcher {
  return {
    match(text, hint) {
      const script = scriptOf(text.slice(0, QUESTION_MAX))
      const considered = consider(content, indexes, text, hint)
      if (!considered) return nothing(script, hint?.language)
      const { words, tongue, ranking, decision } = considered
      const outside = decision === 'redirect' || decision === 'smalltalk' ? ranking.outside?.id : undefined
      return {
        decision,
        top: decision === 'redirect' ? withSummary(ranking) : ranking.top(),
        ...(outside ? { negative: outside } : {}),
        language: replyLanguage(tongue, words, script, hint?.language),
        script: script ?? 'latn',
        corrections: correctionsIn(ranking.scores),
      }
    },
  }
}

/** Everything that leads to a decision. */
export type Considered = {
  words: Word[]
  tongue: Tongue
  ranking: Ranking
  standing: Standing
  cutOffs: CutOffs
  decision: Decision
}

/** How a question is decided; undefined when it holds no words. */
export function consider(
  content: Pick<Content, 'negatives' | 'thresholds'>,
  indexes: Indexes,
  text: string,
  hint?: { language?: Language },
): Considered | undefined {
  const words = wordsOf(text)
  if (!words.some(word => /\p{L}|\p{N}/u.test(word.form))) return undefined
  const known = { sr: indexes.sr.vocabulary.knows, en: indexes.en.vocabulary.knows }
  const route = routeOf(words, scriptOf(text.slice(0, QUESTION_MAX)), known)
  const { tongue, ranking } = bestOf(route, hint?.language, tongue => rank(indexes[tongue], text))
  const cutOffs: CutOffs = content.thresholds?.[tongue] ?? CAUTIOUS
  const outsideKind = content.negatives.find(({ id }) => id === ranking.outside?.id)?.kind
  const standing = { ...ranking.standing, outsideKind }
  return { words, tongue, ranking, standing, cutOffs, decision: decide(standing, cutOffs) }
}

/** The entry that says what is not the city's business: every redirect is a case of it. */
const REDIRECTS_SUMMED_UP = 'not-local'

/** The ranking with that entry as far up as the redirect that was recognised. */
function withSummary({ top, order, standing }: Ranking): Candidate[] {
  const candidates = top()
  if (!order.includes(REDIRECTS_SUMMED_UP)) return candidates
  const own = candidates.find(({ id }) => id === REDIRECTS_SUMMED_UP)
  const nothing = { id: REDIRECTS_SUMMED_UP, scores: { bm25: 0, phrasing: 0, centroid: 0 }, words: [] }
  const confidence = rounded(Math.max(own?.confidence ?? 0, standing.outside))
  return [{ ...(own ?? nothing), confidence }, ...candidates.filter(candidate => candidate !== own)]
    .toSorted((a, b) => b.confidence - a.confidence)
    .slice(0, TOP_MAX)
}

/** The texts of one index: Serbian and Bosnian together, or English. */
export function classTexts(content: Pick<Content, 'entries' | 'negatives'>, tongue: Tongue): ClassText[] {
  const languages: Language[] = tongue === 'sr' ? ['sr', 'bs'] : ['en']
  const entries = content.entries.map(({ id, texts }) => ({
    id,
    negative: false,
    titles: languages.map(language => texts[language].title),
    phrasings: languages.flatMap(language => texts[language].phrasings),
    keywords: languages.flatMap(language => texts[language].keywords),
  }))
  const negatives = content.negatives.map(({ id, texts }) => ({
    id,
    negative: true,
    titles: [],
    phrasings: languages.flatMap(language => texts[language].phrasings),
    keywords: [],
  }))
  return [...entries, ...negatives]
}

/** The index of one tongue. */
export function indexFor(content: Content, tongue: Tongue): Index {
  const { synonyms } = content
  return createIndex(
    classTexts(content, tongue),
    tongue,
    tongue === 'sr' ? [...synonyms.sr, ...synonyms.bs] : synonyms.en,
  )
}

export type Ranking = {
  scores: Scores
  standing: Omit<Standing, 'outsideKind'>
  outside: { id: string } | undefined
  /** Ids of all entries, best first. */
  order: string[]
  /** The best entries with their reasons. */
  top(): Candidate[]
}

/** Ranks the classes of an index for a question. Equal scores keep the order of the content. */
export function rank(index: Index, text: string): Ranking {
  const scores = index.score(text)
  const { total } = scores
  const order = index.classes.map((_, row) => row).toSorted((a, b) => scoreAt(total, b) - scoreAt(total, a))
  const entries = order.filter(row => !index.classes[row]?.negative)
  const outsideRow = order.find(row => index.classes[row]?.negative)
  const outsideScore = outsideRow === undefined ? 0 : scoreAt(total, outsideRow)
  const confidence = (row: number | undefined) =>
    row === undefined ? 0 : clamp(scoreAt(total, row) - WEIGHTS.negative * outsideScore)
  const bestScore = entries[0] === undefined ? 0 : scoreAt(total, entries[0])
  return {
    scores,
    standing: {
      best: confidence(entries[0]),
      second: confidence(entries[1]),
      outside: clamp(outsideScore - WEIGHTS.negative * bestScore),
      tellingWords: index.telling(scores.readings),
      verbatim: isVerbatim(scores, entries),
    },
    outside: outsideRow === undefined ? undefined : index.classes[outsideRow],
    order: entries.map(row => index.classes[row]?.id ?? ''),
    top: () =>
      entries.slice(0, TOP_MAX).map(row => ({
        id: index.classes[row]?.id ?? '',
        confidence: rounded(confidence(row)),
        scores: {
          bm25: rounded(scoreAt(scores.bm25, row)),
          phrasing: rounded(scoreAt(scores.phrasing, row)),
          centroid: rounded(scoreAt(scores.centroid, row)),
        },
        words: index.explain(scores.readings, row),
      })),
  }
}

/** Phrasings this alike say the same; below, the next entry must be this much further away. */
const SAME = 0.97
const NEARLY_SAME = 0.85
const FURTHER = 0.1

/** One word alone is never taken for a whole question. */
function isVerbatim({ phrasing, readings }: Scores, entries: readonly number[]): boolean {
  const [best, ...others] = entries
  if (best === undefined || readings.length < 2) return false
  const own = scoreAt(phrasing, best)
  const next = Math.max(0, ...others.map(row => scoreAt(phrasing, row)))
  return (own >= SAME && next < SAME) || (own >= NEARLY_SAME && own - next >= FURTHER)
}

/** How much clearer the other language must be. */
const OTHER_LANGUAGE_LEAD = 0.05

/** When the language is unclear both indexes are asked, and the one that understands more answers. */
function bestOf(
  route: Tongue | 'both',
  hint: Language | undefined,
  matchIn: (tongue: Tongue) => Ranking,
): { tongue: Tongue; ranking: Ranking } {
  if (route !== 'both') return { tongue: route, ranking: matchIn(route) }
  const preferred = hint === 'en' ? 'en' : 'sr'
  const other = preferred === 'en' ? 'sr' : 'en'
  const first = matchIn(preferred)
  const second = matchIn(other)
  const lead =
    knownWords(second) - knownWords(first) || strength(second) - strength(first) - OTHER_LANGUAGE_LEAD
  return lead > 0 ? { tongue: other, ranking: second } : { tongue: preferred, ranking: first }
}

function knownWords({ scores }: Ranking): number {
  return scores.readings.filter(reading => reading.known).length
}

function strength({ standing }: Ranking): number {
  return Math.max(standing.best, standing.outside)
}

function correctionsIn({ readings }: Scores): [string, string][] {
  return readings.flatMap((reading): [string, string][] =>
    reading.repairedAs === undefined ? [] : [[reading.typed, reading.repairedAs]],
  )
}

function nothing(script: Script | undefined, language: Language | undefined): Match {
  return {
    decision: 'handover',
    top: [],
    language: language ?? 'sr',
    script: script ?? 'latn',
    corrections: [],
  }
}

function scoreAt(scores: Float32Array, row: number): number {
  return scores[row] ?? 0
}

function clamp(score: number): number {
  return Math.max(0, Math.min(1, score))
}

function rounded(score: number): number {
  return Math.round(clamp(score) * 10_000) / 10_000
}
