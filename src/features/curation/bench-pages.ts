// The test bench: a question, how the bot decides about it and why, and what it would say; for what people get
// now and for a draft.
import type { Language } from '../../core/model/content.ts'
import { LANGUAGES } from '../../core/model/content.ts'
import { newConversation } from '../../core/model/conversation.ts'
import type { Outbound } from '../../core/model/message.ts'
import { tagOf } from '../../core/text/script.ts'
import { type Html, html } from '../../platform/html/html.ts'
import { type Answer, number, type StaffPage, type Visit } from '../../staff/index.ts'
import { answersTopic, type ExplainedCandidate, type Explanation } from '../answers/index.ts'
import { type Desk, served } from './desk.ts'
import { type Item, itemOf, itemsOf, nameOf } from './item.ts'
import { contextWith, shownMessages } from './preview.ts'
import { INSIDERS } from './roles.ts'
import { isOpen, newestRevisions, revisionsOf } from './store.ts'
import type { Benched } from './thread.ts'

const PATH = '/console/answers/bench'
const QUESTION_MAX = 500

export function benchPages(desk: Desk): StaffPage[] {
  return [
    { method: 'GET', path: PATH, section: 'answers', roles: INSIDERS, handle: visit => show(desk, visit) },
  ]
}

async function show(desk: Desk, visit: Visit): Promise<Answer> {
  const { t, query } = visit
  const question = (query.q ?? '').slice(0, QUESTION_MAX)
  const language = LANGUAGES.find(known => known === query.lang) ?? visit.contentLanguage
  const item = query.draft ? await draftOf(desk, query.draft) : undefined
  const results = question.trim()
    ? await desk.workbench.ask('bench', { content: served(desk), item, question, language })
    : undefined
  const asked = { question, language }
  const body = html`<p>${t('console.bench.lead')}</p>${form(visit, { ...asked, drafts: await draftIds(desk), chosen: query.draft })}
${
  results &&
  html`<div class="beside"><section><h2>${t('console.bench.live')}</h2>${resultView(desk, visit, { ...asked, ...results.live }, undefined)}</section>
${results.draft && html`<section><h2>${t('console.bench.draft')}</h2>${resultView(desk, visit, { ...asked, ...results.draft }, item)}</section>`}</div>`
}`
  return { kind: 'page', title: t('console.bench.title'), body, wide: true }
}

async function draftOf({ database }: Desk, id: string): Promise<Item | undefined> {
  return (await revisionsOf(database.sql, id)).find(isOpen)?.item
}

async function draftIds(desk: Desk): Promise<string[]> {
  const known = itemsOf(served(desk)).map(({ id }) => id)
  return (await newestRevisions(desk.database.sql, known)).filter(isOpen).map(({ contentId }) => contentId)
}

type Asked = { question: string; language: Language }

function form(visit: Visit, asked: Asked & { drafts: readonly string[]; chosen: string | undefined }): Html {
  const { t } = visit
  const { question, language, drafts, chosen } = asked
  return html`<form method="get" action="${PATH}" class="row card" role="search">
<label class="wide">${t('console.bench.question')}<input name="q" value="${question}" maxlength="${QUESTION_MAX}" required autocomplete="off"></label>
<label>${t('console.bench.language')}<select name="lang">${LANGUAGES.map(
    one =>
      html`<option value="${one}" ${one === language && html`selected`}>${t(`console.answers.language.${one}`)}</option>`,
  )}</select></label>
${
  drafts.length > 0 &&
  html`<label>${t('console.bench.withDraft')}<select name="draft"><option value="">–</option>${drafts.map(
    id => html`<option value="${id}" ${id === chosen && html`selected`}>${id}</option>`,
  )}</select></label>`
}
<button class="primary">${t('console.bench.ask')}</button></form>`
}

function resultView(desk: Desk, visit: Visit, result: Asked & Benched, item: Item | undefined): Html {
  const { t } = visit
  const { explanation, match } = result
  return html`<p><span class="badge good">${t(`console.answers.decision.${match.decision}`)}</span></p>
${explanation && explanationView(desk, visit, explanation, item)}
<details><summary>${t('console.bench.says')}</summary>${shownMessages(desk, visit, said(desk, visit, result, item), tagOf({ language: result.language, script: match.script }))}</details>`
}

/** What the bot would say to somebody who has not written before. */
function said(
  desk: Desk,
  { now }: Visit,
  { question, language, match }: Asked & Benched,
  item: Item | undefined,
): Outbound[] {
  const context = { ...contextWith(desk, item, now.getTime()), match: () => match }
  const state = newConversation(match.language ?? language)
  return answersTopic.handle(state, { kind: 'text', text: question }, context).messages
}

function explanationView(desk: Desk, visit: Visit, explanation: Explanation, item: Item | undefined): Html {
  const { t } = visit
  const { standing, cutOffs, sureness, candidates, words } = explanation
  const value = (name: string, shown: Html | string) => html`<div><dt>${name}</dt><dd>${shown}</dd></div>`
  const against = (score: number, cutOff: number) =>
    `${number(visit, score, 3)} / ${number(visit, cutOff, 3)}`
  return html`<dl class="numbers">${value(t('console.bench.sureness'), against(sureness, cutOffs.answer))}
${value(t('console.bench.margin'), against(standing.best - standing.second, cutOffs.margin))}
${value(t('console.bench.suggest'), against(standing.best, cutOffs.suggest))}
${value(t('console.bench.outside'), number(visit, standing.outside, 3))}
${value(t('console.bench.telling'), number(visit, standing.tellingWords))}
${standing.verbatim && value(t('console.bench.verbatim'), t('console.bench.yes'))}</dl>
<p>${words.map(word => wordView(visit, word))}</p>
<ol class="ranking">${candidates.map(candidate => candidateView(desk, visit, candidate, item))}</ol>`
}

/** A word that the content doesn't know, and what it was read as. */
function wordView({ t }: Visit, { typed, known, repairedAs }: Explanation['words'][number]): Html {
  if (known) return html`<span class="badge good">${typed}</span> `
  return repairedAs
    ? html`<span class="badge warn">${typed} → ${repairedAs}</span> `
    : html`<span class="badge bad" title="${t('console.bench.unknown')}">${typed}</span> `
}

const SCORES = ['bm25', 'phrasing', 'centroid', 'odds'] as const

function candidateView(
  desk: Desk,
  visit: Visit,
  candidate: ExplainedCandidate,
  item: Item | undefined,
): Html {
  const { t } = visit
  const { id, negative, scores, words, total } = candidate
  const known = item?.id === id ? item : itemOf(served(desk), id)
  return html`<li><div><a href="/console/answers/${id}">${known ? nameOf(known, visit.contentLanguage) : id}</a> ${negative && html`<span class="badge">${t('console.bench.negative')}</span>`}
${words.length > 0 && html`<span class="quiet">${words.join(' · ')}</span>`}</div>
<dl class="numbers"><div><dt>${t('console.bench.total')}</dt><dd>${number(visit, total, 3)}</dd></div>${SCORES.map(
    score =>
      html`<div><dt>${t(`console.bench.score.${score}`)}</dt><dd>${number(visit, scores[score], 2)}</dd></div>`,
  )}</dl></li>`
}
