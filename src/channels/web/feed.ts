// The streams of this process. A stream reads the outbox from where its browser stands whenever the
// chat has news, so that nothing depends on a notification having arrived.
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Log } from '../../platform/log.ts'
import type { Shown } from './browser/view.js'

const PAGE = 100
/** Keeps proxies from closing a quiet stream, and tells us of browsers that went away. */
const HEARTBEAT_MS = 20_000
/** How long a browser that reads nothing may keep a full stream waiting. */
const STALLED_MS = 60_000
/** When all streams must look again, so many look at a time. */
const CATCH_UP_AT_ONCE = 8
/** What browsers wait before they connect again. */
const RETRY_MS = 1000

export type FeedOptions = {
  read: (query: { address: string; after: number; limit: number }) => Promise<Shown[]>
  log: Log
}

export interface Feed {
  /** Streams what comes after `after`, from now until either side ends it. Headers are sent already. */
  open(response: ServerResponse, from: { address: string; after: number }): void
  /** The chat has something new. */
  wake(address: string): void
  /** Any chat may have something new. */
  wakeAll(): Promise<void>
  /** Resolves when the chat next has news, or after `ms`. */
  news(address: string, ms: number): Promise<void>
  /** Ends every stream. */
  close(): void
}

type Stream = { catchUp(): Promise<void>; beat(): void; end(): void }
type Listener = () => void

export function createFeed({ read, log }: FeedOptions): Feed {
  const streams = new Map<string, Set<Stream>>()
  const waiting = new Map<string, Set<Listener>>()
  const all = () => [...streams.values()].flatMap(set => [...set])
  const heartbeat = setInterval(() => {
    for (const stream of all()) stream.beat()
  }, HEARTBEAT_MS)
  heartbeat.unref()

  return {
    open(response, { address, after }) {
      const stream = createStream({
        response,
        after,
        log,
        read: from => read({ address, after: from, limit: PAGE }),
      })
      add(streams, address, stream)
      response.once('close', () => remove(streams, address, stream))
      response.write(`retry: ${RETRY_MS}\n\n`)
      void stream.catchUp()
    },
    wake(address) {
      for (const stream of streams.get(address) ?? []) void stream.catchUp()
      for (const listener of waiting.get(address) ?? []) listener()
    },
    async wakeAll() {
      const behind = all()
      const work = async () => {
        for (let stream = behind.pop(); stream; stream = behind.pop()) await stream.catchUp()
      }
      await Promise.all(Array.from({ length: CATCH_UP_AT_ONCE }, work))
    },
    news(address, ms) {
      return new Promise(resolve => {
        const done = () => {
          clearTimeout(timer)
          remove(waiting, address, done)
          resolve()
        }
        const timer = setTimeout(done, ms)
        add(waiting, address, done)
      })
    },
    close() {
      clearInterval(heartbeat)
      for (const stream of all()) stream.end()
      for (const listeners of waiting.values()) for (const listener of listeners) listener()
    },
  }
}

type StreamOptions = {
  response: ServerResponse
  after: number
  read: (after: number) => Promise<Shown[]>
  log: Log
}

function createStream({ response, after, read, log }: StreamOptions): Stream {
  const closed = new AbortController()
  response.once('close', () => closed.abort())
  // A write to a browser that is gone must not end the process.
  response.on('error', () => closed.abort())
  let last = after
  let reading: Promise<void> | undefined
  let again = false

  /** Whether to look again and that nobody is looking any more are settled in one tick: no news is missed. */
  async function catchUp(): Promise<void> {
    try {
      do {
        again = false
        const messages = await read(last)
        for (const message of messages) await write(message)
        if (messages.length === PAGE) again = true
      } while (again && !closed.signal.aborted)
    } catch (error) {
      // The browser connects again and says where it stands.
      if (!closed.signal.aborted) log.warn({ err: error }, 'a stream was cut off')
      response.destroy()
    } finally {
      reading = undefined
    }
  }

  async function write(message: Shown): Promise<void> {
    closed.signal.throwIfAborted()
    const full = !response.write(`id: ${message.seq}\ndata: ${JSON.stringify(message)}\n\n`)
    last = message.seq
    if (full)
      await once(response, 'drain', {
        signal: AbortSignal.any([closed.signal, AbortSignal.timeout(STALLED_MS)]),
      })
  }

  return {
    catchUp() {
      if (closed.signal.aborted) return Promise.resolve()
      again = true
      reading ??= catchUp()
      return reading
    },
    beat() {
      if (!response.writableNeedDrain) response.write(':\n\n')
    },
    end() {
      closed.abort()
      response.end()
      response.destroy()
    },
  }
}

function add<T>(map: Map<string, Set<T>>, key: string, value: T): void {
  const set = map.get(key) ?? new Set()
  map.set(key, set.add(value))
}

function remove<T>(map: Map<string, Set<T>>, key: string, value: T): void {
  const set = map.get(key)
  set?.delete(value)
  if (set?.size === 0) map.delete(key)
}
