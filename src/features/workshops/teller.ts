// Tells people what the queue of notices holds: each notice becomes an outbox row in the transaction that ticks
// it off, so that any number of instances may run this at once.
import type { Language, Script } from '../../core/model/content.ts'
import type { Outbound } from '../../core/model/message.ts'
import type { Context } from '../../core/model/topic.ts'
import type { RegistrationStatus, WorkshopView } from '../../core/model/workshop.ts'
import { inCyrillic } from '../../core/text/transliterate-message.ts'
import type { Database, Sql } from '../../platform/db/database.ts'
import { noticeMessage } from './notice-messages.ts'
import type { NoticeKind } from './notice-queue.ts'
import { isActive } from './rules.ts'
import { readWorkshop, type Told, type WorkshopRecord } from './store.ts'

export type Known = Pick<Context, 'content' | 'sentences' | 'publicUrl'>

/** Notices per transaction, so that no lock is held for long. */
const BATCH = 500

/**
 * What must not be missed goes out as replies do: at once and at least once. What only reminds or thanks goes as
 * bulk does: after replies, and at most once.
 */
const URGENT: readonly NoticeKind[] = ['seat', 'offer', 'expired', 'moved', 'cancelled', 'dropped', 'merged']

type Due = {
  id: string
  kind: NoticeKind
  details: Told | null
  workshopId: number
  own: { status: RegistrationStatus; guests: number; code: string; offeredUntil: number | null }
  addressId: string | null
  language: Language
  script: Script
}

/** Puts everything that is due into the outbox. Resolves to how many people are told. */
export async function tellDue(database: Database, known: Known, now: Date): Promise<number> {
  let count = 0
  for (;;) {
    const { seen, told } = await database.transaction(sql => tellSome(sql, known, now))
    count += told
    if (seen < BATCH) return count
  }
}

async function tellSome(sql: Sql, known: Known, now: Date): Promise<{ seen: number; told: number }> {
  const due = await takeDue(sql)
  const workshops = new Map<number, WorkshopRecord | undefined>()
  for (const { workshopId } of due) {
    if (!workshops.has(workshopId)) workshops.set(workshopId, await readWorkshop(sql, workshopId))
  }
  const rows = due.flatMap(notice => rowOf(notice, workshops.get(notice.workshopId), known, now) ?? [])
  await sql`UPDATE workshop_notice SET told_at = ${now} WHERE id = ANY(${due.map(({ id }) => id)}::bigint[])`
  await sql`
    INSERT INTO outbox (address_id, lane, status, message, created_at)
    SELECT address, lane, 'queued', message, now()
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS t (address uuid, lane text, message jsonb)`
  return { seen: due.length, told: rows.length }
}

/** The chat somebody signed up in, or else the one they wrote in last, as long as it can be reached. */
function takeDue(sql: Sql): Promise<Due[]> {
  return sql<Due>`
    SELECT n.id, n.kind, n.details, r.workshop_id AS "workshopId",
      jsonb_build_object('status', r.status, 'guests', r.guests, 'code', coalesce(r.code, ''),
        'offeredUntil', extract(epoch FROM r.offered_until) * 1000) AS own,
      chat.id AS "addressId", chat.language, chat.script
    FROM workshop_notice n JOIN registration r ON r.id = n.registration_id
    LEFT JOIN LATERAL (
      SELECT a.id, a.language, a.script FROM address a
      WHERE a.person_id = r.person_id AND a.reachable
      ORDER BY a.id = r.address_id DESC NULLS LAST, a.last_inbound_at DESC LIMIT 1) chat ON true
    WHERE n.told_at IS NULL ORDER BY n.id LIMIT ${BATCH}
    FOR UPDATE OF n SKIP LOCKED`
}

type Row = { address: string; lane: 'reply' | 'bulk'; message: Outbound }

function rowOf(
  { kind, own, addressId, language, script, details }: Due,
  workshop: WorkshopRecord | undefined,
  { content, sentences, publicUrl }: Known,
  now: Date,
): Row | undefined {
  if (!workshop || !addressId) return undefined
  const view = { ...workshop, own: { ...own, offeredUntil: own.offeredUntil ?? undefined } }
  if (!isStillTrue(kind, view, now.getTime())) return undefined
  const voice = { language, script, content, publicUrl, now: now.getTime(), t: sentences(language) }
  const message = noticeMessage(kind, view, voice, details ?? undefined)
  const cyrillic = language === 'sr' && script === 'cyrl'
  return {
    address: addressId,
    lane: URGENT.includes(kind) ? 'reply' : 'bulk',
    message: cyrillic ? inCyrillic(message, content.city.protectedWords) : message,
  }
}

/** Somebody may have left, or answered, between the cause and the telling; and the bot may have been away. */
function isStillTrue(
  kind: NoticeKind,
  { own, status, startsAt, endsAt }: WorkshopView,
  now: number,
): boolean {
  const state: RegistrationStatus | undefined = own?.status
  switch (kind) {
    case 'seat':
      return status === 'published' && state === 'confirmed'
    case 'offer':
      return status === 'published' && state === 'offered' && (own?.offeredUntil ?? 0) > now
    case 'moved':
      return status === 'published' && isActive(state) && now < endsAt
    case 'soon':
    case 'today':
      return status === 'published' && state === 'confirmed' && now < startsAt
    case 'merged':
      return isActive(state)
    case 'expired':
    case 'dropped':
      return state === 'cancelled'
    case 'cancelled':
      return status === 'cancelled' && now < endsAt
    case 'thanks':
    case 'minutes':
      return state === 'attended' || state === 'confirmed'
  }
}
