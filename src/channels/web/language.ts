// In which language and script the page itself speaks. The bot's answers follow the person's words.
import type {} from '@fastify/cookie'
import type { FastifyRequest } from 'fastify'
import type { Language, Script } from '../../core/model/content.ts'
import type { Translate } from '../../core/model/topic.ts'
import { toCyrillic } from '../../core/text/transliterate.ts'

/** As the `lang` attribute wants them. */
export const PAGE_LANGUAGES = ['sr-Latn', 'sr-Cyrl', 'bs', 'en'] as const
export type PageLanguage = (typeof PAGE_LANGUAGES)[number]

/** The cookie that remembers an explicit choice. */
export const LANGUAGE_COOKIE = 'komsija_jezik'

/** What browsers ask for and what we have for it; Croatian and Montenegrin readers read Bosnian easily. */
const NEAREST: [RegExp, PageLanguage][] = [
  [/^sr-cyrl/i, 'sr-Cyrl'],
  [/^(sr|sh)\b/i, 'sr-Latn'],
  [/^(bs|hr|cnr|me)\b/i, 'bs'],
  [/^en\b/i, 'en'],
]

/**
 * `?lang=`, else the language chosen before, else that of where they come from (`?prefer=`: an embedding
 * site, a message), else the browser's, else Serbian in Latin script.
 */
export function pageLanguage(request: FastifyRequest): PageLanguage {
  return guessedLanguage(request) ?? 'sr-Latn'
}

/** The same without a default: undefined for a program that asks for no language. */
export function guessedLanguage(request: FastifyRequest): PageLanguage | undefined {
  const { lang, prefer } = request.query as { lang?: unknown; prefer?: unknown }
  const remembered = known(request.cookies[LANGUAGE_COOKIE])
  return known(lang) ?? remembered ?? nearest(prefer) ?? preferred(request.headers['accept-language'] ?? '')
}

/** The page language for the tag of another page, such as `sr-RS`. */
function nearest(tag: unknown): PageLanguage | undefined {
  return typeof tag === 'string' ? (known(tag) ?? preferred(tag)) : undefined
}

/** A page language named exactly; `sr` alone means Latin script. */
export function known(name: unknown): PageLanguage | undefined {
  return name === 'sr' ? 'sr-Latn' : PAGE_LANGUAGES.find(language => language === name)
}

/** The first language of an Accept-Language header that we have. */
export function preferred(header: string): PageLanguage | undefined {
  const wishes = header.split(',').map(part => {
    const [tag = '', ...parameters] = part.trim().split(';')
    const quality = parameters.map(parameter => /^\s*q=([\d.]+)/.exec(parameter)?.[1]).find(Boolean)
    return { tag, quality: Number(quality ?? 1) }
  })
  wishes.sort((a, b) => b.quality - a.quality)
  for (const { tag } of wishes) {
    const match = NEAREST.find(([pattern]) => pattern.test(tag))
    if (match) return match[1]
  }
  return undefined
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
