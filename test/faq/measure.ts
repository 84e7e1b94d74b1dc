// Figures over the hand-written questions, as the bot would have decided.
import type { Matcher } from '../../src/features/answers/matcher.ts'
import type { Query } from './queries.ts'

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

export function measure(matcher: Matcher, queries: readonly Query[]): Figures {
  const asked = queries.map(query => ({ query, match: matcher.match(query.q, { language: query.lang }) }))
  const inside = asked
    .filter(({ query }) => query.kind === 'in')
    .map(({ query, match }) => ({
      decision: match.decision,
      place: match.top.findIndex(({ id }) => query.accept.includes(id)),
    }))
  const outside = asked.filter(({ query }) => query.kind !== 'in')
  const answered = inside.filter(({ decision }) => decision === 'answer')
  const isTop3 = (place: number) => place >= 0 && place < 3
  return {
    n: inside.length,
    top1: share(inside, ({ place }) => place === 0),
    recall3: share(inside, ({ place }) => isTop3(place)),
    mrr: inside.reduce((sum, { place }) => sum + (place < 0 ? 0 : 1 / (place + 1)), 0) / inside.length,
    answered: answered.length / inside.length,
    answeredRight: share(answered, ({ place }) => place === 0),
    offeredRight: share(inside, ({ decision, place }) => decision === 'suggest' && isTop3(place)),
    outside: outside.length,
    outsideAnswered: share(
      outside,
      ({ match }) => match.decision === 'answer' && match.top[0]?.id !== 'not-local',
    ),
  }
}

export function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.length ? items.filter(holds).length / items.length : 0
}
