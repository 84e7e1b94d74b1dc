// Why a question is decided as it is: for the editor who wonders.
import type { Content, Language } from '../../core/model/content.ts'
import type { Decision } from '../../core/model/match.ts'
import type { Reading } from './index-reading.ts'
import type { Tongue } from './index-text.ts'
import { type Considered, consider, type Indexes } from './matcher.ts'
import { type CutOffs, type Standing, sureness } from './matcher-decide.ts'

/** One class with everything that was counted for it. `odds` are at most 0, the others 0–1. */
export type ExplainedCandidate = {
  id: string
  /** Somebody else's business or small talk. */
  negative: boolean
  confidence: number
  scores: { bm25: number; phrasing: number; centroid: number; odds: number }
  total: number
  words: string[]
}

export type Explanation = {
  decision: Decision
  tongue: Tongue
  /** Classes with the highest total, entries and negatives together. */
  candidates: ExplainedCandidate[]
  /** Every word as it was typed, whether the content knows it, and what it was read as instead. */
  words: Pick<Reading, 'typed' | 'known' | 'repairedAs'>[]
  standing: Standing
  /** The number that the cut-off `answer` is about. */
  sureness: number
  cutOffs: CutOffs
}

const CANDIDATES = 8

/** Undefined when the question holds no words. */
export function explain(
  content: Content,
  indexes: Indexes,
  text: string,
  hint?: { language?: Language },
): Explanation | undefined {
  const considered = consider(content, indexes, text, hint)
  if (!considered) return undefined
  const { decision, tongue, standing, cutOffs, ranking } = considered
  return {
    decision,
    tongue,
    candidates: candidatesOf(considered, indexes),
    words: ranking.scores.readings.map(({ typed, known, repairedAs }) => ({ typed, known, repairedAs })),
    standing,
    sureness: sureness(standing),
    cutOffs,
  }
}

function candidatesOf({ tongue, ranking }: Considered, indexes: Indexes): ExplainedCandidate[] {
  const { classes, explain: wordsFor } = indexes[tongue]
  const { total, bm25, phrasing, centroid, odds, readings } = ranking.scores
  const confidences = new Map(ranking.top().map(({ id, confidence }) => [id, confidence]))
  const at = (scores: Float32Array, row: number) => scores[row] ?? 0
  return classes
    .map((text, row) => ({ text, row }))
    .toSorted((a, b) => at(total, b.row) - at(total, a.row))
    .slice(0, CANDIDATES)
    .map(({ text: { id, negative }, row }) => ({
      id,
      negative,
      confidence: confidences.get(id) ?? 0,
      scores: {
        bm25: at(bm25, row),
        phrasing: at(phrasing, row),
        centroid: at(centroid, row),
        odds: at(odds, row),
      },
      total: at(total, row),
      words: wordsFor(readings, row),
    }))
}
