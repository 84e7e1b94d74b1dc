// Where the console has things computed that take longer than a page may: one thread for whoever waits at the
// screen, and one at a time for a whole version of the content.
import path from 'node:path'
import type { Loaded } from '../../content/load.ts'
import type { Content } from '../../core/model/content.ts'
import { createThread, type Thread } from '../../platform/thread.ts'
import type { CurationTasks, Ground } from './thread.ts'
import type { Computed } from './version-store.ts'

const FILE = path.join(import.meta.dirname, 'thread.ts')

export interface Workbench {
  ask: Thread<CurationTasks>['ask']
  /** Everything there is to know about a content; a minute of one processor. */
  compute(content: Content, thresholds: Content['thresholds']): Promise<Computed>
  /** Ends what is being computed. */
  close(): Promise<void>
}

/** Nothing is started before it is asked for. */
export function createWorkbench({ facts, factSources, gold }: Loaded): Workbench {
  const ground: Ground = { facts, factSources, gold }
  const quick = createThread<CurationTasks>(FILE, ground)
  const patient = createThread<CurationTasks>(FILE, ground, 0)
  return {
    ask: quick.ask,
    compute: (content, thresholds) => patient.ask('compute', { content, thresholds }),
    async close() {
      await Promise.all([quick.close(), patient.close()])
    },
  }
}
