// What a public page is. A feature hands in its pages; the site reads the reader's language and puts the
// frame around. Everything works without a script.
import type { Language } from '../core/model/content.ts'
import type { Translate } from '../core/model/topic.ts'
import type { PageLanguage } from '../core/text/page-language.ts'
import type { Html } from '../platform/html/html.ts'

/** One request to a page. */
export type PublicVisit = {
  t: Translate
  language: PageLanguage
  contentLanguage: Language
  /** Brings a Serbian text of the content into the reader's script. */
  inScript(text: string): string
  /** The city's time zone (IANA). */
  timeZone: string
  params: Record<string, string>
  query: Record<string, string>
  now: Date
  /** The page stands inside another site's page. */
  embedded: boolean
}

export type PublicAnswer =
  | {
      kind: 'page'
      title: string
      body: Html
      status?: number
      /** One sentence for search engines and previews. */
      description?: string
      /** Name of the entry script, one of the site's files. */
      script?: string
      className?: string
    }
  /** `maxAge` (s): how long anybody may keep it; 0 unless given. */
  | { kind: 'file'; name: string; mime: string; bytes: Buffer | string; inline?: boolean; maxAge?: number }
  | { kind: 'redirect'; to: string }
  | { kind: 'missing' }

/** One address of the public site. */
export type PublicPage = {
  path: string
  handle(visit: PublicVisit): Promise<PublicAnswer>
}
