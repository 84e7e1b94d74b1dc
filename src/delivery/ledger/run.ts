// One channel's loop: claims what its rate allows and hands it to the carrier.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Channel } from '../../channels/channel.ts'
import type { Outbound } from '../../core/model/message.ts'
import type { Database, Sql } from '../../platform/db/database.ts'
import type { Log } from '../../platform/log.ts'
import type { Attempt } from '../attempt.ts'
import type { Pauses } from '../pauses.ts'
import type { Settle } from '../settling.ts'
import { createCarrier, groupsOf } from './carrier.ts'
import { holdRate, spend } from './rate.ts'
import { createRests } from './rests.ts'
import { type Claimed, claimDeliveries, countPaid } from './store.ts'

/** Something that may go out now. `messages`: by language and script, as deliveries ask for them. */
export type Going = { id: string; messages: Record<string, Outbound> }

/** The most that may be sent on a channel that bills, since a moment. */
export type PaidLimit = { max: number; since: Date }

export type RunOptions = {
  database: Database
  channel: Channel
  pauses: Pauses
  attempt: Attempt
  settle: Settle
  /** Requests per second. */
  perSecond: number
  going(): readonly Going[]
  /** Whether staff hold the channel. */
  isHeld(): boolean
  paidLimit(): PaidLimit | undefined
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

/** Between two claims: few people per claim, so that few are in doubt after a crash. */
const TICK_MS = 40
const IDLE_MS = 100
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
  const inFlightMax = channel.broadcast
    ? channel.broadcast.max * BROADCASTS_MAX
    : Math.min(Math.max(perSecond * IN_FLIGHT_S, IN_FLIGHT_MIN), IN_FLIGHT_MAX)
  const finished = new Set<string>()

  /** Resolves to how long to wait for the next. */
  async function round(): Promise<number> {
    const next = oneOf(going().filter(({ id }) => !finished.has(id) && !rests.has(id)))
    if (!next || isHeld()) return IDLE_MS
    const silence = pauses.left(channel.id)
    if (silence > 0) return silence + REPLIES_FIRST_MS
    const places = inFlightMax - carrier.inFlight().length
    if (places <= 0) return TICK_MS
    const claim = await claimFor(options, next, places)
    if (claim.rows.length) carrier.carry({ announcementId: next.id, ...next, ...claim })
    if (claim.skipped) return 0
    if (claim.kind === 'claimed' && !claim.rows.length) finished.add(next.id)
    return Math.max(claim.waitMs, TICK_MS)
  }

  async function loop(): Promise<void> {
    while (!stopped.aborted) {
      const waitMs = await round().catch(error => {
        log.warn({ err: error, channel: channel.id }, 'nothing could be claimed')
        return 1000
      })
      await sleep(Math.min(waitMs, 1000), undefined, { signal: stopped }).catch(() => undefined)
    }
  }
  void loop()
  return { refresh: () => finished.clear(), inFlight: carrier.inFlight, idle: carrier.idle }
}

type Claim = Claimed & { kind: 'claimed' | 'no-room'; together: boolean; waitMs: number }

/** Several at once share the channel by chance. */
function oneOf<Item>(items: readonly Item[]): Item | undefined {
  return items[Math.floor(Math.random() * items.length)]
}

/** One transaction: as much as is free on the channel is claimed and spent. */
function claimFor(options: RunOptions, { id, messages }: Going, places: number): Promise<Claim> {
  const { database, channel, perSecond } = options
  const variants = Object.values(messages)
  const cost = Math.max(1, ...variants.map(message => channel.requests?.(message) ?? 1))
  const fits = variants.every(message => channel.broadcast?.fits(message))
  return database.transaction(async sql => {
    const room = await holdRate(sql, { channel: channel.id, perSecond, cost })
    if (room.times === 0)
      return { kind: 'no-room', rows: [], skipped: 0, together: false, waitMs: room.waitMs }
    const query = { announcementId: id, channel: channel.id, ...(await billing(sql, options)) }
    if (fits && channel.broadcast) {
      const people = Math.min(channel.broadcast.max, Math.max(places, 1))
      const claimed = await claimDeliveries(sql, { ...query, people, together: true })
      await spend(sql, channel.id, { ...room, perSecond, requests: groupsOf(claimed).length })
      if (claimed.rows.length || claimed.skipped)
        return { kind: 'claimed', ...claimed, together: true, waitMs: 0 }
    }
    const claimed = await claimDeliveries(sql, {
      ...query,
      people: Math.min(room.times, places),
      together: false,
    })
    await spend(sql, channel.id, { ...room, perSecond, requests: claimed.rows.length * cost })
    return { kind: 'claimed', ...claimed, together: false, waitMs: 0 }
  })
}

/** Whom the channel bills, and for how many more there is money. */
async function billing(sql: Sql, { channel, paidLimit }: RunOptions) {
  const { sessionMs } = channel.capabilities
  const limit = sessionMs === undefined ? undefined : paidLimit()
  if (!limit) return { sessionMs }
  return { sessionMs, paidLeft: Math.max(0, limit.max - (await countPaid(sql, channel.id, limit.since))) }
}
