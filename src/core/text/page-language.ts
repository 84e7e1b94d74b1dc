// The languages and scripts that web pages speak, named as the `lang` attribute wants them.
import type { Language, Script } from '../model/content.ts'
import type { Translate } from '../model/topic.ts'
import { toCyrillic } from './transliterate.ts'

export const PAGE_LANGUAGES = ['sr-Latn', 'sr-Cyrl', 'bs', 'en'] as const
export type PageLanguage = (typeof PAGE_LANGUAGES)[number]

/** A page language named exactly; `sr` alone means Latin script. */
export function knownPageLanguage(name: unknown): PageLanguage | undefined {
  return name === 'sr' ? 'sr-Latn' : PAGE_LANGUAGES.find(language => language === name)
}

/** The language whose sentences a page shows. */
export function contentLanguage(page: PageLanguage): Language {
  return page === 'bs' || page === 'en' ? page : 'sr'
}

/** The script a page is in. */
export function pageScript(page: PageLanguage): Script {
  return page === 'sr-Cyrl' ? 'cyrl' : 'latn'
}

/** Sentences in the page's language and script. */
export function phrases(
  page: PageLanguage,
  translator: (language: Language) => Translate,
  protectedWords: readonly string[],
): Translate {
  const t = translator(contentLanguage(page))
  return page === 'sr-Cyrl' ? (key, values) => toCyrillic(t(key, values), protectedWords) : t
}
