// The first arrow: what a channel delivers becomes inbox rows before it is acknowledged.
import type { Received } from '../core/model/event.ts'
import { batched } from '../platform/batch.ts'
import type { Sql } from '../platform/db/database.ts'
import { storableJson, storableText } from '../platform/db/storable.ts'

/** One chat on one channel. */
export type Chat = { channel: string; address: string }

/**
 * Builds `store(events)`: resolves once every event is durable; repeats (same channel and external id)
 * are recognised and dropped. `onStored` hears of every chat that has something new.
 */
export function createIntake(
  sql: Sql,
  onStored: (chat: Chat) => void,
): (events: Received[]) => Promise<void> {
  const store = batched<Received[], undefined>(async batches => {
    const chats = await insert(sql, batches.flat())
    chats.forEach(onStored)
    return batches.map(() => undefined)
  })
  return async events => {
    if (events.length > 0) await store(events)
  }
}

async function insert(sql: Sql, events: Received[]): Promise<Chat[]> {
  return sql<Chat>`
    INSERT INTO inbox (channel, external_id, address, received, received_at)
    SELECT channel, external_id, address, received, now()
    FROM unnest(
      ${events.map(({ channel }) => channel)}::text[],
      ${events.map(({ externalId }) => storableText(externalId))}::text[],
      ${events.map(({ address }) => storableText(address))}::text[],
      ${events.map(storableJson)}::jsonb[]
    ) WITH ORDINALITY AS t (channel, external_id, address, received, position)
    ORDER BY position
    ON CONFLICT (channel, external_id) DO NOTHING
    RETURNING channel, address`
}
