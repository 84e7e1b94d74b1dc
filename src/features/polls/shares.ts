// How shares of a whole are written: the same everywhere a result is shown.
import type { Language } from '../../core/model/content.ts'

const LOCALES: Record<Language, string> = { sr: 'sr-Latn-RS', bs: 'bs-BA', en: 'en-GB' }

/** A count as a share of `n` people, with one digit behind the comma: 12,5% */
export function shareText(count: number, n: number, language: Language): string {
  const share = n === 0 ? 0 : count / n
  return new Intl.NumberFormat(LOCALES[language], { style: 'percent', maximumFractionDigits: 1 }).format(
    share,
  )
}
