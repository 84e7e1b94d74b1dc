// The console's pages of polls and surveys.
import type { Community } from '../../core/model/content.ts'
import type { Settings } from '../../core/model/settings.ts'
import { localAt } from '../../core/time/local.ts'
import { type Html, html } from '../../platform/html/html.ts'
import {
  deedButton,
  isoDayWords,
  lookChoice,
  number,
  problemNote,
  time,
  type Visit,
} from '../../staff/index.ts'
import type { DeedProblem } from './deeds.ts'
import type { GivenQuestion } from './draft.ts'
import { questionFields } from './question-form.ts'
import { type Closed, questionView, say } from './result-views.ts'
import type { StaffPoll, WrittenAnswer } from './store.ts'

/** The poll's name in the reader's language. */
export function titleOf(visit: Visit, { title }: StaffPoll): string {
  return say(visit, title)
}

/** Owed notes first, then what is open, what waits, and what is closed. */
export function listView(visit: Visit, polls: readonly StaffPoll[]): Html {
  const { t } = visit
  const owed = polls.filter(isOwed).toSorted((a, b) => (a.promiseBy ?? '').localeCompare(b.promiseBy ?? ''))
  const of = (...states: StaffPoll['status'][]) => polls.filter(({ status }) => states.includes(status))
  return html`<p>${t('console.polls.text')}</p>
<p class="row"><a class="button primary" href="/console/polls/new">${t('console.polls.new')}</a><a class="button" href="/console/surveys/new">${t('console.polls.newSurvey')}</a></p>
${owed.length > 0 && owedView(visit, owed)}
${section(visit, t('console.polls.open'), of('open'))}
${section(visit, t('console.polls.waiting'), of('draft', 'scheduled'))}
${section(visit, t('console.polls.closed'), of('closed'))}`
}

/** Whether those who took part wait to hear what the city did. */
export function isOwed({ status, outcome }: StaffPoll): boolean {
  return status === 'closed' && outcome === undefined
}

/** Whether the promised day has passed. */
export function isOverdue({ promiseBy }: StaffPoll, now: Date): boolean {
  return promiseBy !== undefined && new Date(`${promiseBy}T23:59:59Z`) < now
}

/** What waits for an editor: notes whose day has passed, written answers that nobody has read. */
export function pollsWaiting(polls: readonly StaffPoll[], now: Date): number {
  return polls.filter(poll => (isOwed(poll) && isOverdue(poll, now)) || poll.toReview > 0).length
}

function owedView(visit: Visit, polls: readonly StaffPoll[]): Html {
  const { t, now } = visit
  return html`<section class="card"><h2>${t('console.polls.owed')}</h2><p class="hint">${t('console.polls.owedText')}</p>
<ul class="rows">${polls.map(
    poll =>
      html`<li><a href="/console/polls/${poll.id}#outcome">${titleOf(visit, poll)}</a><span>${
        poll.promiseBy && t('console.polls.owedBy', { day: isoDayWords(visit, poll.promiseBy) })
      } ${isOverdue(poll, now) && html`<span class="badge bad">${t('console.polls.overdue')}</span>`}</span></li>`,
  )}</ul></section>`
}

function section(visit: Visit, heading: string, polls: readonly StaffPoll[]): Html {
  if (polls.length === 0) return html``
  return html`<section class="card"><h2>${heading}</h2><ul class="rows">${polls.map(poll => row(visit, poll))}</ul></section>`
}

function row(visit: Visit, poll: StaffPoll): Html {
  const { t } = visit
  const { id, form, status, closesAt, turnout, toReview } = poll
  return html`<li><span><a href="/console/polls/${id}">${titleOf(visit, poll)}</a> <span class="badge">${t(`console.polls.form.${form}`)}</span>
${toReview > 0 && html` <a class="badge warn" href="/console/polls/${id}/texts">${t('console.polls.toReview', { count: toReview })}</a>`}</span>
<span class="quiet">${status === 'open' || status === 'closed' ? html`${t('console.polls.turnout')}: ${number(visit, turnout)}` : t(`console.polls.status.${status}`)}${
    status === 'open' && closesAt
      ? html` · ${t('console.polls.closesAt')} ${time(visit, new Date(closesAt))}`
      : ''
  }</span></li>`
}

// The builder

export type PollForm = {
  action: string
  given: GivenQuestion
  /** The values of the fields of times. */
  times: Record<string, string | undefined>
  problem?: DeedProblem
  said: Html
}

