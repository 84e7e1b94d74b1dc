// Writes what became of messages, many in one statement.
import type { Channel } from '../channels/channel.ts'
import { batched } from '../platform/batch.ts'
import type { Sql } from '../platform/db/database.ts'
import { settleAwaiting } from './receipts.ts'
import { type Sent, type Settlement, settleAll } from './store.ts'

/** Resolves once it is written. */
export type Settle = (channel: string, settlement: Settlement) => Promise<undefined>

/** Channels that give receipts have their messages found by them from then on. */
export function createSettle(sql: Sql, channels: readonly Channel[]): Settle {
  const plain = batched<Settlement, undefined>(settlements => settleAll(sql, settlements))
  const awaiting = batched<Sent, undefined>(messages => settleAwaiting(sql, messages))
  const givesReceipts = new Set(
    channels.filter(({ capabilities }) => capabilities.receipts).map(({ id }) => id),
  )
  return (channel, settlement) =>
    settlement.status === 'sent' && givesReceipts.has(channel as Channel['id'])
      ? awaiting(settlement)
      : plain(settlement)
}
