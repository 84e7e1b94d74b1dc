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
      return index.classes.flatMap((_, row) => rivals(index, row))
    }),
  )
}

/** Neighbours whose own phrasings are asked too. */
const NEIGHBOURS = 3

/** The pairs of one entry: its phrasings are asked, and those of the entries that are nearest to it. */
export function confusableWith(indexes: Indexes, id: string): Confusable[] {
  return onePerPair(
    [indexes.sr, indexes.en].flatMap(index => {
      const row = index.classes.findIndex(text => text.id === id)
      if (row < 0) return []
      const around = neighbours(index, row).flatMap(near => rivals(index, near))
      return [...rivals(index, row), ...around.filter(({ other }) => other === id)]
    }),
  )
}

/** What the phrasings of one entry may be taken for. */
function rivals({ classes, score }: Index, row: number): Confusable[] {
  const { id, negative, phrasings } = classes[row] ?? { id: '', negative: true, phrasings: [] }
  if (negative) return []
  return phrasings.flatMap(phrasing => {
    const { total } = score(phrasing)
    const own = total[row] ?? 0
    const rival = classes.find((other, at) => at !== row && !other.negative && (total[at] ?? 0) > own - LEAD)
    return rival ? [{ id, other: rival.id, phrasing }] : []
  })
}

/** The entries that come second most often when an entry's phrasings are asked. */
function neighbours({ classes, score }: Index, row: number): number[] {
  const seconds = (classes[row]?.phrasings ?? []).map(phrasing => {
    const { total } = score(phrasing)
    return total.reduce(
      (best, score, at) =>
        at === row || classes[at]?.negative || (best >= 0 && score <= (total[best] ?? 0)) ? best : at,
      -1,
    )
  })
  return [...Map.groupBy(seconds, second => second)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([second]) => second)
    .slice(0, NEIGHBOURS)
}

function onePerPair(found: readonly Confusable[]): Confusable[] {
  const pairs = new Map<string, Confusable>()
  for (const pair of found) {
    const key = `${pair.id} ${pair.other}`
    if (!pairs.has(key)) pairs.set(key, pair)
  }
  return [...pairs.values()]
}
