// Questions that nobody could answer, as an editor can take them: those that ask the same together, without
// those somebody has dealt with. Two questions ask the same when the matcher's letter score (pieces of words,
// stems and pairs of stems) says so; see features/answers/clusters.ts.
import type { Language } from '../../core/model/content.ts'
import { createNearness, leadersOf, type Tongue } from '../answers/index.ts'

/** `at`: milliseconds since the epoch. */
export type Miss = { id: string; question: string; language: Language; at: number; decided: boolean }

/** Questions that were dealt with at a moment. */
export type Dealt = { questions: string[]; tongue: Tongue; at: number }

/** One wording with all misses that have it. `id`: one of them. */
export type Wording = { id: string; question: string; language: Language; count: number; last: number }

export type Cluster = { wordings: Wording[]; count: number; last: number }

/** From this cosine on two questions are one. Measured: 98 of 100 are joined rightly. */
const SAME = 0.45
/** Nearer than that, a new question goes where an old one went, unseen. */
const SURELY_SAME = 0.6

/** Those that nobody has dealt with, most frequent first. */
export function clusterMisses(misses: readonly Miss[], dealt: readonly Dealt[]): Cluster[] {
  return (['sr', 'en'] as const)
    .flatMap(tongue =>
      clustersIn(
        misses.filter(({ language }) => tongueOf(language) === tongue),
        dealt.filter(other => other.tongue === tongue),
        tongue,
      ),
    )
    .toSorted((a, b) => b.count - a.count || b.last - a.last)
}

/** Serbian and Bosnian are compared with each other. */
export function tongueOf(language: Language): Tongue {
  return language === 'en' ? 'en' : 'sr'
}

function clustersIn(misses: readonly Miss[], dealt: readonly Dealt[], tongue: Tongue): Cluster[] {
  const wordings = wordingsOf(misses.filter(({ decided }) => !decided))
  const texts = wordings.map(({ question }) => question)
  const nearness = createNearness(texts, tongue)
  const past = dealt.flatMap(({ questions, at }) => questions.map(text => ({ near: nearness(text), at })))
  // What stood beside it when it was dealt with was left open on purpose.
  const isDealt = (place: number, { first }: First) =>
    past.some(({ near, at }) => (near[place] as number) >= SURELY_SAME && first > at)
  const leaders = leadersOf(texts, nearness, SAME)
  const open = wordings
    .map((wording, place) => ({ wording, place, leader: leaders[place] }))
    .filter(({ wording, place }) => !isDealt(place, wording))
  const groups = Map.groupBy(open, ({ leader }) => leader)
  return [...groups.values()].map(group => clusterOf(group.map(({ wording }) => wording)))
}

/** `first`: when it was asked first. */
type First = Wording & { first: number }

function clusterOf(wordings: readonly First[]): Cluster {
  return {
    wordings: wordings.map(({ first: _first, ...wording }) => wording),
    count: wordings.reduce((sum, { count }) => sum + count, 0),
    last: Math.max(...wordings.map(({ last }) => last)),
  }
}

/** Most frequent first: it leads. */
function wordingsOf(misses: readonly Miss[]): First[] {
  const groups = Map.groupBy(misses, ({ question, language }) => `${language} ${question}`)
  return [...groups.values()]
    .map(group => {
      const [{ id, question, language } = { id: '', question: '', language: 'sr' as const }] = group
      const times = group.map(({ at }) => at)
      return {
        id,
        question,
        language,
        count: group.length,
        first: Math.min(...times),
        last: Math.max(...times),
      }
    })
    .toSorted((a, b) => b.count - a.count || b.last - a.last)
}
