// What a topic may ask the world to do, what it may ask it to tell, and what comes back.
// Effects and queries run inside the turn's transaction; only an outcome lets a text claim a deed.

import type { Language, Script } from './content.ts'
import type { ChannelId } from './event.ts'
import type { Decision } from './match.ts'
import type { Answer, Ballot, PollItem } from './poll.ts'
import type { NewProposal, ProposalItem } from './proposal.ts'

/** What people agree to: announcements of the city; that what they do when they take part is kept. */
export type Purpose = 'announcements' | 'participation'

export type Effect =
  /** One answered, suggested or missed message, counted without identity. */
  | { kind: 'count-usage'; decision: Decision; entryId?: string }
  /** A question without an answer, redacted, kept without identity for the editor. */
  | { kind: 'record-miss'; question: string; candidates: string[] }
  | { kind: 'rate'; entryId: string; answered: boolean }
  | { kind: 'explain-rating'; entryId: string; reason: string }
  /** `version` names the wording the person agreed to. */
  | { kind: 'give-consent'; purpose: Purpose; version: string }
  | { kind: 'withdraw-consent'; purpose: Purpose }
  | { kind: 'export-data' }
  | { kind: 'erase-data' }
  /** Texts as files under links that expire. */
  | { kind: 'make-files'; files: NewFile[] }
  /** A note to this chat on the day a deadline ends. */
  | ({ kind: 'remind' } & ReminderKey)
  | ({ kind: 'cancel-reminder' } & ReminderKey)
  /** A code by which another chat can be joined to this one's person. */
  | { kind: 'make-link-code' }
  | { kind: 'link-chats'; code: string }
  /** This chat becomes a person of its own. */
  | { kind: 'unlink-chat' }
  | { kind: 'choose'; choice: Choice; on: boolean }
  /** The whole answer to one question; it replaces an earlier one. No options and no text: none any more. */
  | { kind: 'vote'; pollId: number; questionId: number; answer: Answer; next?: SurveyPlace }
  | { kind: 'withdraw-vote'; pollId: number }
  /** Where somebody stands in a survey. */
  | { kind: 'go-in-survey'; pollId: number; next: SurveyPlace }
  | ({ kind: 'propose' } & NewProposal)

/** A file to be made; `mime` with its charset. */
export type NewFile = { name: string; mime: string; text: string }

/** A file that can be fetched. */
export type MadeFile = { mediaId: string; url: string; name: string; bytes: number }

/** Rows of tables, by the table's name. */
export type KeptRows = Record<string, Record<string, unknown>[]>

/** The next question of a survey, from 1; `finished`: all are behind the person. */
export type SurveyPlace = { position: number; finished: boolean }

/** Which deadline somebody is to be reminded of; `dueOn` is an ISO day. */
export type ReminderKey = { guideId: string; deadlineId: string; dueOn: string }

/** What a person wants to hear about: topics of announcements (many), their local community (one). */
export type Choice = { kind: 'topic' | 'community'; value: string }

export type Outcome =
  | { kind: 'consent-given'; purpose: Purpose; already: boolean }
  /** `was`: there was a consent to withdraw. */
  | { kind: 'consent-withdrawn'; purpose: Purpose; was: boolean }
  /** Everything that is kept about the person, by table. */
  | { kind: 'exported'; rows: KeptRows }
  | { kind: 'erased'; receipt: string }
  /** In the order they were asked for. */
  | { kind: 'files-made'; files: MadeFile[] }
  /** `refused`: the person has as many reminders as one may have. */
  | ({ kind: 'reminder'; status: 'set' | 'already' | 'refused' | 'cancelled' | 'unknown' } & ReminderKey)
  | { kind: 'link-code'; code: string }
  /** `language`: what was chosen in the other chat and now holds here too. */
  | { kind: 'linked'; language?: { language: Language; script: Script } }
  | { kind: 'not-linked'; reason: 'wrong' | 'own' | 'already' }
  /** `was`: there was another chat to part from. */
  | { kind: 'unlinked'; was: boolean }
  /** `closed`: too late. */
  | { kind: 'voted'; status: 'kept' | 'closed'; questionId: number; answer: Answer }
  | { kind: 'vote-withdrawn'; status: 'withdrawn' | 'none' | 'closed' }
  /** Absent reference: there were enough for today. */
  | { kind: 'proposed'; reference?: string }
  /** Everything the person has chosen by now. */
  | { kind: 'chosen'; choice: Choice; choices: Choice[] }

/** What a topic must know before it can answer. */
export type Query =
  | { kind: 'consents' }
  | { kind: 'chats' }
  | { kind: 'choices' }
  /** Open polls, and those that closed lately. */
  | { kind: 'polls' }
  | { kind: 'ballot'; pollId: number }
  /** The person's own proposals, newest first. */
  | { kind: 'proposals' }

/** The answers to queries; a field is present if the topic asked for it. */
export type Data = {
  /** What the person agrees to now. */
  consents?: Purpose[]
  /** How many chats the person has. */
  chats?: number
  choices?: Choice[]
  polls?: PollItem[]
  /** Absent if there is no such poll, or if it isn't public yet. */
  ballot?: Ballot
  proposals?: ProposalItem[]
}

/** Whose turn it is and where, for whoever carries out an effect. */
export type EffectContext = {
  personId: string
  addressId: string
  channel: ChannelId
  language: Language
  publicUrl: string
  now: Date
}
