// What a topic may ask the world to do, what it may ask it to tell, and what comes back.
// Effects and queries run inside the turn's transaction; only an outcome lets a text claim a deed.

import type { Language, OwnVideos, Script } from './content.ts'
import type { ChannelId } from './event.ts'
import type { Decision } from './match.ts'
import type { Answer, Ballot, PollItem } from './poll.ts'
import type { NewProposal, ProposalItem } from './proposal.ts'
import type { WorkshopView } from './workshop.ts'

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
  /** A question for the city. `expectedOn` (ISO days): by when an answer is promised, also to what is added. */
  | { kind: 'open-case'; question: string; expectedOn: string }
  | { kind: 'add-to-case'; reference: string; text: string; expectedOn: string }
  | { kind: 'close-case'; reference: string }
  /** `group`: more people than one may bring along as guests. */
  | { kind: 'join-workshop'; workshopId: number; guests: number; group: boolean }
  | { kind: 'leave-workshop'; workshopId: number }
  | { kind: 'accept-seat'; workshopId: number }
  /** `code`: the one that stands at the door. */
  | { kind: 'check-in'; workshopId: number; code: string }
  /** A picture that the phone at the door can read. */
  | { kind: 'make-ticket'; workshopId: number }
  | { kind: 'rate-workshop'; workshopId: number; rating: number }
  | { kind: 'comment-workshop'; workshopId: number; text: string }
  /** `community`: absent if the person named none. */
  | { kind: 'ask-for-workshop'; community?: string; text: string }
  /** This chat becomes that of a staff member, by the code of their account. */
  | { kind: 'tie-staff-chat'; code: string }
  | { kind: 'untie-staff-chat' }
  /** The whole answer to one question; it replaces an earlier one. No options and no text: none any more. */
  | { kind: 'vote'; pollId: number; questionId: number; answer: Answer; next?: SurveyPlace }
  | { kind: 'withdraw-vote'; pollId: number }
  /** Where somebody stands in a survey. */
  | { kind: 'go-in-survey'; pollId: number; next: SurveyPlace }
  | ({ kind: 'propose' } & NewProposal)
  /** Something that happened with a clip, counted without identity. */
  | { kind: 'count-clip'; clipId: string; what: ClipDeed }
  /** The answer to a clip's question: counted, and kept if the person agreed (`keep`). */
  | ({ kind: 'answer-clip'; correct: boolean; keep: boolean; count: boolean } & ClipChoice)
  /** One clip a week into this chat: at an hour of the city's time, from this ISO day on. */
  | { kind: 'subscribe-clips'; hour: number; firstOn: string }
  | { kind: 'stop-clips' }

/** What is counted of a clip: it was shown, its player was started, its question answered, and rightly. */
export type ClipDeed = 'offered' | 'started' | 'answered' | 'correct'

/** An option of a clip's question, counted from 0. */
export type ClipChoice = { clipId: string; option: number }

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

/** Whose turn it is in a case: the city's, the asker's, a department's, or nobody's any more. */
export type CaseState = 'open' | 'waiting' | 'passed' | 'closed'

/** A case as its asker sees it. */
export type OwnCase = {
  reference: string
  question: string
  state: CaseState
  /** Milliseconds since the epoch. */
  openedAt: number
  /** The ISO day by which an answer was promised. */
  expectedOn: string
  /** The id of whom it was passed to. */
  department?: string
  /** It was asked in this chat. */
  here: boolean
}

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
  /** `done`: all clips whose answers are kept of the person. */
  | ({ kind: 'clip-answered'; kept: boolean; done: string[] } & ClipChoice)
  | { kind: 'clips-subscribed'; hour: number; firstOn: string }
  /** `was`: there was a series to stop. */
  | { kind: 'clips-stopped'; was: boolean }
  | { kind: 'case-opened'; reference: string; expectedOn: string }
  /** The person has as many open cases as one may have. */
  | { kind: 'case-refused' }
  | { kind: 'case-added'; reference: string; reopened: boolean; expectedOn: string }
  | { kind: 'case-closed'; reference: string }
  /** `unknown`: not a case of theirs; `late`: closed too long ago to go on with it. */
  | { kind: 'case-missing'; reason: 'unknown' | 'late' }
  /** `email`: the account; absent for a wrong code. */
  | { kind: 'staff-chat-tied'; email?: string }
  | { kind: 'staff-chat-untied'; was: boolean }
  /** `workshop`: as it is after the deed; absent if there is no such workshop. */
  | { kind: 'workshop'; did: WorkshopDeed; workshop?: WorkshopView }
  | { kind: 'ticket'; workshop: WorkshopView; mediaId: string; url: string }
  | { kind: 'workshop-asked'; status: 'kept' | 'too-many' }

/** What came of a deed about a workshop. */
export type WorkshopDeed =
  | 'joined'
  | 'queued'
  /** Nothing changed: it was so already. */
  | 'already'
  /** Signing up is not possible now. */
  | 'closed'
  /** More seats than one may have, or than are left for whoever has some already. */
  | 'too-many'
  | 'left'
  /** There is no registration to do this with. */
  | 'no-seat'
  /** The seat is no longer held. */
  | 'too-late'
  | 'accepted'
  | 'checked-in'
  | 'wrong-code'
  | 'not-now'
  | 'rated'
  | 'commented'

/** What a topic must know before it can answer. */
export type Query =
  | { kind: 'consents' }
  | { kind: 'chats' }
  | { kind: 'choices' }
  | { kind: 'cases' }
  /** Everything published that isn't over. */
  | { kind: 'workshops' }
  | { kind: 'workshop'; workshopId: number }
  | { kind: 'staff-accounts' }
  /** Open polls, and those that closed lately. */
  | { kind: 'polls' }
  | { kind: 'ballot'; pollId: number }
  /** The person's own proposals, newest first. */
  | { kind: 'proposals' }
  | { kind: 'clips' }

/** The answers to queries; a field is present if the topic asked for it. */
export type Data = {
  /** What the person agrees to now. */
  consents?: Purpose[]
  /** How many chats the person has. */
  chats?: number
  choices?: Choice[]
  /** Those that can be gone on with, newest first. */
  cases?: OwnCase[]
  /** Soonest first. */
  workshops?: WorkshopView[]
  /** null: there is no such workshop. */
  workshop?: WorkshopView | null
  /** Accounts of the console that this chat is tied to. */
  staffAccounts?: string[]
  polls?: PollItem[]
  /** Absent if there is no such poll, or if it isn't public yet. */
  ballot?: Ballot
  proposals?: ProposalItem[]
  /** Clips whose question the person answered; the hour at which they get one a week; the city's own videos. */
  clips?: { done: string[]; hour?: number; own: OwnVideos }
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
