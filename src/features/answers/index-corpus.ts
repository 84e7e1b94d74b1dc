// The texts of the content as numbers, read once: every scorer counts the same words.
import { formsOf, stemOf, type Tongue } from './index-text.ts'

/** One answer or redirect as the index sees it. */
export type ClassText = {
  id: string
  /** Somebody else's business or small talk: competes, but is no answer. */
  negative: boolean
  titles: string[]
  phrasings: string[]
  keywords: string[]
}

export type Corpus = {
  tongue: Tongue
  classes: readonly ClassText[]
  /** Distinct folded words; a word's number is its place. */
  forms: readonly string[]
  formIds: ReadonlyMap<string, number>
  /** How often each word occurs. */
  formCounts: readonly number[]
  /** Distinct stems, and the stem of each word. */
  stems: readonly string[]
  stemIds: ReadonlyMap<string, number>
  stemOfForm: Uint32Array
  /** Numbers for every two stems that stand beside each other in a text; see pairOf. */
  pairs: ReadonlyMap<number, number>
  /** Every text: the row of its class and the numbers of its words. Texts of a class stand together. */
  texts: readonly { row: number; forms: readonly number[] }[]
}

export function readCorpus(classes: readonly ClassText[], tongue: Tongue): Corpus {
  const formIds = new Map<string, number>()
  const formCounts: number[] = []
  const numberOf = (form: string) => {
    const id = formIds.get(form) ?? formIds.size
    if (id === formIds.size) formIds.set(form, id)
    formCounts[id] = (formCounts[id] ?? 0) + 1
    return id
  }
  const texts = classes.flatMap(({ titles, phrasings, keywords }, row) =>
    [...titles, ...phrasings, ...keywords].map(text => ({ row, forms: formsOf(text).map(numberOf) })),
  )
  const forms = [...formIds.keys()]
  const { stems, stemIds, stemOfForm } = stemsOf(forms, tongue)
  const pairs = numberPairs(texts, stemOfForm, stems.length)
  return { tongue, classes, forms, formIds, formCounts, stems, stemIds, stemOfForm, pairs, texts }
}

function stemsOf(forms: readonly string[], tongue: Tongue) {
  const stemIds = new Map<string, number>()
  const stemOfForm = Uint32Array.from(forms, form => {
    const stem = stemOf(form, tongue)
    const id = stemIds.get(stem) ?? stemIds.size
    if (id === stemIds.size) stemIds.set(stem, id)
    return id
  })
  return { stems: [...stemIds.keys()], stemIds, stemOfForm }
}

/** The number of two stems that stand beside each other somewhere in the content; -1 for any others. */
export function pairOf({ pairs, stems }: Corpus, before: number, stem: number): number {
  return before < 0 || stem < 0 ? -1 : (pairs.get(before * stems.length + stem) ?? -1)
}

function numberPairs(texts: Corpus['texts'], stemOfForm: Uint32Array, stems: number): Map<number, number> {
  const pairs = new Map<number, number>()
  for (const { forms } of texts) {
    for (let at = 1; at < forms.length; at++) {
      const before = stemOfForm[forms[at - 1] as number] as number
      const key = before * stems + (stemOfForm[forms[at] as number] as number)
      if (!pairs.has(key)) pairs.set(key, pairs.size)
    }
  }
  return pairs
}
