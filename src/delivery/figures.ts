// Figures on sending, for the overview and for Prometheus.
import type { Sql } from '../platform/db/database.ts'

export type Queue = { lane: 'reply' | 'bulk'; waiting: number; oldestSeconds: number }

/** What waits to be sent, per lane; a lane with nothing in it too. */
export function readQueue(sql: Sql): Promise<Queue[]> {
  return sql<Queue>`
    SELECT lane, count(created_at)::int AS waiting,
      coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS "oldestSeconds"
    FROM unnest(ARRAY['reply', 'bulk']) AS lane
    LEFT JOIN (SELECT lane, created_at FROM outbox WHERE settled_at IS NULL) waiting USING (lane)
    GROUP BY lane ORDER BY lane DESC`
}

export type Failures = { channel: string; reason: string; count: number }

/** Messages that were given up in the last days, by channel and reason; the most frequent first. */
export function readFailures(sql: Sql, days: number): Promise<Failures[]> {
  return sql<Failures>`
    SELECT a.channel, o.reason, count(*)::int AS count
    FROM outbox o JOIN address a ON a.id = o.address_id
    WHERE o.reason IS NOT NULL AND o.settled_at > now() - make_interval(days => ${days})
      AND o.status IN ('failed', 'uncertain')
    GROUP BY a.channel, o.reason ORDER BY count DESC, a.channel, o.reason`
}
