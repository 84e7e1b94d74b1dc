// Pairs of answers that questions will be torn between: an editor should tell them apart.
import type { Content } from '../../core/model/content.ts'
import { createIndex, type Index } from './index-build.ts'
import { classTexts, type Indexes } from './matcher.ts'

/** Two entries and the phrasing of the first that scores about as high in the second. */
export type Confusable = { id: string; other: string; phrasing: string }

/** A phrasing of an entry should be this much closer to it than to any other. */
const LEAD = 0.03

/** Phrasings of which another entry says nearly the same, one per pair of entries, in the order of the content. */
export function confusablePairs(content: Content): Confusable[] {
  return onePerPair(
    (['sr', 'en'] as const).flatMap(tongue => {
      const index = createIndex(classTexts(content, tongue), tongue, [])
      return index.classes.flatMap((_, row) => tooNear(index, rivalriesOf(index, row)))
    }),
  )
}

/** Neighbours whose own phrasings are asked too. */
const NEIGHBOURS = 2

/** The pairs of one entry: its phrasings are asked, and those of the entries that are nearest to it. */
export function confusableWith(indexes: Indexes, id: string): Confusable[] {
  return onePerPair(
    [indexes.sr, indexes.en].flatMap(index => {
      const row = index.classes.findIndex(text => text.id === id)
      const own = rivalriesOf(index, row)
      const neighbours = mostFrequent(own.map(({ rival }) => rival)).slice(0, NEIGHBOURS)
      const theirs = neighbours.flatMap(near => tooNear(index, rivalriesOf(index, near)))
      return [...tooNear(index, own), ...theirs.filter(({ other }) => other === id)]
    }),
  )
}

/** A phrasing of the entry in a row, the other entry that is nearest to it, and by how much its own leads. */
type Rivalry = { row: number; phrasing: string; rival: number; lead: number }

function rivalriesOf({ classes, score }: Index, row: number): Rivalry[] {
  const own = classes[row]
  if (!own || own.negative) return []
  const others = classes.flatMap((other, at) => (at === row || other.negative ? [] : [at]))
  if (others.length === 0) return []
  return own.phrasings.map(phrasing => {
    const { total } = score(phrasing)
    const rival = others.reduce((best, at) => ((total[at] ?? 0) > (total[best] ?? 0) ? at : best))
    return { row, phrasing, rival, lead: (total[row] ?? 0) - (total[rival] ?? 0) }
  })
}

function tooNear({ classes }: Index, rivalries: readonly Rivalry[]): Confusable[] {
  const idOf = (row: number) => classes[row]?.id ?? ''
  return rivalries
    .filter(({ lead }) => lead < LEAD)
    .map(({ row, rival, phrasing }) => ({ id: idOf(row), other: idOf(rival), phrasing }))
}

function mostFrequent(rows: readonly number[]): number[] {
  return [...Map.groupBy(rows, row => row)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([row]) => row)
}

function onePerPair(found: readonly Confusable[]): Confusable[] {
  const pairs = new Map<string, Confusable>()
  for (const pair of found) {
    const key = `${pair.id} ${pair.other}`
    if (!pairs.has(key)) pairs.set(key, pair)
  }
  return [...pairs.values()]
}
