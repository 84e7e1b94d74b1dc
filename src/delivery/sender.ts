// Sends what the outbox holds: one message at a time per chat, many chats side by side. Decides about
// repeating; channels only report what happened.
import type { Channel, SendResult } from '../channels/channel.ts'
import { createChains } from '../platform/chains.ts'
import type { Database } from '../platform/db/database.ts'
import type { Log } from '../platform/log.ts'
import { type Attempt, PAUSE_MS } from './attempt.ts'
import { countSend } from './metrics.ts'
import type { Pauses } from './pauses.ts'
import type { Settle } from './settling.ts'
import {
  type Claimed,
  claimNext,
  dueAddresses,
  keepClaims,
  releaseAbandoned,
  type Settlement,
} from './store.ts'

/** A row in flight without a sign of life for this long was left by a crash (replies go on within 20 s). */
const ABANDONED_AFTER_MS = 15_000
const HEARTBEAT_MS = 5000
/** With the growing pauses below: about a day, after which a reply is of no use any more. */
const ATTEMPTS_MAX = 18
const BACKOFF_FIRST_MS = 2000
const BACKOFF_MAX_MS = 4 * 3_600_000
const MISCONFIGURED_RETRY_MS = 30_000
const CHANNEL_OFF_RETRY_MS = 60_000
/** Requests to the outside at a time in this process. */
const CHATS_AT_ONCE = 200

export type SenderOptions = {
  database: Database
  channels: readonly Channel[]
  pauses: Pauses
  attempt: Attempt
  settle: Settle
  log: Log
}

export interface Sender {
  /** Sends messages of one turn that were born `sending`; they are committed already. */
  deliver(rows: Claimed[]): void
  /** Sends what waits for this chat, if nothing to it is in flight. */
  kick(addressId: string): void
  /** Repairs what crashes left, and sends what has become due. */
  sweep(): Promise<void>
  /** Resolves when nothing is being sent. */
  idle(): Promise<void>
  stop(): void
}

export function createSender(options: SenderOptions): Sender {
  const { channels, pauses, attempt, settle, log } = options
  const { sql } = options.database
  const byId = new Map<string, Channel>(channels.map(channel => [channel.id, channel]))
  const inFlight = new Set<string>()
  const chats = createChains(CHATS_AT_ONCE, error =>
    log.error({ err: error }, 'sending stopped; the sweep goes on with it'),
  )
  const heartbeat = setInterval(() => {
    if (inFlight.size)
      keepClaims(sql, [...inFlight]).catch(error => log.warn({ err: error }, 'claims not kept'))
  }, HEARTBEAT_MS)
  heartbeat.unref()

  async function settlementFor(row: Claimed): Promise<Settlement> {
    const channel = byId.get(row.channel)
    if (!channel) return retry(row, CHANNEL_OFF_RETRY_MS, 'channel-off')
    const paused = pauses.left(row.channel)
    if (paused > 0) return retry(row, paused, 'throttled')
    return settlementOf(row, await attempt(channel, row))
  }

  /** Resolves to whether the chat may receive the next message now. */
  async function sendOne(row: Claimed): Promise<boolean> {
    inFlight.add(row.id)
    try {
      const settlement = await settlementFor(row)
      countSend(row.channel, settlement)
      await settle(row.channel, settlement)
      return settlement.status !== 'queued'
    } finally {
      inFlight.delete(row.id)
    }
  }

  async function sendInOrder(rows: Claimed[]): Promise<void> {
    for (const [index, row] of rows.entries()) {
      if (await sendOne(row)) continue
      await Promise.all(
        rows.slice(index + 1).map(behind => settle(behind.channel, retry(behind, 0, 'behind another'))),
      )
      return
    }
  }

  async function sendWaiting(addressId: string): Promise<void> {
    for (;;) {
      const next = await claimNext(sql, addressId)
      if (!next || !(await sendOne(next))) return
    }
  }

  const kick = (addressId: string) => chats.add(addressId, () => sendWaiting(addressId))
  return {
    kick,
    deliver(rows) {
      const addressId = rows[0]?.addressId
      if (addressId) chats.add(addressId, () => sendInOrder(rows))
    },
    async sweep() {
      await releaseAbandoned(sql, ABANDONED_AFTER_MS)
      for (const addressId of await dueAddresses(sql)) if (!chats.has(addressId)) kick(addressId)
    },
    idle: () => chats.idle(),
    stop: () => clearInterval(heartbeat),
  }
}

/** Back into the queue without using up an attempt. */
function retry(
  row: Pick<Claimed, 'id'>,
  delayMs: number,
  reason: string,
): Extract<Settlement, { status: 'queued' }> {
  return { id: row.id, status: 'queued', notBefore: Date.now() + delayMs, counted: false, reason }
}

/** What a result means for the row: done, given up, or to be tried again. */
export function settlementOf(row: Pick<Claimed, 'id' | 'lane' | 'attempts'>, result: SendResult): Settlement {
  const { id } = row
  if (result.status === 'sent') return { id, ...result }
  const { detail } = result
  if (result.status === 'uncertain') {
    const repeat = row.lane === 'reply' && row.attempts === 0
    return repeat
      ? { ...retry(row, BACKOFF_FIRST_MS, 'uncertain'), counted: true }
      : { id, status: 'uncertain', reason: 'uncertain', detail }
  }
  switch (result.reason) {
    case 'throttled':
      return retry(row, result.retryAfterMs ?? PAUSE_MS, 'throttled')
    case 'misconfigured':
      return retry(row, MISCONFIGURED_RETRY_MS, 'misconfigured')
    case 'unreachable':
      return { id, status: 'failed', reason: 'unreachable', detail, unreachable: true }
    case 'rejected':
      return { id, status: 'failed', reason: 'rejected', detail }
    case 'not-sent': {
      if (row.attempts + 1 >= ATTEMPTS_MAX) return { id, status: 'failed', reason: 'not-sent', detail }
      const delay = result.retryAfterMs ?? Math.min(BACKOFF_FIRST_MS * 2 ** row.attempts, BACKOFF_MAX_MS)
      return { ...retry(row, delay, 'not-sent'), counted: true }
    }
  }
}
