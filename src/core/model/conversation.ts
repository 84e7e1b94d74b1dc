// The state of one chat: what the next step must remember. Plain JSON, versioned; stored at the address.
import type { Language, Script } from './content.ts'

/** What a person typed lately that got no direct answer, so that a thought in pieces is understood whole. */
export type Fragment = { text: string; at: number }

/** What the chat is waiting for; at most one thing. */
export type Pending =
  | { kind: 'suggestion'; question: string; ids: string[] }
  | { kind: 'rephrase'; question: string }
  | { kind: 'reason'; entryId: string }
  | { kind: 'erase' }

export type Conversation = {
  v: 1
  language: Language
  script: Script
  /** The person chose the language; guesses no longer change it. */
  languageChosen: boolean
  privacyShown: boolean
  fragments: Fragment[]
  pending?: Pending
  /** The entry answered last and whether its rating came. */
  last?: { entryId: string; question?: string; rated: boolean }
  /** Messages counted since `from` (ms) for the per-person limit. */
  rate: { from: number; count: number; told: boolean }
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
    rate: { from: 0, count: 0, told: false },
  }
}
