// npm run chat: the bot in the terminal, on the same database as everything else.
import { createTerminalChannel } from '../channels/terminal/index.ts'
import { startKernel } from '../kernel.ts'
import { readFiles } from '../knowledge.ts'
import { followKnowledge } from '../live.ts'
import { openDatabase } from '../platform/db/database.ts'
import { createLog } from '../platform/log.ts'
import { withDatabase } from './open.ts'

await withDatabase(async (url, { contentDir, publicUrl, port }) => {
  const files = await readFiles({ contentDir, publicUrl: publicUrl ?? `http://localhost:${port}` })
  const database = openDatabase({ url, poolSize: 4 })
  const log = createLog('error')
  const live = await followKnowledge(files, { database, databaseUrl: url, log })
  const terminal = createTerminalChannel({ input: process.stdin, output: process.stdout })
  const kernel = startKernel({ database, channels: [terminal], knowledge: live.knowledge, log })
  process.once('SIGINT', () => process.stdin.destroy())
  // Resolves when the input ends.
  await terminal.listen(kernel.receive).start?.()
  await kernel.stop()
  await live.stop()
  await database.close()
})
