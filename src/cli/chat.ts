// npm run chat: the bot in the terminal, on the same database as everything else.
import { createTerminalChannel } from '../channels/terminal/index.ts'
import { startKernel } from '../kernel.ts'
import { readKnowledge } from '../knowledge.ts'
import { openDatabase } from '../platform/db/database.ts'
import { createLog } from '../platform/log.ts'
import { withDatabase } from './open.ts'

await withDatabase(async (url, { contentDir, publicUrl, port }) => {
  const knowledge = await readKnowledge({ contentDir, publicUrl: publicUrl ?? `http://localhost:${port}` })
  const database = openDatabase({ url, poolSize: 4 })
  const terminal = createTerminalChannel({ input: process.stdin, output: process.stdout })
  const kernel = startKernel({
    database,
    channels: [terminal],
    knowledge: () => knowledge,
    log: createLog('error'),
  })
  process.once('SIGINT', () => process.stdin.destroy())
  // Resolves when the input ends.
  await terminal.listen(kernel.receive).start?.()
  await kernel.stop()
  await database.close()
})
