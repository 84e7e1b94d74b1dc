// What every page of the console works with.
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Content, Language } from '../core/model/content.ts'
import type { Translate } from '../core/model/topic.ts'
import { type PageLanguage, phrases } from '../core/text/page-language.ts'
import { toCyrillic } from '../core/text/transliterate.ts'
import type { Database } from '../platform/db/database.ts'
import { type Assets, readAssets } from '../platform/http/assets.ts'
import type { Log } from '../platform/log.ts'
import type { ChannelState } from './overview/kernel-parts.ts'
import type { OverviewPart } from './overview/part.ts'
import type { Waiting } from './page.ts'
import type { Session } from './sessions.ts'

export type ConsoleOptions = {
  database: Database
  /** Sentences of the bot and of the console. */
  translator(language: Language): Translate
  city: Content['city']
  /** The address people see, without a slash at the end. */
  publicUrl: string
  log: Log
  /** What the bot knows now. */
  knowledge(): { content: Content }
  /** How many things wait for this person per section; shown in the navigation. */
  waiting(session: Session): Promise<Waiting>
  /** What features hand in for the overview, in its order. */
  overview: readonly OverviewPart[]
  /** Which channels the configuration turns on. */
  channels: readonly ChannelState[]
  /** How often a stream shows that it lives, and sees whether its reader may still read (ms). */
  heartbeatMs?: number
}

/** The options with the console's own files. */
export type Shell = ConsoleOptions & { assets: Assets }

/** Where the console's files are served. */
export const ASSETS_PATH = '/console/assets'

/** The styles of every page, in their order: what all share, then what belongs to one kind of page. */
export const STYLES = [
  'console.css',
  'figures.css',
  'preview.css',
  'inbox.css',
  'answers.css',
  'workshops.css',
  'announcements.css',
] as const

export function createShell(options: ConsoleOptions): Shell {
  const browser = path.join(import.meta.dirname, 'browser')
  const htmx = path.dirname(createRequire(import.meta.url).resolve('htmx.org'))
  const assets = readAssets(ASSETS_PATH, [
    ...[...STYLES, 'console.js', 'scan.js', 'icon.svg'].map(file => path.join(browser, file)),
    path.join(htmx, 'htmx.min.js'),
    path.join(htmx, 'ext/hx-sse.min.js'),
  ])
  return { ...options, assets }
}

/** Sentences in a language of the pages. */
export function phrasesIn(
  { translator, city }: Pick<ConsoleOptions, 'translator' | 'city'>,
  language: PageLanguage,
): Translate {
  return phrases(language, translator, city.protectedWords)
}

/** Brings Serbian texts of the content into the script of a page. */
export function scriptFor({ city }: ConsoleOptions, language: PageLanguage): (text: string) => string {
  return language === 'sr-Cyrl' ? text => toCyrillic(text, city.protectedWords) : text => text
}

/** The city's name as a page says it. */
export function cityName(options: ConsoleOptions, language: PageLanguage): string {
  const { name } = options.city
  const own = language === 'bs' || language === 'en' ? name[language] : name.sr
  return scriptFor(options, language)(own)
}
