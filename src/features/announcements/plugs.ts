// What other features let announcements carry, and whom they let them choose.
import type { Language, Script } from '../../core/model/content.ts'
import type { Outbound } from '../../core/model/message.ts'
import type { Sql } from '../../platform/db/database.ts'
import type { Audience } from './model.ts'

/**
 * A thing of another feature as a message says it: what stands below the text, for readers of a language and script.
 * Words are Serbian in Latin script; Cyrillic is made from them.
 */
export type Attachment = (language: Language, script: Script) => Outbound

/** Undefined: there is no such thing, or it may not be shown. */
export type AttachmentOf = (sql: Sql, id: string) => Promise<Attachment | undefined>

/** A thing that an author may choose; what it is called, at least in Serbian. */
export type Choice = { id: string; title: { sr: string } & Partial<Record<Language, string>> }

/** What may be attached now, as the composer offers it. */
export type ChoicesOf = (sql: Sql) => Promise<Choice[]>

export type Plugs = {
  workshop?: AttachmentOf
  poll?: AttachmentOf
  clip?: AttachmentOf
  workshops?: ChoicesOf
  polls?: ChoicesOf
  clips?: ChoicesOf
  /** The people whom a workshop's filter means; undefined: there is no such workshop. */
  workshopPeople?(sql: Sql, filter: NonNullable<Audience['workshop']>): Promise<string[] | undefined>
}
