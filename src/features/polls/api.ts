// Polls for programs. Until a poll is closed, all that can be asked is how many people voted.
import { z } from 'zod'
import { QUESTION_KINDS } from '../../core/model/poll.ts'
import {
  type ApiReply,
  type ApiRoute,
  apiRoute,
  notFound,
  problem,
  Refused,
  success,
} from '../../staff/index.ts'
import { addDraft, type By, closeNow, type DeedProblem, openNow } from './deeds.ts'
import { readQuestion, timesProblem } from './draft.ts'
import { type Teller, tellWhatIsDue } from './jobs.ts'
import { closeDue } from './life.ts'
import type { CommunityRow, Published } from './protect.ts'
import { type PollResults, resultsOf } from './results.ts'
import { findPoll, listPolls, type PollDraft, type StaffPoll } from './store.ts'

export const TranslatedText = z.object({
  sr: z.string(),
  bs: z.string().optional(),
  en: z.string().optional(),
})
export const GivenQuestionBody = z.object({
  question: TranslatedText,
  kind: z.enum(QUESTION_KINDS),
  options: z.array(TranslatedText).default([]),
  max: z.int().optional(),
})
export const GivenTimes = z.object({
  closesAt: z.iso.datetime({ offset: true }).optional(),
  promiseBy: z.iso.date().optional(),
})

const Option = z.object({ id: z.string(), label: TranslatedText })
const PollBody = z.object({
  id: z.string(),
  status: z.enum(['draft', 'scheduled', 'open', 'closed']),
  kind: z.enum(QUESTION_KINDS),
  question: TranslatedText,
  options: z.array(Option),
  max: z.number(),
  closesAt: z.string().nullable(),
  promiseBy: z.string().nullable(),
  outcome: TranslatedText.nullable(),
  turnout: z.number(),
})
const Count = z.number().nullable()
export const Numbers = z.object({
  n: z.number(),
  options: z.array(z.object({ id: z.string(), label: TranslatedText, count: Count })),
  byChannel: z.record(z.string(), Count),
  byCommunity: z.array(
    z.object({ community: z.string().nullable(), n: z.number(), options: z.record(z.string(), Count) }),
  ),
})

export function pollRoutes(teller: Teller): ApiRoute[] {
  const { database, knowledge } = teller
  return [
    apiRoute({
      method: 'GET',
      path: '/polls',
      roles: ['editor', 'monitor'],
      summary: 'Every quick poll, newest first.',
      reply: z.object({ items: z.array(PollBody) }),
      async handle() {
        const polls = await listPolls(database.sql)
        return success({ items: polls.filter(({ form }) => form === 'poll').map(pollBody) })
      },
    }),
    apiRoute({
      method: 'POST',
      path: '/polls',
      roles: ['editor'],
      summary: 'A new quick poll, as a draft.',
      body: GivenQuestionBody.extend(GivenTimes.shape),
      reply: z.object({ id: z.string() }),
      status: 201,
      async handle({ account, body, now }) {
        const { question: text, kind, options: labels, max } = body
        const question = readQuestion({ kind, text, labels, max }, knowledge().sentences)
        if (typeof question === 'string') return refusal(question, teller)
        const times = readTimes(body)
        const wrong = timesProblem(times, now)
        if (wrong) return refusal(wrong, teller)
        const draft: PollDraft = { form: 'poll', questions: [question], ...times }
        return success({ id: String(await addDraft({ database, actor: account.email, now }, draft)) })
      },
    }),
    apiRoute({
      method: 'GET',
      path: '/polls/:id',
      roles: ['editor', 'monitor'],
      summary: 'One quick poll and how many people voted.',
      reply: PollBody,
      async handle({ params }) {
        const poll = await pollIn(params, teller, 'poll')
        return poll ? success(pollBody(poll)) : notFound()
      },
    }),
    ...lifeRoutes(teller, 'poll'),
    apiRoute({
      method: 'GET',
      path: '/polls/:id/results',
      roles: ['editor', 'monitor'],
      summary:
        'The published numbers of a closed poll; a null is hidden, because it or what it gives away is a small group.',
      reply: Numbers,
      problems: ['not-closed'],
      async handle({ params }) {
        const poll = await pollIn(params, teller, 'poll')
        if (!poll) return notFound()
        const results = await closedResults(poll, teller)
        return 'kind' in results ? results : success(numbersBody(poll, 0, results.questions[0]?.whole))
      },
    }),
  ]
}

