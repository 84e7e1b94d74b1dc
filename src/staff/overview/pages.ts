// The first page of the console: what happened today and in the last 30 days.
import type { Log } from '../../platform/log.ts'
import type { Answer, StaffPage, Visit } from '../page.ts'
import { EVERYONE } from '../roles.ts'
import type { ConsoleOptions } from '../shell.ts'
import { headlines, type Loaded, overviewView } from './draw.ts'
import { channelsPart, peoplePart, sendingPart, systemPart } from './kernel-parts.ts'
import type { OverviewPart, OverviewReader } from './part.ts'

/** Every part: those of the features, then those of the kernel. */
export function overviewPartsOf({
  database: { sql },
  overview,
  channels,
}: Pick<ConsoleOptions, 'database' | 'overview' | 'channels'>): OverviewPart[] {
  return [...overview, sendingPart(sql), peoplePart(sql), systemPart(sql), channelsPart(sql, channels)]
}

export function overviewPages(options: ConsoleOptions): StaffPage[] {
  const parts = overviewPartsOf(options)
  return [
    {
      method: 'GET',
      path: '/console/overview',
      section: 'overview',
      roles: EVERYONE,
      handle: visit => show(visit, parts, options.log),
    },
  ]
}

async function show(visit: Visit, parts: readonly OverviewPart[], log: Log): Promise<Answer> {
  const loaded = await loadParts(parts, visit, log)
  if (visit.isPart) return { kind: 'part', body: headlines(visit, loaded) }
  return {
    kind: 'page',
    title: visit.t('console.section.overview'),
    body: overviewView(visit, loaded),
    wide: true,
  }
}

/** Reads all parts side by side. One that can't be read doesn't hide the others. */
export function loadParts(
  parts: readonly OverviewPart[],
  reader: OverviewReader,
  log: Log,
): Promise<Loaded[]> {
  return Promise.all(
    parts.map(async ({ id, load }) => {
      const block = await load(reader).catch(error => {
        log.error({ err: error, part: id }, 'a part of the overview could not be read')
        return undefined
      })
      return { id, ...(block && { block }) }
    }),
  )
}
