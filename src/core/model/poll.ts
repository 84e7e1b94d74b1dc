// What people are asked: quick polls of one question, surveys of several. What they answer is never part of
// these types but the person's own.
import type { Language } from './content.ts'

export const QUESTION_KINDS = ['single', 'multiple', 'scale', 'yesno', 'text'] as const
export type QuestionKind = (typeof QUESTION_KINDS)[number]

/** A text that staff wrote, Serbian in Latin script; a missing language reads it in Serbian. */
export type Translated = { sr: string } & Partial<Record<Language, string>>

/** One way to answer. Its id is part of a button's token and never changes. */
export type PollOption = { id: string; label: Translated }

export type Question = {
  id: number
  /** From 1. */
  position: number
  kind: QuestionKind
  text: Translated
  /** Empty when the answer is written. */
  options: PollOption[]
  /** How many options may be chosen. */
  max: number
}

/** What somebody answered to one question. */
export type Answer = { options: string[]; text?: string }

export type PollForm = 'poll' | 'survey'
export type PollStatus = 'draft' | 'scheduled' | 'open' | 'closed'

/** A poll or survey as everybody may know it. Moments are ISO 8601. */
export type Poll = {
  id: number
  form: PollForm
  title: Translated
  status: PollStatus
  closesAt?: string
  questions: Question[]
  /** What the city did with the answers. */
  outcome?: Translated
}

/** A poll as one person meets it. */
export type Ballot = Poll & {
  /** The person's own answers by the question's id. */
  mine: Record<number, Answer>
  /** The next question of a survey that was begun. */
  position?: number
  finished: boolean
  /** Somebody voted from this chat and was erased since: there is no second voice. */
  spent: boolean
  /** How many people took part; known once it is closed. */
  n?: number
  /** Numbers of a closed poll, as they are published. */
  results?: QuestionResult[]
  /** The chart of a closed poll in each language of pages, by media id. */
  pictures?: Record<string, { mediaId: string; url: string }>
}

/** A line of the list of polls. */
export type PollItem = Pick<Poll, 'id' | 'form' | 'title'> & {
  status: 'open' | 'closed'
  /** Whether the person took part. */
  done: 'yes' | 'begun' | 'no'
}

/** A count as it is published; null: hidden, because the group or what would give it away is too small. */
export type Count = number | null

/** The published numbers of one question. */
export type QuestionResult = {
  questionId: number
  /** How many people answered. */
  n: number
  /** By the option's id, in the question's order. */
  counts: Record<string, Count>
}

/** The text in a language, or the Serbian one. */
export function textIn(text: Translated, language: Language): string {
  return text[language] || text.sr
}

/** Without space around it, and without languages that say nothing; paragraphs stay. */
export function trimmedText({ sr, bs, en }: Translated): Translated {
  const [bosnian, english] = [bs?.trim(), en?.trim()]
  return { sr: sr.trim(), ...(bosnian && { bs: bosnian }), ...(english && { en: english }) }
}
