// Pairs of answers that questions will be torn between: an editor should tell them apart.
import type { Content } from '../../core/model/content.ts'
import { createIndex } from './index-build.ts'
import { classTexts } from './matcher.ts'

/** Two entries and the phrasing of the first that scores about as high in the second. */
export type Confusable = { id: string; other: string; phrasing: string }

/** A phrasing of an entry should be this much closer to it than to any other. */
const LEAD = 0.03

/** Phrasings of which another entry says nearly the same, one per pair of entries, in the order of the content. */
export function confusablePairs(content: Content): Confusable[] {
  const pairs = new Map<string, Confusable>()
  for (const tongue of ['sr', 'en'] as const) {
    const classes = classTexts(content, tongue)
    const index = createIndex(classes, tongue, [])
    classes.forEach(({ id, negative, phrasings }, row) => {
      if (negative) return
      for (const phrasing of phrasings) {
        const { total } = index.score(phrasing)
        const own = total[row] ?? 0
        const rival = classes.findIndex(
          (other, at) => at !== row && !other.negative && (total[at] ?? 0) > own - LEAD,
        )
        const other = classes[rival]?.id
        if (other !== undefined && !pairs.has(`${id} ${other}`))
          pairs.set(`${id} ${other}`, { id, other, phrasing })
      }
    })
  }
  return [...pairs.values()]
}
