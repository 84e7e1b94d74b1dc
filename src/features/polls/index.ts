// What others may use of polls; surveys are made of the same questions, votes and results.
export { pollPlugs } from './announcement.ts'
export {
  closedResults,
  GivenQuestionBody,
  GivenTimes,
  lifeRoutes,
  Numbers,
  numbersBody,
  pollIn,
  pollRoutes,
  readTimes as readGivenTimes,
  refusal,
  TranslatedText,
} from './api.ts'
export { loadBallot, loadItems } from './ballots.ts'
export { addDraft, type By, changeDraft, type DeedProblem, onPoll } from './deeds.ts'
export { type GivenQuestion, readQuestion, timesProblem, trimmed } from './draft.ts'
export { pollEffects } from './effects.ts'
export { pollJob, type Teller } from './jobs.ts'
export {
  consentFirst,
  listButton,
  momentIn,
  pollSentence,
  questionBlock,
  rulesText,
  type Speaker,
} from './messages.ts'
export { pollsOverview } from './overview.ts'
export { progressTable, voteTable } from './personal.ts'
export { resultPages } from './public.ts'
export { ANSWER_MAX, choose, isAnswered, QUESTION_MAX, written } from './question.ts'
export { asGiven, questionFields, typedQuestion, typedText } from './question-form.ts'
export { pollPages, readTimes } from './staff.ts'
export { pollsWaiting, problemView, timesFields, timesOf } from './staff-views.ts'
export { type DraftQuestion, findPoll, listPolls, type PollDraft, type StaffPoll } from './store.ts'
export { tellByOutbox } from './tell.ts'
export { pollToken, surveyToken } from './tokens.ts'
export { pollsTopic } from './topic.ts'
