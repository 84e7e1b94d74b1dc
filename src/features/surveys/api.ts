// Surveys for programs, in the manner of polls.
import { z } from 'zod'
import { type ApiRoute, apiRoute, notFound, success } from '../../staff/index.ts'
import {
  addDraft,
  closedResults,
  GivenQuestionBody,
  GivenTimes,
  lifeRoutes,
  listPolls,
  Numbers,
  numbersBody,
  type PollDraft,
  pollIn,
  readGivenTimes,
  refusal,
  type StaffPoll,
  type Teller,
  TranslatedText,
  timesProblem,
} from '../polls/index.ts'
import { readQuestions, readTitle } from './draft.ts'

const SurveyBody = z.object({
  id: z.string(),
  status: z.enum(['draft', 'scheduled', 'open', 'closed']),
  title: TranslatedText,
  questions: z.array(
    z.object({
      kind: z.string(),
      question: TranslatedText,
      options: z.array(z.object({ id: z.string(), label: TranslatedText })),
      max: z.number(),
    }),
  ),
  closesAt: z.string().nullable(),
  promiseBy: z.string().nullable(),
  outcome: TranslatedText.nullable(),
  /** People who began. */
  turnout: z.number(),
  finished: z.number(),
})
const Given = z
  .object({ title: TranslatedText, questions: z.array(GivenQuestionBody) })
  .extend(GivenTimes.shape)
const Results = z.object({
  n: z.number(),
  unfinished: z.number(),
  questions: z.array(z.object({ question: TranslatedText, finished: Numbers, unfinished: Numbers })),
})

export function surveyRoutes(teller: Teller): ApiRoute[] {
  const { database, knowledge } = teller
  return [
    apiRoute({
      method: 'GET',
      path: '/surveys',
      roles: ['editor', 'monitor'],
      summary: 'Every survey, newest first.',
      reply: z.object({ items: z.array(SurveyBody) }),
      async handle() {
        const polls = await listPolls(database.sql)
        return success({ items: polls.filter(({ form }) => form === 'survey').map(surveyBody) })
      },
    }),
    apiRoute({
      method: 'POST',
      path: '/surveys',
      roles: ['editor'],
      summary: 'A new survey, as a draft.',
      body: Given,
      reply: z.object({ id: z.string() }),
      status: 201,
      async handle({ account, body, now }) {
        const title = readTitle(body.title)
        if (typeof title === 'string') return refusal(title, teller)
        const given = body.questions.map(({ question: text, kind, options: labels, max }) => ({
          kind,
          text,
          labels,
          max,
        }))
        const questions = readQuestions(given, knowledge().sentences)
        if (!Array.isArray(questions)) return refusal(questions.problem, teller)
        const times = readGivenTimes(body)
        const wrong = timesProblem(times, now)
        if (wrong) return refusal(wrong, teller)
        const draft: PollDraft = { form: 'survey', title, questions, ...times }
        return success({ id: String(await addDraft({ database, actor: account.email, now }, draft)) })
      },
    }),
    apiRoute({
      method: 'GET',
      path: '/surveys/:id',
      roles: ['editor', 'monitor'],
      summary: 'One survey, and how many people began and finished it.',
      reply: SurveyBody,
      async handle({ params }) {
        const survey = await pollIn(params, teller, 'survey')
        return survey ? success(surveyBody(survey)) : notFound()
      },
    }),
    ...lifeRoutes(teller, 'survey'),
    apiRoute({
      method: 'GET',
      path: '/surveys/:id/results',
      roles: ['editor', 'monitor'],
      summary:
        'The published numbers of a closed survey; answers of those who did not finish are counted apart.',
      reply: Results,
      problems: ['not-closed'],
      async handle({ params }) {
        const survey = await pollIn(params, teller, 'survey')
        if (!survey) return notFound()
        const results = await closedResults(survey, teller)
        if ('kind' in results) return results
        const { n, unfinished } = results
        const questions = results.questions.map(({ whole, partial }, index) => ({
          question: survey.questions[index]?.text,
          finished: numbersBody(survey, index, whole),
          unfinished: numbersBody(survey, index, partial),
        }))
        return success({ n, unfinished, questions })
      },
    }),
  ]
}

function surveyBody(survey: StaffPoll): z.input<typeof SurveyBody> {
  const { id, status, title, closesAt = null, promiseBy = null, outcome = null, turnout, unfinished } = survey
  const questions = survey.questions.map(({ kind, text: question, options, max }) => ({
    kind,
    question,
    options,
    max,
  }))
  const finished = turnout - unfinished
  return { id: String(id), status, title, questions, closesAt, promiseBy, outcome, turnout, finished }
}
