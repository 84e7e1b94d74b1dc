// What an author should look at once more before a text goes to many.
import { LANGUAGES, type Language } from '../../core/model/content.ts'
import { isSameText } from './rules.ts'

export const LINTS = [
  'placeholder',
  'mixed-script',
  'insecure-link',
  'capitals',
  'long',
  'untranslated',
] as const

/**
 * `placeholder`: something was to be filled in. `mixed-script`: a word of Latin and Cyrillic letters.
 * `insecure-link`: it begins with http://. `capitals`: it shouts. `long`: few read to the end.
 * `untranslated`: the text is the Serbian one.
 */
export type Lint = { code: (typeof LINTS)[number]; language: Language }

/** Longer than this is more than a phone shows at once. */
const LONG = 700
/** From so many letters on a text of capitals shouts. */
const SHOUT_MIN = 20
const SHOUT_SHARE = 0.6

const CHECKS: [code: Lint['code'], isFound: (text: string) => boolean][] = [
  ['placeholder', text => /\[[^\]]*\]|\{\{|_{3,}|\bX{2,}\b|\bTODO\b|lorem ipsum/i.test(text)],
  ['mixed-script', text => /[A-Za-z]\p{Script=Cyrillic}|\p{Script=Cyrillic}[A-Za-z]/u.test(text)],
  ['insecure-link', text => /\bhttp:\/\//i.test(text)],
  ['capitals', shouts],
  ['long', text => text.length > LONG],
]

/** Findings in the order of the languages. */
export function lintTexts(texts: Partial<Record<Language, string>>): Lint[] {
  return LANGUAGES.flatMap(language => {
    const text = texts[language]
    if (!text) return []
    const found = CHECKS.filter(([, isFound]) => isFound(text)).map(([code]) => ({ code, language }))
    const isCopy = language === 'en' && texts.sr !== undefined && isSameText(text, texts.sr)
    return isCopy ? [...found, { code: 'untranslated' as const, language }] : found
  })
}

function shouts(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? []
  const capitals = text.match(/\p{Lu}/gu) ?? []
  return letters.length >= SHOUT_MIN && capitals.length > SHOUT_SHARE * letters.length
}
