// Uses the server of a data folder until standard input ends.
import { startEmbedded } from '../../../src/platform/db/embedded/server.ts'

const server = await startEmbedded({ dataDir: process.argv[2] ?? '' })
console.log('ready')
process.stdin.resume()
process.stdin.once('end', async () => {
  await server.stop()
  process.exit(0)
})
