// What people decide about themselves: receive announcements, see their data, have it erased.
import { type Conversation, newConversation } from '../../core/model/conversation.ts'
import type { Effect, Outcome } from '../../core/model/effect.ts'
import type { Button, Outbound } from '../../core/model/message.ts'
import {
  type Command,
  type Context,
  type Input,
  reply,
  type Topic,
  type Translate,
  type Turn,
} from '../../core/model/topic.ts'
import { textBlock } from '../../core/text/rich.ts'
import { choiceButtons } from '../choices/index.ts'

/** Names the wording people agreed to; change it with the sentence `rights.subscribed`. */
export const SUBSCRIPTION_VERSION = '2026-11'

type Wish = 'subscribe' | 'unsubscribe' | 'export' | 'ask-erase' | 'erase' | 'keep'

const BY_COMMAND: Partial<Record<Command, Wish>> = {
  subscribe: 'subscribe',
  unsubscribe: 'unsubscribe',
  export: 'export',
  erase: 'ask-erase',
}
const BY_TOKEN: Record<string, Wish> = {
  'sub:yes': 'subscribe',
  'sub:no': 'unsubscribe',
  'erase:yes': 'erase',
  'erase:no': 'keep',
}
const EFFECTS: Partial<Record<Wish, Effect>> = {
  subscribe: { kind: 'subscribe', consentVersion: SUBSCRIPTION_VERSION },
  unsubscribe: { kind: 'unsubscribe' },
  export: { kind: 'export-data' },
  erase: { kind: 'erase-data' },
}

export const rightsTopic: Topic = {
  id: 'rights',
  accepts: (_state, input) => wishOf(input) !== undefined,
  handle(state, input, context) {
    const t = context.sentences(state.language)
    if (input.kind === 'outcome') return told(state, input.outcome, context)
    const wish = wishOf(input)
    const effect = wish && EFFECTS[wish]
    if (effect) return { state, messages: [], effects: [effect] }
    return reply(state, wish === 'ask-erase' ? eraseQuestion(t) : message(t('rights.eraseKept')))
  },
}

function wishOf(input: Input): Wish | undefined {
  if (input.kind === 'command') return BY_COMMAND[input.command]
  return input.kind === 'press' ? BY_TOKEN[input.token] : undefined
}

function told(state: Conversation, outcome: Outcome, context: Context): Turn {
  const t = context.sentences(state.language)
  switch (outcome.kind) {
    case 'subscribed':
      return reply(
        state,
        message(t(outcome.already ? 'rights.alreadySubscribed' : 'rights.subscribed'), [
          ...choiceButtons(context, state.language),
          { label: t('rights.unsubscribe'), token: 'sub:no' },
        ]),
      )
    case 'unsubscribed':
      return reply(
        state,
        message(t(outcome.wasSubscribed ? 'rights.unsubscribed' : 'rights.notSubscribed'), [
          { label: t('rights.subscribe'), token: 'sub:yes' },
        ]),
      )
    case 'exported':
      return reply(state, exportMessage(outcome, t))
    case 'erased': {
      // Language and script stay for this one reply; nothing else of the chat does.
      const fresh = { ...newConversation(state.language), script: state.script, privacyShown: true }
      return reply(fresh, message(t('rights.erased', { receipt: outcome.receipt })))
    }
    default:
      return reply(state)
  }
}

function eraseQuestion(t: Translate): Outbound {
  return message(t('rights.eraseQuestion'), [
    { label: t('rights.eraseYes'), token: 'erase:yes' },
    { label: t('rights.eraseNo'), token: 'erase:no' },
  ])
}

function exportMessage(
  { mediaId, url, name, bytes }: Extract<Outcome, { kind: 'exported' }>,
  t: Translate,
): Outbound {
  const text = t('rights.exported')
  return {
    blocks: [
      { kind: 'text', text },
      { kind: 'file', text: name, mediaId, url, name, bytes },
    ],
    buttons: [],
  }
}

function message(text: string, buttons: Button[] = []): Outbound {
  return { blocks: [textBlock(text)], buttons }
}
