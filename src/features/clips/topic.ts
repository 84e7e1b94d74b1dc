// Clips in a chat: look, answer one question, hear why, go on; one a week for who wants it. Watching and
// answering keep nothing; how far somebody has come, and the series, are kept once they agreed.
import type { Clip } from '../../core/model/content.ts'
import type { Conversation } from '../../core/model/conversation.ts'
import type { Effect } from '../../core/model/effect.ts'
import { type Context, type Input, reply, type Topic, type Turn } from '../../core/model/topic.ts'
import { addDays, dayIn } from '../../core/time/day.ts'
import { textWithMenu } from '../answers/index.ts'
import { consentQuestion, needsConsent } from '../consent/index.ts'
import { clipById } from './catalog.ts'
import {
  answeredMessage,
  hoursMessage,
  listMessage,
  questionMessage,
  readMessage,
  type Stock,
  shareMessage,
  subscribedMessage,
  watchMessage,
} from './messages.ts'
import { type Wish, wishOf } from './tokens.ts'

export const clipsTopic: Topic = {
  id: 'clips',
  accepts: (_state, input) => wishOf(input) !== undefined,
  loads: () => [{ kind: 'consents' }, { kind: 'clips' }],
  handle(state, input, context) {
    if (input.kind === 'outcome') return told(state, input, context)
    const fresh: Conversation = { ...state, pending: undefined, fragments: [] }
    const wish = wishOf(input)
    if (!wish) return oldButton(state, context)
    switch (wish.kind) {
      case 'list':
        return reply(fresh, listMessage(fresh, knownOf(context), stockOf(context)))
      case 'hours':
        return reply(fresh, hoursMessage(fresh, knownOf(context), stockOf(context)))
      case 'subscribe':
        return subscribe(fresh, wish.hour, context)
      case 'stop':
        return { state: fresh, messages: [], effects: [{ kind: 'stop-clips' }] }
      case 'unknown':
        return oldButton(state, context)
      default:
        return onClip(fresh, wish, context)
    }
  },
}

function knownOf({ data }: Context): NonNullable<Context['data']['clips']> {
  return data.clips ?? { done: [], own: {} }
}

function stockOf(context: Context): Stock {
  return { ...context, own: knownOf(context).own }
}

function onClip(state: Conversation, wish: Extract<Wish, { clipId: string }>, context: Context): Turn {
  const clip = clipById(context.content, wish.clipId, context.now)
  if (!clip) return oldButton(state, context)
  switch (wish.kind) {
    case 'watch':
      return offered(clip, reply(state, watchMessage(clip, state, stockOf(context))))
    case 'read':
      return offered(clip, reply(state, readMessage(clip, state, stockOf(context))))
    case 'ask':
      return reply(state, questionMessage(clip, state))
    case 'share':
      return reply(state, shareMessage(clip, state, stockOf(context)))
    case 'answer':
      return answer(state, clip, wish, context)
  }
}

function offered({ id }: Clip, turn: Turn): Turn {
  return { ...turn, effects: [{ kind: 'count-clip', clipId: id, what: 'offered' }] }
}

function answer(
  state: Conversation,
  { id: clipId, right }: Clip,
  { option, again }: Extract<Wish, { kind: 'answer' }>,
  context: Context,
): Turn {
  const keep = !needsConsent(context, 'participation')
  if (again && !keep) {
    return reply(state, consentQuestion(context, state.language, `cp:${clipId}:${option + 1}`))
  }
  const effect: Effect = {
    kind: 'answer-clip',
    clipId,
    option,
    correct: option === right,
    keep,
    count: !again,
  }
  return { state, messages: [], effects: [effect] }
}

function subscribe(state: Conversation, hour: number, context: Context): Turn {
  if (needsConsent(context, 'participation')) {
    return reply(state, consentQuestion(context, state.language, `cs:${hour}`))
  }
  const firstOn = addDays(dayIn(context.content.city.timeZone, context.now), 1)
  return { state, messages: [], effects: [{ kind: 'subscribe-clips', hour, firstOn }] }
}

function told(state: Conversation, { outcome }: Extract<Input, { kind: 'outcome' }>, context: Context): Turn {
  const t = context.sentences(state.language)
  switch (outcome.kind) {
    case 'clip-answered': {
      const message = answeredMessage(outcome, state, knownOf(context).hour, stockOf(context))
      return message ? reply(state, message) : oldButton(state, context)
    }
    case 'clips-subscribed':
      return reply(state, subscribedMessage(outcome, state, stockOf(context)))
    case 'clips-stopped':
      return reply(state, textWithMenu(t, t(outcome.was ? 'clips.stopped' : 'clips.notSubscribed')))
    default:
      return reply(state)
  }
}

function oldButton(state: Conversation, context: Context): Turn {
  const t = context.sentences(state.language)
  return reply(state, textWithMenu(t, t('welcome.oldButton')))
}
