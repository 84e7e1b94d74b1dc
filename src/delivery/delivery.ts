// Both lanes of one process: replies at once, bulk as fast as the channels allow; what they share is made here.
import type { Channel } from '../channels/channel.ts'
import type { Database } from '../platform/db/database.ts'
import type { Log } from '../platform/log.ts'
import { createAttempt } from './attempt.ts'
import { type LaneOptions, startLane } from './ledger/index.ts'
import { createPauses } from './pauses.ts'
import { createSender, type Sender } from './sender.ts'
import { createSettle } from './settling.ts'

/** What sending in bulk needs to know. */
export type Bulk = Pick<LaneOptions, 'rates' | 'agenda' | 'isHeld' | 'paidLimit'>

export type DeliveryOptions = {
  database: Database
  /** Where other instances are heard. */
  databaseUrl?: string
  channels: readonly Channel[]
  /** Absent: this process sends nothing in bulk. */
  bulk?: Bulk
  log: Log
}

export interface Delivery extends Pick<Sender, 'deliver' | 'kick' | 'sweep' | 'idle'> {
  /** Begins nothing in bulk any more. */
  stopBulk(): void
  /** Resolves when nothing is being sent, bulk included. */
  drained(): Promise<void>
  stop(): Promise<void>
}

export function createDelivery(options: DeliveryOptions): Delivery {
  const { database, databaseUrl, channels, bulk, log } = options
  const { sql } = database
  const pauses = createPauses({ sql, databaseUrl, log, onEnd: () => void sweepAfterPause() })
  const attempt = createAttempt({ pauses, log })
  const shared = { database, channels, pauses, attempt, settle: createSettle(sql, channels), log }
  const sender = createSender(shared)
  const lane = bulk && startLane({ ...shared, ...bulk })

  /** Replies that waited go before bulk goes on. */
  async function sweepAfterPause(): Promise<void> {
    await sender.sweep().catch(error => log.warn({ err: error }, 'replies wait for the next sweep'))
  }

  return {
    ...sender,
    stopBulk: () => lane?.stop(),
    async drained() {
      await Promise.all([sender.idle(), lane?.idle()])
    },
    async stop() {
      sender.stop()
      lane?.end()
      await pauses.stop()
    },
  }
}
