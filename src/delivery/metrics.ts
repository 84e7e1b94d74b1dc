import type { Sql } from '../platform/db/database.ts'
import { counter, gauge } from '../platform/http/metrics.ts'
import { readQueue } from './figures.ts'
import type { Settlement } from './store.ts'

const sends = counter('komsija_sends_total', 'Messages handed to a channel, by what came of it', [
  'channel',
  'outcome',
])

/** Counts one attempt to send; those that will be tried again by their reason. */
export function countSend(channel: string, settlement: Settlement): void {
  sends.inc({ channel, outcome: settlement.status === 'sent' ? 'sent' : settlement.reason })
}

/** Shows Prometheus how many messages wait, and for how long. */
export function measureQueue(sql: Sql): void {
  gauge('komsija_queue_messages', 'Messages waiting to be sent', ['lane'], async () =>
    (await readQueue(sql)).map(({ lane, waiting }) => ({ labels: { lane }, value: waiting })),
  )
  gauge('komsija_queue_oldest_seconds', 'Age of the oldest message waiting', ['lane'], async () =>
    (await readQueue(sql)).map(({ lane, oldestSeconds }) => ({ labels: { lane }, value: oldestSeconds })),
  )
}
