// The inbox as a list: ways of looking at it, and a row per case.
import type { Settings } from '../../core/model/settings.ts'
import { channelName } from '../../core/text/channel-name.ts'
import { excerpt } from '../../core/text/excerpt.ts'
import { dayIn } from '../../core/time/day.ts'
import { type Html, html } from '../../platform/html/html.ts'
import { isoDayWords, time, type Visit } from '../../staff/index.ts'
import { shownReference } from './reference.ts'
import { type Case, SHOWS, type Show } from './store.ts'

const QUESTION_MAX = 160

export type CaseList = {
  cases: readonly Case[]
  counts: Record<Show, number>
  show?: Show
  department?: string
  digits?: string
  page: number
  hasMore: boolean
  settings: Settings
}

/** The page: what is looked for stays still, the rest is kept up to date. */
export function listView(visit: Visit, list: CaseList): Html {
  return html`${searchForm(visit, list)}${listPart(visit, list)}`
}

function searchForm(
  { t, inScript, contentLanguage }: Visit,
  { show, department, digits, settings }: CaseList,
): Html {
  const { departments } = settings
  return html`<form method="get" action="/console/inbox" class="row search">
  <label>${t('console.inbox.search')}<input name="q" value="${digits}" inputmode="numeric" autocomplete="off" placeholder="234-567"></label>
  ${
    departments.length > 0 &&
    html`<label>${t('console.inbox.department')}<select name="department"><option value="">${t('console.inbox.allDepartments')}</option>${departments.map(
      ({ id, name }) =>
        html`<option value="${id}" ${id === department && html`selected`}>${inScript(name[contentLanguage])}</option>`,
    )}</select></label>`
  }
  <input type="hidden" name="show" value="${show ?? 'open'}"><button>${t('console.inbox.searchGo')}</button></form>`
}

/** Asks for itself every few seconds, so that new cases appear. */
export function listPart(visit: Visit, list: CaseList): Html {
  const { t } = visit
  const { cases, page, hasMore } = list
  return html`<section id="cases" hx-get="${addressOf(list)}" hx-trigger="every 5s" hx-swap="outerMorph">
<nav class="tabs" aria-label="${t('console.inbox.shows')}">${SHOWS.map(show => tab(visit, list, show))}</nav>
${
  cases.length
    ? html`<ul class="rows cases">${cases.map(found => row(visit, found, list.settings))}</ul>`
    : html`<p class="quiet">${t('console.inbox.empty')}</p>`
}
${
  (page > 0 || hasMore) &&
  html`<p class="row">${page > 0 && html`<a class="button" href="${addressOf(list, { page: page - 1 })}">${t('console.newer')}</a>`}
${hasMore && html`<a class="button" href="${addressOf(list, { page: page + 1 })}">${t('console.older')}</a>`}</p>`
}</section>`
}

function tab({ t }: Visit, list: CaseList, show: Show): Html {
  return html`<a href="${addressOf({ ...list, show, digits: undefined }, { page: 0 })}" ${show === list.show && html`aria-current="true"`}>${t(
    `console.inbox.show.${show}`,
  )} <span class="tally">${list.counts[show]}</span></a>`
}

function addressOf({ show, department, digits, page }: CaseList, change: { page?: number } = {}): string {
  const wanted = change.page ?? page
  const query = new URLSearchParams({
    ...(show && { show }),
    ...(department && { department }),
    ...(digits && { q: digits }),
    ...(wanted > 0 && { page: String(wanted) }),
  })
  return `/console/inbox?${query}`
}

function row(visit: Visit, found: Case, settings: Settings): Html {
  const { t } = visit
  const { reference, question, openedAt, assignee, channel, language } = found
  return html`<li><div class="case"><a href="/console/inbox/${reference}"><bdi>${excerpt(question, QUESTION_MAX)}</bdi></a>
<p class="badges"><strong>${shownReference(reference)}</strong> ${stateBadges(visit, found, settings)}</p>
<p class="detail">${t('console.inbox.asked')} ${time(visit, openedAt)} · ${channelName(channel, t)} · ${language} · ${assignee ?? t('console.inbox.nobody')}</p></div></li>`
}

/** State, department, a promise that was not kept, and a last word that nobody has answered. */
export function stateBadges(visit: Visit, found: Case, settings: Settings): Html {
  const { t, now, timeZone, inScript, contentLanguage } = visit
  const { state, expectedOn, unread, department } = found
  const owed = state === 'open' || state === 'passed'
  const isLate = owed && expectedOn < dayIn(timeZone, now.getTime())
  const known = settings.departments.find(({ id }) => id === department)
  const day = isoDayWords(visit, expectedOn)
  return html`<span class="badge ${CLASSES[state]}">${t(`console.inbox.state.${state}`)}</span>
${department && html`<span class="badge">${inScript(known?.name[contentLanguage] ?? department)}</span>`}
${owed && html`<span class="badge ${isLate ? 'bad' : ''}">${t(isLate ? 'console.inbox.overdue' : 'console.inbox.due', { day })}</span>`}
${state !== 'closed' && unread && html`<span class="badge warn">${t('console.inbox.unread')}</span>`}`
}

const CLASSES: Record<Case['state'], string> = { open: 'warn', waiting: '', passed: '', closed: 'good' }
