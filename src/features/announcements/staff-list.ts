// All announcements, newest first.
import { excerpt } from '../../core/text/excerpt.ts'
import { type Html, html } from '../../platform/html/html.ts'
import { type Answer, moment, number, time, type Visit } from '../../staff/index.ts'
import { addressOf } from './lifecycle.ts'
import type { Announcement, Counts } from './model.ts'
import type { AnnouncementDesk } from './staff-desk.ts'
import { saidIn } from './staff-draft.ts'
import { statusBadge } from './staff-progress-view.ts'
import { countAllDeliveries, listAnnouncements } from './store.ts'

const PAGE_SIZE = 50
const TEXT_MAX = 120

export async function listPage({ database: { sql } }: AnnouncementDesk, visit: Visit): Promise<Answer> {
  const { t, query } = visit
  const before = momentFrom(query.before)
  const announcements = await listAnnouncements(sql, { before, limit: PAGE_SIZE })
  const counts = await countAllDeliveries(
    sql,
    announcements.map(({ id }) => id),
  )
  const last = announcements.length === PAGE_SIZE ? announcements.at(-1) : undefined
  const body = html`${visit.account.role !== 'monitor' && html`<p><a class="button primary" href="/console/announcements/new">${t('console.announcements.new')}</a></p>`}
${
  announcements.length
    ? html`<ul class="rows card">${announcements.map(one => row(visit, one, counts.get(one.id)))}</ul>`
    : html`<p class="quiet">${t('console.announcements.empty')}</p>`
}
${last && html`<p><a class="button" href="?before=${last.createdAt.toISOString()}">${t('console.older')}</a></p>`}`
  return { kind: 'page', title: t('console.section.announcements'), body }
}

function momentFrom(text = ''): Date | undefined {
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : new Date(at)
}

function row(visit: Visit, announcement: Announcement, counts: Counts | undefined): Html {
  const { t } = visit
  const { id, status, createdAt, sendAt, author } = announcement
  return html`<li><div class="grow"><a href="${addressOf(id)}">${titleOf(visit, announcement)}</a>
<p class="detail">${t('console.announcements.created')} ${time(visit, createdAt)}${author && html` · ${t('console.announcements.by', { email: author })}`}</p></div>
<p class="badges">${statusBadge(visit, status)}
${status === 'scheduled' && sendAt && html`<span class="detail">${moment(visit, sendAt)}</span>`}
${counts && html`<span class="detail">${t('console.announcements.count.sent')} ${number(visit, counts.sent)} / ${number(visit, counts.total)}</span>`}</p></li>`
}

/** The beginning of the text, in the reader's script. */
export function titleOf({ t, inScript }: Visit, { message }: Announcement): string {
  return inScript(excerpt(saidIn(message, 'sr'), TEXT_MAX)) || t('console.announcements.untitled')
}
