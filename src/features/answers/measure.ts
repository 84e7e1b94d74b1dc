// How good the matcher is on the questions of content/gold, as the bot would have decided.
import type { GoldQuestion } from '../../content/gold.ts'
import type { Match } from '../../core/model/match.ts'
import type { Matcher } from './matcher.ts'

/** Shares as 0–1. */
export type Figures = {
  n: number
  /** Shares of questions with a right answer first, and among the first three. */
  top1: number
  recall3: number
  mrr: number
  /** Of all in scope: answered directly; of these: right. */
  answered: number
  answeredRight: number
  /** Of all in scope: offered, with a right answer among the three buttons. */
  offeredRight: number
  /** Of all out of scope: answered directly with something else than "not the city's business". */
  outside: number
  outsideAnswered: number
}

/** A question and what the matcher made of it. */
export type Asked = { question: GoldQuestion; match: Match }

/** Asks every question in the language of its chat. */
export function askGold({ match }: Matcher, questions: readonly GoldQuestion[]): Asked[] {
  return questions.map(question => ({ question, match: match(question.q, { language: question.lang }) }))
}

/** Figures over all questions. */
export function measure(matcher: Matcher, questions: readonly GoldQuestion[]): Figures {
  return figuresOf(askGold(matcher, questions))
}

export function figuresOf(asked: readonly Asked[]): Figures {
  const inside = asked
    .filter(({ question }) => question.kind === 'in')
    .map(({ question, match }) => ({ decision: match.decision, place: placeOf(question, match) }))
  const outside = asked.filter(({ question }) => question.kind !== 'in')
  const answered = inside.filter(({ decision }) => decision === 'answer')
  const isTop3 = (place: number) => place >= 0 && place < 3
  return {
    n: inside.length,
    top1: share(inside, ({ place }) => place === 0),
    recall3: share(inside, ({ place }) => isTop3(place)),
    mrr: inside.reduce((sum, { place }) => sum + (place < 0 ? 0 : 1 / (place + 1)), 0) / inside.length,
    answered: share(inside, ({ decision }) => decision === 'answer'),
    answeredRight: share(answered, ({ place }) => place === 0),
    offeredRight: share(inside, ({ decision, place }) => decision === 'suggest' && isTop3(place)),
    outside: outside.length,
    outsideAnswered: share(outside, ({ match }) => answersOutside(match)),
  }
}

/** Where the first right answer stands in the ranking; -1 if it doesn't. */
function placeOf({ accept }: GoldQuestion, { top }: Match): number {
  return top.findIndex(({ id }) => accept.includes(id))
}

/** Answered with something else than "not the city's business". */
function answersOutside({ decision, top }: Match): boolean {
  return decision === 'answer' && top[0]?.id !== 'not-local'
}

/**
 * How well a question fares: 3 answered right, 2 offered among three, 1 passed on although an answer exists,
 * 0 answered wrongly. Out of scope everything but a direct answer is right.
 */
export function gradeOf({ question, match }: Asked): 0 | 1 | 2 | 3 {
  if (question.kind !== 'in') return answersOutside(match) ? 0 : 3
  const place = placeOf(question, match)
  if (match.decision === 'answer') return place === 0 ? 3 : 0
  return match.decision === 'suggest' && place >= 0 && place < 3 ? 2 : 1
}

export function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.length ? items.filter(holds).length / items.length : 0
}
