// What people decide about themselves: receive announcements, see their data, have it erased.
import { type Conversation, newConversation } from '../../core/model/conversation.ts'
import type { Effect, Outcome } from '../../core/model/effect.ts'
import { type Button, fileBlock, type Outbound } from '../../core/model/message.ts'
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
import type { PersonalTable } from '../../people/index.ts'
import { choiceButtons } from '../choices/index.ts'
import { takeBackButtons } from '../consent/index.ts'
import { dataFiles } from './data-files.ts'

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
  subscribe: { kind: 'give-consent', purpose: 'announcements', version: SUBSCRIPTION_VERSION },
  unsubscribe: { kind: 'withdraw-consent', purpose: 'announcements' },
  export: { kind: 'export-data' },
  erase: { kind: 'erase-data' },
}

/** The topic; `tables` is the whole registry of personal tables. */
export function rightsTopic(tables: readonly PersonalTable[]): Topic {
  return {
    id: 'rights',
    accepts: (_state, input) => wishOf(input) !== undefined,
    loads: (_state, input) => (wishOf(input) === 'export' ? [{ kind: 'consents' }] : []),
    handle(state, input, context) {
      if (input.kind === 'outcome') return told(state, input.outcome, context, tables)
      const t = context.sentences(state.language)
      const wish = wishOf(input)
      const effect = wish && EFFECTS[wish]
      if (effect) return { state, messages: [], effects: [effect] }
      return reply(state, wish === 'ask-erase' ? eraseQuestion(t) : message(t('rights.eraseKept')))
    },
  }
}

function wishOf(input: Input): Wish | undefined {
  if (input.kind === 'command') return BY_COMMAND[input.command]
  return input.kind === 'press' ? BY_TOKEN[input.token] : undefined
}

function told(
  state: Conversation,
  outcome: Outcome,
  context: Context,
  tables: readonly PersonalTable[],
): Turn {
  const t = context.sentences(state.language)
  switch (outcome.kind) {
    case 'consent-given':
      return reply(state, subscribed(outcome.already, state, context))
    case 'consent-withdrawn':
      return reply(state, unsubscribed(outcome.was, t))
    case 'exported': {
      const files = dataFiles(tables, outcome.rows, state, context)
      return { state, messages: [], effects: [{ kind: 'make-files', files }] }
    }
    case 'files-made':
      return reply(state, {
        blocks: [textBlock(t('rights.exported')), ...outcome.files.map(fileBlock)],
        buttons: takeBackButtons(context, t),
      })
    case 'erased': {
      // Language and script stay for this one reply; nothing else of the chat does.
      const fresh = { ...newConversation(state.language), script: state.script, privacyShown: true }
      return reply(fresh, message(t('rights.erased', { receipt: outcome.receipt })))
    }
    default:
      return reply(state)
  }
}

function subscribed(already: boolean, { language }: Conversation, context: Context): Outbound {
  const t = context.sentences(language)
  return message(t(already ? 'rights.alreadySubscribed' : 'rights.subscribed'), [
    ...choiceButtons(context, language),
    { label: t('rights.unsubscribe'), token: 'sub:no' },
  ])
}

function unsubscribed(was: boolean, t: Translate): Outbound {
  return message(t(was ? 'rights.unsubscribed' : 'rights.notSubscribed'), [
    { label: t('rights.subscribe'), token: 'sub:yes' },
  ])
}

function eraseQuestion(t: Translate): Outbound {
  return message(t('rights.eraseQuestion'), [
    { label: t('rights.eraseYes'), token: 'erase:yes' },
    { label: t('rights.eraseNo'), token: 'erase:no' },
  ])
}

function message(text: string, buttons: Button[] = []): Outbound {
  return { blocks: [textBlock(text)], buttons }
}
