// The application as a process of its own, as an operator starts it.
import { type ChildProcess, spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import path from 'node:path'

export const ROOT = path.join(import.meta.dirname, '../..')

export interface AppProcess {
  url: string
  /** What it printed so far. */
  output(): string
  /** SIGKILL: no farewell. */
  kill(): Promise<void>
  /** SIGTERM; resolves to the seconds it took. */
  stop(): Promise<number>
  child: ChildProcess
}

/** Starts src/main.ts and resolves once it listens; rejects with its output when it ends before. */
export async function startProcess(env: Record<string, string>): Promise<AppProcess> {
  const child = spawn(process.execPath, [path.join(ROOT, 'src/main.ts')], {
    cwd: tmpdir(),
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LOG_LEVEL: 'error', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return whenListening(child)
}

/** Waits for the line that names the web chat. */
export async function whenListening(child: ChildProcess): Promise<AppProcess> {
  let output = ''
  const exited = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += String(chunk)
      const found = /Web chat: (http:\S+)/.exec(output)
      if (found?.[1]) resolve(found[1])
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', code => reject(new Error(`ended with ${code}:\n${output}`)))
  })
  const end = async (signal: NodeJS.Signals) => {
    const began = performance.now()
    child.kill(signal)
    await exited
    return (performance.now() - began) / 1000
  }
  return {
    url,
    output: () => output,
    child,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  }
}
