// One index over classes of one tongue: reads a question, scores every class, explains.
import type { Synonym } from '../../core/model/content.ts'
import { type ClassText, readCorpus } from './index-corpus.ts'
import { createLetterScorer } from './index-letters.ts'
import { createOddsScorer } from './index-odds.ts'
import { createReader, type Reading } from './index-reading.ts'
import { type Tongue, withoutCourtesies, wordsOf } from './index-text.ts'
import { createVocabulary, type Vocabulary } from './index-vocabulary.ts'
import { WEIGHTS, type Weights } from './index-weights.ts'
import { createWordScorer } from './index-words.ts'

/** Scores of every class for one question; `total` is the weighted sum of the others. */
export type Scores = {
  total: Float32Array
  bm25: Float32Array
  phrasing: Float32Array
  centroid: Float32Array
  odds: Float32Array
  readings: Reading[]
}

export type Index = {
  classes: readonly ClassText[]
  vocabulary: Vocabulary
  score(text: string): Scores
  /** How many words of the question are known and belong to few classes. */
  telling(readings: readonly Reading[]): number
  /** The question's words, as typed, that spoke for a class. */
  explain(readings: readonly Reading[], row: number): string[]
}

export function createIndex(
  classes: readonly ClassText[],
  tongue: Tongue,
  synonyms: readonly Synonym[],
  weights: Weights = WEIGHTS,
): Index {
  const corpus = readCorpus(classes, tongue)
  const vocabulary = createVocabulary(corpus)
  const reader = createReader(vocabulary, synonyms, weights)
  const byWords = createWordScorer(corpus, vocabulary, weights)
  const byLetters = createLetterScorer(corpus, weights)
  const byOdds = createOddsScorer(corpus, weights)
  return {
    classes,
    vocabulary,
    score(text) {
      const readings = reader(withoutCourtesies(wordsOf(text)))
      const bm25 = byWords.score(readings)
      const { phrasing, centroid } = byLetters.score(readings)
      const odds = byOdds.score(readings)
      const total = bm25.map(
        (score, row) =>
          weights.bm25 * score +
          weights.phrasing * (phrasing[row] as number) +
          weights.centroid * (centroid[row] as number) +
          weights.odds * (odds[row] as number),
      )
      return { total, bm25, phrasing, centroid, odds, readings }
    },
    telling: byWords.telling,
    explain: (readings, row) => byWords.explain(readings, row).map(index => readings[index]?.typed ?? ''),
  }
}
