// What two texts are compared by below the level of words: pieces of each word with its edges, its stem, and
// pairs of neighbouring stems. Features are numbered as the content is read.
import { type Corpus, pairOf } from './index-corpus.ts'
import { stemOf } from './index-text.ts'
import type { Weights } from './index-weights.ts'

/** A form to compare; a weight below 1 marks what was not said but is meant (a synonym). */
export type Weighted = { form: string; weight: number }

/** Counts per known feature, and how often features occurred that the content doesn't have. */
export type Counts = { ids: Uint32Array; counts: Float32Array; unknown: number }

export type Features = {
  readonly size: number
  /** The features of every text of the corpus, in its order. */
  texts: readonly Counts[]
  /** Counts the features of a question. */
  count(words: readonly Weighted[]): Counts
}

export function createFeatures(corpus: Corpus, weights: Weights): Features {
  const { forms, formIds, stems, stemIds, stemOfForm, tongue } = corpus
  // Stems come first, so that a stem's number is its feature.
  const pieces = new Map<string, number>()
  const pieceOf = (piece: string) => {
    const id = pieces.get(piece) ?? stems.length + pieces.size
    pieces.set(piece, id)
    return id
  }
  const ofForm = forms.map((form, id) => [...piecesOf(form, weights).map(pieceOf), stemOfForm[id] as number])
  const firstPair = stems.length + pieces.size
  const size = firstPair + corpus.pairs.size
  const counter = createCounter(size)

  const texts = corpus.texts.map(text => {
    let before: number | undefined
    for (const form of text.forms) {
      for (const id of ofForm[form] ?? []) counter.add(id, 1)
      const stem = stemOfForm[form] as number
      if (before !== undefined) addPair(before, stem)
      before = stem
    }
    return counter.take()
  })

  function addPair(before: number, stem: number): void {
    const pair = pairOf(corpus, before, stem)
    counter.add(pair < 0 ? -1 : firstPair + pair, weights.pair)
  }

  /** Features of a word; -1 for one that the content doesn't have. */
  function featuresOf(form: string): number[] {
    const known = formIds.get(form)
    if (known !== undefined) return ofForm[known] ?? []
    const own = piecesOf(form, weights).map(piece => pieces.get(piece) ?? -1)
    return [...own, stemIds.get(stemOf(form, tongue)) ?? -1]
  }

  return {
    size,
    texts,
    count(words) {
      let before: number | undefined
      for (const { form, weight } of words) {
        for (const id of featuresOf(form)) counter.add(id, weight)
        if (weight !== 1) continue
        const stem = stemIds.get(stemOf(form, tongue)) ?? -1
        if (before !== undefined) addPair(before, stem)
        before = stem
      }
      return counter.take()
    },
  }
}

/** Results of many texts share one stretch of memory: thousands of small arrays would cost more than they hold. */
const STRETCH = 1 << 18

/** Adds up weights per feature, text after text. */
function createCounter(features: number) {
  const sums = new Float32Array(features)
  const found = new Uint32Array(features)
  let size = 0
  let unknown = 0
  let stretch = { ids: new Uint32Array(0), counts: new Float32Array(0), used: 0 }

  function room(): { ids: Uint32Array; counts: Float32Array } {
    if (stretch.used + size > stretch.ids.length) {
      const length = Math.max(size, STRETCH)
      stretch = { ids: new Uint32Array(length), counts: new Float32Array(length), used: 0 }
    }
    const from = stretch.used
    stretch.used += size
    return {
      ids: stretch.ids.subarray(from, from + size),
      counts: stretch.counts.subarray(from, from + size),
    }
  }

  return {
    add(id: number, weight: number): void {
      if (id < 0) {
        unknown += weight * weight
        return
      }
      if (sums[id] === 0) found[size++] = id
      sums[id] = (sums[id] as number) + weight
    },
    /** What was added since the last time. */
    take(): Counts {
      const { ids, counts } = room()
      for (let i = 0; i < size; i++) {
        const id = found[i] as number
        ids[i] = id
        counts[i] = sums[id] as number
        sums[id] = 0
      }
      const taken = { ids, counts, unknown }
      size = 0
      unknown = 0
      return taken
    },
  }
}

function piecesOf(form: string, weights: Weights): string[] {
  const framed = ` ${form} `
  const pieces: string[] = []
  for (let size = weights.gramMin; size <= Math.min(weights.gramMax, framed.length); size++) {
    for (let from = 0; from + size <= framed.length; from++) pieces.push(framed.slice(from, from + size))
  }
  return pieces
}
