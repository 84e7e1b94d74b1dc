// Sends what the ledger has planned, as fast as each channel's rate allows, beside the replies. What is
// claimed is sent at once, so that a crash leaves as little as possible in doubt, and a pause or an end acts
// at the next claim.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Channel } from '../../channels/channel.ts'
import type { Database } from '../../platform/db/database.ts'
import type { Log } from '../../platform/log.ts'
import type { Attempt } from '../attempt.ts'
import type { Pauses } from '../pauses.ts'
import type { Settle } from '../settling.ts'
import { keepClaims } from '../store.ts'
import type { Going, PaidLimit } from './claim.ts'
import { addRates } from './rate.ts'
import { startRun } from './run.ts'

export type LaneOptions = {
  database: Database
  channels: readonly Channel[]
  pauses: Pauses
  attempt: Attempt
  settle: Settle
  /** Requests per second, by channel. */
  rates: Record<string, number>
  /** What may go out now; asked twice a second. */
  agenda(): Promise<Going[]>
  /** Whether staff hold the channel. */
  isHeld(channel: string): boolean
  paidLimit(channel: string): PaidLimit | undefined
  log: Log
}

export interface Lane {
  /** Claims nothing any more. */
  stop(): void
  /** Resolves when nothing is being sent. */
  idle(): Promise<void>
  /** Gives up what is not written yet. */
  end(): void
}

const AGENDA_MS = 500
const HEARTBEAT_MS = 5000
/** Where the configuration says nothing. Teams takes about 20 a second per tenant; the web chat is ours. */
const RATES_DEFAULT: Record<string, number> = { botframework: 15, web: 200 }
const RATE_DEFAULT = 20

/** Starts one loop per channel. */
export function startLane(options: LaneOptions): Lane {
  const { database, channels, rates, agenda, isHeld, paidLimit, log } = options
  const stop = new AbortController()
  const end = new AbortController()
  let going: readonly Going[] = []
  const runs = channels.map(channel =>
    startRun({
      ...options,
      channel,
      perSecond: rates[channel.id] ?? RATES_DEFAULT[channel.id] ?? RATE_DEFAULT,
      going: () => going,
      isHeld: () => isHeld(channel.id),
      paidLimit: () => paidLimit(channel.id),
      stopped: stop.signal,
      ended: end.signal,
    }),
  )

  async function readAgenda(): Promise<void> {
    try {
      await addRates(
        database.sql,
        channels.map(({ id }) => id),
      )
      going = await agenda()
    } catch (error) {
      going = []
      log.warn({ err: error }, 'what is to go out could not be read')
    }
    for (const run of runs) run.refresh()
  }

  async function follow(): Promise<void> {
    while (!stop.signal.aborted) {
      await readAgenda()
      await sleep(AGENDA_MS, undefined, { signal: stop.signal }).catch(() => undefined)
    }
  }

  void follow()
  const heartbeat = setInterval(() => {
    const ids = runs.flatMap(run => run.inFlight())
    if (ids.length) keepClaims(database.sql, ids).catch(error => log.warn({ err: error }, 'claims not kept'))
  }, HEARTBEAT_MS)
  heartbeat.unref()
  return {
    stop: () => stop.abort(),
    async idle() {
      await Promise.all(runs.map(run => run.idle()))
    },
    end() {
      clearInterval(heartbeat)
      end.abort()
    },
  }
}
