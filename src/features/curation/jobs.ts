// What is computed for the content once it has changed: never at start, never while somebody waits.
import type { Content } from '../../core/model/content.ts'
import type { ScheduledJob } from '../../platform/jobs.ts'
import { type Desk, served, versionOf } from './desk.ts'
import { claimVersion, releaseVersion, storeVersion, wantVersion } from './version-store.ts'

/**
 * Cut-offs, figures and confusable pairs of what people get now: within a minute after something was published,
 * for the files at night.
 */
export function versionJobs(desk: Desk): ScheduledJob[] {
  return [
    { name: 'content-version', cron: '* * * * *', run: () => computeVersion(desk) },
    {
      name: 'content-version-nightly',
      cron: '20 2 * * *',
      run: () => wantVersion(desk.database.sql, versionOf(served(desk))),
    },
  ]
}

/** Computes what is known of the content if that is wanted and nobody else is at it. */
export async function computeVersion({ database: { sql }, files, workbench, ...desk }: Desk): Promise<void> {
  const content = served(desk)
  const hash = versionOf(content)
  if (hash !== versionOf(files.content)) await wantVersion(sql, hash)
  if (!(await claimVersion(sql, hash))) return
  try {
    await storeVersion(sql, hash, await workbench.compute(content, ownThresholds(content, hash)))
  } catch (error) {
    await releaseVersion(sql, hash)
    throw error
  }
}

/** The files may come with cut-offs of their own. */
function ownThresholds({ thresholds }: Content, hash: string): Content['thresholds'] {
  return thresholds?.sr.contentHash === hash ? thresholds : undefined
}
