// What a topic may ask the world to do, what it may ask it to tell, and what comes back.
// Effects and queries run inside the turn's transaction; only an outcome lets a text claim a deed.
import type { Language } from './content.ts'
import type { Decision } from './match.ts'

export type Effect =
  /** One answered, suggested or missed message, counted without identity. */
  | { kind: 'count-usage'; decision: Decision; entryId?: string }
  /** A question without an answer, redacted, kept without identity for the editor. */
  | { kind: 'record-miss'; question: string; candidates: string[] }
  | { kind: 'rate'; entryId: string; answered: boolean; reason?: string }
  | { kind: 'subscribe'; consentVersion: string }
  | { kind: 'unsubscribe' }
  | { kind: 'export-data' }
  | { kind: 'erase-data' }

export type Outcome =
  | { kind: 'subscribed'; already: boolean }
  | { kind: 'unsubscribed'; wasSubscribed: boolean }
  | { kind: 'exported'; mediaId: string; url: string; name: string; bytes: number }
  | { kind: 'erased'; receipt: string }

/** What a topic must know before it can answer. */
export type Query = { kind: 'subscription' }

/** The answers to queries; a field is present if the topic asked for it. */
export type Data = { subscribed?: boolean }

/** An effect with the language and channel it happened in. */
export type EffectContext = {
  personId: string
  addressId: string
  channel: string
  language: Language
  now: number
}
