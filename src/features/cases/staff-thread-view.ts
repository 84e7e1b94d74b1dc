// What was written in a case, and what became of each reply.
import type { SentenceKey } from '../../core/model/sentence-key.ts'
import type { Settings } from '../../core/model/settings.ts'
import { channelName } from '../../core/text/channel-name.ts'
import { type Html, html } from '../../platform/html/html.ts'
import { time, type Visit } from '../../staff/index.ts'
import { stateBadges } from './staff-list-view.ts'
import type { Case, CaseText, Delivery } from './store.ts'

export type Thread = {
  found: Case
  texts: readonly CaseText[]
  settings: Settings
  /** What came after this moment (ms) came while somebody was writing. */
  freshSince?: number
}

/** Asks for itself every few seconds; what is being written stands elsewhere. */
export function threadView(visit: Visit, { found, texts, settings, freshSince }: Thread): Html {
  const { t } = visit
  const { reference, assignee } = found
  return html`<section id="thread" hx-get="/console/inbox/${reference}" hx-trigger="every 5s" hx-swap="outerMorph">
<p class="badges">${stateBadges(visit, found, settings)} <span class="detail">${t('console.inbox.assignee')}: ${assignee ?? t('console.inbox.nobody')}</span></p>
<div role="log" aria-label="${t('console.inbox.texts')}"><ol class="thread">${texts.map(text => viewText(visit, text, isAfter(text.at, freshSince)))}</ol></div></section>`
}

/** Whether something came while somebody was writing. */
export function isAfter(at: Date, freshSince: number | undefined): boolean {
  return freshSince !== undefined && at.getTime() > freshSince
}

function viewText(visit: Visit, text: CaseText, isFresh: boolean): Html {
  const { t } = visit
  const { id, kind, at, author, channel, elsewhere, delivery } = text
  const by = kind === 'asker' ? t('console.inbox.asker') : author
  const where = channel && channelName(channel, t)
  return html`<li id="text-${id}" class="text ${kind} ${isFresh && 'fresh'}">
<p class="detail">${kind !== 'asker' && html`<strong>${t(`console.inbox.kind.${kind}`)}</strong> · `}${by} · ${time(visit, at)}${where && html` · ${where}`}
${isFresh && html`<span class="badge warn">${t('console.inbox.fresh')}</span>`}</p>
<p class="said" dir="auto">${text.text}</p>
${delivery && viewDelivery(visit, delivery)}${elsewhere && kind === 'reply' && html`<p class="detail">${t('console.inbox.elsewhere', { channel: where || '' })}</p>`}</li>`
}

function viewDelivery({ t }: Visit, { status, reason, detail }: Delivery): Html {
  const why = status === 'unsent' ? 'console.inbox.why.unsent' : reason ? WHY[reason] : undefined
  const settled = status === 'sent' || status === 'delivered' || status === 'seen'
  return html`<p class="detail"><span class="badge ${CLASSES[status]}">${t(`console.inbox.delivery.${status}`)}</span>
${!settled && why && t(why)}${!settled && detail && html` <code>${detail}</code>`}</p>`
}

const CLASSES: Record<Delivery['status'], string> = {
  unsent: 'bad',
  queued: 'warn',
  sending: 'warn',
  sent: 'good',
  delivered: 'good',
  seen: 'good',
  failed: 'bad',
  uncertain: 'bad',
}

/** Reasons of outbox rows. */
const WHY: Record<string, SentenceKey> = {
  unreachable: 'console.inbox.why.unreachable',
  rejected: 'console.inbox.why.rejected',
  'not-sent': 'console.inbox.why.not-sent',
  undelivered: 'console.inbox.why.undelivered',
  uncertain: 'console.inbox.why.uncertain',
  abandoned: 'console.inbox.why.uncertain',
  throttled: 'console.inbox.why.throttled',
  misconfigured: 'console.inbox.why.misconfigured',
  'channel-off': 'console.inbox.why.channel-off',
}