/** Opening and closing, the same for polls and surveys. */
export function lifeRoutes(teller: Teller, form: 'poll' | 'survey'): ApiRoute[] {
  const path = form === 'poll' ? '/polls' : '/surveys'
  const route = (verb: 'open' | 'close', summary: string, deed: typeof openNow) =>
    apiRoute({
      method: 'POST',
      path: `${path}/:id/${verb}`,
      roles: ['editor'],
      summary,
      reply: z.object({ id: z.string(), status: z.string() }),
      problems: ['state'],
      async handle({ account, params, now }) {
        const poll = await pollIn(params, teller, form)
        if (!poll) return notFound()
        const by: By = { database: teller.database, actor: account.email, now }
        const outcome = await deed(by, poll.id)
        if (outcome instanceof Refused) return refusal(outcome.reason, teller)
        if (verb === 'close') await tellWhatIsDue(teller, now.getTime())
        return success({ id: String(poll.id), status: verb === 'open' ? 'open' : 'closed' })
      },
    })
  return [
    route('open', `Opens a draft at once.`, openNow),
    route('close', 'Closes it; from now on its numbers can be read.', closeNow),
  ]
}

/** The poll or survey that an address names; undefined if there is none of this form. */
export async function pollIn(
  { id = '' }: Record<string, string>,
  { database }: Teller,
  form: 'poll' | 'survey',
): Promise<StaffPoll | undefined> {
  if (!/^[1-9]\d{0,8}$/.test(id)) return undefined
  const poll = await findPoll(database.sql, Number(id))
  return poll?.form === form ? poll : undefined
}

/** The numbers of a closed poll, or the problem that it isn't closed. */
export async function closedResults(poll: StaffPoll, { database }: Teller): Promise<PollResults | ApiReply> {
  if (poll.status !== 'closed') return problem(409, 'not-closed', 'Numbers can be read once it is closed.')
  return database.transaction(async sql => {
    await closeDue(sql, poll.id)
    return resultsOf(sql, poll)
  })
}

/** A deed that was not done, as a reply; the sentence is the one of the console. */
export function refusal(reason: DeedProblem, { knowledge }: Teller): ApiReply {
  if (reason === 'missing') return notFound()
  const detail = knowledge().sentences('en')(`console.polls.problem.${reason}`)
  return problem(reason === 'state' ? 409 : 422, reason === 'state' ? 'state' : 'invalid', detail)
}

/** The times that a body gives. */
export function readTimes({
  closesAt,
  promiseBy,
}: z.output<typeof GivenTimes>): Pick<PollDraft, 'closesAt' | 'promiseBy'> {
  return { ...(closesAt && { closesAt: new Date(closesAt) }), ...(promiseBy && { promiseBy }) }
}

function pollBody(poll: StaffPoll): z.input<typeof PollBody> {
  const { id, status, closesAt = null, promiseBy = null, outcome = null, turnout } = poll
  const [question] = poll.questions
  return {
    id: String(id),
    status,
    kind: question?.kind ?? 'text',
    question: question?.text ?? poll.title,
    options: question?.options ?? [],
    max: question?.max ?? 1,
    closesAt,
    promiseBy,
    outcome,
    turnout,
  }
}

/** One question's published numbers. */
export function numbersBody(
  poll: StaffPoll,
  index: number,
  published: Published | undefined,
): z.input<typeof Numbers> {
  const question = poll.questions[index]
  const count = (id: string) => published?.options[id] ?? null
  return {
    n: published?.n ?? 0,
    options: (question?.options ?? []).map(({ id, label }) => ({
      id,
      label,
      count: count(id),
    })),
    byChannel: published?.channels ?? {},
    byCommunity: (published?.communities ?? []).map(communityBody),
  }
}

function communityBody({ id, n, options }: CommunityRow) {
  return { community: id, n, options }
}
