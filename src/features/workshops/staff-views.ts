// The pages of the console about workshops: the list, one workshop, its people.
import type { Community } from '../../core/model/content.ts'
import { textIn } from '../../core/model/workshop.ts'
import { channelName } from '../../core/text/channel-name.ts'
import { type Html, html } from '../../platform/html/html.ts'
import { deedButton, moment, number, type Visit } from '../../staff/index.ts'
import type { FeedbackSummary } from './feedback.ts'
import type { RegistrationRow } from './registrations.ts'
import { CHANGES, SMALL_GROUP } from './rules.ts'
import { communityLabel } from './staff-form.ts'
import { mayWrite, statusBadge } from './staff-parts.ts'
import type { WorkshopRecord } from './store.ts'
import { placeWords, type Speaker, whenWords } from './words.ts'

export type ListFilter = { when: 'coming' | 'past'; community?: string; status?: WorkshopRecord['status'] }

export function listView(
  visit: Visit,
  speaker: Speaker,
  {
    workshops,
    filter,
    openRequests,
  }: { workshops: readonly WorkshopRecord[]; filter: ListFilter; openRequests: number },
): Html {
  const { t } = visit
  return html`<p class="row tools">${mayWrite(visit) && html`<a class="button primary" href="/console/workshops/new">${t('console.workshops.new')}</a>`}
  <a class="button" href="/console/workshops/coverage">${t('console.workshops.coverage')}</a>
  <a class="button" href="/console/workshops/requests">${t('console.workshops.requests')}${openRequests > 0 && html` <span class="count">${openRequests}</span>`}</a></p>
${filterForm(visit, speaker.content.communities, filter)}
${
  workshops.length > 0
    ? html`<section class="card"><ul class="rows">${workshops.map(workshop => html`<li>${listItem(visit, speaker, workshop)}</li>`)}</ul></section>`
    : html`<p class="quiet">${t('console.nothing')}</p>`
}`
}

function filterForm({ t, inScript }: Visit, communities: readonly Community[], filter: ListFilter): Html {
  const option = (value: string, label: string, chosen: string | undefined) =>
    html`<option value="${value}" ${value === (chosen ?? '') && html`selected`}>${label}</option>`
  return html`<form method="get" action="/console/workshops" class="row spaced">
  <label>${t('console.workshops.time')}<select name="when">${(['coming', 'past'] as const).map(when =>
    option(when, t(`console.workshops.when.${when}`), filter.when),
  )}</select></label>
  <label>${t('console.workshops.state')}<select name="status">${option('', t('console.workshops.any'), filter.status)}${(
    ['draft', 'published', 'cancelled', 'done'] as const
  ).map(status => option(status, t(`console.workshops.status.${status}`), filter.status))}</select></label>
  <label>${t('console.workshops.community')}<select name="community">${option('', t('console.workshops.any'), filter.community)}${communities.map(
    ({ id, name }) => option(id, communityLabel(id, inScript(name)), filter.community),
  )}</select></label>
  <button>${t('console.workshops.show')}</button></form>`
}

function listItem(visit: Visit, speaker: Speaker, workshop: WorkshopRecord): Html {
  const { t, inScript } = visit
  const { id, title, status, seats, waiting, capacity } = workshop
  return html`<div><a href="/console/workshops/${id}"><strong>${inScript(textIn(title, speaker.language))}</strong></a>
  ${statusBadge(visit, status)}<br><span class="quiet">${inScript(whenWords(workshop, speaker))} · ${whereWords(visit, speaker, workshop)}</span></div>
  <div class="number">${t('console.workshops.taken', { taken: seats.confirmed + seats.offered + seats.attended + seats.absent, capacity })}${
    waiting > 0 &&
    html` <span class="badge warn">${t('console.workshops.waiting', { count: waiting })}</span>`
  }</div>`
}

/** Staff see the number of a community whose name is not confirmed yet. */
function whereWords({ inScript }: Visit, { content }: Speaker, { place, community }: WorkshopRecord): string {
  const name = content.communities.find(({ id }) => id === community)?.name ?? ''
  return inScript(`${place}, ${communityLabel(community, name)}`)
}

