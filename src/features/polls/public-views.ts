// The pages of results.
import type { Community } from '../../core/model/content.ts'
import { type Count, type Question, textIn } from '../../core/model/poll.ts'
import { type Html, html } from '../../platform/html/html.ts'
import type { PublicVisit } from '../../site/index.ts'
import { dayWords, moment } from '../../staff/index.ts'
import type { CommunityRow, Published } from './protect.ts'
import { type PollResults, type QuestionNumbers, RESULT_CHANNELS } from './results.ts'
import { shareText } from './shares.ts'
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

type Closed = { results: PollResults; texts: Map<number, string[]> }

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
function outcomeView(visit: PublicVisit, { outcome, outcomeAt, promiseBy }: StaffPoll): Html {
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

function questionView(
  visit: PublicVisit,
  poll: StaffPoll,
  question: Question,
  communities: readonly Community[],
  { results, texts }: Closed,
): Html {
  const { t } = visit
  const numbers = results.questions.find(({ questionId }) => questionId === question.id)
  if (!numbers) return html``
  const title = say(visit, question.text)
  const heading =
    poll.form === 'survey'
      ? html`<h2>${question.position}. ${title}</h2>`
      : html`<h2>${t('results.numbers')}</h2>`
  return html`<section>${heading}
  <p class="small">${t('polls.people', { count: numbers.whole.n })}</p>
  ${question.options.length > 0 ? answersView(visit, poll, question, numbers) : textsView(visit, texts.get(question.id) ?? [])}
  ${channelsView(visit, numbers.whole)}
  ${communitiesView(visit, question, numbers.whole, communities)}
  </section>`
}

/** The chart is a picture of the table below it. */
function answersView(
  visit: PublicVisit,
  { id, form }: StaffPoll,
  question: Question,
  numbers: QuestionNumbers,
): Html {
  const { t, language } = visit
  const partial = form === 'survey' && numbers.partial.n > 0
  return html`<p class="chart"><img src="/results/${id}/${question.position}/chart.svg?lang=${language}" alt="${t('results.chartAlt')}" width="720" height="${chartHeight(question)}"></p>
  <div class="table-scroll" tabindex="0" role="region" aria-label="${t('results.answers')}"><table><thead><tr><th scope="col">${t('results.answer')}</th><th scope="col" class="number">${t('results.count')}</th><th scope="col" class="number">${t('results.share')}</th>
  ${partial && html`<th scope="col" class="number">${t('results.unfinishedCount')}</th>`}</tr></thead>
  <tbody>${question.options.map(
    option => html`<tr><th scope="row">${say(visit, option.label)}</th>${cells(visit, numbers.whole.options[option.id] ?? null, numbers.whole.n)}
    ${partial && html`<td class="number">${countText(visit, numbers.partial.options[option.id] ?? null)}</td>`}</tr>`,
  )}</tbody></table></div>`
}

/** Before the picture is loaded, so that the page does not jump. */
function chartHeight({ options }: Question): number {
  return 140 + options.length * 68
}

function cells(visit: PublicVisit, count: Count, n: number): Html {
  const share = count === null ? '' : shareText(count, n, visit.contentLanguage)
  return html`<td class="number">${countText(visit, count)}</td><td class="number">${share}</td>`
}

function countText({ t }: PublicVisit, count: Count): string | number {
  return count === null ? t('polls.hidden') : count
}

function textsView({ t }: PublicVisit, texts: readonly string[]): Html {
  if (texts.length === 0) return html`<p>${t('results.noTexts')}</p>`
  return html`<p>${t('results.texts')}</p><ul class="quotes">${texts.map(text => html`<li>${text}</li>`)}</ul>`
}

function channelsView(visit: PublicVisit, { channels, n }: Published): Html {
  const { t } = visit
  return html`<details><summary>${t('results.byChannel')}</summary>
  <div class="table-scroll"><table><thead><tr><th scope="col">${t('results.channel')}</th><th scope="col" class="number">${t('results.count')}</th><th scope="col" class="number">${t('results.share')}</th></tr></thead>
  <tbody>${RESULT_CHANNELS.map(
    id =>
      html`<tr><th scope="row">${channelName(visit, id)}</th>${cells(visit, channels[id] ?? null, n)}</tr>`,
  )}</tbody></table></div></details>`
}

function channelName({ t }: PublicVisit, id: (typeof RESULT_CHANNELS)[number]): string {
  const names = { telegram: 'Telegram', viber: 'Viber', botframework: 'Microsoft Teams' }
  return id === 'web' ? t('results.web') : names[id]
}

function communitiesView(
  visit: PublicVisit,
  question: Question,
  { communities, options }: Published,
  known: readonly Community[],
): Html {
  const { t } = visit
  if (communities.length === 0) return html`<p class="small">${t('results.noCommunities')}</p>`
  const shown = question.options.filter(
    ({ id }) => options[id] !== null && communities.some(row => row.options[id] !== null),
  )
  return html`<details><summary>${t('results.byCommunity')}</summary>
  <div class="table-scroll" tabindex="0" role="region" aria-label="${t('results.byCommunity')}"><table><thead><tr><th scope="col">${t('results.community')}</th><th scope="col" class="number">${t('results.count')}</th>
  ${shown.map(({ label }) => html`<th scope="col" class="number">${say(visit, label)}</th>`)}</tr></thead>
  <tbody>${communities.map(
    row => html`<tr><th scope="row">${communityName(visit, row, known)}</th><td class="number">${row.n}</td>
    ${shown.map(({ id }) => html`<td class="number">${countText(visit, row.options[id] ?? null)}</td>`)}</tr>`,
  )}</tbody></table></div></details>`
}

function communityName(visit: PublicVisit, { id }: CommunityRow, known: readonly Community[]): string {
  if (id === null) return visit.t('results.others')
  return visit.inScript(known.find(community => community.id === id)?.name || id)
}

/** A text of staff in the reader's language and script. */
function say({ contentLanguage, inScript }: PublicVisit, text: StaffPoll['title']): string {
  const said = textIn(text, contentLanguage)
  return contentLanguage === 'sr' ? inScript(said) : said
}
