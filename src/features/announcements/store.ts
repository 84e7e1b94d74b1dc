// Announcements and their deliveries in the database.
import { DELIVERY_STATUSES, type DeliveryStatus } from '../../delivery/index.ts'
import type { Sql } from '../../platform/db/database.ts'
import type { Rendered } from './compose.ts'
import type { Announcement, AnnouncementStatus, Counts, Wish } from './model.ts'

type Row = { [Key in keyof Announcement]: Announcement[Key] | null }

/** One announcement. */
export async function readAnnouncement(sql: Sql, id: string): Promise<Announcement | undefined> {
  const [found] = await selectAnnouncements(sql, { id, limit: 1 })
  return found
}

/** The same, held until the transaction ends: what is decided about it happens one after the other. */
export async function holdAnnouncement(sql: Sql, id: string): Promise<Announcement | undefined> {
  await sql`SELECT 1 FROM announcement WHERE id = ${id} FOR NO KEY UPDATE`
  return readAnnouncement(sql, id)
}

/** Newest first, older than a moment. */
export function listAnnouncements(sql: Sql, page: { before?: Date; limit: number }): Promise<Announcement[]> {
  return selectAnnouncements(sql, page)
}

async function selectAnnouncements(
  sql: Sql,
  { id = null, before = null, limit }: { id?: string | null; before?: Date | null; limit: number },
): Promise<Announcement[]> {
  const rows = await sql<Row>`
    SELECT n.id, n.status, n.message, n.attached, n.audience, n.send_at AS "sendAt", n.override,
      n.created_at AS "createdAt", n.written_by AS "writtenBy", a.email AS author, n.wanted_at AS "wantedAt",
      n.approved_at AS "approvedAt", n.started_at AS "startedAt", n.planned_at AS "plannedAt"
    FROM announcement n LEFT JOIN staff_account a ON a.id = n.written_by
    WHERE (${id}::uuid IS NULL OR n.id = ${id}::uuid)
      AND (${before}::timestamptz IS NULL OR n.created_at < ${before}::timestamptz)
    ORDER BY n.created_at DESC LIMIT ${limit}`
  // Columns that are null are fields that are absent.
  return rows.map(
    row => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Announcement,
  )
}

export async function insertAnnouncement(sql: Sql, wish: Wish, accountId: string): Promise<string> {
  const { message, attached, audience, sendAt } = wish
  const [row] = await sql<{ id: string }>`
    INSERT INTO announcement (message, attached, audience, send_at, written_by)
    VALUES (${JSON.stringify(message)}::jsonb, ${JSON.stringify(attached)}::jsonb,
      ${JSON.stringify(audience)}::jsonb, ${sendAt ?? null}, ${accountId}) RETURNING id`
  return row?.id ?? ''
}

/** A draft as it is from now on: nobody has asked for it or agreed to it yet. */
export async function changeDraft(sql: Sql, id: string, wish: Wish, accountId: string): Promise<void> {
  const { message, attached, audience, sendAt } = wish
  await sql`
    UPDATE announcement SET message = ${JSON.stringify(message)}::jsonb, attached = ${JSON.stringify(attached)}::jsonb,
      audience = ${JSON.stringify(audience)}::jsonb, send_at = ${sendAt ?? null}, written_by = ${accountId},
      wanted_at = NULL, approved_at = NULL, approved_by = NULL
    WHERE id = ${id} AND status = 'draft'`
}

/** Counted each time: there is no second truth beside the ledger. */
export async function countDeliveries(sql: Sql, id: string): Promise<Counts> {
  return (await countAllDeliveries(sql, [id])).get(id) ?? NOTHING
}

const NOTHING: Counts = { total: 0, planned: 0, sending: 0, sent: 0, failed: 0, skipped: 0, uncertain: 0 }

/** By announcement; those without deliveries are absent. */
export async function countAllDeliveries(sql: Sql, ids: readonly string[]): Promise<Map<string, Counts>> {
  const rows = await sql<{ id: string; status: DeliveryStatus; count: number }>`
    SELECT announcement_id AS id, status, count(*)::int AS count FROM delivery
    WHERE announcement_id = ANY(${ids}::uuid[]) GROUP BY announcement_id, status`
  const all = new Map<string, Counts>()
  for (const { id, status, count } of rows) {
    const counts = all.get(id) ?? NOTHING
    all.set(id, { ...counts, [status]: count, total: counts.total + count })
  }
  return all
}

/** How many deliveries of an announcement ended in the same way. */
export type Result = { status: DeliveryStatus; channel: string; reason: string | null; people: number }

/** By status, channel and reason. */
export function countResults(sql: Sql, id: string): Promise<Result[]> {
  return sql<Result>`
    SELECT status, channel, reason, count(*)::int AS people FROM delivery WHERE announcement_id = ${id}
    GROUP BY 1, 2, 3 ORDER BY array_position(${[...DELIVERY_STATUSES]}::text[], status), 2, 4 DESC`
}

export type DeliveryRow = {
  id: string
  person: string | null
  channel: string
  address: string | null
  status: DeliveryStatus
  reason: string | null
  at: Date
}

