// What people answer to the question for consent, and taking it back. Only agreeing stores anything.
import type { Conversation } from '../../core/model/conversation.ts'
import type { SentenceKey } from '../../core/model/sentence-key.ts'
import { type Context, type Input, reply, type Topic, type Turn } from '../../core/model/topic.ts'
import { textWithMenu } from '../answers/index.ts'
import { AGREE, AGREEING, NO, TAKE_BACK } from './question.ts'

const OWN_TOKEN = /^(?:ok|consent)(?::|$)/

export const consentTopic: Topic = {
  id: 'consent',
  accepts: (_state, input) => input.kind === 'press' && OWN_TOKEN.test(input.token),
  handle(state, input, context) {
    switch (input.kind) {
      case 'press':
        return pressed(state, input.token, context)
      case 'outcome':
        return told(state, input, context)
      default:
        return reply(state)
    }
  },
}

function pressed(state: Conversation, token: string, context: Context): Turn {
  switch (token) {
    case NO:
      return reply(state, say('consent.notKept', state, context))
    case TAKE_BACK:
      return { state, messages: [], effects: [{ kind: 'withdraw-consent', purpose: 'participation' }] }
    default:
      return agreed(state, token, context)
  }
}

/** The wish itself says the rest: who agreed sees at once what they came for. */
function agreed(state: Conversation, token: string, context: Context): Turn {
  const wished = token.startsWith(AGREE) ? token.slice(AGREE.length) : ''
  if (!wished || OWN_TOKEN.test(wished)) return reply(state, say('welcome.oldButton', state, context))
  return { state, messages: [], effects: [AGREEING], goOn: { token: wished } }
}

function told(state: Conversation, { outcome }: Extract<Input, { kind: 'outcome' }>, context: Context): Turn {
  if (outcome.kind !== 'consent-withdrawn') return reply(state)
  return reply(state, say(outcome.was ? 'consent.takenBack' : 'consent.notGiven', state, context))
}

function say(key: SentenceKey, { language }: Conversation, { sentences }: Context) {
  const t = sentences(language)
  return textWithMenu(t, t(key))
}
