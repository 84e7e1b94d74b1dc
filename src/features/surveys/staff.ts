// /console/surveys: the builder of surveys and the reminder to those who began. All else about a survey is done on
// the pages of polls.
import { type Answer, idIn, Refused, type StaffPage, type Visit } from '../../staff/index.ts'
import {
  addDraft,
  asGiven,
  type By,
  changeDraft,
  findPoll,
  type PollDraft,
  readTimes,
  type StaffPoll,
  type Teller,
  timesOf,
  typedText,
} from '../polls/index.ts'
import { readQuestions, readTitle, type SurveyProblem } from './draft.ts'
import { remind } from './remind.ts'
import { type SurveyForm, surveyFormView, typedQuestions } from './staff-views.ts'

export function surveyPages(teller: Teller): StaffPage[] {
  const page = (method: StaffPage['method'], path: string, handle: StaffPage['handle']): StaffPage => ({
    method,
    path: `/console/surveys${path}`,
    section: 'polls',
    roles: ['editor'],
    handle,
  })
  return [
    page('GET', '/new', visit => showNew(teller, visit)),
    page('POST', '', visit => save(teller, visit, '/console/surveys')),
    page('GET', '/:id/edit', visit => showEdit(teller, visit)),
    page('POST', '/:id/edit', visit =>
      save(teller, visit, `/console/surveys/${idIn(visit)}/edit`, idIn(visit)),
    ),
    page('POST', '/:id/remind', visit => remindThem(teller, visit)),
  ]
}

const EMPTY = { kind: 'single', text: { sr: '' }, labels: [] }

async function showNew(teller: Teller, visit: Visit): Promise<Answer> {
  const from = /^[1-9]\d{0,8}$/.test(visit.query.from ?? '') ? Number(visit.query.from) : undefined
  const copied = from === undefined ? undefined : await findPoll(teller.database.sql, from)
  const known =
    copied?.form === 'survey' ? { title: copied.title, questions: copied.questions.map(asGiven) } : undefined
  return form(visit, {
    action: '/console/surveys',
    times: {},
    ...(known ?? { title: { sr: '' }, questions: [EMPTY] }),
  })
}

async function showEdit(teller: Teller, visit: Visit): Promise<Answer> {
  const survey = await surveyIn(teller, visit)
  if (!survey) return { kind: 'missing' }
  return form(visit, {
    action: `/console/surveys/${survey.id}/edit`,
    title: survey.title,
    questions: survey.questions.map(asGiven),
    times: timesOf(visit, survey),
  })
}

async function surveyIn({ database }: Teller, visit: Visit): Promise<StaffPoll | undefined> {
  const id = idIn(visit)
  const poll = id === undefined ? undefined : await findPoll(database.sql, id)
  return poll?.form === 'survey' ? poll : undefined
}

function form(visit: Visit, shown: SurveyForm): Answer {
  const key = shown.action === '/console/surveys' ? 'console.polls.newSurvey' : 'console.polls.editTitle'
  const status = shown.problem ? 422 : 200
  return { kind: 'page', title: visit.t(key), body: surveyFormView(visit, shown), status }
}

/** Adding and removing questions shows the form again; saving writes the draft. */
async function save(teller: Teller, visit: Visit, action: string, id?: number): Promise<Answer> {
  const { form: fields } = visit
  const typed = typedQuestions(fields)
  const shown = { action, title: typedText(fields, 'title'), questions: typed, times: fields }
  const [verb, place] = (fields.do ?? 'save').split(':')
  if (verb === 'add') return form(visit, { ...shown, questions: [...typed, EMPTY] })
  if (verb === 'drop')
    return form(visit, { ...shown, questions: typed.filter((_, index) => index !== Number(place)) })
  const draft = readDraft(teller, visit)
  if ('problem' in draft) return form(visit, { ...shown, ...draft })
  const by: By = { database: teller.database, actor: visit.account.email, now: visit.now }
  const saved = id === undefined ? await addDraft(by, draft) : await changeDraft(by, id, draft)
  if (saved instanceof Refused) return form(visit, { ...shown, problem: saved.reason })
  return { kind: 'redirect', to: `/console/polls/${saved ?? id}`, done: 'console.polls.done.saved' }
}

function readDraft({ knowledge }: Teller, visit: Visit): PollDraft | { problem: SurveyProblem; at?: number } {
  const title = readTitle(typedText(visit.form, 'title'))
  if (typeof title === 'string') return { problem: title }
  const questions = readQuestions(typedQuestions(visit.form), knowledge().sentences)
  if (!Array.isArray(questions)) return questions
  const times = readTimes(visit)
  return typeof times === 'string' ? { problem: times } : { form: 'survey', title, questions, ...times }
}

async function remindThem(teller: Teller, visit: Visit): Promise<Answer> {
  const survey = await surveyIn(teller, visit)
  if (!survey) return { kind: 'missing' }
  const to = `/console/polls/${survey.id}`
  const by: By = { database: teller.database, actor: visit.account.email, now: visit.now }
  const reminded = await remind(teller, by, survey.id)
  if (reminded instanceof Refused) return { kind: 'redirect', to, done: 'console.polls.done.notReminded' }
  return { kind: 'redirect', to, done: 'console.polls.done.reminded' }
}
