// The page of an announcement that has begun, kept up to date while somebody looks at it.
import { setTimeout as sleep } from 'node:timers/promises'
import { type Html, html } from '../../platform/html/html.ts'
import { type Answer, messagePreviews, type Visit } from '../../staff/index.ts'
import { VARIANTS } from './compose.ts'
import { restOf } from './deps.ts'
import type { Announcement } from './model.ts'
import { createSpeed, type Speed } from './speed.ts'
import { problemText } from './staff-composer-view.ts'
import type { AnnouncementDesk } from './staff-desk.ts'
import type { Problem } from './staff-draft.ts'
import { titleOf } from './staff-list.ts'
import { type Progress, progressPart } from './staff-progress-view.ts'
import { countDeliveries, countResults, readAnnouncement, readRendered } from './store.ts'

export async function progressPage(
  desk: AnnouncementDesk,
  visit: Visit,
  announcement: Announcement,
  problem?: Problem,
): Promise<Answer> {
  const { t } = visit
  const { id } = announcement
  const progress = await progressOf(desk, visit, announcement)
  const body = html`<p><a href="/console/announcements">${t('console.announcements.back')}</a></p>${problemText(visit, problem)}
<p class="lead">${titleOf(visit, announcement)}</p>
<div id="progress" hx-sse:connect="/console/announcements/${id}/live" hx-swap="innerMorph">${progressPart(visit, progress)}</div>
<noscript><p><a class="button" href="/console/announcements/${id}">${t('console.announcements.progress.refresh')}</a></p></noscript>
${await messagesView(desk, visit, id)}`
  return { kind: 'page', title: t('console.announcements.one'), body, status: problem ? 409 : 200 }
}

async function progressOf(
  desk: AnnouncementDesk,
  { account, now }: Visit,
  announcement: Announcement,
  speed?: Speed,
): Promise<Progress> {
  const counts = await countDeliveries(desk.database.sql, announcement.id)
  const done = counts.total - counts.planned - counts.sending
  const at = Date.now()
  const { override, sendAt } = announcement
  const rest = restOf(desk, { scheduled: sendAt !== undefined, override }, speed ? at : now.getTime())
  return {
    announcement,
    counts,
    perSecond: speed?.note({ at, done }),
    restsUntil: rest && new Date(rest.allowedFrom),
    results: announcement.status === 'sending' ? [] : await countResults(desk.database.sql, announcement.id),
    mayAct: account.role !== 'monitor',
  }
}

/** The messages as they go out, folded away. */
async function messagesView(desk: AnnouncementDesk, visit: Visit, id: string): Promise<Html> {
  const rendered = await readRendered(desk.database.sql, id)
  const looker = { ...visit, publicUrl: desk.publicUrl, translator: desk.knowledge().sentences }
  return html`${
    rendered &&
    html`<section class="card"><h2>${visit.t('console.announcements.variant.title')}</h2>${VARIANTS.map(
      variant =>
        html`<details><summary>${visit.t(`console.announcements.variant.${variant}`)}</summary>${messagePreviews(rendered[variant], looker)}</details>`,
    )}</section>`
  }`
}

const EVERY_MS = 1000
/** Counting a million rows takes its time: it is done less often then. */
const SHARE = 5

/** The live part as it changes. */
export async function liveProgress(
  desk: AnnouncementDesk,
  visit: Visit,
  { id }: Announcement,
): Promise<Answer> {
  return { kind: 'stream', parts: signal => progressParts(desk, visit, id, signal) }
}

async function* progressParts(
  desk: AnnouncementDesk,
  visit: Visit,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<Html> {
  const speed = createSpeed()
  let shown = ''
  while (!signal.aborted) {
    const began = performance.now()
    const announcement = await readAnnouncement(desk.database.sql, id)
    if (!announcement) return
    const part = progressPart(visit, await progressOf(desk, visit, announcement, speed))
    if (String(part) !== shown) yield part
    shown = String(part)
    const restMs = Math.max(EVERY_MS, (performance.now() - began) * SHARE)
    await sleep(restMs, undefined, { signal }).catch(() => undefined)
  }
}
