// What is published of a poll, as tables beside a chart; the same for everybody and for staff.
import type { Community } from '../../core/model/content.ts'
import { type Count, type Question, textIn } from '../../core/model/poll.ts'
import { type Html, html } from '../../platform/html/html.ts'
import type { PublicVisit } from '../../site/index.ts'
import { CHART_WIDTH } from './pictures.ts'
import type { CommunityRow, Published } from './protect.ts'
import { type PollResults, type QuestionNumbers, RESULT_CHANNELS } from './results.ts'
import { shareText } from './shares.ts'
import type { StaffPoll } from './store.ts'

/** Whoever reads: a visitor of the public page or of the console. */
export type Reader = Pick<PublicVisit, 't' | 'language' | 'contentLanguage' | 'inScript' | 'timeZone' | 'now'>

/** What a closed poll has to show. */
export type Closed = { results: PollResults; texts: Map<number, string[]> }

/** Everything that is published of one question. */
export function questionView(
  reader: Reader,
  poll: StaffPoll,
  question: Question,
  communities: readonly Community[],
  { results, texts }: Closed,
): Html {
  const { t } = reader
  const numbers = results.questions.find(({ questionId }) => questionId === question.id)
  if (!numbers) return html``
  const title = say(reader, question.text)
  const heading =
    poll.form === 'survey'
      ? html`<h2>${question.position}. ${title}</h2>`
      : html`<h2>${t('results.numbers')}</h2>`
  return html`<section>${heading}
  <p class="small">${t('polls.people', { count: numbers.whole.n })}</p>
  ${question.options.length > 0 ? answersView(reader, poll, question, numbers) : textsView(reader, texts.get(question.id) ?? [])}
  ${channelsView(reader, numbers.whole)}
  ${communitiesView(reader, question, numbers.whole, communities)}
  </section>`
}

/** The chart is a picture of the table below it. */
function answersView(
  reader: Reader,
  { id, form }: StaffPoll,
  question: Question,
  numbers: QuestionNumbers,
): Html {
  const { t, language } = reader
  const partial = form === 'survey' && numbers.partial.n > 0
  return html`<p class="chart"><img src="/results/${id}/${question.position}/chart.svg?lang=${language}" alt="${t('results.chartAlt')}" width="${CHART_WIDTH}" height="${chartHeight(question)}"></p>
  <div class="table-scroll" tabindex="0" role="region" aria-label="${t('results.answers')}"><table><thead><tr><th scope="col">${t('results.answer')}</th><th scope="col" class="number">${t('results.count')}</th><th scope="col" class="number">${t('results.share')}</th>
  ${partial && html`<th scope="col" class="number">${t('results.unfinishedCount')}</th>`}</tr></thead>
  <tbody>${question.options.map(
    option => html`<tr><th scope="row">${say(reader, option.label)}</th>${cells(reader, numbers.whole.options[option.id] ?? null, numbers.whole.n)}
    ${partial && html`<td class="number">${countText(reader, numbers.partial.options[option.id] ?? null)}</td>`}</tr>`,
  )}</tbody></table></div>`
}

/** Before the picture is loaded, so that the page does not jump. */
function chartHeight({ options }: Question): number {
  return 150 + options.length * 68
}

function cells(reader: Reader, count: Count, n: number): Html {
  const share = count === null ? '' : shareText(count, n, reader.contentLanguage)
  return html`<td class="number">${countText(reader, count)}</td><td class="number">${share}</td>`
}

function countText({ t }: Reader, count: Count): string | number {
  return count === null ? t('polls.hidden') : count
}

function textsView({ t }: Reader, texts: readonly string[]): Html {
  if (texts.length === 0) return html`<p>${t('results.noTexts')}</p>`
  return html`<p>${t('results.texts')}</p><ul class="quotes">${texts.map(text => html`<li>${text}</li>`)}</ul>`
}

function channelsView(reader: Reader, { channels, n }: Published): Html {
  const { t } = reader
  return html`<details><summary>${t('results.byChannel')}</summary>
  <div class="table-scroll"><table><thead><tr><th scope="col">${t('results.channel')}</th><th scope="col" class="number">${t('results.count')}</th><th scope="col" class="number">${t('results.share')}</th></tr></thead>
  <tbody>${RESULT_CHANNELS.map(
    id =>
      html`<tr><th scope="row">${channelName(reader, id)}</th>${cells(reader, channels[id] ?? null, n)}</tr>`,
  )}</tbody></table></div></details>`
}

function channelName({ t }: Reader, id: (typeof RESULT_CHANNELS)[number]): string {
  const names = { telegram: 'Telegram', viber: 'Viber', botframework: 'Microsoft Teams' }
  return id === 'web' ? t('results.web') : names[id]
}

function communitiesView(
  reader: Reader,
  question: Question,
  { communities, options }: Published,
  known: readonly Community[],
): Html {
  const { t } = reader
  if (communities.length === 0) return html`<p class="small">${t('results.noCommunities')}</p>`
  const shown = question.options.filter(
    ({ id }) => options[id] !== null && communities.some(row => row.options[id] !== null),
  )
  return html`<details><summary>${t('results.byCommunity')}</summary>
  <div class="table-scroll" tabindex="0" role="region" aria-label="${t('results.byCommunity')}"><table><thead><tr><th scope="col">${t('results.community')}</th><th scope="col" class="number">${t('results.count')}</th>
  ${shown.map(({ label }) => html`<th scope="col" class="number">${say(reader, label)}</th>`)}</tr></thead>
  <tbody>${communities.map(
    row => html`<tr><th scope="row">${communityName(reader, row, known)}</th><td class="number">${row.n}</td>
    ${shown.map(({ id }) => html`<td class="number">${countText(reader, row.options[id] ?? null)}</td>`)}</tr>`,
  )}</tbody></table></div></details>`
}

function communityName(reader: Reader, { id }: CommunityRow, known: readonly Community[]): string {
  if (id === null) return reader.t('results.others')
  return reader.inScript(known.find(community => community.id === id)?.name || id)
}

/** A text of staff in the reader's language and script. */
export function say({ contentLanguage, inScript }: Reader, text: StaffPoll['title']): string {
  const said = textIn(text, contentLanguage)
  return contentLanguage === 'sr' ? inScript(said) : said
}
