// The demo: a database that is thrown away, the month, and the application as it is, with channels that show
// messages to nobody in place of the platforms.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type App, startApp } from '../app.ts'
import type { Config } from '../config.ts'
import { renewIndexes } from '../features/answers/index.ts'
import { createWorkbench } from '../features/curation/index.ts'
import { knowledgeOf, readFiles } from '../knowledge.ts'
import { openDatabase } from '../platform/db/database.ts'
import { removePlace } from '../platform/db/embedded/place.ts'
import { startEmbedded } from '../platform/db/embedded/server.ts'
import { migrate } from '../platform/db/migrate.ts'
import type { Log } from '../platform/log.ts'
import { createMedia } from '../platform/media/media.ts'
import { fillMonth } from './fill.ts'
import { quietChannel } from './quiet-channels.ts'

/** `fillMs`: how long it took to live the month. */
export type Demo = App & { fillMs: number }

/** Starts the demo; only address, port and content of the configuration count. Stopping it leaves nothing behind. */
export async function startDemo(config: Config, log: Log): Promise<Demo> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'komsija-demo-'))
  const stops = [async () => removePlace(dataDir)]
  const stop = async () => {
    for (const undo of stops.splice(0).reverse()) await undo()
  }
  try {
    const server = await startEmbedded({ dataDir, durable: false })
    stops.push(() => server.stop())
    await migrate(server.url)
    const fillMs = await fill(server.url, config, log)
    const { port, host, publicUrl, contentDir, trustProxy, logLevel, rates } = config
    const own: Config = {
      ...{ port, host, publicUrl, contentDir, trustProxy, logLevel, rates, dataDir },
      databaseUrl: server.url,
      role: 'all',
      webChatOrigins: [],
    }
    const quiet = (['telegram', 'viber', 'botframework'] as const).map(id => quietChannel(id))
    const app = await startApp(own, log, quiet)
    stops.push(() => app.stop())
    return { ...app, fillMs, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function fill(url: string, config: Config, log: Log): Promise<number> {
  const publicUrl = config.publicUrl ?? `http://localhost:${config.port}`
  const files = await readFiles({ contentDir: config.contentDir, publicUrl })
  const { content } = files.loaded
  const knowledge = knowledgeOf(files, { content, indexes: await renewIndexes(content) })
  const database = openDatabase({ url })
  const workbench = createWorkbench(files.loaded)
  const began = performance.now()
  try {
    const media = await createMedia({ database, folders: [] })
    const parts = {
      database,
      knowledge: () => knowledge,
      files: files.loaded,
      workbench,
      media,
      publicUrl,
      log,
    }
    await fillMonth(parts)
  } finally {
    await workbench.close()
    await database.close()
  }
  return performance.now() - began
}
