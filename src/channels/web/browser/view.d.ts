// What the server uses of view.js, and what both know of each other. The functions in view.js take
// their types from here.
import type { Outbound } from '../../../core/model/message.ts'

export type Attributes = Record<string, string | number | boolean | undefined>
export type Element = { tag: string; attributes: Attributes; children: Node[] }
export type Node = Element | string

/** A message as browsers get it. `seq` grows within a chat; `at` is ISO 8601. */
export type Shown = Outbound & { seq: number; at: string }

/** The words a message's view needs. */
export type Words = {
  /** For dates: a BCP 47 tag and an IANA zone. */
  locale: string
  timeZone: string
  bot: string
  you: string
  choices: string
  openUntil: string
  map: string
  calendar: string
  captions: string
  /** What the line with an answer's source begins with, in every language and script. */
  sourceLabels: string[]
  /** A message part that ends with this address, whatever its query, is a notice and not part of the answer. */
  privacyUrl: string
}

/** Words that only the browser's script says. */
export type ScriptWords = Words & {
  offline: string
  refused: string
  suggestions: string
  photoSending: string
  photoFailed: string
  photoName: string
}

/** What the server tells the script of a page. */
export type PageData = {
  /** The newest message the page shows. */
  last: number
  /** This browser has a chat already. */
  known: boolean
  /** The page stands inside another site's page. */
  embedded: boolean
  lang: string
  /** A deep link that was followed, with the title of what it opens. */
  start?: { payload: string; title: string }
  words: ScriptWords
}

/** One message of the bot with everything under it. */
export function viewMessage(message: Shown, words: Words): Element
/** The line above the first message of a day; `at` is ISO 8601. */
export function viewDay(at: string, words: Words): Element
/** The day of a moment in the city's time, as people write it. */
export function dayOf(at: string, words: Words): string
/** What the person wrote. */
export function viewOwn(text: string, words: Words): Element
