// Questions nobody could answer, those that ask the same together, and what to do with them in one click.
import { type Html, html } from '../../platform/html/html.ts'
import {
  type Answer,
  dayWords,
  number,
  problemNote,
  Refused,
  type StaffPage,
  type Visit,
} from '../../staff/index.ts'
import type { Explanation } from '../answers/index.ts'
import type { Cluster, Wording } from './clusters.ts'
import { type Desk, served } from './desk.ts'
import { datalist } from './edit-views.ts'
import { itemOf, itemsOf, nameOf } from './item.ts'
import { ignoreMisses, promoteMisses } from './miss-deeds.ts'
import { explainClusters, openClusters } from './misses.ts'
import { EDITORS } from './roles.ts'
import { isOpen, newestRevisions } from './store.ts'

const PATH = '/console/answers/misses'
const PER_PAGE = 15
/** Wordings that are shown at once; the others can be opened. */
const WORDINGS_SHOWN = 6
/** Answers that are offered for a group. */
const NEAREST = 4

export function missesPages(desk: Desk): StaffPage[] {
  const page = { path: PATH, section: 'answers' as const, roles: EDITORS }
  return [
    { ...page, method: 'GET', handle: visit => show(desk, visit) },
    { ...page, method: 'POST', handle: visit => act(desk, visit) },
  ]
}

async function show(desk: Desk, visit: Visit, problem = false): Promise<Answer> {
  const { t, query } = visit
  const byTime = query.sort === 'new'
  const place = Math.max(1, Number(query.page) || 1)
  const clusters = await openClusters(desk)
  const sorted = byTime ? clusters.toSorted((a, b) => b.last - a.last) : clusters
  const shown = sorted.slice((place - 1) * PER_PAGE, place * PER_PAGE)
  const explained = await explainClusters(desk, shown)
  const body = html`${problem && problemNote(t('console.misses.choose'))}
<p>${t('console.misses.lead')}</p>${await drafts(desk, visit)}
<nav class="tabs" aria-label="${t('console.misses.sort')}"><a href="${PATH}" ${!byTime && html`aria-current="true"`}>${t('console.misses.frequent')}</a>
<a href="${PATH}?sort=new" ${byTime && html`aria-current="true"`}>${t('console.misses.newest')}</a></nav>
<p class="quiet">${t('console.misses.count', { clusters: clusters.length, questions: clusters.reduce((sum, { count }) => sum + count, 0) })}</p>
${shown.map((cluster, index) => clusterView(desk, visit, cluster, explained[index]))}
${clusters.length === 0 && html`<p class="quiet">${t('console.nothing')}</p>`}
${sorted.length > place * PER_PAGE && html`<p><a class="button" href="?${byTime && 'sort=new&'}page=${place + 1}">${t('console.older')}</a></p>`}
${datalist(
  'items-list',
  itemsOf(served(desk)).map(item => [item.id, nameOf(item, visit.contentLanguage)]),
)}`
  return { kind: 'page', title: t('console.misses.title'), body, wide: true, status: problem ? 422 : 200 }
}

/** What was begun and waits to be published: questions go into drafts first. */
async function drafts({ database, ...desk }: Desk, visit: Visit): Promise<Html> {
  const ids = itemsOf(served(desk)).map(({ id }) => id)
  const open = (await newestRevisions(database.sql, ids)).filter(isOpen)
  if (open.length === 0) return html``
  return html`<section class="card"><h2>${visit.t('console.misses.drafts')}</h2><ul class="rows">${open.map(
    ({ contentId, author }) =>
      html`<li><span>${nameById(desk, visit, contentId)} <span class="quiet">${author}</span></span>
<a class="button small" href="/console/answers/${contentId}/judge">${visit.t('console.answers.judge')}</a></li>`,
  )}</ul></section>`
}

function nameById(desk: Pick<Desk, 'knowledge'>, visit: Visit, id: string): string {
  const item = itemOf(served(desk), id)
  return item ? nameOf(item, visit.contentLanguage) : id
}

function clusterView(desk: Desk, visit: Visit, cluster: Cluster, explained: Explanation | undefined): Html {
  const { t, csrf } = visit
  const { wordings, count, last } = cluster
  const languages = [...new Set(wordings.map(({ language }) => language))]
  const rest = wordings.slice(WORDINGS_SHOWN)
  return html`<section class="card cluster"><form method="post" action="${PATH}">${csrf}
<p class="badges"><span class="badge">${t('console.misses.times', { count })}</span>${languages.map(
    language => html`<span class="badge">${t(`console.answers.language.${language}`)}</span>`,
  )}<span class="quiet">${t('console.misses.last')} ${dayWords(visit, new Date(last))}</span>
${explained?.decision === 'answer' && html`<span class="badge good">${t('console.misses.answeredNow')}</span>`}</p>
<fieldset><legend class="visually-hidden">${t('console.misses.questions')}</legend>${wordings.slice(0, WORDINGS_SHOWN).map(wording => wordingBox(visit, wording))}
${rest.length > 0 && html`<details><summary>${t('console.misses.more', { count: rest.length })}</summary>${rest.map(wording => wordingBox(visit, wording))}</details>`}</fieldset>
<fieldset class="targets"><legend>${t('console.misses.addTo')}</legend>${(explained?.candidates ?? [])
    .slice(0, NEAREST)
    .map(
      ({ id, total }) =>
        html`<button class="small" name="to" value="${id}">${nameById(desk, visit, id)} <span class="quiet">${number(visit, Math.max(0, total), 2)}</span></button>`,
    )}</fieldset>
<div class="row"><label>${t('console.misses.other')}<input name="other" list="items-list" autocomplete="off" spellcheck="false"></label>
<button name="do" value="other">${t('console.misses.add')}</button>
<button name="do" value="entry">${t('console.answers.new.entry')}</button>
<button name="do" value="redirect">${t('console.answers.new.redirect')}</button>
<button name="do" value="ignore" class="danger">${t('console.misses.ignore')}</button></div></form></section>`
}

function wordingBox(visit: Visit, { id, question, language, count }: Wording): Html {
  return html`<label class="check"><input type="checkbox" name="miss" value="${id}" checked><span lang="${language}">${question}</span>
${count > 1 && html`<span class="quiet nowrap">× ${number(visit, count)}</span>`}</label>`
}

async function act(desk: Desk, visit: Visit): Promise<Answer> {
  const { form, account } = visit
  const ids = visit.all('miss').filter(id => /^\d{1,18}$/.test(id))
  if (ids.length === 0) return show(desk, visit, true)
  if (form.do === 'entry' || form.do === 'redirect')
    return { kind: 'redirect', to: `/console/answers/new?kind=${form.do}&misses=${ids.join('.')}` }
  if (form.do === 'ignore') {
    const refused = await ignoreMisses(desk.database, account.email, ids)
    return refused
      ? show(desk, visit, true)
      : { kind: 'redirect', to: PATH, done: 'console.misses.done.ignored' }
  }
  const contentId = form.to ?? form.other?.trim() ?? ''
  const outcome = await promoteMisses(desk, { contentId, ids, account: account.email })
  if (outcome instanceof Refused) return show(desk, visit, true)
  return { kind: 'redirect', to: PATH, done: 'console.misses.done.added' }
}
