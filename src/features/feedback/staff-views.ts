// The console's pages of proposals. Cards instead of a table: they are read on phones as well.
import { PROPOSAL_STATES } from '../../core/model/proposal.ts'
import type { Settings } from '../../core/model/settings.ts'
import { type Html, html } from '../../platform/html/html.ts'
import { urlOf } from '../../platform/media/info.ts'
import { problemNote, time, type Visit } from '../../staff/index.ts'
import { CATEGORIES } from './categories.ts'
import type { DeskProblem } from './deeds.ts'
import { categoryName } from './messages.ts'
import { type Filter, type Proposal, PUBLICATIONS } from './store.ts'
import { shownReference } from './tokens.ts'

export type ListPage = {
  filter: Omit<Filter, 'limit'>
  hasMore: boolean
  nameOf(communityId: string): string
}

export function listView(
  visit: Visit,
  proposals: readonly Proposal[],
  { filter, hasMore, nameOf }: ListPage,
): Html {
  const { t } = visit
  const last = proposals.at(-1)
  return html`${filterForm(visit, filter)}
${proposals.length === 0 && html`<p class="quiet">${t('console.nothing')}</p>`}
<div class="cards">${proposals.map(proposal => card(visit, proposal, nameOf))}</div>
${hasMore && last && html`<p><a class="button" href="/console/feedback?${queryOf({ ...filter, before: last.id })}">${t('console.older')}</a></p>`}`
}

function filterForm({ t }: Visit, filter: Omit<Filter, 'limit'>): Html {
  const option = (value: string, label: string, current: string | undefined) =>
    html`<option value="${value}" ${value === (current ?? '') && html`selected`}>${label}</option>`
  const any = t('console.feedback.any')
  return html`<form method="get" action="/console/feedback" class="row card">
<label>${t('console.feedback.stateLabel')}<select name="state">${option('', any, filter.state)}${PROPOSAL_STATES.map(state => option(state, t(`feedback.state.${state}`), filter.state))}</select></label>
<label>${t('console.feedback.categoryLabel')}<select name="category">${option('', any, filter.category)}${CATEGORIES.map(id => option(id, t(`feedback.category.${id}`), filter.category))}</select></label>
<label>${t('console.feedback.publicationLabel')}<select name="publication">${option('', any, filter.publication)}${PUBLICATIONS.map(id => option(id, t(`console.feedback.publication.${id}`), filter.publication))}</select></label>
<button>${t('console.feedback.show')}</button><a class="button" href="/console/feedback/proposals.csv?${queryOf(filter)}">${t('console.feedback.file')}</a></form>`
}

function queryOf(filter: Omit<Filter, 'limit'>): string {
  return new URLSearchParams(
    Object.entries(filter).map(([name, value]) => [name, String(value)] as [string, string]),
  ).toString()
}

function card(visit: Visit, proposal: Proposal, nameOf: ListPage['nameOf']): Html {
  const { t } = visit
  const { id, reference, category, text, community, createdAt, language, photoId } = proposal
  const place = community ? nameOf(community) : ''
  return html`<section class="card"><p>${badges(visit, proposal)}</p>
<h2><a href="/console/feedback/${id}">${shownReference(reference)}</a> <span class="quiet">${categoryName(category, t)}</span></h2>
<blockquote lang="${language}">${excerpt(text ?? proposal.published ?? '')}</blockquote>
<p class="quiet">${time(visit, createdAt)}${place && ` · ${visit.inScript(place)}`}${photoId && ` · ${t('console.feedback.hasPhoto')}`}</p></section>`
}

const EXCERPT_MAX = 200

function excerpt(text: string): string {
  return text.length > EXCERPT_MAX ? `${text.slice(0, EXCERPT_MAX)}…` : text
}

function badges({ t }: Visit, { state, publication }: Proposal): Html {
  const look = { received: 'warn', passed: '', answered: 'good', declined: 'bad' }[state]
  return html`<span class="badge ${look}">${t(`feedback.state.${state}`)}</span>
<span class="badge ${publication === 'waiting' && 'warn'}">${t(`console.feedback.publication.${publication}`)}</span>`
}

export type DetailPage = {
  /** What would be published. */
  proposed: string
  community: string
  departments: Settings['departments']
  reasons: Settings['moderationReasons']
  cannedReplies: Settings['cannedReplies']
  problem: DeskProblem | undefined
}

export function detailView(visit: Visit, proposal: Proposal, page: DetailPage): Html {
  const { t, inScript } = visit
  const { category, text, createdAt, channel, language, answer, published } = proposal
  return html`${problemNote(page.problem && t(`console.feedback.problem.${page.problem}`))}
<p><a href="/console/feedback">${t('console.section.feedback')}</a></p>
<div class="columns"><div>
<section class="card"><p>${badges(visit, proposal)}</p><dl class="facts"><dt>${t('console.feedback.categoryLabel')}</dt><dd>${categoryName(category, t)}</dd>
${page.community && html`<dt>${t('results.community')}</dt><dd>${inScript(page.community)}</dd>`}
<dt>${t('console.feedback.arrived')}</dt><dd>${time(visit, createdAt)} · ${channel}</dd></dl>
<blockquote lang="${language}">${text ?? published ?? t('console.feedback.untied')}</blockquote>${photoView(visit, proposal)}
${answer && html`<h2>${t('console.feedback.answer')}</h2><blockquote lang="sr-Latn">${answer.sr}</blockquote>`}</section>
${publishCard(visit, proposal, page)}</div>
<div>${passCard(visit, proposal, page)}${answerCard(visit, proposal, page)}${declineCard(visit, proposal, page)}</div></div>`
}

