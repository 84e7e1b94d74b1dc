// /console/polls: making, opening, closing, and what the city did with the answers.
import { inEveryLanguage, type Said } from '../../core/text/in-every-language.ts'
import { redact } from '../../core/text/redact.ts'
import { dayIn, isDay } from '../../core/time/day.ts'
import { momentAt } from '../../core/time/local.ts'
import { type Html, html } from '../../platform/html/html.ts'
import {
  type Answer,
  csvFile,
  idIn,
  type Looker,
  lookOf,
  previewsIn,
  previewsInAll,
  Refused,
  type StaffPage,
  type Visit,
} from '../../staff/index.ts'
import * as deeds from './deeds.ts'
import { readQuestion, timesProblem } from './draft.ts'
import { type Teller, tellWhatIsDue } from './jobs.ts'
import { closeDue } from './life.ts'
import { askText, ballotMessage, type Speaker } from './messages.ts'
import { asGiven, typedQuestion, typedText } from './question-form.ts'
import { resultsOf } from './results.ts'
import * as views from './staff-views.ts'
import {
  findPoll,
  listPolls,
  type PollDraft,
  publishedTexts,
  type StaffPoll,
  writtenAnswers,
} from './store.ts'

export function pollPages(teller: Teller): StaffPage[] {
  const page = (method: StaffPage['method'], path: string, handle: StaffPage['handle']): StaffPage => ({
    method,
    path: `/console/polls${path}`,
    section: 'polls',
    roles: ['editor'],
    handle,
  })
  const onPoll = (show: Show) => (visit: Visit) => withPoll(teller, visit, show)
  return [
    page('GET', '', visit => showList(teller, visit)),
    page('GET', '/new', visit => showNew(teller, visit)),
    page('POST', '', visit => create(teller, visit)),
    page('POST', '/preview', visit => preview(teller, visit)),
    page('GET', '/:id', onPoll(showPoll)),
    page(
      'GET',
      '/:id/turnout',
      onPoll(async (_teller, visit, poll) => part(views.turnoutView(visit, poll))),
    ),
    page('GET', '/:id/edit', onPoll(showEdit)),
    page('POST', '/:id/edit', onPoll(change)),
    page('POST', '/:id/open', deed(teller, deeds.openNow, 'console.polls.done.opened')),
    page('POST', '/:id/schedule', deed(teller, deeds.openLater, 'console.polls.done.scheduled')),
    page('POST', '/:id/close', deed(teller, closeAndTell(teller), 'console.polls.done.closed')),
    page('POST', '/:id/discard', visit => discard(teller, visit)),
    page('POST', '/:id/mend', deed(teller, mend, 'console.polls.done.mended')),
    page('POST', '/:id/outcome', deed(teller, outcomeAndTell(teller), 'console.polls.done.outcome')),
    page('GET', '/:id/texts', onPoll(showTexts)),
    page('GET', '/:id/texts.csv', onPoll(textsFile)),
    page('POST', '/:id/texts/:vote', visit => decide(teller, visit)),
  ]
}

async function showList({ database }: Teller, visit: Visit): Promise<Answer> {
  const polls = await listPolls(database.sql)
  return { kind: 'page', title: visit.t('console.section.polls'), body: views.listView(visit, polls) }
}

type Show = (teller: Teller, visit: Visit, poll: StaffPoll) => Promise<Answer>

async function withPoll(teller: Teller, visit: Visit, show: Show): Promise<Answer> {
  const id = idIn(visit)
  const poll = id === undefined ? undefined : await findPoll(teller.database.sql, id)
  return poll ? show(teller, visit, poll) : { kind: 'missing' }
}

function part(body: Extract<Answer, { kind: 'part' }>['body']): Answer {
  return { kind: 'part', body }
}

async function showPoll(
  teller: Teller,
  visit: Visit,
  poll: StaffPoll,
  problem?: deeds.DeedProblem,
): Promise<Answer> {
  const { database, knowledge, publicUrl } = teller
  const closed =
    poll.status === 'closed'
      ? await database.transaction(async sql => {
          await closeDue(sql, poll.id)
          return { results: await resultsOf(sql, poll), texts: await publishedTexts(sql, poll.id) }
        })
      : undefined
  const { communities } = knowledge().content
  const said = poll.form === 'poll' ? previewsInAll(saidOf(teller, poll), lookerOf(teller, visit)) : undefined
  const body = views.pollView(visit, poll, { closed, communities, publicUrl, said, problem })
  return { kind: 'page', title: views.titleOf(visit, poll), body, status: problem ? 422 : 200 }
}

// Making a poll

