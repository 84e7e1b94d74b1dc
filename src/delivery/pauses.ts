// A channel that asks for silence is left alone by every instance: the row tells those that start later,
// NOTIFY those that run.
import type { Sql } from '../platform/db/database.ts'
import { listenTo } from '../platform/db/notifications.ts'
import type { Log } from '../platform/log.ts'

/** What NOTIFY calls the news that a channel asked for silence: its id and for how many milliseconds. */
const NEWS = 'komsija_pause'
/** What waited for the end of a pause must be due by then. */
const END_MS = 20

export type PausesOptions = {
  sql: Sql
  /** Where other instances are heard; without it they are not. */
  databaseUrl?: string
  /** A channel may be sent to again. */
  onEnd?(channel: string): void
  log: Log
}

export interface Pauses {
  /** How long the channel is to be left alone yet, in milliseconds; 0: not at all. */
  left(channel: string): number
  /** The channel asked for silence. */
  begin(channel: string, ms: number): void
  stop(): Promise<void>
}

export function createPauses({ sql, databaseUrl, onEnd, log }: PausesOptions): Pauses {
  const pauses = new Map<string, { until: number; timer: NodeJS.Timeout }>()
  const left = (channel: string) => Math.max(0, (pauses.get(channel)?.until ?? 0) - Date.now())

  function note(channel: string, ms: number): void {
    if (ms <= left(channel)) return
    clearTimeout(pauses.get(channel)?.timer)
    const timer = setTimeout(() => onEnd?.(channel), ms + END_MS)
    timer.unref()
    pauses.set(channel, { until: Date.now() + ms, timer })
  }

  async function read(): Promise<void> {
    try {
      for (const { channel, ms } of await readPauses(sql)) note(channel, ms)
    } catch (error) {
      log.warn({ err: error }, 'pauses of channels could not be read')
    }
  }

  function hear(payload: string): void {
    const [channel = '', ms] = payload.split(' ')
    note(channel, Number(ms))
  }

  const subscription = databaseUrl
    ? listenTo({ url: databaseUrl, channel: NEWS, onPayload: hear, onConnected: () => void read() })
    : undefined
  if (!subscription) void read()
  return {
    left,
    begin(channel, ms) {
      note(channel, ms)
      writePause(sql, channel, ms).catch(error => log.warn({ err: error }, 'a pause could not be shared'))
    },
    async stop() {
      for (const { timer } of pauses.values()) clearTimeout(timer)
      await subscription?.stop()
    },
  }
}

function readPauses(sql: Sql): Promise<{ channel: string; ms: number }[]> {
  return sql<{ channel: string; ms: number }>`
    SELECT channel, (extract(epoch FROM paused_until - now()) * 1000)::float8 AS ms
    FROM channel_rate WHERE paused_until > now()`
}

async function writePause(sql: Sql, channel: string, ms: number): Promise<void> {
  await sql`
    WITH paused AS (
      INSERT INTO channel_rate (channel, free_at, paused_until)
      VALUES (${channel}, now(), now() + make_interval(secs => ${ms / 1000}))
      ON CONFLICT (channel) DO UPDATE SET paused_until = greatest(channel_rate.paused_until, excluded.paused_until)
      RETURNING channel)
    SELECT pg_notify(${NEWS}, channel || ' ' || ${String(Math.ceil(ms))}::text) FROM paused`
}
