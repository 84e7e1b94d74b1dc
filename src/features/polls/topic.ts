// Quick polls in a chat: the list, voting, changing, taking back, results of what is closed. Counts of an open
// poll are nowhere here: nobody could say them by mistake.
import { type Conversation, isAwaited } from '../../core/model/conversation.ts'
import type { Effect, Outcome } from '../../core/model/effect.ts'
import type { Answer, Ballot } from '../../core/model/poll.ts'
import type { SentenceKey } from '../../core/model/sentence-key.ts'
import { type Context, type Input, reply, type Topic, type Turn } from '../../core/model/topic.ts'
import { needsConsent } from '../consent/index.ts'
import {
  askText,
  ballotMessage,
  consentFirst,
  listMessage,
  pollSentence,
  resultMessage,
  votedMessage,
} from './messages.ts'
import { choose, isAnswered, written } from './question.ts'
import { pollOfPayload, pollToken, surveyToken, type Wish, wishOf } from './tokens.ts'

export const pollsTopic: Topic = {
  id: 'polls',
  accepts(state, input, now) {
    if (input.kind === 'text') return isWritten(state, now)
    return isPollPress(input) || wishIn(state, input) !== undefined
  },
  loads(state, input) {
    const wish = wishIn(state, input)
    if (wish?.kind === 'list') return [{ kind: 'polls' }]
    return wish ? [{ kind: 'consents' }, { kind: 'ballot', pollId: wish.pollId }] : []
  },
  handle(state, input, context) {
    if (input.kind === 'outcome') return told(state, input.outcome, context)
    const wish = wishIn(state, input)
    if (wish?.kind === 'list')
      return reply(free(state), listMessage(context.data.polls ?? [], state.language, context))
    const { ballot } = context.data
    if (!wish || !ballot) return reply(free(state), say(state, context, 'polls.unknown'))
    if (ballot.status === 'closed') return onClosed(free(state), wish, ballot, context)
    if (ballot.form === 'survey') return { ...reply(free(state)), goOn: { token: surveyToken(ballot.id) } }
    return onOpen(state, wish, ballot, context)
  },
}

/** Whether the next text is the answer to a question. */
function isWritten({ pending }: Conversation, now: number): boolean {
  return pending?.kind === 'poll-text' && pending.position === undefined && isAwaited(pending, now)
}

type Written = { kind: 'write'; pollId: number; text: string }

/** Also of buttons that no message has: they are answered here. */
function isPollPress(input: Input): boolean {
  return input.kind === 'press' && /^p(?::|$)/.test(input.token)
}

function wishIn(state: Conversation, input: Input): Wish | Written | undefined {
  switch (input.kind) {
    case 'command':
      return input.command === 'polls' ? { kind: 'list' } : undefined
    case 'start': {
      const pollId = pollOfPayload(input.payload)
      return pollId === undefined ? undefined : { kind: 'show', pollId }
    }
    case 'press':
      return wishOf(input.token)
    case 'text': {
      const { pending } = state
      if (pending?.kind !== 'poll-text') return undefined
      return { kind: 'write', pollId: pending.pollId, text: input.text }
    }
    default:
      return undefined
  }
}

/** The chat waits for nothing any more. */
function free(state: Conversation): Conversation {
  return { ...state, pending: undefined, fragments: [] }
}

function say(state: Conversation, context: Context, key: SentenceKey) {
  return pollSentence(context.sentences(state.language), key)
}

type OnPoll = Exclude<Wish | Written, { kind: 'list' }>

function onClosed(state: Conversation, wish: OnPoll, ballot: Ballot, context: Context): Turn {
  const result = resultMessage(ballot, state, context)
  return wish.kind === 'show'
    ? reply(state, result)
    : reply(state, say(state, context, 'polls.closed'), result)
}

