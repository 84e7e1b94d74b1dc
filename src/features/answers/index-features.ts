// What two texts are compared by below the level of words: pieces of each word with its edges, its stem, and
// pairs of neighbouring stems. Features are numbered as the content is read.
import { stemOf } from './index-text.ts'
import type { Vocabulary } from './index-vocabulary.ts'
import type { Weights } from './index-weights.ts'

/** A form to compare; a weight below 1 marks what was not said but is meant (a synonym). */
export type Weighted = { form: string; weight: number }

/** Counts per known feature, and how often features occurred that the content doesn't have. */
export type Counts = { ids: number[]; counts: number[]; unknown: number }

export type Features = {
  readonly size: number
  /** Counts the features of a text; `learn` numbers new ones. */
  count(words: readonly Weighted[], learn?: boolean): Counts
}

export function createFeatures(vocabulary: Vocabulary, weights: Weights): Features {
  const ids = new Map<string, number>()
  const ofForm = new Map<string, Int32Array>()
  let scratch = new Float32Array(1024)

  function numberOf(feature: string, learn: boolean): number {
    const known = ids.get(feature)
    if (known !== undefined) return known
    if (!learn) return -1
    ids.set(feature, ids.size)
    return ids.size - 1
  }

  /** Pieces and stem of one word; remembered for words of the content, which come again and again. */
  function numbersOf(form: string, learn: boolean): Int32Array {
    const known = ofForm.get(form)
    if (known) return known
    const numbers = Int32Array.from(piecesOf(form, weights), piece => numberOf(piece, learn))
    const whole = Int32Array.of(...numbers, numberOf(`=${stemOf(form, vocabulary.tongue)}`, learn))
    if (learn) ofForm.set(form, whole)
    return whole
  }

  return {
    get size() {
      return ids.size
    },
    count(words, learn = false) {
      const found: number[] = []
      let unknown = 0
      const add = (id: number, weight: number) => {
        if (id < 0) {
          unknown += weight * weight
          return
        }
        if (id >= scratch.length) scratch = grown(scratch, id)
        if (scratch[id] === 0) found.push(id)
        scratch[id] = (scratch[id] as number) + weight
      }
      for (const { form, weight } of words) {
        for (const id of numbersOf(form, learn)) add(id, weight)
      }
      for (const pair of pairsOf(words, vocabulary)) add(numberOf(pair, learn), weights.pair)
      const counts = found.map(id => scratch[id] as number)
      for (const id of found) scratch[id] = 0
      return { ids: found, counts, unknown }
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

function pairsOf(words: readonly Weighted[], vocabulary: Vocabulary): string[] {
  const said = words.filter(word => word.weight === 1).map(word => stemOf(word.form, vocabulary.tongue))
  return said.slice(1).map((stem, index) => `${said[index]}+${stem}`)
}

function grown(old: Float32Array, id: number): Float32Array<ArrayBuffer> {
  const next = new Float32Array(2 * Math.max(old.length, id))
  next.set(old)
  return next
}
