// What became of an announcement person by person, to look at, to decide about and to take along.
import { channelName } from '../../core/text/channel-name.ts'
import { DELIVERY_STATUSES, type DeliveryStatus } from '../../delivery/index.ts'
import { csvOf } from '../../platform/csv.ts'
import { type Html, html } from '../../platform/html/html.ts'
import { type Answer, number, time, type Visit } from '../../staff/index.ts'
import { addressOf } from './lifecycle.ts'
import type { Announcement, Counts } from './model.ts'
import type { AnnouncementDesk } from './staff-desk.ts'
import { reasonText } from './staff-progress-view.ts'
import { countDeliveries, type DeliveryRow, listDeliveries } from './store.ts'

const PAGE_SIZE = 100
const FILE_BATCH = 5000

export async function deliveriesPage(
  { database: { sql } }: AnnouncementDesk,
  visit: Visit,
  { id }: Announcement,
): Promise<Answer> {
  const { t, query } = visit
  const status = DELIVERY_STATUSES.find(known => known === query.status)
  const after = /^\d{1,18}$/.test(query.after ?? '') ? query.after : undefined
  const rows = await listDeliveries(sql, { announcementId: id, status, after, limit: PAGE_SIZE })
  const last = rows.length === PAGE_SIZE ? rows.at(-1) : undefined
  const body = html`<p><a href="${addressOf(id)}">${t('console.announcements.one')}</a></p>
${tabs(visit, id, await countDeliveries(sql, id), status)}
${rows.length ? listing(visit, id, { rows, status }) : html`<p class="quiet">${t('console.nothing')}</p>`}
${last && html`<p><a class="button" href="?status=${status ?? ''}&after=${last.id}">${t('console.older')}</a></p>`}`
  return { kind: 'page', title: t('console.announcements.outcome.people'), body }
}

function tabs(visit: Visit, id: string, counts: Counts, current?: DeliveryStatus): Html {
  const { t } = visit
  const tab = (status: DeliveryStatus | undefined, label: string, count: number) =>
    html`<a href="${addressOf(id)}/deliveries${status ? `?status=${status}` : ''}" ${status === current && html`aria-current="true"`}>${label} <span class="tally">${number(visit, count)}</span></a>`
  return html`<nav class="tabs" aria-label="${t('console.announcements.outcome.status')}">${tab(undefined, t('console.announcements.outcome.all'), counts.total)}${DELIVERY_STATUSES.map(
    status => tab(status, t(`console.announcements.count.${status}`), counts[status]),
  )}</nav>`
}

type Shown = { rows: readonly DeliveryRow[]; status?: DeliveryStatus }

/** Those about which something can be decided have a box. */
function listing(visit: Visit, id: string, { rows, status }: Shown): Html {
  const { t, csrf } = visit
  const decidable = status === 'failed' || status === 'skipped' || status === 'uncertain'
  const list = html`<ul class="rows card">${rows.map(row => item(visit, row, decidable))}</ul>`
  if (!decidable) return list
  return html`<form method="post" action="${addressOf(id)}/retry">${csrf}<input type="hidden" name="status" value="${status}"><input type="hidden" name="single" value="yes">
${list}<p class="row links"><button>${t('console.announcements.outcome.again')}</button>
${status === 'uncertain' && html`<button formaction="${addressOf(id)}/confirm">${t('console.announcements.outcome.confirm')}</button>`}</p></form>`
}

function item(visit: Visit, row: DeliveryRow, decidable: boolean): Html {
  const { t } = visit
  const person = row.person?.slice(0, 8) ?? t('console.announcements.outcome.erased')
  const box =
    decidable &&
    html`<input type="checkbox" name="delivery" value="${row.id}" aria-label="${t('console.announcements.outcome.choose', { person })}">`
  return html`<li><span class="check">${box}<code>${person}</code> ${channelName(row.channel, t)}</span>
<span>${t(`console.announcements.count.${row.status}`)}${row.reason && html` <span class="detail">${reasonText(visit, row.reason)}</span>`}</span>
<span class="detail">${time(visit, row.at)}</span></li>`
}

/** Without the chats: who somebody is can't be told from it. */
export async function deliveriesFile(
  { database: { sql } }: AnnouncementDesk,
  _visit: Visit,
  { id }: Announcement,
): Promise<Answer> {
  const cells: (string | null)[][] = []
  for (let after = '0'; ; ) {
    const rows = await listDeliveries(sql, { announcementId: id, after, limit: FILE_BATCH })
    cells.push(
      ...rows.map(row => [row.id, row.person, row.channel, row.status, row.reason, row.at.toISOString()]),
    )
    if (rows.length < FILE_BATCH) break
    after = rows.at(-1)?.id ?? after
  }
  const bytes = csvOf(['delivery', 'person', 'channel', 'status', 'reason', 'at'], cells)
  return { kind: 'file', name: `announcement-${id.slice(0, 8)}.csv`, mime: 'text/csv; charset=utf-8', bytes }
}
