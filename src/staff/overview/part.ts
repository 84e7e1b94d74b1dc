// What the overview is made of. A feature hands in a part: figures, charts and tables of its own, read from
// the database, with their words. The page draws them, the interface tells the same numbers.
import type { Language } from '../../core/model/content.ts'
import type { Translate } from '../../core/model/topic.ts'
import type { PageLanguage } from '../../core/text/page-language.ts'

/** For whom a part is put into words, and when. */
export type OverviewReader = {
  t: Translate
  language: PageLanguage
  contentLanguage: Language
  inScript(text: string): string
  timeZone: string
  now: Date
}

export type Tone = 'good' | 'warn' | 'bad'

/** A number somebody looks at. */
export type Figure = {
  /** Unique within the part; its name in the interface. */
  id: string
  label: string
  /** null: not known, or hidden. */
  value: number | null
  /** `share`: 0–1; `bytes`; `seconds`; else a count. */
  unit?: 'share' | 'bytes' | 'seconds'
  /** The same over the last 30 days. */
  period?: number | null
  tone?: Tone
  /** Where to go on from there: a path of the console. */
  href?: string
  /** One of the few at the top of the page, kept up to date while it is open. */
  headline?: boolean
}

/** A picture with a table of the same numbers beside it. */
export type Chart = {
  id: string
  title: string
  kind: 'line' | 'bars'
  /** Names of the points: ISO days, or words. */
  labels: readonly string[]
  series: readonly { id: string; name: string; values: readonly number[] }[]
}

export type Cell =
  | string
  | number
  | null
  | { badge: string; tone?: Tone }
  | { day: string; tone?: Tone }
  | { at: Date }

export type Table = {
  id: string
  title: string
  columns: readonly { id: string; title: string; kind?: 'number' }[]
  rows: readonly (readonly Cell[])[]
  /** What stands there when there are no rows. */
  empty: string
}

export type OverviewBlock = {
  title: string
  /** One sentence, if the numbers need one. */
  text?: string
  figures?: readonly Figure[]
  charts?: readonly Chart[]
  tables?: readonly Table[]
}

export type OverviewPart = {
  /** Unique on the page; its name in the interface. */
  id: string
  load(reader: OverviewReader): Promise<OverviewBlock>
}

/** How far back the overview looks. */
export const DAYS = 30

/** The ISO days of the last days up to today, oldest first. */
export function lastDays(today: string, days = DAYS): string[] {
  const end = Date.parse(`${today}T00:00:00Z`)
  return Array.from({ length: days }, (_, index) =>
    new Date(end - (days - 1 - index) * 86_400_000).toISOString().slice(0, 10),
  )
}