/** In the order of planning, after a delivery. The chat is the one it went to, or the one it would go to. */
export function listDeliveries(
  sql: Sql,
  query: { announcementId: string; status?: DeliveryStatus; after?: string; limit: number },
): Promise<DeliveryRow[]> {
  const { announcementId, status = null, after = '0', limit } = query
  return sql<DeliveryRow>`
    SELECT d.id::text, d.person_id AS person, d.channel, coalesce(went.external_id, chat.external_id) AS address,
      d.status, d.reason, d.at
    FROM delivery d
    LEFT JOIN outbox o ON o.id = d.outbox_id
    LEFT JOIN address went ON went.id = o.address_id
    LEFT JOIN LATERAL (
      SELECT external_id FROM address WHERE person_id = d.person_id AND channel = d.channel
      ORDER BY reachable DESC, last_inbound_at DESC LIMIT 1) chat ON true
    WHERE d.announcement_id = ${announcementId} AND d.id > ${after}::bigint
      AND (${status}::text IS NULL OR d.status = ${status})
    ORDER BY d.id LIMIT ${limit}`
}

/** Moves an announcement on, if it is in one of these statuses. */
export async function setStatus(
  sql: Sql,
  id: string,
  { from, to }: { from: readonly AnnouncementStatus[]; to: AnnouncementStatus },
): Promise<boolean> {
  const rows = await sql`
    UPDATE announcement SET status = ${to},
      ended_at = CASE WHEN ${to} = 'done' THEN now() END
    WHERE id = ${id} AND status = ANY(${from}::text[]) RETURNING 1`
  return rows.length > 0
}

/** What is going on, and what has to be done about it. */
export type Open = {
  id: string
  status: 'scheduled' | 'sending' | 'cancelled'
  sendAt: Date | null
  override: boolean
  due: boolean
  planned: boolean
  /** Something is planned or being sent. */
  busy: boolean
}

export function openAnnouncements(sql: Sql): Promise<Open[]> {
  return sql<Open>`
    SELECT id, status, send_at AS "sendAt", override, send_at <= now() AS due, planned_at IS NOT NULL AS planned,
      EXISTS (SELECT 1 FROM delivery WHERE announcement_id = announcement.id AND status = 'planned')
        OR EXISTS (SELECT 1 FROM delivery WHERE announcement_id = announcement.id AND status = 'sending') AS busy
    FROM announcement
    WHERE status IN ('scheduled', 'sending') OR status = 'cancelled' AND ended_at IS NULL
    ORDER BY created_at`
}

/** The messages as they go out. */
export async function readRendered(sql: Sql, id: string): Promise<Rendered | undefined> {
  const [row] = await sql<{ rendered: Rendered | null }>`SELECT rendered FROM announcement WHERE id = ${id}`
  return row?.rendered ?? undefined
}

/** Rows per statement, so that no lock is held for long. */
const SKIP_BATCH = 10_000

/** Skips what is still planned of a cancelled announcement, a part at a time. */
export async function skipCancelled(sql: Sql, id: string): Promise<void> {
  await sql`
    UPDATE delivery SET status = 'skipped', reason = 'cancelled', at = now()
    WHERE id IN (
      SELECT id FROM delivery WHERE announcement_id = ${id} AND status = 'planned'
      LIMIT ${SKIP_BATCH} FOR UPDATE SKIP LOCKED) AND status = 'planned'`
}

/** Texts in Serbian that were started since a moment or will be. */
export function recentTexts(
  sql: Sql,
  { since, except }: { since: Date; except?: string },
): Promise<{ id: string; text: string | null; at: Date }[]> {
  return sql<{ id: string; text: string | null; at: Date }>`
    SELECT id, message->>'sr' AS text, coalesce(send_at, started_at) AS at FROM announcement
    WHERE status <> 'cancelled' AND started_at >= ${since} AND id <> coalesce(${except ?? null}::uuid, gen_random_uuid())
    ORDER BY started_at DESC`
}

/** How many drafts wait for another account than their author's to agree. */
export async function countWanted(sql: Sql, accountId: string): Promise<number> {
  const [row] = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM announcement
    WHERE status = 'draft' AND wanted_at IS NOT NULL AND approved_at IS NULL
      AND written_by IS DISTINCT FROM ${accountId}::uuid`
  return row?.count ?? 0
}

/** How many accounts could agree to an announcement: those that can get in. */
export async function countApprovers(sql: Sql, roles: readonly string[]): Promise<number> {
  const [row] = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM staff_account a
    WHERE disabled_at IS NULL AND role = ANY(${roles}::text[]) AND (password_hash IS NOT NULL
      OR EXISTS (SELECT 1 FROM api_token k WHERE k.account_id = a.id AND k.revoked_at IS NULL))`
  return row?.count ?? 0
}

/** How many announcements go out or rest, are scheduled, wait for a second person, or have deliveries in doubt. */
export type UnderWay = Record<'going' | 'scheduled' | 'wanted' | 'uncertain', number>

export async function countUnderWay(sql: Sql): Promise<UnderWay> {
  const [row] = await sql<UnderWay>`
    SELECT count(*) FILTER (WHERE status IN ('sending', 'paused'))::int AS going,
      count(*) FILTER (WHERE status = 'scheduled')::int AS scheduled,
      count(*) FILTER (WHERE status = 'draft' AND wanted_at IS NOT NULL AND approved_at IS NULL)::int AS wanted,
      count(*) FILTER (WHERE status IN ('sending', 'paused', 'done') AND EXISTS (
        SELECT 1 FROM delivery d WHERE d.announcement_id = n.id AND d.status = 'uncertain'))::int AS uncertain
    FROM announcement n`
  return row ?? { going: 0, scheduled: 0, wanted: 0, uncertain: 0 }
}