async function showNew(teller: Teller, visit: Visit): Promise<Answer> {
  const from = /^[1-9]\d{0,8}$/.test(visit.query.from ?? '') ? Number(visit.query.from) : undefined
  const copied = from === undefined ? undefined : await findPoll(teller.database.sql, from)
  const [question] = copied?.form === 'poll' ? copied.questions : []
  const given = question ? asGiven(question) : { kind: 'single', text: { sr: '' }, labels: [] }
  return form(teller, visit, { action: '/console/polls', given })
}

async function showEdit(teller: Teller, visit: Visit, poll: StaffPoll): Promise<Answer> {
  const [question] = poll.questions
  if (!question || poll.form !== 'poll') return { kind: 'missing' }
  const action = `/console/polls/${poll.id}/edit`
  return form(teller, visit, { action, given: asGiven(question), times: poll })
}

type Form = Omit<views.PollForm, 'said' | 'times'> & {
  times?: Pick<StaffPoll, 'opensAt' | 'closesAt' | 'promiseBy'>
}

function form(teller: Teller, visit: Visit, { times, ...shown }: Form): Answer {
  const body = views.formView(visit, {
    ...shown,
    times: views.timesOf(visit, times ?? {}),
    said: typedPreview(teller, visit, shown.given),
  })
  const key = shown.action === '/console/polls' ? 'console.polls.new' : 'console.polls.editTitle'
  return { kind: 'page', title: visit.t(key), body, status: shown.problem ? 422 : 200, wide: true }
}

async function create(teller: Teller, visit: Visit): Promise<Answer> {
  const draft = readDraft(teller, visit)
  if (typeof draft === 'string') return again(teller, visit, '/console/polls', draft)
  const id = await deeds.addDraft(by(teller, visit), draft)
  return { kind: 'redirect', to: `/console/polls/${id}`, done: 'console.polls.done.saved' }
}

async function change(teller: Teller, visit: Visit, poll: StaffPoll): Promise<Answer> {
  const action = `/console/polls/${poll.id}/edit`
  const draft = readDraft(teller, visit)
  if (typeof draft === 'string') return again(teller, visit, action, draft)
  const refused = await deeds.changeDraft(by(teller, visit), poll.id, draft)
  if (refused instanceof Refused) return again(teller, visit, action, refused.reason)
  return { kind: 'redirect', to: `/console/polls/${poll.id}`, done: 'console.polls.done.saved' }
}

/** The form with what was typed, and what is wrong with it. */
function again(teller: Teller, visit: Visit, action: string, problem: deeds.DeedProblem): Answer {
  const given = typedQuestion(visit.form)
  const answer = form(teller, visit, { action, given, problem })
  if (answer.kind !== 'page') return answer
  const said = typedPreview(teller, visit, given)
  const body = views.formView(visit, { action, given, problem, times: visit.form, said })
  return { ...answer, body }
}

function readDraft(teller: Teller, visit: Visit): PollDraft | deeds.DeedProblem {
  const question = readQuestion(typedQuestion(visit.form), teller.knowledge().sentences)
  if (typeof question === 'string') return question
  const times = readTimes(visit)
  return typeof times === 'string' ? times : { form: 'poll', questions: [question], ...times }
}

/** The times of a form, in the city's time. */
export function readTimes({
  form,
  timeZone,
  now,
}: Visit): Pick<PollDraft, 'opensAt' | 'closesAt' | 'promiseBy'> | 'opens' | 'closes' {
  const opensAt = momentAt(form.opens_at ?? '', timeZone)
  const closesAt = momentAt(form.closes_at ?? '', timeZone)
  if (form.opens_at && !opensAt) return 'opens'
  if (form.closes_at && !closesAt) return 'closes'
  if (timesProblem({ opensAt, closesAt }, now)) return 'closes'
  const promiseBy = isDay(form.promise_by ?? '') ? form.promise_by : undefined
  return { ...(opensAt && { opensAt }), ...(closesAt && { closesAt }), ...(promiseBy && { promiseBy }) }
}

// The preview

async function preview(teller: Teller, visit: Visit): Promise<Answer> {
  return part(typedPreview(teller, visit, typedQuestion(visit.form)))
}

/** What is typed so far, as the channels would show it; nothing while it can't be a poll. */
function typedPreview(teller: Teller, visit: Visit, given: Parameters<typeof readQuestion>[0]): Html {
  const poll = typedPoll(teller, visit, given)
  return html`${poll && previewsIn(lookOf(visit), saidOf(teller, poll), lookerOf(teller, visit))}`
}

function lookerOf({ knowledge, publicUrl }: Teller, visit: Visit): Looker {
  return { ...visit, publicUrl, translator: knowledge().sentences }
}

