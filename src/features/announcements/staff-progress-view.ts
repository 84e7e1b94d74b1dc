// An announcement on its way and what became of it.
import type { SentenceKey } from '../../core/model/sentence-key.ts'
import { channelName } from '../../core/text/channel-name.ts'
import { DELIVERY_STATUSES } from '../../delivery/index.ts'
import { type Html, html } from '../../platform/html/html.ts'
import { moment, number, type Visit } from '../../staff/index.ts'
import type { Announcement, AnnouncementStatus, Counts } from './model.ts'
import type { Result } from './store.ts'

export type Progress = {
  announcement: Announcement
  counts: Counts
  /** Deliveries a second; absent: not known. */
  perSecond?: number
  /** It rests at this hour until then. */
  restsUntil?: Date
  /** What became of it, while it rests or when it is over. */
  results: readonly Result[]
  /** Whoever looks may do something about it. */
  mayAct: boolean
}

const CLASSES: Record<AnnouncementStatus, string> = {
  draft: '',
  scheduled: 'warn',
  sending: 'warn',
  paused: 'bad',
  done: 'good',
  cancelled: 'bad',
}

export function statusBadge({ t }: Visit, status: AnnouncementStatus): Html {
  return html`<span class="badge ${CLASSES[status]}">${t(`console.announcements.status.${status}`)}</span>`
}

/** The live part: how far it is, the switches that fit, and what became of it. */
export function progressPart(visit: Visit, progress: Progress): Html {
  const { t } = visit
  const { announcement, counts } = progress
  const { status, plannedAt, sendAt } = announcement
  return html`<section class="card"><h2>${t('console.announcements.progress.title')}</h2>
<p class="badges">${statusBadge(visit, status)}
${status === 'scheduled' && sendAt && html`<span>${t('console.announcements.sendsAt')} ${moment(visit, sendAt)}</span>`}</p>
${status === 'sending' && !plannedAt && html`<p>${t('console.announcements.progress.planning')}</p>`}
${plannedAt && bar(visit, counts)}${plannedAt && numbers(visit, counts)}
${paceLine(visit, progress)}${progress.mayAct && switches(visit, announcement)}</section>
${progress.results.length > 0 && outcomeCard(visit, progress)}`
}

function bar(visit: Visit, { total, planned, sending }: Counts): Html {
  const done = total - planned - sending
  const said = visit.t('console.announcements.progress.bar', {
    done: number(visit, done),
    total: number(visit, total),
  })
  return html`<p><progress value="${done}" max="${Math.max(total, 1)}" aria-label="${said}"></progress><span>${said}</span></p>`
}

function numbers(visit: Visit, counts: Counts): Html {
  const { t } = visit
  return html`<dl class="tallies">${DELIVERY_STATUSES.map(
    status =>
      html`<div><dt>${t(`console.announcements.count.${status}`)}</dt><dd>${number(visit, counts[status])}</dd></div>`,
  )}</dl>`
}

function paceLine(visit: Visit, { announcement, counts, perSecond = 0, restsUntil }: Progress): Html | false {
  const { t } = visit
  if (announcement.status !== 'sending') return false
  if (restsUntil)
    return html`<p class="warning">${t('console.announcements.progress.resting', { at: moment(visit, restsUntil) })}</p>`
  if (perSecond <= 0) return false
  const seconds = Math.ceil((counts.planned + counts.sending) / perSecond)
  return html`<p>${t('console.announcements.progress.rate', { rate: number(visit, perSecond, 1) })} · ${t(
    'console.announcements.progress.eta',
    { time: duration(visit, seconds) },
  )}</p>`
}

function duration({ t }: Visit, seconds: number): string {
  if (seconds < 90) return t('console.announcements.progress.seconds', { count: seconds })
  return t('console.announcements.progress.minutes', { count: Math.ceil(seconds / 60) })
}

function switches({ t, csrf }: Visit, { id, status }: Announcement): Html {
  const form = (verb: 'pause' | 'resume' | 'cancel', look: string, confirm?: SentenceKey) =>
    html`<form method="post" action="/console/announcements/${id}/${verb}" ${confirm && html`data-confirm="${t(confirm)}"`}>${csrf}<button class="${look}">${t(`console.announcements.progress.${verb}`)}</button></form>`
  const going = status === 'sending' || status === 'scheduled'
  return html`<div class="row">${going && form('pause', 'primary')}${status === 'paused' && form('resume', 'primary')}
${(going || status === 'paused') && form('cancel', 'danger', 'console.announcements.progress.cancelConfirm')}</div>`
}

/** What became of it, and what can be done about it. */
function outcomeCard(
  visit: Visit,
  { announcement: { id, status }, counts, mayAct, results }: Progress,
): Html {
  const { t } = visit
  const mayDecide = mayAct && ['sending', 'paused', 'done'].includes(status)
  return html`<section class="card" id="outcome"><h2>${t('console.announcements.outcome.title')}</h2>
<ul class="rows">${results.map(result => resultRow(visit, result))}</ul>
${
  mayAct &&
  html`<p class="row links"><a class="button small" href="/console/announcements/${id}/deliveries">${t('console.announcements.outcome.people')}</a>
<a class="button small" href="/console/announcements/${id}/deliveries.csv" download>${t('console.announcements.outcome.export')}</a></p>`
}
${mayDecide && decisions(visit, id, counts)}</section>`
}

function resultRow(visit: Visit, { status, channel, reason, people }: Result): Html {
  const { t } = visit
  return html`<li><span><strong>${number(visit, people)}</strong> ${t(`console.announcements.count.${status}`)} · ${channelName(channel, t)}</span>
<span class="detail">${reasonText(visit, reason)}</span></li>`
}

function decisions({ t, csrf }: Visit, id: string, { failed, skipped, uncertain, sent }: Counts): Html {
  const form = (verb: string, status: string, label: SentenceKey, confirm?: SentenceKey) =>
    html`<form method="post" action="/console/announcements/${id}/${verb}" ${confirm && html`data-confirm="${t(confirm)}"`}>${csrf}<input type="hidden" name="status" value="${status}"><button>${t(label)}</button></form>`
  return html`${
    uncertain > 0 &&
    html`<p class="warning">${t('console.announcements.outcome.uncertainText')}</p><div class="row links">
${form('confirm', 'uncertain', 'console.announcements.outcome.confirm', 'console.announcements.outcome.confirmConfirm')}
${form('retry', 'uncertain', 'console.announcements.outcome.again', 'console.announcements.outcome.againConfirm')}</div>`
  }
<div class="row links">${failed > 0 && form('retry', 'failed', 'console.announcements.outcome.retryFailed')}
${skipped > 0 && form('retry', 'skipped', 'console.announcements.outcome.retrySkipped')}</div>
${
  sent + uncertain > 0 &&
  html`<p class="hint">${t('console.announcements.outcome.correctionText')}</p>${form('correction', '', 'console.announcements.outcome.correction')}`
}`
}

const REASONS = [
  'unreachable',
  'rejected',
  'undelivered',
  'no-answer',
  'abandoned',
  'unsubscribed',
  'erased',
  'linked',
  'cancelled',
  'budget',
  'channel-off',
  'throttled',
  'misconfigured',
  'not-sent',
  'singly',
  'confirmed',
] as const

/** Why a delivery is in its status. */
export function reasonText({ t }: Visit, reason: string | null): string {
  const known = REASONS.find(one => one === reason)
  return known ? t(`console.announcements.reason.${known}`) : (reason ?? '')
}
