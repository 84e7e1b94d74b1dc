// Surveys in a chat: one question after the other, one back, left and gone on with from any linked chat.
import { type Conversation, isAwaited } from '../../core/model/conversation.ts'
import type { Outcome, SurveyPlace } from '../../core/model/effect.ts'
import type { Answer, Ballot, Question } from '../../core/model/poll.ts'
import type { SentenceKey } from '../../core/model/sentence-key.ts'
import { type Context, type Input, reply, type Topic, type Turn } from '../../core/model/topic.ts'
import { needsConsent } from '../consent/index.ts'
import { choose, consentFirst, isAnswered, pollSentence, pollToken, written } from '../polls/index.ts'
import { introBlock, questionMessage, thanksMessage } from './messages.ts'
import { questionToken, surveyOfPayload, type Wish, wishOf } from './tokens.ts'

type Written = { kind: 'write'; pollId: number; position: number; text: string }

export const surveysTopic: Topic = {
  id: 'surveys',
  accepts(state, input, now) {
    if (input.kind === 'text') return isWritten(state, now)
    return (input.kind === 'press' && /^s(?::|$)/.test(input.token)) || wishIn(state, input) !== undefined
  },
  loads(state, input) {
    const wish = wishIn(state, input)
    return wish ? [{ kind: 'consents' }, { kind: 'ballot', pollId: wish.pollId }] : []
  },
  handle(state, input, context) {
    if (input.kind === 'outcome') return told(state, input.outcome, context)
    const wish = wishIn(state, input)
    const { ballot } = context.data
    if (!wish || ballot?.form !== 'survey') return reply(free(state), say(state, context, 'polls.unknown'))
    // Results of everything that is closed are shown in one place.
    if (ballot.status === 'closed') return { ...reply(free(state)), goOn: { token: pollToken(ballot.id) } }
    if (ballot.spent) return reply(free(state), say(state, context, 'polls.spent'))
    if (wish.kind === 'withdraw')
      return { state: free(state), messages: [], effects: [{ kind: 'withdraw-vote', pollId: ballot.id }] }
    if (needsConsent(context, 'participation'))
      return reply(free(state), consentFirst(ballot, state.language, context, questionToken(ballot.id, 1)))
    return onSurvey(state, wish, ballot, context)
  },
}

function isWritten({ pending }: Conversation, now: number): boolean {
  return pending?.kind === 'poll-text' && pending.position !== undefined && isAwaited(pending, now)
}

function wishIn({ pending }: Conversation, input: Input): Wish | Written | undefined {
  switch (input.kind) {
    case 'press':
      return wishOf(input.token)
    case 'start': {
      const pollId = surveyOfPayload(input.payload)
      return pollId === undefined ? undefined : { kind: 'enter', pollId }
    }
    case 'text': {
      if (pending?.kind !== 'poll-text' || pending.position === undefined) return undefined
      return { kind: 'write', pollId: pending.pollId, position: pending.position, text: input.text }
    }
    default:
      return undefined
  }
}

function free(state: Conversation): Conversation {
  return { ...state, pending: undefined, fragments: [] }
}

function say(state: Conversation, context: Context, key: SentenceKey) {
  return pollSentence(context.sentences(state.language), key)
}

type OnSurvey = Exclude<Wish | Written, { kind: 'withdraw' }>

function onSurvey(state: Conversation, wish: OnSurvey, ballot: Ballot, context: Context): Turn {
  if (wish.kind === 'enter') return enter(free(state), ballot, context)
  const question = ballot.questions.find(({ position }) => position === wish.position)
  if (!question) return reply(free(state), say(state, context, 'welcome.oldButton'))
  switch (wish.kind) {
    case 'show':
      return withPlace(ask(free(state), ballot, question, context), ballot, question.position)
    case 'done':
      if (!isAnswered(ballot.mine[question.id]))
        return ask(free(state), ballot, question, context, 'polls.nothingChosen')
      return goOn(free(state), ballot, question, context)
    case 'skip':
      if (question.kind !== 'text') return reply(free(state), say(state, context, 'welcome.oldButton'))
      return goOn(free(state), ballot, question, context)
    case 'choose':
      return chosen(free(state), ballot, question, wish, context)
    case 'write':
      return wrote(state, ballot, question, wish.text, context)
  }
}

