// Carries what was claimed to its channel and writes what became of it. What is known of a message is
// written sooner or later, whatever the database does meanwhile; only a crash leaves it in doubt.
import { setTimeout as sleep } from 'node:timers/promises'
import type { BroadcastResult, Channel } from '../../channels/channel.ts'
import type { Outbound } from '../../core/model/message.ts'
import { batched } from '../../platform/batch.ts'
import type { Sql } from '../../platform/db/database.ts'
import type { Log } from '../../platform/log.ts'
import { type Attempt, FAULT, PAUSE_MS } from '../attempt.ts'
import { countSend } from '../metrics.ts'
import type { Pauses } from '../pauses.ts'
import type { Settle } from '../settling.ts'
import type { Settlement } from '../store.ts'
import { type ClaimedDelivery, type GivenBack, giveBack } from './store.ts'

/** Deliveries of one announcement that were claimed together. */
export type Load = {
  announcementId: string
  /** By language and script. */
  messages: Record<string, Outbound>
  rows: readonly ClaimedDelivery[]
  /** As broadcasts, one for each message; otherwise each alone. */
  together: boolean
}

export interface Carrier {
  carry(load: Load): void
  /** Outbox rows whose outcome is not written yet. */
  inFlight(): string[]
  /** Resolves when there are none. */
  idle(): Promise<void>
}

export type CarrierOptions = {
  sql: Sql
  channel: Channel
  pauses: Pauses
  attempt: Attempt
  settle: Settle
  /** Whether anything got through: an announcement that doesn't is left alone for a while. */
  onTried(announcementId: string, through: boolean): void
  /** Aborts when nobody waits for outcomes any more. */
  ended: AbortSignal
  log: Log
}

/** A message of which a part has arrived is tried so often; then nobody can tell what it is. */
const REST_TRIES_MAX = 20
const WRITE_AGAIN_MS = 500

export function createCarrier(options: CarrierOptions): Carrier {
  const { channel, pauses, attempt, onTried, log } = options
  const inFlight = new Map<string, Promise<void>>()
  const write = createWriter(options)

  function track(row: ClaimedDelivery, work: Promise<void>): void {
    inFlight.set(
      row.id,
      work.finally(() => inFlight.delete(row.id)),
    )
  }

  async function sendAlone(load: Load, row: ClaimedDelivery): Promise<void> {
    await finish(load, row, await sendWhole(row, messageFor(load, row)))
  }

  /** A part that has arrived can't be taken back: the rest follows here, or it is uncertain. */
  async function sendWhole(row: ClaimedDelivery, message: Outbound): Promise<BroadcastResult> {
    if (pauses.left(channel.id) > 0) return SILENCED
    for (let tries = 0; ; tries++) {
      const result = await attempt(channel, { ...row, message })
      if (result.status !== 'failed' || !result.begun) return result
      if (tries >= REST_TRIES_MAX) return { status: 'uncertain', detail: result.detail }
      await sleep(Math.max(pauses.left(channel.id), result.retryAfterMs ?? PAUSE_MS))
    }
  }

  async function sendTogether(load: Load, rows: readonly ClaimedDelivery[]): Promise<BroadcastResult[]> {
    const [first] = rows
    if (!first || !channel.broadcast) return []
    if (pauses.left(channel.id) > 0) return rows.map(() => SILENCED)
    const results = await channel.broadcast.send(rows, messageFor(load, first)).catch(error => {
      log.error({ err: error }, 'a channel broke while sending')
      return rows.map(() => FAULT)
    })
    const silence = results.flatMap(result => (isThrottled(result) ? [result.retryAfterMs ?? PAUSE_MS] : []))
    if (silence.length) pauses.begin(channel.id, Math.max(...silence))
    return results
  }

  async function finish(
    { announcementId }: Load,
    row: ClaimedDelivery,
    result: BroadcastResult,
  ): Promise<void> {
    const outcome = outcomeOf(row, result)
    if (result !== SILENCED && !isThrottled(result)) onTried(announcementId, !isTrouble(outcome))
    await write(outcome)
  }

  return {
    carry(load) {
      const groups = load.together ? groupsOf(load) : []
      if (!load.together) for (const row of load.rows) track(row, sendAlone(load, row))
      for (const group of groups) {
        const results = sendTogether(load, group)
        group.forEach((row, index) => {
          const own = results.then(all => finish(load, row, all[index] ?? FAULT))
          track(row, own)
        })
      }
    },
    inFlight: () => [...inFlight.keys()],
    async idle() {
      while (inFlight.size > 0) await Promise.all(inFlight.values())
    },
  }
}

