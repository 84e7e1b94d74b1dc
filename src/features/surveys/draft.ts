// What staff fill in about a survey, checked. Pure.
import { LANGUAGES, type Language } from '../../core/model/content.ts'
import type { Translated } from '../../core/model/poll.ts'
import type { Translate } from '../../core/model/topic.ts'
import {
  type DeedProblem,
  type DraftQuestion,
  type GivenQuestion,
  QUESTION_MAX,
  readQuestion,
  trimmed,
} from '../polls/index.ts'

/** Whoever asks more hears less. */
export const QUESTIONS_MAX = 20

export type SurveyProblem = DeedProblem

/** The survey's name, or what is wrong with it. */
export function readTitle(title: Translated): Translated | 'title' {
  const clean = trimmed(title)
  const isLong = LANGUAGES.some(language => (clean[language]?.length ?? 0) > QUESTION_MAX)
  return clean.sr && !isLong ? clean : 'title'
}

/** The questions, or the first thing that is wrong; `at`: with which one, from 0. */
export function readQuestions(
  given: readonly GivenQuestion[],
  sentences: (language: Language) => Translate,
): DraftQuestion[] | { problem: SurveyProblem; at?: number } {
  if (given.length < 1 || given.length > QUESTIONS_MAX) return { problem: 'questions' }
  const read: DraftQuestion[] = []
  for (const [at, question] of given.entries()) {
    const known = readQuestion(question, sentences)
    if (typeof known === 'string') return { problem: known, at }
    read.push(known)
  }
  return read
}
