// One person in several chats: a code that joins them, and the way back.
import type { Conversation } from '../../core/model/conversation.ts'
import type { Effect, Outcome } from '../../core/model/effect.ts'
import type { Button, Outbound } from '../../core/model/message.ts'
import { type Context, type Input, reply, type Topic, type Turn } from '../../core/model/topic.ts'
import { readCode, shownCode } from '../../core/text/chat-code.ts'
import { textBlock } from '../../core/text/rich.ts'
import { isOutOfTries, withWrongCode } from '../../core/wrong-codes.ts'

/** What links that bring a code begin with: ?start=link-ADEF2346. */
const PAYLOAD = 'link-'
/** The press that confirms a code that came by a link. */
const CONFIRM = 'link:yes:'

type Wish = { kind: 'make' | 'keep' | 'ask-unlink' | 'unlink' } | { kind: 'enter' | 'confirm'; code: string }

export const linkingTopic: Topic = {
  id: 'linking',
  accepts: (_state, input) => wishOf(input) !== undefined,
  loads: (_state, input) => (wishOf(input)?.kind === 'ask-unlink' ? [{ kind: 'chats' }] : []),
  handle(state, input, context) {
    if (input.kind === 'outcome') return told(state, input.outcome, context)
    const wish = wishOf(input)
    switch (wish?.kind) {
      case 'make':
        return doing(state, { kind: 'make-link-code' })
      case 'enter':
        return enter(state, wish.code, context)
      case 'confirm':
        return reply(state, question(state, wish.code, context))
      case 'ask-unlink':
        return reply(state, unlinkQuestion(state, context))
      case 'unlink':
        return doing(state, { kind: 'unlink-chat' })
      default:
        return reply(state, say(state, context, 'linking.kept'))
    }
  },
}

function wishOf(input: Input): Wish | undefined {
  switch (input.kind) {
    case 'command':
      if (input.command === 'unlink') return { kind: 'ask-unlink' }
      if (input.command !== 'link') return undefined
      return input.argument ? { kind: 'enter', code: input.argument } : { kind: 'make' }
    case 'start':
      if (!input.payload?.startsWith(PAYLOAD)) return undefined
      // A link may come from anybody: it only asks.
      return { kind: 'confirm', code: input.payload.slice(PAYLOAD.length) }
    case 'press':
      return pressed(input.token)
    default:
      return undefined
  }
}

function pressed(token: string): Wish | undefined {
  if (token.startsWith(CONFIRM)) return { kind: 'enter', code: token.slice(CONFIRM.length) }
  if (token === 'unlink:ask') return { kind: 'ask-unlink' }
  if (token === 'unlink:yes') return { kind: 'unlink' }
  return token === 'link:no' ? { kind: 'keep' } : undefined
}

function doing(state: Conversation, effect: Effect): Turn {
  return { state, messages: [], effects: [effect] }
}

function enter(state: Conversation, typed: string, context: Context): Turn {
  if (isOutOfTries(state, context.now)) return reply(state, say(state, context, 'linking.tooManyWrong'))
  const code = readCode(typed)
  return code ? doing(state, { kind: 'link-chats', code }) : wrong(state, context)
}

function wrong(state: Conversation, context: Context): Turn {
  return reply(withWrongCode(state, context.now), say(state, context, 'linking.wrong'))
}

function told(state: Conversation, outcome: Outcome, context: Context): Turn {
  const t = context.sentences(state.language)
  switch (outcome.kind) {
    case 'link-code': {
      const code = shownCode(outcome.code)
      return reply(state, message([t('linking.code', { code }), t('linking.meaning')]))
    }
    case 'linked':
      return linked(state, outcome, context)
    case 'not-linked':
      if (outcome.reason === 'wrong') return wrong(state, context)
      return reply(state, say(state, context, outcome.reason === 'own' ? 'linking.own' : 'linking.already'))
    case 'unlinked':
      return reply(state, say(state, context, outcome.was ? 'linking.unlinked' : 'linking.notLinked'))
    default:
      return reply(state)
  }
}

function linked(
  state: Conversation,
  { language }: Extract<Outcome, { kind: 'linked' }>,
  context: Context,
): Turn {
  const adopted = language ? { ...language, languageChosen: true } : {}
  const next: Conversation = { ...state, ...adopted, wrongCodes: undefined }
  const t = context.sentences(next.language)
  return reply(next, message([t('linking.linked')], [{ label: t('linking.unlink'), token: 'unlink:ask' }]))
}

/** Names the code, so that somebody who never asked for one sees that it isn't theirs. */
function question(state: Conversation, typed: string, context: Context): Outbound {
  const code = readCode(typed)
  if (!code) return say(state, context, 'linking.wrong')
  const t = context.sentences(state.language)
  const text = [t('linking.question', { code: shownCode(code) }), t('linking.meaning')]
  return message(text, [
    { label: t('linking.yes'), token: `${CONFIRM}${code}` },
    { label: t('linking.no'), token: 'link:no' },
  ])
}

function unlinkQuestion(state: Conversation, context: Context): Outbound {
  if ((context.data.chats ?? 1) < 2) return say(state, context, 'linking.notLinked')
  const t = context.sentences(state.language)
  return message(
    [t('linking.unlinkQuestion')],
    [
      { label: t('linking.unlinkYes'), token: 'unlink:yes' },
      { label: t('linking.no'), token: 'link:no' },
    ],
  )
}

function say(
  state: Conversation,
  context: Context,
  key: Parameters<ReturnType<Context['sentences']>>[0],
): Outbound {
  return message([context.sentences(state.language)(key)])
}

function message(lines: string[], buttons: Button[] = []): Outbound {
  return { blocks: [textBlock(...lines)], buttons }
}
