// A program of ours as a process of its own, as people run it.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const ROOT = path.join(import.meta.dirname, '../..')

export type Child = { child: ChildProcess; said: string }

/** Starts a script and resolves to what `ready` found in its output. */
export async function startChild(script: string, env: Record<string, string>, ready: RegExp): Promise<Child> {
  const child = spawn(process.execPath, [path.join(ROOT, script)], {
    cwd: tmpdir(),
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said = await new Promise<string>((resolve, reject) => {
    let output = ''
    child.stdout.on('data', chunk => {
      output += String(chunk)
      const found = ready.exec(output)
      if (found?.[1]) resolve(found[1])
    })
    child.once('exit', code => reject(new Error(`${script} ended with ${code}: ${output}`)))
  })
  return { child, said }
}

export function stopChild(child: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

export type App = { url: string; stop(): Promise<void> }

/** The whole application on a database, with these settings. */
export async function startApp(databaseUrl: string, env: Record<string, string>): Promise<App> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'komsija-bench-app-'))
  const { child, said } = await startChild(
    'src/main.ts',
    { DATABASE_URL: databaseUrl, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error', ...env },
    /Web chat: http:\/\/localhost:(\d+)/,
  )
  return {
    url: `http://127.0.0.1:${said}`,
    async stop() {
      await stopChild(child)
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