export type Detail = {
  workshop: WorkshopRecord
  registrations: readonly RegistrationRow[]
  feedback: FeedbackSummary
  /** Of what will be told to those who signed up. */
  preview?: Html
}

export function detailView(visit: Visit, speaker: Speaker, detail: Detail): Html {
  const { workshop, registrations, feedback, preview } = detail
  const held = workshop.status === 'done' || visit.now.getTime() >= workshop.startsAt
  return html`<p>${statusBadge(visit, workshop.status)}</p>
${tools(visit, workshop)}
${preview && pendingChange(visit, workshop, preview)}
<div class="columns"><div>
  <section class="card"><h2>${visit.t('console.workshops.people')}</h2>${counts(visit, workshop)}
  ${registrationList(visit, workshop, registrations)}</section>
  ${held && workshop.status !== 'cancelled' && afterwards(visit, workshop, feedback)}
</div>
<section class="card">${facts(visit, speaker, workshop)}</section></div>`
}

function pendingChange(visit: Visit, { id, tellAt = 0 }: WorkshopRecord, preview: Html): Html {
  const { t } = visit
  return html`<section class="warning"><p>${t('console.workshops.willTell', { moment: moment(visit, new Date(tellAt)) })}</p>
<details><summary>${t('console.workshops.preview')}</summary>${preview}</details>
${mayWrite(visit) && deedButton(visit, { to: `/console/workshops/${id}/tell`, label: t('console.workshops.tellNow') })}</section>`
}

function facts(visit: Visit, speaker: Speaker, workshop: WorkshopRecord): Html {
  const { t, inScript } = visit
  const { agenda, accessibility, description, doorCode, createdBy } = workshop
  const text = (label: string, value: string) =>
    value !== '' && html`<dt>${label}</dt><dd class="said">${value}</dd>`
  const say = (local: WorkshopRecord['title']) => inScript(textIn(local, speaker.language))
  return html`<dl class="facts"><dt>${t('console.workshops.time')}</dt><dd>${inScript(whenWords(workshop, speaker))}</dd>
  <dt>${t('console.workshops.place')}</dt><dd>${whereWords(visit, speaker, workshop)}</dd>
  ${text(t('console.workshops.description'), say(description))}
  ${text(t('console.workshops.agenda'), say(agenda))}
  ${text(t('console.workshops.accessibility'), say(accessibility))}
  <dt>${t('console.workshops.publicPlace')}</dt><dd>${inScript(placeWords(workshop, speaker))}</dd>
  ${mayWrite(visit) && html`<dt>${t('console.workshops.doorCode')}</dt><dd><code class="ticket">${doorCode}</code></dd>`}
  <dt>${t('console.workshops.createdBy')}</dt><dd>${createdBy}</dd></dl>`
}

function tools(visit: Visit, workshop: WorkshopRecord): Html {
  const { t } = visit
  const { id, status } = workshop
  const base = `/console/workshops/${id}`
  const link = (to: string, label: string, look = '') =>
    html`<a class="button ${look}" href="${to}">${label}</a>`
  const open = status === 'draft' || status === 'published'
  const write = mayWrite(visit)
  return html`<div class="row tools spaced">
  ${write && status === 'draft' && link(`${base}/publish`, t('console.workshops.publish'), 'primary')}
  ${write && status === 'published' && link(`${base}/door`, t('console.workshops.door'), 'primary')}
  ${write && open && link(`${base}/edit`, t('console.workshops.edit'))}
  ${status === 'published' && link(`/console/announcements/new?workshop=${id}`, t('console.workshops.announce'))}
  ${status !== 'draft' && link(`/workshops/${id}`, t('console.workshops.public'))}
  ${link(`${base}/poster`, t('console.workshops.poster'))}
  ${write && link(`${base}/door-sheet`, t('console.workshops.doorSheet'))}
  ${write && link(`${base}/registrations.csv`, t('console.workshops.csv'))}
  ${write && deedButton(visit, { to: `${base}/duplicate`, label: t('console.workshops.duplicate') })}
  ${write && open && link(`${base}/cancel`, t('console.workshops.cancel'), 'danger')}</div>`
}