/** Whoever has finished sees the thanks again, with the ways to change and to take back. */
function enter(state: Conversation, ballot: Ballot, context: Context): Turn {
  if (ballot.finished) return reply(state, thanksMessage(ballot, state.language, context))
  const place = ballot.position ?? 1
  const question = ballot.questions.find(({ position }) => position === place)
  if (!question) return reply(state, say(state, context, 'polls.unknown'))
  const asked = ask(state, ballot, question, context)
  return withPlace(ballot.position === undefined ? withRules(asked, ballot, context) : asked, ballot, place)
}

function withRules(turn: Turn, ballot: Ballot, context: Context): Turn {
  const [message, ...rest] = turn.messages
  if (!message) return turn
  const head = introBlock(ballot, turn.state.language, context)
  return { ...turn, messages: [{ ...message, blocks: [head, ...message.blocks] }, ...rest] }
}

/** A survey counts as begun once its first question is seen. */
function withPlace(turn: Turn, { id, finished }: Ballot, position: number): Turn {
  return { ...turn, effects: [{ kind: 'go-in-survey', pollId: id, next: { position, finished } }] }
}

function ask(
  state: Conversation,
  ballot: Ballot,
  question: Question,
  context: Context,
  problem?: SentenceKey,
): Turn {
  const { id: pollId } = ballot
  const pending =
    question.kind === 'text'
      ? { kind: 'poll-text' as const, pollId, position: question.position, at: context.now }
      : undefined
  return reply({ ...state, pending }, questionMessage(ballot, question, state.language, context, problem))
}

/** The place behind a question. */
function placeAfter(ballot: Ballot, { position }: Question): SurveyPlace {
  return { position: position + 1, finished: ballot.finished || position === ballot.questions.length }
}

function goOn(state: Conversation, ballot: Ballot, question: Question, context: Context): Turn {
  const next = placeAfter(ballot, question)
  return {
    ...askNext(state, ballot, question, context),
    effects: [{ kind: 'go-in-survey', pollId: ballot.id, next }],
  }
}

function askNext(state: Conversation, ballot: Ballot, { position }: Question, context: Context): Turn {
  const next = ballot.questions.find(question => question.position === position + 1)
  return next
    ? ask(state, ballot, next, context)
    : reply(state, thanksMessage(ballot, state.language, context))
}

function chosen(
  state: Conversation,
  ballot: Ballot,
  question: Question,
  { option, on }: Extract<Wish, { kind: 'choose' }>,
  context: Context,
): Turn {
  const answer = choose(question, ballot.mine[question.id], option, on)
  if (answer === 'unknown') return reply(state, say(state, context, 'welcome.oldButton'))
  if (answer === 'too-many') return ask(state, ballot, question, context, 'polls.tooMany')
  return vote(state, ballot, question, answer)
}

function wrote(
  state: Conversation,
  ballot: Ballot,
  question: Question,
  text: string,
  context: Context,
): Turn {
  const answer = written(text)
  if (answer === 'empty') return ask(state, ballot, question, context, 'polls.empty')
  if (answer === 'too-long') return ask(state, ballot, question, context, 'polls.tooLong')
  return vote(free(state), ballot, question, answer)
}

/** Where several may be chosen, the question stays until the person is done. */
function vote(state: Conversation, ballot: Ballot, question: Question, answer: Answer): Turn {
  const stays = { position: question.position, finished: ballot.finished }
  const next = question.kind === 'multiple' ? stays : placeAfter(ballot, question)
  return {
    state,
    messages: [],
    effects: [{ kind: 'vote', pollId: ballot.id, questionId: question.id, answer, next }],
  }
}

function told(state: Conversation, outcome: Outcome, context: Context): Turn {
  const { ballot } = context.data
  if (!ballot) return reply(state)
  if (outcome.kind === 'vote-withdrawn') {
    const key = outcome.status === 'withdrawn' ? 'surveys.withdrawn' : 'polls.notVoted'
    return reply(state, say(state, context, outcome.status === 'closed' ? 'polls.closed' : key))
  }
  if (outcome.kind !== 'voted') return reply(state)
  if (outcome.status === 'closed') return reply(state, say(state, context, 'polls.closed'))
  const question = ballot.questions.find(({ id }) => id === outcome.questionId)
  if (!question) return reply(state)
  const now = { ...ballot, mine: { ...ballot.mine, [question.id]: outcome.answer } }
  return question.kind === 'multiple'
    ? ask(state, now, question, context)
    : askNext(state, now, question, context)
}
