// Texts that ask the same, found by the letters and stems that the matcher compares questions by: the cosine
// of word pieces, stems and pairs of stems, each weighed by how few of the texts have it.
import { readCorpus } from './index-corpus.ts'
import { createLetterScorer } from './index-letters.ts'
import { formsOf, type Tongue } from './index-text.ts'
import { WEIGHTS } from './index-weights.ts'

/** How near a text is to each of many, 0–1. */
export type Nearness = (text: string) => Float32Array

/** Of a few texts each piece stands in most: none is left out for it. */
const NOTHING_COMMON = { ...WEIGHTS, commonShare: 2 }

/** Reads the texts once; then any text, of them or not, can be compared with all of them. */
export function createNearness(texts: readonly string[], tongue: Tongue): Nearness {
  const classes = texts.map(text => ({
    id: '',
    negative: false,
    titles: [],
    phrasings: [text],
    keywords: [],
  }))
  const scorer = createLetterScorer(readCorpus(classes, tongue), NOTHING_COMMON)
  return text => {
    const forms = formsOf(text).map(form => ({ form, weight: 1 }))
    // Of a reading only its forms are compared.
    return scorer.score([{ typed: text, stems: [], forms, known: true }]).phrasing
  }
}

/**
 * Groups texts: the place of the leader of each. The first text that is near to no leader leads a group of its
 * own; a text belongs to the leader it is nearest to, if it is `near` enough.
 */
export function leadersOf(texts: readonly string[], nearness: Nearness, near: number): number[] {
  const leaders = texts.map((_, place) => place)
  const best = new Float32Array(texts.length).fill(near)
  for (const [place, text] of texts.entries()) {
    if (leaders[place] !== place) continue
    const near = nearness(text)
    for (let other = place + 1; other < texts.length; other++) {
      if ((near[other] as number) < (best[other] as number)) continue
      best[other] = near[other] as number
      leaders[other] = place
    }
  }
  return leaders
}
