// The list of everything people can be told: searched while one types, filtered by what needs somebody.
import { type Html, html } from '../../platform/html/html.ts'
import { type Answer, number, percent, type StaffPage, time, type Visit } from '../../staff/index.ts'
import { CATEGORIES, dayText } from '../answers/index.ts'
import { type Desk, served, versionOf } from './desk.ts'
import { HEALTH, type Health, missedShare } from './health.ts'
import { isEntry, KINDS, nameOf } from './item.ts'
import { type Filter, filtered, type Listed, listAll, STATUSES, statusOf } from './overview.ts'
import { EDITORS, isInsider, mayWrite, READERS } from './roles.ts'
import { readVersion, type Version, wantVersion } from './version-store.ts'

const PATH = '/console/answers'

export function listPages(desk: Desk): StaffPage[] {
  const page = { path: PATH, section: 'answers' as const }
  return [
    { ...page, method: 'GET', roles: READERS, handle: visit => show(desk, visit) },
    {
      ...page,
      method: 'POST',
      path: `${PATH}/compute`,
      roles: EDITORS,
      async handle() {
        await wantVersion(desk.database.sql, versionOf(served(desk)))
        return { kind: 'redirect', to: PATH, done: 'console.answers.done.wanted' }
      },
    },
  ]
}

async function show(desk: Desk, visit: Visit): Promise<Answer> {
  const { query } = visit
  const { q = '', kind = '', category = '', status = '', health = '' } = query
  const filter = { q, kind, category, status, health }
  const all = (await listAll(desk, visit.now)).filter(line => isInsider(visit) || isPublic(line))
  const lines = filtered(all, filter, { content: served(desk), language: visit.contentLanguage })
  if (visit.isPart) return { kind: 'part', body: found(visit, lines) }
  const version = await readVersion(desk.database.sql, versionOf(served(desk)))
  const body = html`${mayWrite(visit) && ways(visit)}${search(visit, filter, all)}
<div id="found">${found(visit, lines)}</div>${mayWrite(visit) && versionView(visit, version)}`
  return { kind: 'page', title: visit.t('console.section.answers'), body, wide: true }
}

/** What everybody may read in the chat. */
function isPublic({ item, live }: Listed): boolean {
  return statusOf(item, live) === 'published'
}

function ways({ t }: Visit): Html {
  return html`<p class="row tools"><a class="button primary" href="${PATH}/new">${t('console.answers.new.entry')}</a>
<a class="button" href="${PATH}/misses">${t('console.misses.title')}</a>
<a class="button" href="${PATH}/bench">${t('console.bench.title')}</a>
<a class="button" href="/console/lab">${t('console.lab.title')}</a></p>`
}

function search(visit: Visit, filter: Filter, all: readonly Listed[]): Html {
  const { t } = visit
  const counts = new Map(HEALTH.map(one => [one, all.filter(({ health }) => health.includes(one)).length]))
  const select = (name: keyof Filter, options: readonly (readonly [string, string])[]) =>
    html`<label>${t(`console.answers.filter.${name}`)}<select name="${name}"><option value="">${t('console.answers.filter.all')}</option>${options.map(
      ([value, label]) =>
        html`<option value="${value}" ${value === filter[name] && html`selected`}>${label}</option>`,
    )}</select></label>`
  return html`<form method="get" action="${PATH}" class="row card filters" role="search" hx-get="${PATH}" hx-target="#found" hx-swap="innerHTML"
  hx-trigger="input delay:200ms, change, submit">
<label class="wide">${t('console.answers.filter.q')}<input type="search" name="q" value="${filter.q}" autocomplete="off"></label>
${select(
  'health',
  HEALTH.map(one => [one, `${t(`console.answers.health.${one}`)} (${counts.get(one)})`]),
)}
${select(
  'category',
  CATEGORIES.map(one => [one, t(`category.${one}`)]),
)}
${select(
  'status',
  STATUSES.map(one => [one, t(`console.answers.status.${one}`)]),
)}
${select(
  'kind',
  KINDS.map(one => [one, t(`console.answers.kind.${one}`)]),
)}
<button>${t('console.answers.filter.go')}</button></form>`
}

function found(visit: Visit, lines: readonly Listed[]): Html {
  const { t } = visit
  return html`<p role="status" class="quiet">${t('console.answers.found', { count: lines.length })}</p>
<ul class="listing">${lines.map(line => lineView(visit, line))}</ul>
${lines.length === 0 && html`<p class="quiet">${t('console.nothing')}</p>`}`
}

const LOOK: Partial<Record<Health, string>> = {
  conflict: 'bad',
  withheld: 'bad',
  lowRating: 'bad',
  submitted: 'warn',
  expiring: 'warn',
  unanswered: 'warn',
  draft: 'warn',
}

function lineView(visit: Visit, line: Listed): Html {
  const { t, contentLanguage, inScript } = visit
  const { item, kind, live, health, numbers } = line
  const group = isEntry(item) ? t(`category.${categoryOf(item.category)}`) : t(`console.answers.kind.${kind}`)
  const name = nameOf(item, contentLanguage)
  return html`<li><div class="what"><a href="${PATH}/${item.id}">${contentLanguage === 'sr' ? inScript(name) : name}</a>
<span class="quiet">${group} · <code>${item.id}</code></span></div>
<div class="badges">${!live && html`<span class="badge warn">${t('console.answers.status.unserved')}</span>`}${health.map(
    one => html`<span class="badge ${LOOK[one]}">${t(`console.answers.health.${one}`)}</span>`,
  )}</div>
<dl class="numbers">${isEntry(item) && html`<div><dt>${t('console.answers.field.reviewBy')}</dt><dd>${item.reviewBy && dayText(item.reviewBy, contentLanguage)}</dd></div>`}
${numbers.asked > 0 && html`<div><dt>${t('console.answers.numbers.asked')}</dt><dd>${number(visit, numbers.asked)}</dd></div>`}
${numbers.yes + numbers.no > 0 && html`<div><dt>${t('console.answers.numbers.rating')}</dt><dd>${percent(visit, numbers.yes / (numbers.yes + numbers.no))}</dd></div>`}
${missedShare(numbers) > 0 && html`<div><dt>${t('console.answers.numbers.missed')}</dt><dd>${percent(visit, missedShare(numbers))}</dd></div>`}</dl></li>`
}

function categoryOf(name: string): (typeof CATEGORIES)[number] {
  return CATEGORIES.find(category => category === name) ?? CATEGORIES[0]
}

/** How good the answers are found now, as far as that was computed. */
function versionView(visit: Visit, version: Version | undefined): Html {
  const { t, csrf } = visit
  const { computed, computedAt } = version ?? {}
  if (!computed || !computedAt) {
    const wanted = version && html`<p>${t('console.answers.computing')}</p>`
    const ask = html`<form method="post" action="${PATH}/compute">${csrf}<p>${t('console.answers.notComputed')}</p><button class="small">${t('console.answers.compute')}</button></form>`
    return html`<section class="card">${wanted ?? ask}</section>`
  }
  const share = (name: 'top1' | 'answeredRight' | 'outsideAnswered') =>
    html`<div><dt>${t(`console.answers.figures.${name}`)}</dt><dd>${percent(visit, computed.gold[name], 1)}</dd></div>`
  return html`<section class="card"><h2>${t('console.answers.gold')}</h2><dl class="numbers">${share('top1')}${share('answeredRight')}${share('outsideAnswered')}</dl>
<p class="hint">${t('console.answers.computedAt')} ${time(visit, computedAt)}</p></section>`
}
