// Word-level score that weighs what speaks against a class too: the logarithm of how much likelier the
// question's stems, roots and pairs of stems are in the texts of this class than in all others (naive
// Bayes over presence). BM25 counts what a class has in common with the question; this tells neighbours
// apart, the more phrasings there are to count.
import { type Corpus, pairOf } from './index-corpus.ts'
import { packPostings, type Vector } from './index-postings.ts'
import type { Reading } from './index-reading.ts'
import { rootOf } from './index-vocabulary.ts'
import type { Weights } from './index-weights.ts'

export type OddsScorer = {
  /** Log-odds of every class per square root of the features that were asked; the best class has 0. */
  score(readings: readonly Reading[]): Float32Array
}

export function createOddsScorer(corpus: Corpus, { smoothing }: Weights): OddsScorer {
  const features = createFeatures(corpus)
  const presence = presences(corpus, features)
  const overall = new Float64Array(features.size)
  for (const { ids, counts } of presence) {
    for (let i = 0; i < ids.length; i++)
      overall[ids[i] as number] = (overall[ids[i] as number] as number) + (counts[i] as number)
  }
  /** What every feature weighs that a class doesn't have, but for a part that is the same in all classes. */
  const absent = Float32Array.from(presence, ({ texts }) =>
    Math.log((corpus.texts.length - texts + 2 * smoothing) / (texts + 2 * smoothing)),
  )
  const lists = packPostings(features.size, presence.map(gains))

  /** How much more each feature weighs in a class that has it than in one that hasn't. */
  function gains({ ids, counts }: Presence): Vector {
    const weights = Float32Array.from(ids, (id, i) => {
      const count = counts[i] as number
      const all = (overall[id] as number) + smoothing
      return Math.log(((count + smoothing) / smoothing) * (all / (all - count)))
    })
    return { ids, weights }
  }

  return {
    score(readings) {
      const scores = new Float32Array(corpus.classes.length)
      let sum = 0
      for (const [id, trust] of features.of(readings)) {
        sum += trust
        lists.addTo(scores, id, trust)
      }
      for (let row = 0; row < scores.length; row++) {
        scores[row] = ((scores[row] as number) + sum * (absent[row] as number)) / Math.sqrt(sum || 1)
      }
      const best = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY)
      return scores.map(score => score - best)
    },
  }
}

type OddsFeatures = {
  size: number
  /** Visits the features of a text of the content, some of them more than once. */
  visit(forms: readonly number[], add: (id: number) => void): void
  /** The known features of a question, each with how far its word is to be trusted. */
  of(readings: readonly Reading[]): Map<number, number>
}

/** Numbers for stems, roots of stems and pairs of stems that stand beside each other. */
function createFeatures(corpus: Corpus): OddsFeatures {
  const { stems, stemIds, stemOfForm } = corpus
  const roots = new Map<string, number>()
  const rootOfStem = Int32Array.from(stems, stem => {
    const root = rootOf(stem)
    if (root === undefined || root === stem) return -1
    const id = roots.get(root) ?? stems.length + roots.size
    roots.set(root, id)
    return id
  })
  const firstPair = stems.length + roots.size

  function visitStem(stem: number, before: number | undefined, add: (id: number) => void): void {
    add(stem)
    const root = rootOfStem[stem] as number
    if (root >= 0) add(root)
    const pair = before === undefined ? -1 : pairOf(corpus, before, stem)
    if (pair >= 0) add(firstPair + pair)
  }

  return {
    size: firstPair + corpus.pairs.size,
    visit(forms, add) {
      let before: number | undefined
      for (const form of forms) {
        const stem = stemOfForm[form] as number
        visitStem(stem, before, add)
        before = stem
      }
    },
    of(readings) {
      const asked = new Map<number, number>()
      for (const [position, { stems: meant }] of readings.entries()) {
        const neighbour = readings[position - 1]?.stems[0]
        const before = neighbour && stemIds.get(neighbour.stem)
        for (const [which, { stem, trust }] of meant.entries()) {
          const add = (id: number) => asked.set(id, Math.max(asked.get(id) ?? 0, trust))
          const id = stemIds.get(stem)
          const root = roots.get(rootOf(stem) ?? '')
          // A stem that the content doesn't have may have a root that it has.
          if (id !== undefined) visitStem(id, which === 0 ? before : undefined, add)
          else if (root !== undefined) add(root)
        }
      }
      return asked
    },
  }
}

/** In how many of its texts a class has which feature. */
type Presence = { texts: number; ids: number[]; counts: number[] }

// Plain loops over shared arrays: this sees every word of the content at start.
function presences({ classes, texts }: Corpus, { size, visit }: OddsFeatures): Presence[] {
  const lastText = new Int32Array(size).fill(-1)
  const counts = new Uint32Array(size)
  let text = 0
  return classes.map((_, row) => {
    const ids: number[] = []
    const first = text
    const add = (id: number) => {
      if (lastText[id] === text) return
      lastText[id] = text
      if (counts[id] === 0) ids.push(id)
      counts[id] = (counts[id] as number) + 1
    }
    for (; texts[text]?.row === row; text++) visit(texts[text]?.forms ?? [], add)
    const found = ids.map(id => counts[id] as number)
    for (const id of ids) counts[id] = 0
    return { texts: text - first, ids, counts: found }
  })
}
