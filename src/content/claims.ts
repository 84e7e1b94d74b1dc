// What a text claims – numbers and laws – and the facts that must back it.
import type { Confidence, Fact } from '../core/model/content.ts'
import { fold } from '../core/text/fold.ts'

/** From surest to missing. */
const CONFIDENCES: readonly Confidence[] = ['V', 'V-old', 'V-2nd', 'B', 'GAP']

/** The confidence of the weakest of some facts; of none, that something is missing. */
export function weakestOf(facts: readonly Fact[]): Confidence {
  const ranks = facts.map(({ confidence }) => CONFIDENCES.indexOf(confidence))
  return CONFIDENCES[Math.max(...ranks)] ?? 'GAP'
}

/** What a fact backs. */
export function evidence({ text, law }: Fact): string {
  return `${text} ${law ?? ''}`
}

/** A check that names the numbers and laws of a line that stand in none of the grounds. */
export function claimsCheck(grounds: readonly string[]): (line: string) => string[] {
  const all = grounds.join('\n')
  const numbers = new Set(numbersIn(all))
  return line => {
    const missing = numbersIn(line).filter(number => !numbers.has(number))
    const laws = lawsIn(line).filter(law => !mentions(all, law))
    return missing.length ? [missing.join(', '), ...laws] : laws
  }
}

/** Numbers without their separators, so that 1.328, 1,328 and 1 328 agree; links and addresses are left out. */
function numbersIn(text: string): string[] {
  const plain = text.replace(/https?:\/\/\S+|www\.\S+/g, ' ').replace(/(?<=\d)[.,\s](?=\d{3}(?!\d))/g, '')
  return plain.match(/\d+/g)?.map(number => String(Number(number))) ?? []
}

/** "Zakon o lokalnoj samoupravi" in any case of the first word: what follows "Zakon… o". */
function lawsIn(text: string): string[] {
  return text.match(/Zakon\p{L}* o \p{L}+ \p{L}+/gu) ?? []
}

function mentions(grounds: string, law: string): boolean {
  const title = fold(law.replace(/^Zakon\p{L}* o /u, ''))
  const stems = title.split(' ').map(word => word.slice(0, Math.max(4, word.length - 3)))
  const folded = fold(grounds)
  return stems.every(stem => folded.includes(stem))
}
