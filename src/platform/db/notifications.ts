// PostgreSQL's NOTIFY, heard on one connection per process.
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

export interface Subscription {
  /** Closes the connection. */
  stop(): Promise<void>
}

export type Listening = {
  /** Connection string of the database. */
  url: string
  /** The channel as NOTIFY names it. */
  channel: string
  onPayload: (payload: string) => void
  /** We hear again; what was notified before this moment may have been missed. */
  onConnected?: () => void
}

const RETRY_FIRST_MS = 100
const RETRY_MAX_MS = 5000
/** A connection that died without a word is noticed after this long (ms). */
const PING_MS = 15_000
const PING_TIMEOUT_MS = 5000

/** Listens until it is stopped, and connects again whenever the connection breaks. */
export function listenTo(listening: Listening): Subscription {
  const ended = new AbortController()
  const done = keepListening(listening, ended.signal)
  return {
    async stop() {
      ended.abort()
      await done
    },
  }
}

async function keepListening(listening: Listening, ended: AbortSignal): Promise<void> {
  let pause = RETRY_FIRST_MS
  while (!ended.aborted) {
    const heard = await listenOnce(listening, ended)
    pause = heard ? RETRY_FIRST_MS : Math.min(pause * 2, RETRY_MAX_MS)
    await sleep(pause, undefined, { signal: ended }).catch(() => undefined)
  }
}

/** Resolves when the connection is over: to whether there was one. */
async function listenOnce(
  { url, channel, onPayload, onConnected }: Listening,
  ended: AbortSignal,
): Promise<boolean> {
  const client = new pg.Client({
    connectionString: url,
    application_name: `komsija listens to ${channel}`,
    connectionTimeoutMillis: PING_TIMEOUT_MS,
    query_timeout: PING_TIMEOUT_MS,
    keepAlive: true,
  })
  const lost = new AbortController()
  client.on('error', () => lost.abort())
  client.on('end', () => lost.abort())
  client.on('notification', ({ payload }) => onPayload(payload ?? ''))
  let heard = false
  try {
    await client.connect()
    await client.query(`LISTEN ${client.escapeIdentifier(channel)}`)
    heard = true
    onConnected?.()
    await pingUntil(client, AbortSignal.any([ended, lost.signal]))
  } catch {
    // The database is away: the caller tries again.
  } finally {
    await close(client)
  }
  return heard
}

async function pingUntil(client: pg.Client, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    await sleep(PING_MS, undefined, { signal: over }).catch(() => undefined)
    if (!over.aborted) await client.query('SELECT 1')
  }
}

/** A dead connection never confirms its end: nobody waits for it longer than a moment. */
async function close(client: pg.Client): Promise<void> {
  const patience = new AbortController()
  await Promise.race([
    client.end().catch(() => undefined),
    sleep(500, undefined, { signal: patience.signal, ref: false }).catch(() => undefined),
  ])
  patience.abort()
}
