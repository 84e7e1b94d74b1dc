// One rate per channel over all instances. The row says up to which moment the rate is used up: whoever
// claims holds it, takes what has become free since, and moves the moment on.
import type { Sql } from '../../platform/db/database.ts'

/** Unused for longer, the rate is lost: what was missed is not made up for in a burst. */
const SLACK_S = 0.08
/** Moments are kept to the microsecond. */
const ROUNDING = 1e-3

export type Rate = { channel: string; perSecond: number; cost: number }

/** How often `cost` requests are free from the moment `from` on; `waitMs`: until they are. */
export type Room = { times: number; from: string; waitMs: number }

/** Makes the rows of these channels, where there is none yet. */
export async function addRates(sql: Sql, channels: readonly string[]): Promise<void> {
  await sql`
    INSERT INTO channel_rate (channel, free_at, paused_until)
    SELECT channel, now(), now() FROM unnest(${channels}::text[]) AS channel ON CONFLICT DO NOTHING`
}

/** Holds the channel's row for the rest of the transaction. Nothing is free while it asked for silence. */
export async function holdRate(sql: Sql, { channel, perSecond, cost }: Rate): Promise<Room> {
  const stepS = cost / perSecond
  const [row] = await sql<{ from: string; freeS: number; silentS: number }>`
    SELECT "from"::text, extract(epoch FROM at - "from")::float8 AS "freeS",
      extract(epoch FROM paused_until - at)::float8 AS "silentS"
    FROM (
      SELECT paused_until, clock_timestamp() AS at,
        greatest(free_at, clock_timestamp() - make_interval(secs => ${Math.max(SLACK_S, stepS)})) AS "from"
      FROM channel_rate WHERE channel = ${channel} FOR UPDATE) rate`
  if (!row) throw new Error(`there is no rate of ${channel}`)
  const { from, freeS, silentS } = row
  if (silentS > 0) return { times: 0, from, waitMs: silentS * 1000 }
  const times = Math.max(0, Math.floor(freeS / stepS + ROUNDING))
  return { times, from, waitMs: times > 0 ? 0 : (stepS - freeS) * 1000 }
}

/** Moves the row that is held by what is claimed. */
export async function spend(
  sql: Sql,
  channel: string,
  { from, requests, perSecond }: { from: string; requests: number; perSecond: number },
): Promise<void> {
  await sql`
    UPDATE channel_rate SET free_at = ${from}::timestamptz + make_interval(secs => ${requests / perSecond})
    WHERE channel = ${channel}`
}