function photoView({ t }: Visit, { photoId, photoName }: Proposal): Html | undefined {
  if (!photoId || !photoName) return undefined
  const url = urlOf({ id: photoId, name: photoName })
  return html`<p class="photo"><a href="${url}"><img src="${url}" alt="${t('console.feedback.photoAlt')}"></a></p>`
}

function passCard(
  { t, csrf, contentLanguage, inScript }: Visit,
  proposal: Proposal,
  { departments }: DetailPage,
): Html {
  const { id, department } = proposal
  if (departments.length === 0)
    return html`<section class="card"><h2>${t('console.feedback.pass')}</h2><p class="hint">${t('console.feedback.noDepartments')}</p></section>`
  return html`<section class="card"><h2>${t('console.feedback.pass')}</h2><form method="post" action="/console/feedback/${id}/pass" class="stack wide">${csrf}
<label>${t('console.feedback.department')}<select name="department">${departments.map(
    ({ id: value, name }) =>
      html`<option value="${value}" ${value === department && html`selected`}>${inScript(name[contentLanguage])}</option>`,
  )}</select></label><button>${t('console.feedback.passGo')}</button></form></section>`
}

function answerCard(visit: Visit, { id, answer, state }: Proposal, { cannedReplies }: DetailPage): Html {
  const { t, csrf } = visit
  const said = state === 'answered' ? answer : null
  return html`<section class="card"><h2>${t('console.feedback.answer')}</h2><p class="hint">${t('console.feedback.answerHint')}</p>
<form method="post" action="/console/feedback/${id}/answer" class="stack wide" data-keep>${csrf}${textFields(visit, said)}
<button class="primary">${t('console.feedback.answerGo')}</button></form>
${cannedReplies.length > 0 && html`<details><summary>${t('console.feedback.canned')}</summary><ul>${cannedReplies.map(({ title, texts }) => html`<li><strong>${title}</strong>: ${texts.sr}</li>`)}</ul></details>`}</section>`
}

function textFields({ t }: Visit, text: Proposal['answer'], isRequired = true): Html {
  return html`<label>${t('console.polls.outcomeIn.sr')}<textarea name="text_sr" rows="4" lang="sr-Latn" ${isRequired && html`required`}>${text?.sr}</textarea></label>
<details ${(text?.bs || text?.en) && html`open`}><summary>${t('console.polls.otherLanguages')}</summary>
<label>${t('console.polls.outcomeIn.bs')}<textarea name="text_bs" rows="3" lang="bs">${text?.bs}</textarea></label>
<label>${t('console.polls.outcomeIn.en')}<textarea name="text_en" rows="3" lang="en">${text?.en}</textarea></label></details>`
}

function reasonSelect(
  { t, contentLanguage, inScript }: Visit,
  { reasons }: DetailPage,
  current: string | null,
): Html {
  return html`<label>${t('console.polls.reason')}<select name="reason">${reasons.map(
    ({ id, texts }) =>
      html`<option value="${id}" ${id === current && html`selected`}>${inScript(texts[contentLanguage])}</option>`,
  )}</select></label>`
}

function declineCard(visit: Visit, { id, reason }: Proposal, page: DetailPage): Html {
  const { t, csrf } = visit
  return html`<section class="card"><h2>${t('console.feedback.decline')}</h2><form method="post" action="/console/feedback/${id}/decline" class="stack wide" data-keep>${csrf}
${reasonSelect(visit, page, reason)}${textFields(visit, null, false)}<button class="danger">${t('console.feedback.declineGo')}</button></form></section>`
}

function publishCard(visit: Visit, proposal: Proposal, page: DetailPage): Html {
  const { t, csrf } = visit
  const { id, language, photoId, photoPublished, refusal } = proposal
  return html`<section class="card"><h2>${t('console.feedback.publishing')}</h2><p class="hint">${t('console.feedback.publishHint')}</p>
<form method="post" action="/console/feedback/${id}/publish" class="stack wide" data-keep>${csrf}
<label>${t('console.polls.published')}<textarea name="published" rows="5" lang="${language}" required>${page.proposed}</textarea></label>
${photoId && html`<label class="check"><input type="checkbox" name="photo" value="1" ${photoPublished && html`checked`}> ${t('console.feedback.publishPhoto')}</label>`}
<button class="primary">${t('console.polls.approve')}</button></form>
<form method="post" action="/console/feedback/${id}/refuse" class="row">${csrf}${reasonSelect(visit, page, refusal)}<button>${t('console.polls.refuse')}</button></form></section>`
}