export function formView(visit: Visit, { action, given, times, problem, said }: PollForm): Html {
  const { t, csrf } = visit
  return html`<form method="post" id="builder" action="${action}" class="halves" data-keep>${csrf}
<div class="card stack wide">${problemView(visit, problem)}
${questionFields(visit, given)}
${timesFields(visit, times)}
<button class="primary">${t('console.polls.saveDraft')}</button></div>
<section class="card"><h2>${t('console.polls.preview')}</h2><p class="hint">${t('console.polls.previewHint')}</p>
${lookChoice(visit)}<div id="preview" hx-post="/console/polls/preview" hx-trigger="input delay:300ms from:#builder" hx-include="#builder" hx-swap="innerHTML" hx-sync="this:replace">${said}</div></section></form>`
}

export function problemView({ t }: Visit, problem: DeedProblem | undefined): Html | undefined {
  return problemNote(problem && t(`console.polls.problem.${problem}`))
}

/** When it opens and closes, and by when the city answers. */
export function timesFields({ t }: Visit, times: Record<string, string | undefined>): Html {
  return html`<fieldset><legend>${t('console.polls.times')}</legend><p class="hint">${t('console.polls.timesHint')}</p>
<div class="row"><label>${t('console.polls.opensAt')}<input type="datetime-local" name="opens_at" value="${times.opens_at}"></label>
<label>${t('console.polls.closesAt')}<input type="datetime-local" name="closes_at" value="${times.closes_at}"></label>
<label>${t('console.polls.promiseBy')}<input type="date" name="promise_by" value="${times.promise_by}"></label></div>
<p class="hint">${t('console.polls.promiseHint')}</p></fieldset>`
}

/** Stored times as the fields hold them. */
export function timesOf(
  { timeZone }: Visit,
  { opensAt, closesAt, promiseBy }: Pick<StaffPoll, 'opensAt' | 'closesAt' | 'promiseBy'>,
): Record<string, string | undefined> {
  return {
    opens_at: opensAt && localAt(opensAt, timeZone),
    closes_at: closesAt && localAt(new Date(closesAt), timeZone),
    promise_by: promiseBy,
  }
}

// One poll

export type PollPage = {
  closed: Closed | undefined
  communities: readonly Community[]
  publicUrl: string
  /** How it looks in chats; surveys show their questions instead. */
  said: Html | undefined
  problem: DeedProblem | undefined
}

export function pollView(visit: Visit, poll: StaffPoll, page: PollPage): Html {
  const { status } = poll
  const isWaiting = status === 'draft' || status === 'scheduled'
  return html`${problemView(visit, page.problem)}
<p><span class="badge ${status === 'open' && 'good'}">${visit.t(`console.polls.status.${status}`)}</span> <span class="badge">${visit.t(`console.polls.form.${poll.form}`)}</span></p>
${facts(visit, poll, page)}
${isWaiting ? waitingActions(visit, poll) : status === 'open' ? openActions(visit, poll) : closedActions(visit, poll)}
${status === 'open' && html`<p class="warning">${visit.t('console.polls.resultsHidden')}</p>`}
${page.closed && closedView(visit, poll, page.closed, page.communities)}
${status !== 'closed' && questionsView(visit, poll, page.said)}`
}

function facts(visit: Visit, poll: StaffPoll, { publicUrl }: PollPage): Html {
  const { t } = visit
  const { id, status, opensAt, closesAt, closedAt, promiseBy, createdBy } = poll
  const fact = (name: string, value: Html | string | undefined) =>
    value && html`<dt>${name}</dt><dd>${value}</dd>`
  return html`<section class="card"><dl class="facts">
${(status === 'open' || status === 'closed') && fact(t('console.polls.turnout'), turnoutView(visit, poll))}
${status !== 'open' && status !== 'closed' && opensAt && fact(t('console.polls.opensAt'), time(visit, opensAt))}
${status !== 'closed' && closesAt && fact(t('console.polls.closesAt'), time(visit, new Date(closesAt)))}
${closedAt && fact(t('console.polls.closedAt'), time(visit, closedAt))}
${promiseBy && fact(t('console.polls.promiseBy'), isoDayWords(visit, promiseBy))}
${status === 'open' && fact(t('console.polls.link'), html`<code class="secret">${publicUrl}/?start=p-${id}</code>`)}
${fact(t('console.polls.createdBy'), createdBy)}</dl></section>`
}