/** What is typed so far, as a poll; undefined while it can't be one. */
function typedPoll(
  { knowledge }: Teller,
  visit: Visit,
  given: Parameters<typeof readQuestion>[0],
): StaffPoll | undefined {
  const question = readQuestion(given, knowledge().sentences)
  if (typeof question === 'string') return undefined
  const closesAt = momentAt(visit.form.closes_at ?? '', visit.timeZone)
  return {
    id: 1,
    form: 'poll',
    title: question.text,
    status: 'draft',
    questions: [{ ...question, id: 1, position: 1 }],
    createdBy: '',
    turnout: 0,
    unfinished: 0,
    toReview: 0,
    ...(closesAt && { closesAt: closesAt.toISOString() }),
  }
}

/** The first message about a poll that a person sees. */
function saidOf({ knowledge, settings, publicUrl }: Teller, poll: StaffPoll): Said {
  const { content, sentences } = knowledge()
  const speaker: Speaker = { content, sentences, settings: settings(), publicUrl }
  const ballot = { ...poll, mine: {}, finished: false, spent: false }
  const say = poll.questions[0]?.kind === 'text' ? askText : ballotMessage
  return inEveryLanguage(language => say(ballot, language, speaker), content.city.protectedWords)
}

// Its life

type Deed = (by: deeds.By, id: number, visit: Visit) => Promise<undefined | Refused<deeds.DeedProblem>>
type Done = Extract<Answer, { kind: 'redirect' }>['done']

function by({ database }: Teller, { account, now }: Visit): deeds.By {
  return { database, actor: account.email, now }
}

function deed(teller: Teller, work: Deed, done: Done): StaffPage['handle'] {
  return visit =>
    withPoll(teller, visit, async (_teller, _visit, poll) => {
      const refused = await work(by(teller, visit), poll.id, visit)
      if (refused instanceof Refused) return showPoll(teller, visit, poll, refused.reason)
      return { kind: 'redirect', to: `/console/polls/${poll.id}`, done }
    })
}

function closeAndTell(teller: Teller): Deed {
  return async (by, id) => {
    const refused = await deeds.closeNow(by, id)
    if (!refused) await tellWhatIsDue(teller, by.now.getTime())
    return refused
  }
}

function outcomeAndTell(teller: Teller): Deed {
  return async (by, id, { form }) => {
    const refused = await deeds.noteOutcome(by, id, typedText(form, 'outcome'))
    if (!refused) await tellWhatIsDue(teller, by.now.getTime())
    return refused
  }
}

const mend: Deed = (by, id, { form }) =>
  deeds.mendText(by, id, { questionId: Number(form.question), text: typedText(form, 'text') })

async function discard(teller: Teller, visit: Visit): Promise<Answer> {
  return withPoll(teller, visit, async (_teller, _visit, poll) => {
    const refused = await deeds.discard(by(teller, visit), poll.id)
    if (refused instanceof Refused) return showPoll(teller, visit, poll, refused.reason)
    return { kind: 'redirect', to: '/console/polls', done: 'console.polls.done.discarded' }
  })
}

// Written answers

async function showTexts({ database, settings }: Teller, visit: Visit, poll: StaffPoll): Promise<Answer> {
  const answers = await writtenAnswers(database.sql, poll.id)
  const proposed = answers.map(answer => ({ ...answer, proposal: answer.published ?? redact(answer.text) }))
  const body = views.textsView(visit, poll, proposed, settings().moderationReasons)
  return { kind: 'page', title: visit.t('console.polls.texts'), body }
}

async function textsFile({ database }: Teller, { now, timeZone }: Visit, poll: StaffPoll): Promise<Answer> {
  const answers = await writtenAnswers(database.sql, poll.id)
  const positions = new Map(poll.questions.map(({ id, position }) => [id, position]))
  const rows = answers.map(({ questionId, text, language, review, reason, published }) => [
    positions.get(questionId) ?? 0,
    language,
    redact(text),
    review ?? 'waiting',
    reason,
    published,
  ])
  const day = dayIn(timeZone, now.getTime())
  return csvFile(
    `answers-${poll.id}-${day}`,
    ['question', 'language', 'text', 'decision', 'reason', 'published'],
    rows,
  )
}

const VOTE_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

async function decide(teller: Teller, visit: Visit): Promise<Answer> {
  const { vote = '' } = visit.params
  if (!VOTE_ID.test(vote)) return { kind: 'missing' }
  return withPoll(teller, visit, async (_teller, _visit, poll) => {
    const { decision, published = '', reason = '' } = visit.form
    const known = teller.settings().moderationReasons.some(({ id }) => id === reason)
    const isApproved = decision === 'approve' && published.trim() !== ''
    if (!isApproved && !(decision === 'refuse' && known)) return showTexts(teller, visit, poll)
    const decided = isApproved ? { published: published.trim() } : { reason }
    const refused = await deeds.decide(by(teller, visit), poll.id, { id: vote, decision: decided })
    if (refused instanceof Refused) return { kind: 'missing' }
    return { kind: 'redirect', to: `/console/polls/${poll.id}/texts`, done: 'console.polls.done.reviewed' }
  })
}
