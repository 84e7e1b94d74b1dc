// Indexes for a content that differs little from the one before.
import { setImmediate as othersFirst } from 'node:timers/promises'
import type { Content } from '../../core/model/content.ts'
import type { Tongue } from './index-text.ts'
import { classTexts, type Indexes, indexFor } from './matcher.ts'

/** A content with its indexes. */
export type Indexed = { content: Content; indexes: Indexes }

/**
 * The indexes of a content; those whose texts are the same as before are kept. Others have their turn between
 * the two: nobody waits longer than one index takes.
 */
export async function renewIndexes(content: Content, before?: Indexed): Promise<Indexes> {
  const sr = keptIndex(content, 'sr', before) ?? indexFor(content, 'sr')
  await othersFirst()
  return { sr, en: keptIndex(content, 'en', before) ?? indexFor(content, 'en') }
}

/** Whether both contents are decided by the same cut-offs. */
export function sameCutOffs(a: Pick<Content, 'thresholds'>, b: Pick<Content, 'thresholds'>): boolean {
  return JSON.stringify(a.thresholds) === JSON.stringify(b.thresholds)
}

function keptIndex(content: Content, tongue: Tongue, before?: Indexed) {
  return before && textsOf(content, tongue) === textsOf(before.content, tongue)
    ? before.indexes[tongue]
    : undefined
}

function textsOf(content: Content, tongue: Tongue): string {
  const { sr, bs, en } = content.synonyms
  return JSON.stringify([classTexts(content, tongue), tongue === 'sr' ? [sr, bs] : en])
}
