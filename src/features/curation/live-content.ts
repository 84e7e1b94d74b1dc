// The content as it is now, with its indexes: read again from the rows whenever somebody publishes.
import { setImmediate as othersFirst } from 'node:timers/promises'
import type { Content } from '../../core/model/content.ts'
import type { Sql } from '../../platform/db/database.ts'
import { type Indexed, renewIndexes, sameCutOffs } from '../answers/index.ts'
import { compose, type Published, standingOf } from './compose.ts'
import { versionOf } from './desk.ts'
import { itemOf } from './item.ts'
import { noteMerged, publishedRevisions } from './store.ts'
import { thresholdsFor } from './version-store.ts'

/**
 * Reads what is published and builds what is needed for it. `before`: what was read last; an index whose texts
 * are the same is kept, and so is the content when nothing is new.
 */
export async function readLiveContent(sql: Sql, files: Content, before?: Indexed): Promise<Indexed> {
  const published = await publishedRevisions(sql)
  await noteMergedIn(sql, files, published)
  const composed = compose(files, published)
  const thresholds = await thresholdsFor(sql, versionOf(composed), files)
  if (before && before.content.hash === composed.hash && sameCutOffs(before.content, { thresholds })) {
    return before
  }
  const content = { ...composed, thresholds }
  await othersFirst()
  return { content, indexes: await renewIndexes(content, before) }
}

async function noteMergedIn(sql: Sql, files: Content, published: readonly Published[]): Promise<void> {
  const news = published.filter(
    revision => !revision.merged && standingOf(revision, itemOf(files, revision.contentId)) === 'merged',
  )
  if (news.length)
    await noteMerged(
      sql,
      news.map(({ id }) => id),
    )
}