/** Recipients of one message. */
export function groupsOf({ rows }: Pick<Load, 'rows'>): ClaimedDelivery[][] {
  return [...Map.groupBy(rows, ({ variant }) => variant).values()]
}

function messageFor({ messages }: Load, { variant }: ClaimedDelivery): Outbound {
  const message = messages[variant]
  if (!message) throw new Error(`there is no message for ${variant}`)
  return message
}

/** The channel is to be left alone: nothing was requested. */
const SILENCED: BroadcastResult = { status: 'failed', reason: 'throttled', detail: 'left alone' }

function isThrottled(result: BroadcastResult): result is Extract<BroadcastResult, { status: 'failed' }> {
  return result.status === 'failed' && result.reason === 'throttled'
}

type Outcome = { kind: 'settle'; settlement: Settlement } | { kind: 'give-back'; delivery: GivenBack }

/** What a result means for the delivery: only what certainly was not sent waits again. */
export function outcomeOf({ id }: Pick<ClaimedDelivery, 'id'>, result: BroadcastResult): Outcome {
  if (result.status === 'sent') return { kind: 'settle', settlement: { id, ...result } }
  const { detail } = result
  const settled = (status: 'failed' | 'uncertain', reason: string, unreachable = false): Outcome => ({
    kind: 'settle',
    settlement: { id, status, reason, detail, unreachable },
  })
  if (result.status === 'uncertain') return settled('uncertain', 'no-answer')
  if (result.status === 'singly') return back({ id, reason: 'singly', alone: true })
  switch (result.reason) {
    case 'unreachable':
      return settled('failed', 'unreachable', true)
    case 'rejected':
      return settled('failed', 'rejected')
    case 'throttled':
      return back({ id, reason: 'throttled' })
    case 'misconfigured':
      return back({ id, reason: 'misconfigured' })
    case 'not-sent': {
      // A time of its own is this person's limit: the others need not wait for it.
      const { retryAfterMs } = result
      return back({ id, reason: 'not-sent', ...(retryAfterMs && { notBefore: Date.now() + retryAfterMs }) })
    }
  }
}

function back(delivery: GivenBack): Outcome {
  return { kind: 'give-back', delivery }
}

/** The channel or the way there is out of order. */
function isTrouble(outcome: Outcome): boolean {
  if (outcome.kind === 'settle') return false
  const { reason, notBefore } = outcome.delivery
  return reason === 'misconfigured' || (reason === 'not-sent' && notBefore === undefined)
}

/** Writes an outcome, again and again until the database has it. */
function createWriter(options: CarrierOptions): (outcome: Outcome) => Promise<void> {
  const { sql, channel, settle, ended, log } = options
  const returned = batched<GivenBack, undefined>(deliveries => giveBack(sql, deliveries))
  return async outcome => {
    while (!ended.aborted) {
      try {
        if (outcome.kind === 'settle') {
          countSend(channel.id, outcome.settlement)
          await settle(channel.id, outcome.settlement)
        } else await returned(outcome.delivery)
        return
      } catch (error) {
        log.warn({ err: error }, 'the outcome of a delivery is not written yet')
        await sleep(WRITE_AGAIN_MS)
      }
    }
  }
}
