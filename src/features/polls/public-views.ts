// The pages of results.
import type { Community } from '../../core/model/content.ts'
import { type Html, html } from '../../platform/html/html.ts'
import type { PublicVisit } from '../../site/index.ts'
import { dayWords, moment } from '../../staff/index.ts'
import { type Closed, questionView, type Reader, say } from './result-views.ts'
import type { StaffPoll } from './store.ts'

/** Polls that are open, and results with what the city did. */
export function listView(visit: PublicVisit, polls: readonly StaffPoll[]): Html {
  const { t } = visit
  const open = polls.filter(({ status }) => status === 'open')
  const closed = polls.filter(({ status }) => status === 'closed')
  return html`
<main class="document">
  <h1>${t('results.title')}</h1>
  <p class="lead">${t('results.lead')}</p>
  ${open.length > 0 && html`<section><h2>${t('results.open')}</h2><ul>${open.map(poll => item(visit, poll))}</ul></section>`}
  <section><h2>${t('results.closed')}</h2>
  ${closed.length > 0 ? html`<ul>${closed.map(poll => item(visit, poll))}</ul>` : html`<p>${t('results.none')}</p>`}</section>
  <p><a class="back" href="/">${t('web.backToChat')}</a></p>
</main>`
}

function item(visit: PublicVisit, poll: StaffPoll): Html {
  return html`<li><a href="/results/${poll.id}">${say(visit, poll.title)}</a><br><span class="small">${stateLine(visit, poll)}</span></li>`
}

function stateLine(visit: PublicVisit, poll: StaffPoll): string {
  const { t } = visit
  if (poll.status === 'open')
    return poll.closesAt
      ? t('results.openUntil', { moment: momentOf(visit, poll.closesAt) })
      : t('results.isOpen')
  const when = poll.closedAt ? t('results.closedOn', { day: dayWords(visit, poll.closedAt) }) : ''
  return [when, t('polls.people', { count: poll.turnout - poll.unfinished })].filter(Boolean).join(' · ')
}

function momentOf(visit: PublicVisit, iso: string): string {
  return moment(visit, new Date(iso))
}

/** One poll or survey: while it is open how to take part, afterwards everything that is published. */
export function pollView(
  visit: PublicVisit,
  poll: StaffPoll,
  communities: readonly Community[],
  closed: Closed | undefined,
): Html {
  const { t } = visit
  return html`
<main class="document results">
  <h1>${say(visit, poll.title)}</h1>
  <p class="lead">${stateLine(visit, poll)}</p>
  ${closed ? closedView(visit, poll, communities, closed) : openView(visit, poll)}
  <p><a class="back" href="/results">${t('results.title')}</a></p>
</main>`
}

function openView({ t }: PublicVisit, { id }: StaffPoll): Html {
  return html`<p>${t('results.hiddenUntilEnd')}</p><p><a class="choice strong" href="/?start=p-${id}">${t('polls.takePart')}</a></p>`
}

function closedView(
  visit: PublicVisit,
  poll: StaffPoll,
  communities: readonly Community[],
  { results, texts }: Closed,
): Html {
  const { t } = visit
  return html`
  ${outcomeView(visit, poll)}
  ${poll.form === 'survey' && html`<p>${t('results.survey', { finished: results.n, unfinished: results.unfinished })}</p>`}
  ${poll.questions.map(question => questionView(visit, poll, question, communities, { results, texts }))}
  <section><h2>${t('results.how')}</h2>
    <p>${t('results.oneVoice')}</p><p>${t('results.smallGroups')}</p>
    <p><a href="/results/${poll.id}/numbers.csv" download>${t('results.file')}</a></p></section>`
}

/** What was promised, and what was done. */
function outcomeView(visit: Reader, { outcome, outcomeAt, promiseBy }: StaffPoll): Html {
  const { t, now } = visit
  const heading = html`<h2>${t('polls.outcome')}</h2>`
  if (outcome) {
    const day = outcomeAt && html`<p class="small">${dayWords(visit, outcomeAt)}</p>`
    return html`<section class="outcome">${heading}${paragraphs(say(visit, outcome))}${day}</section>`
  }
  if (!promiseBy) return html``
  const isLate = new Date(`${promiseBy}T23:59:59Z`) < now
  const day = dayWords(visit, new Date(`${promiseBy}T12:00:00Z`))
  return html`<section class="outcome">${heading}<p>${t(isLate ? 'results.late' : 'results.promised', { day })}</p></section>`
}

function paragraphs(text: string): Html[] {
  return text.split(/\n+/).map(line => html`<p>${line}</p>`)
}
