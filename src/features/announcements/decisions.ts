// What staff decide about single deliveries: those that failed, those of which nobody knows.
import { type DeliveryEvent, move, statusesBefore } from '../../delivery/index.ts'
import type { Sql } from '../../platform/db/database.ts'
import type { Account } from '../../staff/index.ts'
import { type AnnouncementDeps, openChannels } from './deps.ts'
import { decide, type Outcome, targetOf } from './lifecycle.ts'
import { type Announcement, CHANNELS } from './model.ts'
import { setStatus } from './store.ts'

/** What a decision is about; no ids: all of them. */
export type Chosen = { status: 'failed' | 'skipped' | 'uncertain'; ids?: readonly string[] }

/** Reasons that stay true, whatever is tried. */
const FINAL = ['cancelled', 'unsubscribed', 'erased', 'linked']

/** Has deliveries sent again, each where the person can be reached now. Resolves to how many. */
export function sendAgain(
  deps: AnnouncementDeps,
  account: Account,
  id: string,
  chosen: Chosen,
): Promise<{ outcome: Outcome; count: number }> {
  return counted(deps, account, id, chosen, 'again', async (sql, { audience }) => {
    const channels = audience.channels?.length ? audience.channels : [...CHANNELS]
    const open = openChannels(deps).map(channel => channel.id)
    const rows = await sql`
      UPDATE delivery d SET status = ${move(chosen.status, 'again')}, reason = NULL, outbox_id = NULL, paid = false,
        alone = false, not_before = NULL, at = now(), channel = coalesce((
          SELECT a.channel FROM address a
          WHERE a.person_id = d.person_id AND a.reachable AND a.channel = ANY(${open}::text[])
            AND a.channel = ANY(${channels}::text[])
          ORDER BY a.last_inbound_at DESC LIMIT 1), d.channel)
      WHERE d.announcement_id = ${id} AND d.status = ${chosen.status} AND d.person_id IS NOT NULL
        AND NOT coalesce(d.reason, '') = ANY(${FINAL}::text[])
        AND (${chosen.ids ?? null}::bigint[] IS NULL OR d.id = ANY(${chosen.ids ?? null}::bigint[]))
      RETURNING 1`
    if (rows.length) await setStatus(sql, id, { from: ['done'], to: 'sending' })
    return rows.length
  })
}

/** Counts deliveries of which nobody knows as sent. Resolves to how many. */
export function countAsSent(
  deps: AnnouncementDeps,
  account: Account,
  id: string,
  ids?: readonly string[],
): Promise<{ outcome: Outcome; count: number }> {
  const chosen = { status: 'uncertain', ids } as const
  return counted(deps, account, id, chosen, 'confirm', async sql => {
    const rows = await sql`
      UPDATE delivery SET status = ${move('uncertain', 'confirm')}, reason = 'confirmed', at = now()
      WHERE announcement_id = ${id} AND status = ANY(${statusesBefore('confirm')}::text[])
        AND (${ids ?? null}::bigint[] IS NULL OR id = ANY(${ids ?? null}::bigint[]))
      RETURNING 1`
    return rows.length
  })
}

/** Not of a cancelled announcement: nothing of it goes out any more. */
async function counted(
  deps: AnnouncementDeps,
  account: Account,
  id: string,
  { status }: Chosen,
  event: DeliveryEvent,
  work: (sql: Sql, announcement: Announcement) => Promise<number>,
): Promise<{ outcome: Outcome; count: number }> {
  let count = 0
  const outcome = await decide(deps, account, id, async (sql, announcement, note) => {
    if (!['sending', 'paused', 'done'].includes(announcement.status))
      return { kind: 'state', status: announcement.status }
    count = await work(sql, announcement)
    await note({ action: `announcement.${event}`, target: targetOf(id), details: { status, count } })
    return { kind: 'done', status: announcement.status }
  })
  return { outcome, count }
}
