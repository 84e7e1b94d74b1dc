// What the bot knows at this moment. Content and settings change while it runs; whoever answers asks here
// each time.
import type { Settings } from './core/model/settings.ts'
import type { Knowledge } from './core/step.ts'
import { CONTENT_NEWS, readLiveContent } from './features/curation/index.ts'
import { type Files, knowledgeOf } from './knowledge.ts'
import type { Database } from './platform/db/database.ts'
import { listenTo } from './platform/db/notifications.ts'
import type { Log } from './platform/log.ts'
import { followSettings } from './settings/index.ts'

export interface Live {
  knowledge(): Knowledge
  settings(): Settings
  stop(): Promise<void>
}

/** Follows what staff decide and publish, beginning with what the files say. */
export async function followKnowledge(
  files: Files,
  options: { database: Database; databaseUrl: string; log: Log },
): Promise<Live> {
  const { database, databaseUrl, log } = options
  const { content } = files.loaded
  let indexed = await readLiveContent(database.sql, content)
  let knowledge = knowledgeOf(files, indexed)
  const settings = await followSettings({
    ...options,
    onChange(next) {
      knowledge = { ...knowledge, settings: next }
    },
  })
  const readAgain = oneAtATime(async () => {
    const next = await readLiveContent(database.sql, content, indexed)
    if (next === indexed) return
    indexed = next
    knowledge = { ...knowledgeOf(files, indexed), settings: knowledge.settings }
  }, log)
  const news = listenTo({
    url: databaseUrl,
    channel: CONTENT_NEWS,
    onPayload: readAgain,
    onConnected: readAgain,
  })
  return {
    knowledge: () => knowledge,
    settings: () => knowledge.settings,
    async stop() {
      await Promise.all([settings.stop(), news.stop()])
    },
  }
}

/** Runs the work, and once more if it was asked for meanwhile. */
function oneAtATime(work: () => Promise<void>, log: Log): () => void {
  let running = false
  let again = false
  const run = async () => {
    running = true
    do {
      again = false
      await work().catch(error => log.warn({ err: error }, 'the content could not be read again'))
    } while (again)
    running = false
  }
  return () => {
    if (running) again = true
    else void run()
  }
}
