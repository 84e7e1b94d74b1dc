// The builder of surveys: its questions below each other, added and removed without a script.
import type { Translated } from '../../core/model/poll.ts'
import { type Html, html } from '../../platform/html/html.ts'
import type { Visit } from '../../staff/index.ts'
import {
  type GivenQuestion,
  problemView,
  QUESTION_MAX,
  questionFields,
  timesFields,
  typedQuestion,
} from '../polls/index.ts'
import { QUESTIONS_MAX, type SurveyProblem } from './draft.ts'

export type SurveyForm = {
  action: string
  title: Translated
  questions: readonly GivenQuestion[]
  times: Record<string, string | undefined>
  problem?: SurveyProblem
  /** The question that the problem is about, from 0. */
  at?: number
}

/** The questions of the form, in their order. */
export function typedQuestions(fields: Record<string, string | undefined>): GivenQuestion[] {
  const count = Math.min(QUESTIONS_MAX + 1, Number(fields.count) || 0)
  return Array.from({ length: count }, (_, index) => typedQuestion(fields, `q${index}_`))
}

export function surveyFormView(
  visit: Visit,
  { action, title, questions, times, problem, at }: SurveyForm,
): Html {
  const { t, csrf } = visit
  return html`<form method="post" action="${action}" class="stack wide" data-keep>${csrf}
<input type="hidden" name="count" value="${questions.length}">
${at === undefined && problemView(visit, problem)}
<section class="card stack wide">${(['sr', 'bs', 'en'] as const).map(
    language =>
      html`<label>${t(`console.polls.titleIn.${language}`)}<input name="title_${language}" maxlength="${QUESTION_MAX}" lang="${language === 'sr' ? 'sr-Latn' : language}" value="${title[language]}" ${language === 'sr' && html`required`}></label>`,
  )}</section>
${questions.map(
  (
    question,
    index,
  ) => html`<section class="card stack wide" id="q${index + 1}"><h2>${t('console.polls.questionNumber', { number: index + 1 })}</h2>
${at === index && problemView(visit, problem)}
${questionFields(visit, question, `q${index}_`)}
${questions.length > 1 && html`<button class="small danger" name="do" value="drop:${index}" formnovalidate>${t('console.polls.dropQuestion')}</button>`}</section>`,
)}
${questions.length < QUESTIONS_MAX && html`<p><button name="do" value="add" formnovalidate>${t('console.polls.addQuestion')}</button></p>`}
<section class="card">${timesFields(visit, times)}</section>
<button class="primary" name="do" value="save">${t('console.polls.saveDraft')}</button></form>`
}