/** How many took part, by itself: it is asked for again every few seconds while the poll is open. */
export function turnoutView(visit: Visit, { id, status, form, turnout, unfinished }: StaffPoll): Html {
  const live =
    status === 'open' &&
    html`hx-get="/console/polls/${id}/turnout" hx-trigger="every 5s" hx-swap="outerMorph"`
  return html`<span id="turnout" ${live}><strong>${number(visit, turnout)}</strong>${
    form === 'survey' && unfinished > 0
      ? ` (${visit.t('console.polls.unfinished', { count: unfinished })})`
      : ''
  }</span>`
}

function waitingActions(visit: Visit, { id, form, status, opensAt }: StaffPoll): Html {
  const { t } = visit
  const place = `/console/polls/${id}`
  const editor = form === 'survey' ? `/console/surveys/${id}/edit` : `${place}/edit`
  return html`<div class="row tools spaced">
${deedButton(visit, { to: `${place}/open`, label: t('console.polls.openNow'), look: 'primary', confirm: t('console.polls.openConfirm') })}
${status === 'draft' && opensAt && deedButton(visit, { to: `${place}/schedule`, label: t('console.polls.openLater') })}
<a class="button" href="${editor}">${t('console.polls.edit')}</a>${copyLink(visit, { id, form })}
${deedButton(visit, { to: `${place}/discard`, label: t('console.polls.discard'), look: 'danger', confirm: t('console.polls.discardConfirm') })}</div>`
}

function copyLink({ t }: Visit, { id, form }: Pick<StaffPoll, 'id' | 'form'>): Html {
  const place = form === 'survey' ? '/console/surveys' : '/console/polls'
  return html`<a class="button" href="${place}/new?from=${id}">${t('console.polls.duplicate')}</a>`
}

function openActions(visit: Visit, poll: StaffPoll): Html {
  const { t } = visit
  const { id } = poll
  return html`<div class="row tools spaced"><a class="button primary" href="/console/announcements/new?poll=${id}">${t('console.polls.announce')}</a>
${deedButton(visit, { to: `/console/polls/${id}/close`, label: t('console.polls.close'), confirm: t('console.polls.closeConfirm') })}
${poll.form === 'survey' && deedButton(visit, { to: `/console/surveys/${id}/remind`, label: t('console.polls.remind'), confirm: t('console.polls.remindConfirm') })}
${copyLink(visit, poll)}<a class="button" href="/results/${id}">${t('console.polls.resultsPage')}</a></div>
${mendView(visit, poll)}`
}

function closedActions(visit: Visit, poll: StaffPoll): Html {
  const { t } = visit
  const { id, questions, toReview } = poll
  const hasTexts = questions.some(({ kind }) => kind === 'text')
  return html`<div class="row tools spaced"><a class="button" href="/results/${id}">${t('console.polls.resultsPage')}</a>
<a class="button" href="/results/${id}/numbers.csv">${t('results.file')}</a>
${hasTexts && html`<a class="button ${toReview > 0 && 'primary'}" href="/console/polls/${id}/texts">${t('console.polls.texts')}${toReview > 0 && ` (${toReview})`}</a>`}
${copyLink(visit, poll)}</div>`
}

/** Slips of the pen in questions of an open poll. */
function mendView(visit: Visit, { id, questions }: StaffPoll): Html {
  const { t, csrf } = visit
  return html`<details class="card"><summary>${t('console.polls.mend')}</summary><p class="hint">${t('console.polls.mendText')}</p>
${questions.map(
  question => html`<form method="post" action="/console/polls/${id}/mend" class="stack wide" data-keep>${csrf}<input type="hidden" name="question" value="${question.id}">
${(['sr', 'bs', 'en'] as const).flatMap(language =>
  question.text[language]
    ? [
        html`<label>${t(`console.polls.questionIn.${language}`)}<textarea name="text_${language}" rows="2" lang="${language === 'sr' ? 'sr-Latn' : language}">${question.text[language]}</textarea></label>`,
      ]
    : [],
)}<button>${t('console.save')}</button></form>`,
)}</details>`
}

function closedView(visit: Visit, poll: StaffPoll, closed: Closed, communities: readonly Community[]): Html {
  const { t } = visit
  return html`${outcomeForm(visit, poll)}
<section class="card results"><h2>${t('console.polls.results')}</h2>
${poll.form === 'survey' && html`<p>${t('results.survey', { finished: closed.results.n, unfinished: closed.results.unfinished })}</p>`}
${poll.questions.map(question => questionView(visit, poll, question, communities, closed))}
<p class="hint">${t('results.smallGroups')}</p></section>`
}

