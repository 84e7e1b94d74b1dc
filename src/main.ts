// npm start.
import { startApp } from './app.ts'
import { ConfigError, loadEnvFile, readConfig } from './config.ts'
import { claimDataDir } from './data-dir.ts'
import { createLog } from './platform/log.ts'

async function main(): Promise<void> {
  loadEnvFile()
  const config = readConfig()
  const release = claimDataDir(config.dataDir)
  process.once('exit', release)
  const log = createLog(config.logLevel)
  const app = await startApp(config, log)
  console.log(
    `\nKomšija listens. Web chat: ${app.url}\nConsole: ${app.console}\n${app.channels.map(line => `  ${line}`).join('\n')}\n`,
  )

  const stop = async () => {
    // A second signal, or a part that hangs, must not keep the process.
    setTimeout(() => process.exit(1), 4800).unref()
    await app.stop()
    process.exit(0)
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

main().catch((error: Error) => {
  const known = error instanceof ConfigError || error.name === 'ContentError'
  console.error(known ? error.message : `Komšija could not start: ${error.message}`)
  if (!known) console.error(error.stack)
  process.exit(1)
})
