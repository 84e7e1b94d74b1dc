// The state of one chat: what the next step must remember. Plain JSON, versioned; stored at the address.
import type { Language, Script } from './content.ts'
import type { FileRef } from './event.ts'

/** What a person typed lately that got no direct answer, so that a thought in pieces is understood whole. */
export type Fragment = { text: string; at: number }

/** What the chat is waiting for; at most one thing. */
export type Pending =
  /** Up to three entries were offered for this question. */
  | { kind: 'suggestion'; question: string }
  /** The person was asked to say it differently, once. */
  | { kind: 'rephrase'; question: string }
  /** "No" was tapped on an answer; other entries or reasons were offered. */
  | { kind: 'reason'; entryId: string }
  /** A question that no answer was found to; its asker may send it to the city. */
  | { kind: 'unanswered'; question: string }
  /** The next text is for the city: more for a case, or without one a new question. */
  | { kind: 'case-text'; reference?: string }
  /** The person was asked from which day a guide's deadline counts. */
  | { kind: 'deadline-start'; guideId: string; deadlineId: string }
  /** How many seats a group needs: a typed number is no button here. */
  | { kind: 'workshop-size'; workshopId: number }
  /** The code that stands at the door. */
  | { kind: 'workshop-door'; workshopId: number }
  | { kind: 'workshop-comment'; workshopId: number }
  /** What kind of workshop is wished for; `community`: absent if none was named. */
  | { kind: 'workshop-wish'; community?: string }
  /** The person was asked to write the answer to a question; `position` in a survey. `at`: when (ms). */
  | { kind: 'poll-text'; pollId: number; position?: number; at: number }

/** A proposal that is being written; `words`: its text is awaited. */
export type ProposalDraft = {
  awaits: 'words' | 'sending'
  category: string
  text?: string
  community?: string
  photo?: FileRef
  /** When it was last worked on (ms). */
  at: number
}

export type Conversation = {
  v: 1
  language: Language
  script: Script
  /** The person chose the language; guesses no longer change it. */
  languageChosen: boolean
  privacyShown: boolean
  /** The notice to everybody that this chat was shown last. */
  noticeSeen?: string
  fragments: Fragment[]
  pending?: Pending
  /** It waits while the person asks something else. */
  draft?: ProposalDraft
  /** The entry shown last and the question it answered; absent question: it was chosen by button. */
  last?: { entryId: string; question?: string }
  /** Entries this person has rated in this chat, newest last, at most 20: nobody votes twice by tapping twice. */
  rated: string[]
  /** Messages counted since `from` (ms) for the per-person limit. */
  rate: { from: number; count: number; told: boolean }
  /** Wrong codes typed since `from` (ms), so that codes can't be guessed. */
  wrongCodes?: { from: number; count: number }
}

/** Whoever answers later than this (ms) in their own words means something else. */
const WORDS_AWAITED_MS = 60 * 60_000

/** Whether something that is awaited since `at` still is. */
export function isAwaited({ at }: { at: number }, now: number): boolean {
  return now - at < WORDS_AWAITED_MS
}

/** Whether what is typed next answers a question in the person's own words: it tells nothing of their language. */
export function awaitsWords({ pending, draft }: Conversation, now: number): boolean {
  const asked = pending?.kind === 'poll-text' ? pending : draft?.awaits === 'words' ? draft : undefined
  return asked !== undefined && isAwaited(asked, now)
}

/** Whether a picture would be taken now. */
export function awaitsFile({ draft }: Pick<Conversation, 'draft'>): boolean {
  return draft !== undefined
}

/** A chat that has never been written in. */
export function newConversation(language: Language): Conversation {
  return {
    v: 1,
    language,
    script: 'latn',
    languageChosen: false,
    privacyShown: false,
    fragments: [],
    rated: [],
    rate: { from: 0, count: 0, told: false },
  }
}
