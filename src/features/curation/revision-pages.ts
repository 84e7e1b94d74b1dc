// The history of an item: who wrote what when, what changed from one revision to the next, and back again.
import { type Html, html } from '../../platform/html/html.ts'
import { type Answer, type StaffPage, time, type Visit } from '../../staff/index.ts'
import { stampOf } from './deeds.ts'
import { type Desk, served } from './desk.ts'
import { differencesView } from './diff-views.ts'
import { deed } from './edit-around.ts'
import { type Item, itemOf, nameOf } from './item.ts'
import { INSIDERS, mayWrite } from './roles.ts'
import { type Revision, revisionsOf } from './store.ts'

export function revisionPages(desk: Desk): StaffPage[] {
  return [
    {
      method: 'GET',
      path: '/console/answers/:id/revisions',
      section: 'answers',
      roles: INSIDERS,
      handle: visit => show(desk, visit),
    },
  ]
}

/** The file is version 0. */
type Version = { number: number; item: Item }

async function show(desk: Desk, visit: Visit): Promise<Answer> {
  const { id = '' } = visit.params
  const revisions = await revisionsOf(desk.database.sql, id)
  const file = itemOf(desk.files.content, id)
  const current = revisions[0]?.item ?? itemOf(served(desk), id)
  if (!current) return { kind: 'missing' }
  const versions: Version[] = [...revisions, ...(file ? [{ number: 0, item: file }] : [])]
  const stamp = stampOf(revisions)
  const body = html`<p><a href="/console/answers/${id}">${visit.t('console.answers.backToEditor')}</a></p>
${comparison(visit, id, versions)}
<ul class="rows">${revisions.map(revision => row(visit, revision, stamp))}${file && html`<li><strong>${visit.t('console.answers.fileVersion')}</strong></li>`}</ul>`
  return { kind: 'page', title: nameOf(current, visit.contentLanguage), body }
}

/** Two versions against each other; without a choice the newest against the one before. */
function comparison(visit: Visit, id: string, versions: readonly Version[]): Html {
  const { t, query } = visit
  const chosen = (number: string | undefined) =>
    number === undefined ? undefined : versions.find(version => version.number === Number(number))
  const to = chosen(query.to) ?? versions[0]
  const from = chosen(query.from) ?? versions[versions.findIndex(({ number }) => number === to?.number) + 1]
  if (!to) return html``
  const select = (name: 'from' | 'to', current: Version | undefined) =>
    html`<label>${t(`console.answers.compare.${name}`)}<select name="${name}">${versions.map(
      ({ number }) =>
        html`<option value="${number}" ${number === current?.number && html`selected`}>${versionName(visit, number)}</option>`,
    )}</select></label>`
  return html`<section class="card"><h2>${t('console.answers.compare.title')}</h2>
<form method="get" action="/console/answers/${id}/revisions" class="row">${select('from', from)}${select('to', to)}<button>${t('console.answers.compare.go')}</button></form>
${differencesView(visit, from?.item, to.item)}</section>`
}

function versionName({ t }: Visit, number: number): string {
  return number === 0 ? t('console.answers.fileVersion') : t('console.answers.version', { number })
}

function row(visit: Visit, revision: Revision, stamp: string): Html {
  const { t } = visit
  const { number, state, author, approver, note, updatedAt, item } = revision
  const restorable = mayWrite(visit) && (state === 'superseded' || state === 'withdrawn')
  return html`<li><div><strong>${versionName(visit, number)}</strong> <span class="badge ${STATE_LOOK[state]}">${t(`console.answers.state.${state}`)}</span>
<p class="quiet">${time(visit, updatedAt)} · ${author}${approver && html` · ${t('console.answers.publishedBy', { approver })}`}</p>${note && html`<p>${note}</p>`}</div>
${restorable && deed(visit, { item, stamp }, 'restore', undefined, { number })}</li>`
}

const STATE_LOOK: Record<Revision['state'], string> = {
  draft: 'warn',
  submitted: 'warn',
  published: 'good',
  superseded: '',
  withdrawn: 'bad',
}
