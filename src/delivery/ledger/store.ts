// The statements of the ledger. A claim makes the outbox row before anything is sent; from then on the
// delivery follows that row (a trigger), until it is given back.
import type { Sql } from '../../platform/db/database.ts'

/** A delivery that this process is to send now; `id` is its outbox row. */
export type ClaimedDelivery = {
  id: string
  deliveryId: string
  addressId: string
  externalId: string
  reference: unknown
  /** Language and script, as the announcement's messages are named. */
  variant: string
}

export type ClaimQuery = {
  announcementId: string
  channel: string
  /** At most so many. */
  people: number
  /** Whether a broadcast is made of them: then nobody whom none can serve. */
  together: boolean
  /** Somebody who has not written for this long is billed; absent: nobody is. */
  sessionMs?: number
  /** How many may be billed; absent: as many as there are. */
  paidLeft?: number
}

/** `skipped`: how many turned out not to be sent to. */
export type Claimed = { rows: ClaimedDelivery[]; skipped: number }

/**
 * Takes planned deliveries, oldest first, that nobody else holds; not those to whom something is on its way.
 * Where the person is reached, and whether they still want to be, is looked up now.
 */
export async function claimDeliveries(sql: Sql, query: ClaimQuery): Promise<Claimed> {
  const { announcementId, channel, people, together, sessionMs = null, paidLeft = null } = query
  const rows = await sql<ClaimedDelivery & { reason: string | null }>`
    WITH picked AS MATERIALIZED (
      SELECT d.id, a.id AS address_id, a.external_id, a.reference,
        CASE a.language WHEN 'sr' THEN 'sr-' || a.script ELSE a.language END AS variant,
        coalesce(a.last_inbound_at < now() - make_interval(secs => ${sessionMs}::float8 / 1000), false) AS cold,
        CASE WHEN p.id IS NULL THEN 'erased'
          WHEN NOT EXISTS (SELECT 1 FROM consent c WHERE c.person_id = p.id AND c.purpose = 'announcements'
            AND c.withdrawn_at IS NULL) THEN 'unsubscribed'
          WHEN a.id IS NULL THEN 'unreachable' END AS reason
      FROM delivery d
      JOIN announcement an ON an.id = d.announcement_id AND an.status = 'sending'
      LEFT JOIN person p ON p.id = d.person_id AND p.erased_at IS NULL
      LEFT JOIN LATERAL (
        SELECT * FROM address WHERE person_id = p.id AND channel = d.channel AND reachable
        ORDER BY last_inbound_at DESC LIMIT 1) a ON true
      WHERE d.announcement_id = ${announcementId} AND d.status = 'planned' AND d.channel = ${channel}
        AND NOT (${together} AND d.alone) AND (d.not_before IS NULL OR d.not_before <= now())
        AND NOT EXISTS (
          SELECT 1 FROM outbox o WHERE o.address_id = a.id AND o.settled_at IS NULL AND o.status = 'sending')
      ORDER BY d.id LIMIT ${people}
      FOR UPDATE OF d SKIP LOCKED
    ), judged AS (
      SELECT *, coalesce(reason, CASE WHEN cold AND ${paidLeft}::int < count(*) FILTER (
        WHERE cold AND reason IS NULL) OVER (ORDER BY id) THEN 'budget' END) AS verdict
      FROM picked
    ), made AS (
      INSERT INTO outbox (address_id, lane, status, message, created_at, claimed_at)
      SELECT j.address_id, 'bulk', 'sending', an.rendered->j.variant, now(), now()
      FROM judged j, announcement an WHERE an.id = ${announcementId} AND j.verdict IS NULL ORDER BY j.id
      RETURNING id, address_id
    ), moved AS (
      UPDATE delivery d SET status = CASE WHEN j.verdict IS NULL THEN 'sending' ELSE 'skipped' END,
        reason = j.verdict, outbox_id = made.id, paid = j.verdict IS NULL AND j.cold,
        not_before = NULL, at = now()
      FROM judged j LEFT JOIN made ON made.address_id = j.address_id
      WHERE d.id = j.id
    )
    SELECT made.id, j.id AS "deliveryId", j.address_id AS "addressId", j.external_id AS "externalId", j.reference,
      j.variant, j.verdict AS reason
    FROM judged j LEFT JOIN made ON made.address_id = j.address_id ORDER BY j.id`
  const taken = rows.filter(({ reason }) => reason === null)
  return { rows: taken, skipped: rows.length - taken.length }
}

/** A delivery that certainly was not sent: `id` is the outbox row it gives up. */
export type GivenBack = { id: string; reason: string; notBefore?: number; alone?: boolean }

/** Gives deliveries back to be claimed again; of what was not sent no outbox row is left. */
export async function giveBack(sql: Sql, deliveries: GivenBack[]): Promise<undefined[]> {
  const rows = deliveries.map(({ id, reason, notBefore, alone = false }) => ({
    id,
    reason,
    not_before: notBefore === undefined ? null : new Date(notBefore),
    alone,
  }))
  await sql`
    WITH back AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS t (
        id bigint, reason text, not_before timestamptz, alone boolean)
    ), moved AS (
      UPDATE delivery d SET status = 'planned', outbox_id = NULL, reason = back.reason, paid = false,
        not_before = back.not_before, alone = d.alone OR back.alone, at = now()
      FROM back
      WHERE d.outbox_id = back.id
        AND (d.status = 'sending' OR d.status = 'uncertain' AND d.reason = 'abandoned')
      RETURNING back.id
    )
    DELETE FROM outbox USING moved WHERE outbox.id = moved.id`
  return deliveries.map(() => undefined)
}

/** How many messages that the channel bills were sent since a moment, or may have been. */
export async function countPaid(sql: Sql, channel: string, since: Date): Promise<number> {
  const [row] = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM delivery
    WHERE paid AND at >= ${since} AND channel = ${channel} AND status IN ('sending', 'sent', 'uncertain')`
  return row?.count ?? 0
}
