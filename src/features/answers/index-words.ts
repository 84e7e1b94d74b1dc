// Word-level score: BM25 with one document per class, not per phrasing, so that its phrasings help each other.
import type { Corpus } from './index-corpus.ts'
import { packPostings, type Vector } from './index-postings.ts'
import type { Reading } from './index-reading.ts'
import { stemOf } from './index-text.ts'
import type { Vocabulary } from './index-vocabulary.ts'
import type { Weights } from './index-weights.ts'

export type WordScorer = {
  /** Score of every class, 0–1. A word nobody knows lowers all of them. */
  score(readings: readonly Reading[]): Float32Array
  /** How many words of the question are known and belong to few classes; numbers alone tell nothing. */
  telling(readings: readonly Reading[]): number
  /** Positions of the words that speak for a class, most telling first. */
  explain(readings: readonly Reading[], row: number): number[]
}

/** A word found in more classes than this share of them ("kako", "gde", "grad") tells nothing by itself. */
const TELLING_SHARE = 0.12

export function createWordScorer(corpus: Corpus, vocabulary: Vocabulary, weights: Weights): WordScorer {
  const { classes } = corpus
  const counts = countStems(corpus)
  const lengths = counts.map(count => sum(count.values()))
  const meanLength = sum(lengths) / Math.max(1, classes.length) || 1
  const classesWith = new Uint32Array(vocabulary.stemIds.size)
  for (const count of counts) for (const id of count.keys()) classesWith[id] = (classesWith[id] ?? 0) + 1
  const idf = Float32Array.from(classesWith, df => idfOf(df, classes.length))
  const unknownIdf = idfOf(0, classes.length)
  const tellingIdf = idfOf(TELLING_SHARE * classes.length, classes.length)
  const lists = packPostings(
    idf.length,
    counts.map((count, row): Vector => {
      const norm = weights.k1 * (1 - weights.b + (weights.b * (lengths[row] ?? 0)) / meanLength)
      const impact = (id: number, tf: number) => ((idf[id] ?? 0) * tf * (weights.k1 + 1)) / (tf + norm)
      return { ids: [...count.keys()], weights: Float32Array.from(count, ([id, tf]) => impact(id, tf)) }
    }),
  )

  /** Stem ids of a word with their trust; relatives stand in for a word that no class holds. */
  function idsOf(reading: Reading): [id: number, trust: number][] {
    const ids: [number, number][] = []
    for (const { stem, trust } of reading.stems) {
      const id = vocabulary.stemIds.get(stem)
      if (id !== undefined) ids.push([id, trust])
    }
    if (reading.known) return ids
    const stem = stemOf(reading.forms[0]?.form ?? '', vocabulary.tongue)
    for (const id of vocabulary.relatives(stem)) ids.push([id, weights.related])
    return ids
  }

  /** The best reading of one word for every class; returns what the word can weigh at most. */
  function weigh(reading: Reading, best: Float32Array): number {
    best.fill(0)
    let most = 0
    for (const [id, trust] of idsOf(reading)) {
      most = Math.max(most, idf[id] ?? 0)
      lists.raiseTo(best, id, trust)
    }
    return most || unknownIdf * weights.unknown
  }

  return {
    score(readings) {
      const totals = new Float32Array(classes.length)
      const best = new Float32Array(classes.length)
      let expected = 0
      for (const reading of readings) {
        expected += weigh(reading, best)
        for (let row = 0; row < totals.length; row++)
          totals[row] = (totals[row] as number) + (best[row] as number)
      }
      const scale = expected ? 1 / (weights.bm25Scale * expected) : 0
      return totals.map(total => Math.min(1, total * scale))
    },
    telling(readings) {
      const isTelling = (reading: Reading) => idsOf(reading).some(([id]) => (idf[id] ?? 0) >= tellingIdf)
      return readings.filter(reading => /\p{L}/u.test(reading.typed) && isTelling(reading)).length
    },
    explain(readings, row) {
      const best = new Float32Array(classes.length)
      const telling = readings.map((reading, index) => {
        weigh(reading, best)
        return { index, weight: best[row] ?? 0 }
      })
      const strongest = Math.max(0, ...telling.map(it => it.weight))
      return telling
        .filter(it => it.weight > 0 && it.weight >= 0.3 * strongest)
        .toSorted((a, b) => b.weight - a.weight)
        .map(it => it.index)
    },
  }
}

/** How often each stem occurs in each class. */
function countStems({ classes, texts, stemOfForm }: Corpus): Map<number, number>[] {
  const counts = classes.map(() => new Map<number, number>())
  for (const { row, forms } of texts) {
    const count = counts[row]
    for (const form of forms) {
      const stem = stemOfForm[form] as number
      count?.set(stem, (count.get(stem) ?? 0) + 1)
    }
  }
  return counts
}

/** How telling a word is that occurs in `df` of `total` classes. */
export function idfOf(df: number, total: number): number {
  return Math.log(1 + (total - df + 0.5) / (df + 0.5))
}

function sum(numbers: Iterable<number>): number {
  let total = 0
  for (const number of numbers) total += number
  return total
}
