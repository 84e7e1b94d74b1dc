// Codes that were typed wrongly, per chat and hour, so that codes can't be guessed.
import type { Conversation } from './model/conversation.ts'

/** Wrong codes per chat and hour. */
export const WRONG_CODES_MAX = 5
const HOUR_MS = 3_600_000

/** Whether this chat may try no further code for now. */
export function isOutOfTries(state: Conversation, now: number): boolean {
  return current(state, now).count >= WRONG_CODES_MAX
}

/** The state after one more wrong code. */
export function withWrongCode(state: Conversation, now: number): Conversation {
  const { from, count } = current(state, now)
  return { ...state, wrongCodes: { from, count: count + 1 } }
}

/** Counted by the hour that begins with the first wrong code. */
function current({ wrongCodes }: Conversation, now: number): { from: number; count: number } {
  return wrongCodes && now - wrongCodes.from < HOUR_MS ? wrongCodes : { from: now, count: 0 }
}
