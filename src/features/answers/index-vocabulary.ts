// The words the content knows: stems with the classes they occur in, and spellings to repair unknown words with.
import type { Corpus } from './index-corpus.ts'
import { stemOf, type Tongue } from './index-text.ts'

export type Vocabulary = {
  tongue: Tongue
  /** Folded word → number of occurrences. */
  forms: ReadonlyMap<string, number>
  stemIds: ReadonlyMap<string, number>
  /** Is the word, in whatever ending, part of the content? */
  knows(form: string): boolean
  /** Ids of the stems that begin like this one: what the stemmer should have joined. */
  relatives(stem: string): readonly number[]
  /** The known word a typed one is likely to be; undefined: nothing is close. */
  nearest(form: string): string | undefined
}

/** Shared beginning of two stems that makes them relatives. */
const ROOT_LENGTH = 5
const REPAIR_MEMO_MAX = 5_000

/** The beginning that relatives share; undefined for a stem too short to have any. */
export function rootOf(stem: string): string | undefined {
  return stem.length < ROOT_LENGTH ? undefined : stem.slice(0, ROOT_LENGTH)
}

export function createVocabulary({ tongue, forms, formCounts, stemIds }: Corpus): Vocabulary {
  const counts = new Map(forms.map((form, id) => [form, formCounts[id] ?? 0]))
  const roots = Map.groupBy(stemIds.keys(), stem => rootOf(stem) ?? '')
  return {
    tongue,
    forms: counts,
    stemIds,
    knows: form => stemIds.has(stemOf(form, tongue)),
    relatives(stem) {
      const root = rootOf(stem)
      return root === undefined ? [] : (roots.get(root) ?? []).map(it => stemIds.get(it) ?? 0)
    },
    nearest: createSpeller(counts),
  }
}

/** Finds the known word within one slip (4–7 letters) or two (8 and more); a slip is Damerau's. */
function createSpeller(forms: ReadonlyMap<string, number>): (form: string) => string | undefined {
  const known = [...forms.keys()].filter(form => form.length >= 3 && !/\d/.test(form))
  const masks = Uint32Array.from(known, letterMask)
  const lengths = Uint8Array.from(known, form => Math.min(form.length, 255))
  const memo = new Map<string, string | undefined>()

  function search(form: string): string | undefined {
    const mask = letterMask(form)
    let allowed = form.length >= 8 ? 2 : 1
    let best: string | undefined
    let bestRank = -1
    for (let index = 0; index < known.length; index++) {
      if (Math.abs((lengths[index] as number) - form.length) > allowed) continue
      // A slip changes at most two letters of the set.
      if (bitCount((masks[index] as number) ^ mask) > 2 * allowed) continue
      const candidate = known[index] as string
      const slips = slipsBetween(form, candidate, allowed)
      if (slips > allowed) continue
      const rank = (forms.get(candidate) ?? 0) + (candidate[0] === form[0] ? 1_000 : 0)
      if (slips < allowed || rank > bestRank || best === undefined) {
        best = candidate
        bestRank = rank
        allowed = slips
      }
    }
    return best
  }

  return form => {
    if (form.length < 4 || /\d/.test(form)) return undefined
    if (memo.has(form)) return memo.get(form)
    if (memo.size >= REPAIR_MEMO_MAX) memo.clear()
    const found = search(form)
    memo.set(form, found)
    return found
  }
}

function letterMask(word: string): number {
  let mask = 0
  for (let index = 0; index < word.length; index++) mask |= 1 << (word.charCodeAt(index) % 32)
  return mask
}

function bitCount(bits: number): number {
  let rest = bits - ((bits >>> 1) & 0x55555555)
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333)
  return (((rest + (rest >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}

/** Longer words are never repaired; the bound also sizes the rows below. */
const WORD_MAX = 40
const rows = [0, 1, 2].map(() => new Uint8Array(WORD_MAX + 1))

/** Damerau–Levenshtein distance (adjacent letters may swap); any number above `most` means: more. */
export function slipsBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most || a.length > WORD_MAX || b.length > WORD_MAX) return most + 1
  let [older, previous, row] = rows as [Uint8Array, Uint8Array, Uint8Array]
  for (let j = 0; j <= b.length; j++) previous[j] = j
  for (let i = 1; i <= a.length; i++) {
    row[0] = i
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const change = a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1
      let slips = Math.min(at(previous, j) + 1, at(row, j - 1) + 1, at(previous, j - 1) + change)
      if (change && swapped(a, b, i, j)) slips = Math.min(slips, at(older, j - 2) + 1)
      row[j] = slips
      if (slips < least) least = slips
    }
    if (least > most) return most + 1
    ;[older, previous, row] = [previous, row, older]
  }
  return at(previous, b.length)
}

function swapped(a: string, b: string, i: number, j: number): boolean {
  if (i < 2 || j < 2) return false
  return a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1)
}

function at(row: Uint8Array, index: number): number {
  return row[index] as number
}
