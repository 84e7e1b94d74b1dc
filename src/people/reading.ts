// How what is kept about somebody reads in the file they receive: a heading per table, a label per column,
// values in words. The labels are sentences of the locale files (`data.…`).
import type { Content, Language } from '../core/model/content.ts'
import type { SentenceKey } from '../core/model/sentence-key.ts'
import type { Translate } from '../core/model/topic.ts'
import { channelName } from '../core/text/channel-name.ts'

/** What values are put into words with, in the person's language and script. */
export type Words = {
  language: Language
  /** Language and script as browsers name them. */
  tag: string
  t: Translate
  content: Content
  /** A text of ours as the person's script has it; what people or channels wrote stays as it is. */
  write(text: string): string
  /** A moment in the city's time zone. */
  moment(at: Date): string
  /** An ISO day. */
  day(iso: string): string
}

/** A column of a table: `say` puts a value into words; an empty text leaves it out. */
export type Column<Value, Row> = { label: SentenceKey; say(value: Value, words: Words, row: Row): string }

/** Every exported column has its words. */
export type Columns<Row> = { [Name in keyof Row]-?: Column<Row[Name], Row> }

/** A text that is shown as it is kept. */
export function asIs(label: SentenceKey): Column<string, unknown> {
  return { label, say: value => value }
}

/** A moment; none is left out. */
export function moment(label: SentenceKey): Column<Date | null, unknown> {
  return { label, say: (value, words) => (value ? words.moment(value) : '') }
}

/** The channel a chat is on. */
export function channel(label: SentenceKey): Column<string, unknown> {
  return { label, say: (value, { t }) => channelName(value, t) }
}