function onOpen(state: Conversation, wish: OnPoll, ballot: Ballot, context: Context): Turn {
  const [question] = ballot.questions
  if (!question) return reply(free(state), say(state, context, 'polls.unknown'))
  if (ballot.spent) return reply(free(state), say(state, context, 'polls.spent'))
  switch (wish.kind) {
    case 'show':
    case 'begin':
      return show(free(state), ballot, context, wish.kind === 'begin')
    case 'withdraw':
      return { state: free(state), messages: [], effects: [{ kind: 'withdraw-vote', pollId: ballot.id }] }
    case 'done':
      return done(free(state), ballot, context)
    case 'choose': {
      const answer = choose(question, ballot.mine[question.id], wish.option, wish.on)
      if (answer === 'unknown') return reply(free(state), say(state, context, 'welcome.oldButton'))
      if (answer === 'too-many')
        return reply(
          free(state),
          say(state, context, 'polls.tooMany'),
          ballotMessage(ballot, state.language, context),
        )
      return vote(free(state), ballot, answer, wish, context)
    }
    case 'write': {
      const answer = written(wish.text)
      if (answer === 'empty' || answer === 'too-long')
        return awaitText(state, ballot, context, answer === 'empty' ? 'polls.empty' : 'polls.tooLong')
      return vote(free(state), ballot, answer, wish, context)
    }
  }
}

/** `isTold`: the rules stood above the question for consent a moment ago. */
function show(state: Conversation, ballot: Ballot, context: Context, isTold = false): Turn {
  if (ballot.questions[0]?.kind !== 'text')
    return reply(state, ballotMessage(ballot, state.language, context))
  if (needsConsent(context, 'participation'))
    return reply(state, consentFirst(ballot, state.language, context, pollToken(ballot.id, 'go')))
  return awaitText(state, ballot, context, isTold ? 'polls.thanksForConsent' : undefined)
}

function awaitText(state: Conversation, ballot: Ballot, context: Context, problem?: SentenceKey): Turn {
  const pending = { kind: 'poll-text' as const, pollId: ballot.id, at: context.now }
  return reply({ ...state, pending }, askText(ballot, state.language, context, problem))
}

function vote(state: Conversation, ballot: Ballot, answer: Answer, wish: OnPoll, context: Context): Turn {
  const [question] = ballot.questions
  if (!question) return reply(state)
  if (needsConsent(context, 'participation')) {
    const choice = wish.kind === 'choose' ? `${wish.on ? '' : '-'}${wish.option}` : 'go'
    const token = pollToken(ballot.id, choice)
    return reply(state, consentFirst(ballot, state.language, context, token))
  }
  const effect: Effect = { kind: 'vote', pollId: ballot.id, questionId: question.id, answer }
  return { state, messages: [], effects: [effect] }
}

/** What was chosen bit by bit, said once more as a whole. */
function done(state: Conversation, ballot: Ballot, context: Context): Turn {
  const [question] = ballot.questions
  const answer = question && ballot.mine[question.id]
  if (!answer || !isAnswered(answer))
    return reply(
      state,
      say(state, context, 'polls.nothingChosen'),
      ballotMessage(ballot, state.language, context),
    )
  return reply(state, votedMessage(ballot, answer, state.language, context))
}

function told(state: Conversation, outcome: Outcome, context: Context): Turn {
  const { ballot } = context.data
  if (!ballot) return reply(state)
  const t = context.sentences(state.language)
  if (outcome.kind === 'vote-withdrawn') {
    const again = { label: t('polls.voteAgain'), token: pollToken(ballot.id) }
    return reply(state, pollSentence(t, withdrawnSentence(outcome.status), again))
  }
  if (outcome.kind !== 'voted') return reply(state)
  if (outcome.status === 'closed') return reply(state, say(state, context, 'polls.closed'))
  return kept(state, outcome.answer, ballot, context)
}

function withdrawnSentence(status: 'withdrawn' | 'none' | 'closed'): SentenceKey {
  if (status === 'closed') return 'polls.closed'
  return status === 'withdrawn' ? 'polls.withdrawn' : 'polls.notVoted'
}

/** Where several may be chosen, the options are shown again with what is chosen by now. */
function kept(state: Conversation, answer: Answer, ballot: Ballot, context: Context): Turn {
  const [question] = ballot.questions
  if (!question) return reply(state)
  const now = { ...ballot, mine: { ...ballot.mine, [question.id]: answer } }
  if (question.kind === 'multiple') return reply(state, ballotMessage(now, state.language, context))
  return reply(state, votedMessage(now, answer, state.language, context))
}
