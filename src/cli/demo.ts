// npm run demo: the application with a made-up month of a city's life, for showing it. Everything goes when it stops.
import { ConfigError, loadEnvFile, readConfig } from '../config.ts'
import { CREDENTIALS, type Credential } from '../demo/office.ts'
import { type Demo, startDemo } from '../demo/start.ts'
import { createLog } from '../platform/log.ts'
import { totpCode, totpUri } from '../staff/command-line.ts'

function signInLines({ role, email, password, totpSecret }: Credential): string {
  return `  ${role.padEnd(8)}${email}  ${password}  code now ${totpCode(totpSecret)}
          ${totpUri('Komšija demo', email, totpSecret)}`
}

const codeLines = () =>
  CREDENTIALS.map(({ role, totpSecret }) => `  ${role.padEnd(8)}${totpCode(totpSecret)}`)

/** Nothing stays behind, also of a demo that is stopped while it starts. A second signal doesn't wait. */
function stopWith(starting: Promise<Demo>): void {
  const stop = async () => {
    await starting.then(demo => demo.stop())
    process.exit(0)
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

async function main(): Promise<void> {
  loadEnvFile()
  const starting = startDemo(readConfig(), createLog('error'))
  stopWith(starting)
  const demo = await starting
  console.log(`
A month was lived in ${(demo.fillMs / 1000).toFixed(1)} s.
Web chat: ${demo.url}
Console:  ${demo.url}/console

Sign in with address, password and code; every code works once:
${CREDENTIALS.map(signInLines).join('\n')}

Enter shows the codes of the moment, Ctrl+C ends the demo.`)
  process.stdin.on('data', () => console.log(codeLines().join('\n')))
}

main().catch((error: Error) => {
  console.error(error instanceof ConfigError ? error.message : `The demo could not start: ${error.message}`)
  process.exit(1)
})
