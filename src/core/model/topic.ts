// A topic is one thing the bot can talk about: pure, total, same input → byte-equal output.
import type { Content, Language } from './content.ts'
import type { Conversation } from './conversation.ts'
import type { Data, Effect, Outcome, Query } from './effect.ts'
import type { Event } from './event.ts'
import type { Match } from './match.ts'
import type { Outbound } from './message.ts'
import type { SentenceKey } from './sentence-key.ts'
import type { Settings } from './settings.ts'

/** Commands people may type on every channel, in any spelling; see core/command.ts. */
export type Command =
  | 'start'
  | 'help'
  | 'menu'
  | 'subscribe'
  | 'unsubscribe'
  | 'language'
  | 'export'
  | 'erase'
  | 'link'
  | 'unlink'
  | 'questions'
  | 'workshops'
  | 'staff'
  | 'polls'
  | 'proposal'
  | 'clips'

/** What a topic sees: an event, a command recognised in it, or the outcomes of its own effects. */
export type Input =
  | Exclude<Event, { kind: 'blocked' | 'unblocked' }>
  | { kind: 'command'; command: Command; argument: string }
  | { kind: 'outcome'; outcome: Outcome }

/** A sentence of the bot in one language, with its placeholders filled in. */
export type Translate = (key: SentenceKey, values?: Record<string, string | number>) => string

export type Context = {
  content: Content
  /** What the matcher says about a text, in this content version. */
  match: (text: string, hint?: { language?: Language }) => Match
  /** Milliseconds since the epoch. */
  now: number
  /** Sentences in a language; a topic passes the language of the state it returns. */
  sentences: (language: Language) => Translate
  data: Data
  publicUrl: string
  /** What staff decided, as it is now. */
  settings: Settings
}

export type Turn = {
  state: Conversation
  messages: Outbound[]
  effects: Effect[]
  /** Go on as if this token had been pressed, once the effects are carried out; at most once per event. */
  goOn?: { token: string }
}

export type TopicId =
  | 'resting'
  | 'consent'
  | 'rights'
  | 'linking'
  | 'staff-chat'
  | 'choices'
  | 'polls'
  | 'surveys'
  | 'feedback'
  | 'welcome'
  | 'guides'
  | 'cases'
  | 'workshops'
  | 'clips'
  | 'menu'
  | 'answers'

export type Topic = {
  id: TopicId
  /** `now`: milliseconds since the epoch. */
  accepts(state: Conversation, input: Input, now: number): boolean
  loads?(state: Conversation, input: Input): Query[]
  handle(state: Conversation, input: Input, context: Context): Turn
}

/** A turn that says something and asks for nothing. */
export function reply(state: Conversation, ...messages: Outbound[]): Turn {
  return { state, messages, effects: [] }
}