function counts(visit: Visit, { seats, capacity, free, waiting, walkIns }: WorkshopRecord): Html {
  const { t } = visit
  const figures = [
    ['confirmed', seats.confirmed],
    ['offered', seats.offered],
    ['waitingSeats', seats.waiting],
    ['attended', seats.attended],
    ['absent', seats.absent],
    ['walkIns', walkIns],
    ['free', free],
  ] as const
  return html`<p class="quiet">${t('console.workshops.capacityIs', { capacity })}${waiting > 0 && ` · ${t('console.workshops.waiting', { count: waiting })}`}</p>
<dl class="numbers large">${figures
    .filter(([name, value]) => value > 0 || name === 'confirmed' || name === 'free')
    .map(
      ([name, value]) =>
        html`<div><dt>${t(`console.workshops.figure.${name}`)}</dt><dd>${number(visit, value)}</dd></div>`,
    )}</dl>`
}

function registrationList(
  visit: Visit,
  workshop: WorkshopRecord,
  registrations: readonly RegistrationRow[],
): Html {
  const { t } = visit
  const shown = registrations.filter(({ status }) => status !== 'cancelled')
  if (shown.length === 0) return html`<p class="quiet">${t('console.workshops.nobody')}</p>`
  return html`<p class="hint">${t('console.workshops.noNames')}</p>
<ol class="rows people">${shown.map(row => html`<li>${registrationItem(visit, workshop, row)}</li>`)}</ol>`
}

function registrationItem(visit: Visit, workshop: WorkshopRecord, row: RegistrationRow): Html {
  const { t } = visit
  const { id, channel, guests, status, code, place, offeredUntil } = row
  return html`<div><strong>${t('console.workshops.number', { number: id })}</strong>
  <span class="badge ${LOOKS[status]}">${t(`workshop.status.${status}`)}${place !== null && ` ${place}`}</span>
  <br><span class="quiet">${[channel && channelName(channel, t), t('workshop.seats', { count: guests + 1 }), offeredUntil && moment(visit, offeredUntil)].filter(Boolean).join(' · ')}</span>
  ${code !== null && mayWrite(visit) && html` <code class="ticket">${code}</code>`}</div>
  ${mayWrite(visit) && marks(visit, workshop, row)}`
}

const LOOKS: Record<RegistrationRow['status'], string> = {
  confirmed: 'good',
  attended: 'good',
  offered: 'warn',
  waiting: 'warn',
  absent: 'bad',
  cancelled: '',
}

/** What may be made of a registration: attendance once it begins, its seat as long as it hasn't. */
function marks(visit: Visit, workshop: WorkshopRecord, { id, status }: RegistrationRow): Html {
  const { t, csrf } = visit
  const begun = visit.now.getTime() >= workshop.startsAt || workshop.status === 'done'
  const possible = (['attended', 'absent', 'confirmed', 'cancelled'] as const).filter(to => {
    const from: readonly string[] = CHANGES[to]
    const inTime = to === 'cancelled' ? workshop.status === 'published' : begun
    return from.includes(status) && inTime
  })
  return html`<form method="post" action="/console/workshops/${workshop.id}/registrations/${id}" class="row tight">${csrf}${possible.map(
    to =>
      html`<button class="small ${to === 'cancelled' ? 'danger' : ''}" name="status" value="${to}">${t(`console.workshops.mark.${to}`)}<span class="visually-hidden"> ${t('console.workshops.number', { number: id })}</span></button>`,
  )}</form>`
}

