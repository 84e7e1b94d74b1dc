// How a question's words are understood: as they stand, repaired, taken apart, or as their synonyms.
import type { Synonym } from '../../core/model/content.ts'
import { formsOf, stemOf, type Tongue, type Word } from './index-text.ts'
import type { Vocabulary } from './index-vocabulary.ts'
import type { Weights } from './index-weights.ts'

/** One word of the question with everything it may mean. */
export type Reading = {
  typed: string
  /** Stems with how far each is to be trusted, 0–1. */
  stems: { stem: string; trust: number }[]
  /** Words whose letters are compared with the phrasings. */
  forms: { form: string; weight: number }[]
  known: boolean
  /** The known word that an unknown one was read as. */
  repairedAs?: string
}

export type Reader = (words: readonly Word[]) => Reading[]

export function createReader(vocabulary: Vocabulary, synonyms: readonly Synonym[], weights: Weights): Reader {
  const { tongue } = vocabulary
  const phrases = synonymPhrases(synonyms, tongue)
  return words => {
    const readings = words.map((word, index) => read(word, words[index + 1], vocabulary, weights))
    addSynonyms(readings, phrases, tongue, weights)
    return readings
  }
}

function read(word: Word, next: Word | undefined, vocabulary: Vocabulary, weights: Weights): Reading {
  const { typed, form } = word
  const { tongue } = vocabulary
  if (vocabulary.knows(form)) return knownWord(typed, form, tongue)
  const repair = respelt(form, vocabulary) ?? joined(form, next, vocabulary) ?? apart(form, vocabulary)
  const repaired = repair ?? nearestOf(form, vocabulary)
  if (!repaired) return { typed, stems: [], forms: [{ form, weight: 1 }], known: false }
  const trust = repair ? 1 : weights.repaired
  return {
    typed,
    stems: repaired.map(it => ({ stem: stemOf(it, tongue), trust })),
    forms: repaired.map(it => ({ form: it, weight: 1 })),
    known: false,
    repairedAs: repaired.join(' '),
  }
}

function knownWord(typed: string, form: string, tongue: Tongue): Reading {
  return {
    typed,
    stems: [{ stem: stemOf(form, tongue), trust: 1 }],
    forms: [{ form, weight: 1 }],
    known: true,
  }
}

/** Chat spellings: "shta", "dooobro", "wlast", "qultura". */
function respelt(form: string, vocabulary: Vocabulary): string[] | undefined {
  const shorter = form.replace(/(\p{L})\1{2,}/gu, '$1')
  const variants = [
    shorter,
    shorter.replace(/(\p{L})\1+/gu, '$1'),
    form.replace(/([szc])h/g, '$1'),
    form.replace(/w/g, 'v').replace(/y/g, 'i').replace(/q/g, 'k').replace(/x/g, 'ks'),
  ]
  const found = variants.find(variant => variant !== form && vocabulary.knows(variant))
  return found === undefined ? undefined : [found]
}

/** "e uprava", "gradona čelnik": two pieces that are one known word. */
function joined(form: string, next: Word | undefined, vocabulary: Vocabulary): string[] | undefined {
  const whole = next && form + next.form
  return whole && vocabulary.forms.has(whole) ? [whole] : undefined
}

/** Shorter pieces would take ordinary words apart. */
const PART_MIN = 4

/** "mesnazajednica": two known words without the space. */
function apart(form: string, vocabulary: Vocabulary): string[] | undefined {
  for (let cut = PART_MIN; cut <= form.length - PART_MIN; cut++) {
    const parts = [form.slice(0, cut), form.slice(cut)]
    if (parts.every(part => vocabulary.forms.has(part))) return parts
  }
  return undefined
}

function nearestOf(form: string, vocabulary: Vocabulary): string[] | undefined {
  const nearest = vocabulary.nearest(form)
  return nearest === undefined ? undefined : [nearest]
}

type SynonymPhrase = { stems: string[]; means: string[] }

function synonymPhrases(synonyms: readonly Synonym[], tongue: Tongue): Map<string, SynonymPhrase[]> {
  const phrases = synonyms.flatMap(({ words, means }) =>
    words.map(phrase => ({
      stems: formsOf(phrase).map(form => stemOf(form, tongue)),
      means: formsOf(means),
    })),
  )
  return Map.groupBy(
    phrases.filter(phrase => phrase.stems.length > 0),
    phrase => phrase.stems[0] ?? '',
  )
}

/** Adds what a colloquial phrase means to its first word; the words keep their own meaning too. */
function addSynonyms(
  readings: Reading[],
  phrases: ReadonlyMap<string, SynonymPhrase[]>,
  tongue: Tongue,
  weights: Weights,
): void {
  if (phrases.size === 0) return
  const own = readings.map(reading => reading.stems[0]?.stem ?? stemOf(reading.forms[0]?.form ?? '', tongue))
  own.forEach((stem, start) => {
    for (const { stems, means } of phrases.get(stem) ?? []) {
      if (!stems.every((it, offset) => own[start + offset] === it)) continue
      for (const [offset, form] of means.entries()) {
        const reading = readings[start + Math.min(offset, stems.length - 1)]
        reading?.stems.push({ stem: stemOf(form, tongue), trust: weights.synonym })
        reading?.forms.push({ form, weight: weights.synonym })
      }
    }
  })
}
