// Who is to be told what, written in the transaction of its cause; teller.ts tells it. The key (registration,
// kind, about) keeps everything from being told twice, whatever runs at the same time.
import type { Sql } from '../../platform/db/database.ts'

/** What people who signed up are told without having asked. */
export const NOTICE_KINDS = [
  /** A seat became free and is theirs. */
  'seat',
  /** A seat became free and is held for them. */
  'offer',
  'expired',
  'moved',
  'cancelled',
  /** Staff gave their seat back. */
  'dropped',
  /** Two registrations turned out to be one person's. */
  'merged',
  /** Two days before, and two hours before. */
  'soon',
  'today',
  'thanks',
  'minutes',
] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

/** What NOTIFY calls the news that somebody is to be told something. */
export const NEWS = 'komsija_workshops'

/** Puts these registrations into the queue; those that are in it already with this kind and key stay as they are. */
export async function enqueue(
  sql: Sql,
  notice: {
    registrationIds: readonly string[]
    kind: NoticeKind
    about: string
    details?: object
    now: Date
  },
): Promise<void> {
  const { registrationIds, kind, about, details, now } = notice
  if (registrationIds.length === 0) return
  await sql`
    INSERT INTO workshop_notice (registration_id, kind, about, details, created_at)
    SELECT id, ${kind}, ${about}, ${details ? JSON.stringify(details) : null}::jsonb, ${now}
    FROM unnest(${registrationIds}::bigint[]) AS t (id)
    ON CONFLICT DO NOTHING`
  await sql`SELECT pg_notify(${NEWS}, '')`
}