function afterwards(visit: Visit, workshop: WorkshopRecord, feedback: FeedbackSummary): Html {
  const { t } = visit
  const { id, status } = workshop
  const closable = mayWrite(visit) && status === 'published'
  return html`${
    closable &&
    html`<section class="card"><h2>${t('console.workshops.close')}</h2><p>${t('console.workshops.closeText')}</p>
${deedButton(visit, { to: `/console/workshops/${id}/close`, label: t('console.workshops.closeGo'), look: 'primary', confirm: t('console.workshops.closeConfirm') })}</section>`
  }
${walkInForm(visit, workshop)}
${minutesForm(visit, workshop)}
<section class="card"><h2>${t('console.workshops.feedback')}</h2>${feedbackView(visit, feedback)}</section>`
}

/** Counts people without a registration; `at` says where to go on afterwards. */
export function walkInForm(visit: Visit, { id, walkIns }: WorkshopRecord, at = ''): Html {
  const { t, csrf } = visit
  return html`<section class="card"><h2>${t('console.workshops.walkIns')}</h2>
<p>${t('console.workshops.walkInsText', { count: walkIns })}</p>
${mayWrite(visit) && html`<form method="post" action="/console/workshops/${id}/walk-ins" class="row tight">${csrf}<input type="hidden" name="at" value="${at}"><button name="count" value="1">+ 1</button> <button name="count" value="5">+ 5</button> <button class="small" name="count" value="-1">− 1</button></form>`}</section>`
}

function minutesForm(visit: Visit, { id, minutes, hasMinutes }: WorkshopRecord): Html | false {
  const { t, csrf } = visit
  if (!mayWrite(visit)) return false
  const box = (language: 'sr' | 'bs' | 'en') =>
    html`<label>${t('console.workshops.minutes')}, ${t(`workshop.language.${language}`)}<textarea name="minutes-${language}" maxlength="20000">${minutes?.[language]}</textarea></label>`
  return html`<section class="card"><h2>${t('console.workshops.minutes')}</h2>
<form method="post" action="/console/workshops/${id}/minutes" class="stack wide" data-keep>${csrf}${box('sr')}
<details><summary>${t('console.workshops.otherLanguages')}</summary>${box('bs')}${box('en')}</details>
<p class="hint">${t(hasMinutes ? 'console.workshops.minutesPublic' : 'console.workshops.minutesHint')}</p>
<p class="row tight"><button name="publish" value="">${t('console.save')}</button>
<button class="primary" name="publish" value="yes">${t('console.workshops.publishMinutes')}</button></p></form></section>`
}

function feedbackView(visit: Visit, { count, ratings, texts }: FeedbackSummary): Html {
  const { t } = visit
  return html`<p>${t('console.workshops.answers', { count })}</p>
${
  ratings
    ? html`<p><strong>${number(visit, ratings.mean, 1)}</strong> / 5</p>
<table><caption class="visually-hidden">${t('console.workshops.feedback')}</caption><thead><tr><th scope="col">${t('console.workshops.rating')}</th><th scope="col" class="number">${t('console.workshops.people')}</th></tr></thead>
<tbody>${([5, 4, 3, 2, 1] as const).map(rating => html`<tr><th scope="row">${rating}</th><td class="number">${number(visit, ratings.counts[rating])}</td></tr>`)}</tbody></table>`
    : html`<p class="hint">${t('console.workshops.tooFew', { least: SMALL_GROUP })}</p>`
}
${texts.length > 0 && html`<ul class="rows">${texts.map(text => html`<li class="said">${text}</li>`)}</ul>`}`
}

/** A look at the message before something is published or cancelled. */
export function confirmView(
  visit: Visit,
  {
    workshop,
    what,
    preview,
    concerned,
  }: { workshop: WorkshopRecord; what: 'publish' | 'cancel'; preview: Html; concerned: number },
): Html {
  const { t } = visit
  const base = `/console/workshops/${workshop.id}`
  return html`<p>${t(`console.workshops.${what}Text`, { count: concerned })}</p>
<section class="card"><h2>${t('console.workshops.preview')}</h2>${preview}</section>
<div class="row tools">${deedButton(visit, { to: `${base}/${what}`, label: t(`console.workshops.${what}Go`), look: what === 'cancel' ? 'danger' : 'primary' })}
<a class="button" href="${base}">${t('console.cancel')}</a></div>`
}
