// Moments and numbers as pages of the console write them.
import type { PageLanguage } from '../core/text/page-language.ts'
import { type Html, html } from '../platform/html/html.ts'

/** What Intl knows each page language as. */
export const LOCALES: Record<PageLanguage, string> = {
  'sr-Latn': 'sr-Latn-RS',
  'sr-Cyrl': 'sr-Cyrl-RS',
  bs: 'bs-BA',
  en: 'en-GB',
}

type Reader = { language: PageLanguage; timeZone: string }

/** A moment in the city's time, for people and for programs. */
export function time(reader: Reader, at: Date): Html {
  return html`<time datetime="${at.toISOString()}">${moment(reader, at)}</time>`
}

/** A moment in the city's time: 25. 11. 2026. 18:30 */
export function moment({ language, timeZone }: Reader, at: Date): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  }).format(at)
}

/** A day in the city's time. */
export function dayWords({ language, timeZone }: Reader, at: Date): string {
  return new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'medium', timeZone }).format(at)
}

/** A day as the calendar names it: 2026-11-25. */
export function isoDayWords({ language }: Pick<Reader, 'language'>, day: string): string {
  return dayWords({ language, timeZone: 'UTC' }, new Date(`${day}T00:00:00Z`))
}

/** A number with the language's separators. */
export function number({ language }: Pick<Reader, 'language'>, value: number, digits = 0): string {
  return new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: digits }).format(value)
}

/** A share (0–1) as percent. */
export function percent({ language }: Pick<Reader, 'language'>, share: number, digits = 0): string {
  return new Intl.NumberFormat(LOCALES[language], { style: 'percent', maximumFractionDigits: digits }).format(
    share,
  )
}
