// A staff member's own chat: tied to their account by the code their page shows, and untied.
import type { Conversation } from '../../core/model/conversation.ts'
import type { Outcome } from '../../core/model/effect.ts'
import type { Button, Outbound } from '../../core/model/message.ts'
import { type Context, type Input, reply, type Topic, type Turn } from '../../core/model/topic.ts'
import { readCode } from '../../core/text/chat-code.ts'
import { textBlock } from '../../core/text/rich.ts'
import { isOutOfTries, withWrongCode } from '../../core/wrong-codes.ts'

const END = 'staff:end'

type Wish = { kind: 'show' | 'untie' } | { kind: 'tie'; code: string }

export const staffChatTopic: Topic = {
  id: 'staff-chat',
  accepts: (_state, input) => wishOf(input) !== undefined,
  loads: (_state, input) => (wishOf(input)?.kind === 'show' ? [{ kind: 'staff-accounts' }] : []),
  handle(state, input, context) {
    if (input.kind === 'outcome') return told(state, input.outcome, context)
    const wish = wishOf(input)
    if (wish?.kind === 'tie') return tie(state, wish.code, context)
    if (wish?.kind === 'untie') return { state, messages: [], effects: [{ kind: 'untie-staff-chat' }] }
    return show(state, context)
  },
}

function wishOf(input: Input): Wish | undefined {
  if (input.kind === 'press') return input.token === END ? { kind: 'untie' } : undefined
  if (input.kind !== 'command' || input.command !== 'staff') return undefined
  return input.argument ? { kind: 'tie', code: input.argument } : { kind: 'show' }
}

function show(state: Conversation, context: Context): Turn {
  const { staffAccounts: [email] = [] } = context.data
  return reply(state, email ? tied(state, email, context) : say(state, context, 'staffChat.how'))
}

function tie(state: Conversation, typed: string, context: Context): Turn {
  if (isOutOfTries(state, context.now)) return reply(state, say(state, context, 'staffChat.tooManyWrong'))
  const code = readCode(typed)
  if (!code) return wrong(state, context)
  return { state, messages: [], effects: [{ kind: 'tie-staff-chat', code }] }
}

function wrong(state: Conversation, context: Context): Turn {
  return reply(withWrongCode(state, context.now), say(state, context, 'staffChat.wrong'))
}

function told(state: Conversation, outcome: Outcome, context: Context): Turn {
  switch (outcome.kind) {
    case 'staff-chat-tied':
      return outcome.email ? reply(state, tied(state, outcome.email, context)) : wrong(state, context)
    case 'staff-chat-untied':
      return reply(state, say(state, context, outcome.was ? 'staffChat.untied' : 'staffChat.how'))
    default:
      return reply(state)
  }
}

function tied(state: Conversation, email: string, context: Context): Outbound {
  const t = context.sentences(state.language)
  return message(t('staffChat.tied', { email }), [{ label: t('staffChat.untie'), token: END }])
}

function say(
  state: Conversation,
  context: Context,
  key: Parameters<ReturnType<Context['sentences']>>[0],
): Outbound {
  return message(context.sentences(state.language)(key))
}

function message(text: string, buttons: Button[] = []): Outbound {
  return { blocks: [textBlock(text)], buttons }
}
