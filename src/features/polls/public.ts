// /results: what people answered, once it is closed; and what the city did with it. Everything else about a poll
// stands on these pages too, but no count before its end.
import type { Context } from '../../core/model/topic.ts'
import type { Database } from '../../platform/db/database.ts'
import type { PublicAnswer, PublicPage, PublicVisit } from '../../site/index.ts'
import { closeDue } from './life.ts'
import { numbersFile } from './numbers-file.ts'
import { chartOf } from './pictures.ts'
import { listView, pollView } from './public-views.ts'
import { type PollResults, resultsOf } from './results.ts'
import { findPoll, listPolls, publishedTexts, type StaffPoll } from './store.ts'

export type ResultOptions = { database: Database; knowledge(): Pick<Context, 'content' | 'sentences'> }

/** Charts and files of closed polls don't change, but for a wording that is mended. */
const KEPT_S = 300

export function resultPages(options: ResultOptions): PublicPage[] {
  return [
    { path: '/results', handle: visit => showList(options, visit) },
    { path: '/results/:id', handle: visit => onPoll(options, visit, showPoll) },
    { path: '/results/:id/numbers.csv', handle: visit => onClosed(options, visit, showFile) },
    { path: '/results/:id/:position/chart.svg', handle: visit => onClosed(options, visit, showChart) },
  ]
}

async function showList({ database }: ResultOptions, visit: PublicVisit): Promise<PublicAnswer> {
  const polls = (await listPolls(database.sql)).filter(isPublic)
  const title = visit.t('results.title')
  return { kind: 'page', title, description: visit.t('results.lead'), body: listView(visit, polls) }
}

function isPublic({ status }: StaffPoll): boolean {
  return status === 'open' || status === 'closed'
}

type Show = (options: ResultOptions, visit: PublicVisit, poll: StaffPoll) => Promise<PublicAnswer>

async function onPoll(options: ResultOptions, visit: PublicVisit, show: Show): Promise<PublicAnswer> {
  const { id = '' } = visit.params
  if (!/^[1-9]\d{0,8}$/.test(id)) return { kind: 'missing' }
  const poll = await findPoll(options.database.sql, Number(id))
  return poll && isPublic(poll) ? show(options, visit, poll) : { kind: 'missing' }
}

async function onClosed(options: ResultOptions, visit: PublicVisit, show: Show): Promise<PublicAnswer> {
  return onPoll(options, visit, async (_options, _visit, poll) =>
    poll.status === 'closed' ? show(options, visit, poll) : { kind: 'missing' },
  )
}

async function showPoll(options: ResultOptions, visit: PublicVisit, poll: StaffPoll): Promise<PublicAnswer> {
  const title = visit.inScript(poll.title[visit.contentLanguage] ?? poll.title.sr)
  const closed =
    poll.status === 'closed'
      ? { results: await read(options, poll), texts: await publishedTexts(options.database.sql, poll.id) }
      : undefined
  const { communities } = options.knowledge().content
  return { kind: 'page', title, body: pollView(visit, poll, communities, closed) }
}

async function showFile(options: ResultOptions, visit: PublicVisit, poll: StaffPoll): Promise<PublicAnswer> {
  const results = await read(options, poll)
  const bytes = numbersFile(poll, results, visit.contentLanguage, visit.inScript)
  const name = `results-${poll.id}.csv`
  return { kind: 'file', name, mime: 'text/csv; charset=utf-8', bytes, maxAge: KEPT_S }
}

async function showChart(options: ResultOptions, visit: PublicVisit, poll: StaffPoll): Promise<PublicAnswer> {
  const question = poll.questions.find(({ position }) => String(position) === visit.params.position)
  const results = await read(options, poll)
  const numbers = results.questions.find(({ questionId }) => questionId === question?.id)?.whole
  const { content, sentences } = options.knowledge()
  const artist = { sentences, protectedWords: content.city.protectedWords }
  const svg = question && numbers && chartOf(question, numbers, visit.language, artist)
  if (!svg) return { kind: 'missing' }
  return { kind: 'file', name: 'chart.svg', mime: 'image/svg+xml', bytes: svg, inline: true, maxAge: KEPT_S }
}

/** Whoever comes before the job that closes polls closes it. */
function read({ database }: ResultOptions, poll: StaffPoll): Promise<PollResults> {
  return database.transaction(async sql => {
    await closeDue(sql, poll.id)
    return resultsOf(sql, poll)
  })
}
