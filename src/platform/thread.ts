// Work that takes seconds, done in a thread of its own so that nobody waits for it but who asked. A thread is
// started when it is first asked and ends when nobody asked for a while; one that dies is started anew.
import { parentPort, Worker, workerData } from 'node:worker_threads'

/** What a thread can do: each takes one value that can be cloned, and returns one. */
export type Tasks = Record<string, (input: never) => unknown>

type Input<T extends Tasks, Name extends keyof T> = Parameters<T[Name]>[0]
type Output<T extends Tasks, Name extends keyof T> = Awaited<ReturnType<T[Name]>>

export interface Thread<T extends Tasks> {
  /** Does one thing after the other; rejects when it throws or the thread is closed. */
  ask<Name extends keyof T & string>(name: Name, input: Input<T, Name>): Promise<Output<T, Name>>
  close(): Promise<void>
}

type Question = { id: number; name: string; input: never }
type Reply = { id: number; output?: unknown; problem?: string }
type Waiting = { resolve(value: unknown): void; reject(error: Error): void }

const IDLE_MS = 5 * 60_000

/** `file` calls `doTasks`; `data` is what it finds as `threadData()`. */
export function createThread<T extends Tasks>(file: string, data: unknown, idleMs = IDLE_MS): Thread<T> {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let count = 0
  let idle: NodeJS.Timeout | undefined

  async function end(cause: Error): Promise<void> {
    const ended = worker
    worker = undefined
    clearTimeout(idle)
    for (const { reject } of waiting.values()) reject(cause)
    waiting.clear()
    await ended?.terminate()
  }

  function start(): Worker {
    const started = new Worker(file, { workerData: data, execArgv: [] })
    started.unref()
    const lost = (error: Error) => void (worker === started && end(error))
    started.on('message', ({ id, output, problem }: Reply) => {
      const asked = waiting.get(id)
      waiting.delete(id)
      if (problem === undefined) asked?.resolve(output)
      else asked?.reject(new Error(problem))
      if (waiting.size === 0) rest()
    })
    started.on('error', lost)
    started.on('exit', () => lost(new Error('the thread has ended')))
    return started
  }

  function rest(): void {
    idle = setTimeout(() => void end(new Error('nobody asked for a while')), idleMs)
    idle.unref()
  }

  return {
    ask(name, input) {
      clearTimeout(idle)
      worker ??= start()
      const id = ++count
      worker.postMessage({ id, name, input })
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve: value => resolve(value as never), reject })
      })
    },
    close: () => end(new Error('the thread was closed')),
  }
}

/** Inside of a thread: answers what it is asked, in order. */
export function doTasks(tasks: Tasks): void {
  let before: Promise<unknown> = Promise.resolve()
  parentPort?.on('message', ({ id, name, input }: Question) => {
    before = before.then(async () => {
      try {
        const output: unknown = await tasks[name]?.(input)
        parentPort?.postMessage({ id, output } satisfies Reply)
      } catch (error) {
        parentPort?.postMessage({ id, problem: String(error) } satisfies Reply)
      }
    })
  })
}

/** Inside of a thread: what it was started with. */
export function threadData(): unknown {
  return workerData
}