function outcomeForm(visit: Visit, { id, outcome, promiseBy, ...poll }: StaffPoll): Html {
  const { t, csrf, now } = visit
  const isLate =
    isOwed({ id, outcome, promiseBy, ...poll }) && isOverdue({ id, outcome, promiseBy, ...poll }, now)
  return html`<section class="card" id="outcome"><h2>${t('console.polls.outcome')} ${isLate && html`<span class="badge bad">${t('console.polls.overdue')}</span>`}</h2>
<p class="hint">${promiseBy && html`${t('console.polls.promiseBy')} ${isoDayWords(visit, promiseBy)} `}${t('console.polls.outcomeText')}</p>
<form method="post" action="/console/polls/${id}/outcome" class="stack wide" data-keep>${csrf}
${(['sr', 'bs', 'en'] as const).map(
  language =>
    html`<label>${t(`console.polls.outcomeIn.${language}`)}<textarea name="outcome_${language}" rows="4" lang="${language === 'sr' ? 'sr-Latn' : language}" ${language === 'sr' && html`required`}>${outcome?.[language]}</textarea></label>`,
)}<button class="primary">${t('console.polls.publish')}</button></form></section>`
}

function questionsView(visit: Visit, poll: StaffPoll, said: Html | undefined): Html {
  const { t } = visit
  if (said) return html`<section class="card"><h2>${t('console.polls.preview')}</h2>${said}</section>`
  return html`<section class="card"><h2>${t('console.polls.preview')}</h2><ol>${poll.questions.map(
    ({
      text,
      kind,
      options,
    }) => html`<li><p><strong>${say(visit, text)}</strong> <span class="badge">${t(`console.polls.kinds.${kind}`)}</span></p>
${options.length > 0 && html`<ul>${options.map(({ label }) => html`<li>${say(visit, label)}</li>`)}</ul>`}</li>`,
  )}</ol></section>`
}

// Written answers

export type Proposed = WrittenAnswer & { proposal: string }

export function textsView(
  visit: Visit,
  poll: StaffPoll,
  answers: readonly Proposed[],
  reasons: Settings['moderationReasons'],
): Html {
  const { t } = visit
  const waiting = answers.filter(({ review }) => review === null)
  const decided = answers.filter(({ review }) => review !== null)
  return html`<p><a href="/console/polls/${poll.id}">${titleOf(visit, poll)}</a></p><p class="hint">${t('console.polls.textsText')}</p>
${answers.length === 0 ? html`<p class="quiet">${t('console.polls.textsNone')}</p>` : html`<p><a class="button small" href="/console/polls/${poll.id}/texts.csv">${t('console.polls.textsFile')}</a></p>`}
<div class="cards">${[...waiting, ...decided].map(answer => textCard(visit, poll, answer, reasons))}</div>`
}

function textCard(
  visit: Visit,
  poll: StaffPoll,
  answer: Proposed,
  reasons: Settings['moderationReasons'],
): Html {
  const { t, csrf, contentLanguage, inScript } = visit
  const { id, text, language, review, reason, proposal, questionId } = answer
  const question = poll.questions.find(candidate => candidate.id === questionId)
  const state = review ?? 'waiting'
  return html`<section class="card"><p><span class="badge ${review === 'approved' ? 'good' : review === 'refused' ? 'bad' : 'warn'}">${t(`console.polls.review.${state}`)}</span>
${poll.form === 'survey' && question && html` <span class="quiet">${question.position}. ${say(visit, question.text)}</span>`}</p>
<blockquote lang="${language}">${text}</blockquote>
<form method="post" action="/console/polls/${poll.id}/texts/${id}" class="stack wide">${csrf}
<label>${t('console.polls.published')}<textarea name="published" rows="3" lang="${language}">${proposal}</textarea></label>
<button class="primary" name="decision" value="approve">${t('console.polls.approve')}</button>
<div class="row"><label>${t('console.polls.reason')}<select name="reason">${reasons.map(
    ({ id: value, texts }) =>
      html`<option value="${value}" ${value === reason && html`selected`}>${inScript(texts[contentLanguage])}</option>`,
  )}</select></label><button name="decision" value="refuse">${t('console.polls.refuse')}</button></div></form></section>`
}
