// What the bot knows at this moment. Content and settings change while it runs; whoever answers asks here
// each time.
import type { Settings } from './core/model/settings.ts'
import type { Knowledge } from './core/step.ts'
import type { Database } from './platform/db/database.ts'
import type { Log } from './platform/log.ts'
import { followSettings } from './settings/index.ts'

export interface Live {
  knowledge(): Knowledge
  settings(): Settings
  stop(): Promise<void>
}

/** Follows what staff decide, beginning with what the files say. */
export async function followKnowledge(
  files: Knowledge,
  options: { database: Database; databaseUrl: string; log: Log },
): Promise<Live> {
  let knowledge = files
  const settings = await followSettings({
    ...options,
    onChange(next) {
      knowledge = { ...knowledge, settings: next }
    },
  })
  return { knowledge: () => knowledge, settings: () => knowledge.settings, stop: () => settings.stop() }
}
