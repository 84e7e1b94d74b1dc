// How a survey looks in a chat: one question at a time, with how far it is.
import type { Language } from '../../core/model/content.ts'
import type { Block, Button, Outbound } from '../../core/model/message.ts'
import { type Ballot, type Poll, type Question, textIn } from '../../core/model/poll.ts'
import type { SentenceKey } from '../../core/model/sentence-key.ts'
import type { Context, Translate } from '../../core/model/topic.ts'
import { textBlock } from '../../core/text/rich.ts'
import {
  ANSWER_MAX,
  isAnswered,
  listButton,
  questionBlock,
  rulesText,
  type Speaker,
  surveyToken,
} from '../polls/index.ts'
import { questionToken, withdrawToken } from './tokens.ts'

/** What everybody is told before the first answer. */
export function introBlock(ballot: Ballot, language: Language, context: Speaker): Block {
  const name = { text: textIn(ballot.title, language), style: 'bold' as const }
  return textBlock(name, rulesText(ballot, language, context), '')
}

/** One question; an answer that was given is marked. `problem`: what was wrong with what was tried. */
export function questionMessage(
  ballot: Ballot,
  question: Question,
  language: Language,
  context: Context,
  problem?: SentenceKey,
): Outbound {
  const t = context.sentences(language)
  const { position } = question
  const progress = t('surveys.progress', { at: position, of: ballot.questions.length })
  const answer = ballot.mine[question.id]
  const head = textBlock(...(problem ? [t(problem, { max: ANSWER_MAX }), ''] : []), progress)
  const tokenOf = (choice: string) => questionToken(ballot.id, position, choice)
  const asked =
    question.kind === 'text'
      ? [
          textBlock({ text: textIn(question.text, language), style: 'bold' }),
          textBlock(
            isAnswered(answer)
              ? t('polls.already', { answer: answer?.text ?? '' })
              : t('polls.write', { max: ANSWER_MAX }),
          ),
        ]
      : [questionBlock(ballot, question, answer, language, t, tokenOf)]
  return { blocks: [head, ...asked], buttons: questionButtons(ballot, question, t) }
}

function questionButtons(ballot: Ballot, { id, kind, position }: Question, t: Translate): Button[] {
  const isGiven = isAnswered(ballot.mine[id])
  const button = (key: SentenceKey, choice: string) => ({
    label: t(key),
    token: questionToken(ballot.id, position, choice),
  })
  return [
    ...(kind === 'multiple' && isGiven ? [button('polls.done', 'ok')] : []),
    ...(kind === 'text' ? [button(isGiven ? 'surveys.leave' : 'surveys.skip', 'skip')] : []),
    ...(position > 1 ? [{ label: t('surveys.back'), token: questionToken(ballot.id, position - 1) }] : []),
  ]
}

/** All questions are behind the person. */
export function thanksMessage({ id }: Pick<Poll, 'id'>, language: Language, context: Speaker): Outbound {
  const t = context.sentences(language)
  return {
    blocks: [textBlock(t('surveys.thanks'), t('surveys.changeable'))],
    buttons: [
      { label: t('surveys.change'), token: questionToken(id, 1) },
      { label: t('surveys.withdraw'), token: withdrawToken(id) },
      listButton(t),
    ],
  }
}

/** To those who began and did not finish, once. */
export function reminderMessage(
  { id, title, closesAt }: Poll,
  language: Language,
  until: string,
  context: Speaker,
): Outbound {
  const t = context.sentences(language)
  const lines = [t('surveys.reminder', { title: textIn(title, language) })]
  if (closesAt) lines.push(t('polls.openUntil', { moment: until }))
  return {
    blocks: [textBlock(...lines)],
    buttons: [{ label: t('surveys.goOn'), token: surveyToken(id) }],
  }
}
