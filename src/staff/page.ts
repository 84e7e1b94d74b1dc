// What a page of the console is. A feature hands in its pages; the shell signs people in, checks roles
// and forms, and puts the frame around.
import type { Language } from '../core/model/content.ts'
import type { SentenceKey } from '../core/model/sentence-key.ts'
import type { Translate } from '../core/model/topic.ts'
import type { PageLanguage } from '../core/text/page-language.ts'
import type { Html } from '../platform/html/html.ts'
import type { Account } from './accounts.ts'
import type { Role } from './roles.ts'

/** A file somebody chose in a form. */
export type Upload = { field: string; name: string; mime: string; bytes: Buffer }

/** One request to a page, with everything its handler may know. */
export type Visit = {
  account: Account
  /** Names this browser's session among those of the account. */
  sessionHash: string
  /** Sentences in the language and script of the account. */
  t: Translate
  language: PageLanguage
  /** The city's time zone (IANA). */
  timeZone: string
  /** The language whose texts are shown: sr, bs or en. */
  contentLanguage: Language
  /** Brings a Serbian text of the content into the script of the account. */
  inScript(text: string): string
  /** A Serbian text in Cyrillic, whatever the script of the account. */
  inCyrillic(text: string): string
  params: Record<string, string>
  query: Record<string, string>
  /** The fields of a form; the last one counts when a name comes twice. */
  form: Record<string, string>
  /** All values of a field that may come several times, such as checkboxes. */
  all(field: string): string[]
  uploads: Upload[]
  /** The sections the account may enter, in their order. */
  sections: readonly Section[]
  /** What every form of the page must hold. */
  csrf: Html
  now: Date
  /** Only a part of the page is wanted (htmx). */
  isPart: boolean
}

/** What a page answers. */
export type Answer =
  | { kind: 'page'; title: string; body: Html; status?: number; wide?: boolean }
  /** A part of a page, without frame. */
  | { kind: 'part'; body: Html; status?: number }
  /** Elsewhere; `done` is said there. */
  | { kind: 'redirect'; to: string; done?: SentenceKey }
  | { kind: 'file'; name: string; mime: string; bytes: Buffer | string; inline?: boolean }
  /** Parts as they come, until the reader leaves (`signal`) or the source ends. */
  | { kind: 'stream'; parts(signal: AbortSignal): AsyncIterable<Html> }
  | { kind: 'missing' }

/** The sections of the console, in the order of its navigation. */
export const SECTIONS = [
  'overview',
  'inbox',
  'answers',
  'clips',
  'polls',
  'feedback',
  'workshops',
  'announcements',
  'people',
  'team',
  'settings',
  'audit',
] as const
export type Section = (typeof SECTIONS)[number]

/** One address of the console. A section's entry page is the GET page whose path is `/console/<section>`. */
export type StaffPage = {
  method: 'GET' | 'POST'
  /** Such as /console/inbox/:id */
  path: string
  section?: Section
  /** Who may ask for it; admins always may. */
  roles: readonly Role[]
  /** The form may carry files up to this size in bytes, all together. */
  uploadMax?: number
  /** The page may use the camera; no other page may. */
  camera?: boolean
  handle(visit: Visit): Promise<Answer>
}

/** A link that the frame shows for a section, with how many things wait there. */
export type Waiting = Partial<Record<Section, number>>
