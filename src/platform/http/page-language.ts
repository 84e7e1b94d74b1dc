// In which language and script somebody reads pages.
import type {} from '@fastify/cookie'
import type { FastifyRequest } from 'fastify'
import { knownPageLanguage, type PageLanguage } from '../../core/text/page-language.ts'

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
  const remembered = knownPageLanguage(request.cookies[LANGUAGE_COOKIE])
  const browser = request.headers['accept-language'] ?? ''
  return knownPageLanguage(lang) ?? remembered ?? nearest(prefer) ?? preferredLanguage(browser)
}

/** The page language for the tag of another page, such as `sr-RS`. */
function nearest(tag: unknown): PageLanguage | undefined {
  return typeof tag === 'string' ? (knownPageLanguage(tag) ?? preferredLanguage(tag)) : undefined
}

/** The first language of an Accept-Language header that we have. */
export function preferredLanguage(header: string): PageLanguage | undefined {
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
