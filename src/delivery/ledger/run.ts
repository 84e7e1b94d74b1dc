// One channel's loop: claims what its rate allows and hands it to the carrier.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../../platform/log.ts'
import type { Attempt } from '../attempt.ts'
import type { Pauses } from '../pauses.ts'
import type { Settle } from '../settling.ts'
import { createCarrier } from './carrier.ts'
import { type ClaimOptions, createClaim, type Going } from './claim.ts'
import { createRests } from './rests.ts'

export type RunOptions = ClaimOptions & {
  pauses: Pauses
  attempt: Attempt
  settle: Settle
  going(): readonly Going[]
  /** Whether staff hold the channel. */
  isHeld(): boolean
  /** Aborts when nothing more is to be claimed. */
  stopped: AbortSignal
  /** Aborts when nobody waits for outcomes any more. */
  ended: AbortSignal
  log: Log
}

export interface Run {
  /** What seemed to have nothing left is looked at again. */
  refresh(): void
  inFlight(): string[]
  idle(): Promise<void>
}

/** From claim to claim: few people each, so that few are in doubt after a crash. */
const TICK_MS = 40
const IDLE_MS = 100
const TROUBLE_MS = 1000
/** After a silence the replies that waited go first. */
const REPLIES_FIRST_MS = 150
/** A channel that answers slowly has at most so much on its way: two seconds' worth, or two broadcasts. */
const IN_FLIGHT_S = 2
const IN_FLIGHT_MIN = 10
const IN_FLIGHT_MAX = 200
const BROADCASTS_MAX = 2

/** Starts the loop. */
export function startRun(options: RunOptions): Run {
  const { database, channel, pauses, perSecond, going, isHeld, stopped, log } = options
  const rests = createRests()
  const carrier = createCarrier({ ...options, sql: database.sql, onTried: rests.note })
  const claim = createClaim(options)
  const finished = new Set<string>()
  const inFlightMax = channel.broadcast
    ? channel.broadcast.max * BROADCASTS_MAX
    : Math.min(Math.max(perSecond * IN_FLIGHT_S, IN_FLIGHT_MIN), IN_FLIGHT_MAX)

  /** Resolves to when the next should begin, in milliseconds after this one did. */
  async function round(): Promise<number> {
    const next = oneOf(going().filter(({ id }) => !finished.has(id) && !rests.has(id)))
    if (!next || isHeld()) return IDLE_MS
    const silence = pauses.left(channel.id)
    if (silence > 0) return silence + REPLIES_FIRST_MS
    const places = inFlightMax - carrier.inFlight().length
    if (places <= 0) return TICK_MS
    const { rows, skipped, together, waitMs } = await claim(next, places)
    if (rows.length) carrier.carry({ announcementId: next.id, messages: next.messages, rows, together })
    if (waitMs !== undefined) return Math.max(waitMs, TICK_MS)
    if (rows.length === 0 && skipped === 0) finished.add(next.id)
    return skipped ? 0 : TICK_MS
  }

  async function loop(): Promise<void> {
    while (!stopped.aborted) {
      const began = performance.now()
      const everyMs = await round().catch(error => {
        log.warn({ err: error, channel: channel.id }, 'nothing could be claimed')
        return TROUBLE_MS
      })
      const waitMs = Math.max(1, everyMs - (performance.now() - began))
      await sleep(waitMs, undefined, { signal: stopped }).catch(() => undefined)
    }
  }
  void loop()
  return { refresh: () => finished.clear(), inFlight: carrier.inFlight, idle: carrier.idle }
}

/** Several at once share the channel by chance. */
function oneOf<Item>(items: readonly Item[]): Item | undefined {
  return items[Math.floor(Math.random() * items.length)]
}
