// Which script a text is written in, also when look-alike letters of the other script hide in its words.
import type { Language, Script } from '../model/content.ts'
import type { PageLanguage } from './page-language.ts'

/** Cyrillic letters that look like a Latin one, with the Latin letter they look like. */
export const LATIN_LOOK: Record<string, string> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  ј: 'j',
  к: 'k',
  м: 'm',
  т: 't',
  і: 'i',
  ѕ: 's',
  А: 'A',
  В: 'B',
  Е: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  С: 'C',
  Т: 'T',
  Х: 'X',
  У: 'Y',
  Ј: 'J',
  І: 'I',
  Ѕ: 'S',
}

/** The same table read the other way, Serbian letters only. */
export const CYRILLIC_LOOK: Record<string, string> = Object.fromEntries(
  Object.entries(LATIN_LOOK)
    .filter(([cyrillic]) => !/[ІіЅѕ]/.test(cyrillic))
    .map(([cyrillic, latin]) => [latin, cyrillic]),
)

/** The tag by which browsers know a language in a script: sr-Latn, sr-Cyrl, bs, en. */
export function tagOf({ language, script }: { language: Language; script: Script }): PageLanguage {
  if (language !== 'sr') return language
  return script === 'cyrl' ? 'sr-Cyrl' : 'sr-Latn'
}

const LATIN = /\p{Script=Latin}/u
const CYRILLIC = /\p{Script=Cyrillic}/u

/**
 * The script a single word means, told by letters that exist in one script only. Undefined: no such letter,
 * or a true mixture.
 */
export function scriptOfWord(word: string): Script | undefined {
  const letters = [...word]
  const latin = letters.some(letter => LATIN.test(letter) && !(letter in CYRILLIC_LOOK))
  const cyrillic = letters.some(letter => CYRILLIC.test(letter) && !(letter in LATIN_LOOK))
  if (latin === cyrillic) return undefined
  return latin ? 'latn' : 'cyrl'
}

/** The script most letters of a text are meant in; undefined when there is no Latin or Cyrillic letter. */
export function scriptOf(text: string): Script | undefined {
  let balance = 0
  for (const word of text.match(/[\p{L}\p{M}]+/gu) ?? []) {
    const script = scriptOfWord(word)
    if (script) balance += script === 'latn' ? word.length : -word.length
  }
  if (balance === 0) balance = count(text, LATIN) - count(text, CYRILLIC)
  if (balance) return balance > 0 ? 'latn' : 'cyrl'
  return LATIN.test(text) ? 'latn' : undefined
}

function count(text: string, pattern: RegExp): number {
  return [...text].filter(letter => pattern.test(letter)).length
}
