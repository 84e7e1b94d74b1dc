// A question nobody could answer goes to the city, and is gone on with: more is added, it is closed. Staff
// answer from the console; their replies come by the outbox (replies.ts).
import type { Conversation } from '../../core/model/conversation.ts'
import type { Effect, Outcome, OwnCase } from '../../core/model/effect.ts'
import type { Outbound } from '../../core/model/message.ts'
import type { SentenceKey } from '../../core/model/sentence-key.ts'
import { type Context, reply, type Topic, type Turn } from '../../core/model/topic.ts'
import { textBlock } from '../../core/text/rich.ts'
import { dayIn } from '../../core/time/day.ts'
import { dayText, textWithMenu } from '../answers/index.ts'
import {
  addButton,
  caseMessage,
  hoursText,
  listButton,
  listMessage,
  offerMessage,
  writeMessage,
} from './messages.ts'
import { shownReference } from './reference.ts'
import { answerDay, OPEN_MAX, REOPEN_DAYS, TEXT_MAX } from './rules.ts'
import { print, type Wish, wishOf } from './tokens.ts'

export const casesTopic: Topic = {
  id: 'cases',
  accepts: (state, input) => wishOf(state, input) !== undefined,
  loads(state, input) {
    const wish = wishOf(state, input)
    return wish && NEEDS_CASES.includes(wish.kind) ? [{ kind: 'cases' }] : []
  },
  handle(state, input, context) {
    if (input.kind === 'outcome') return told(state, input.outcome, context)
    const wish = wishOf(state, input)
    return wish ? grant(wish, state, context) : oldButton(state, context)
  },
}

const NEEDS_CASES: readonly Wish['kind'][] = ['offer', 'send', 'list', 'write', 'written']

function grant(wish: Wish, state: Conversation, context: Context): Turn {
  switch (wish.kind) {
    case 'offer':
      return offer(state, context)
    case 'send':
      return send(wish.print, state, context)
    case 'put':
      return put(wish, state, context)
    case 'written':
      return written(wish, state, context)
    case 'drop':
      return reply({ ...state, pending: undefined }, say('case.dropped', state, context))
    case 'list':
      return reply(state, listMessage(state, context))
    case 'write':
      return askForMore(wish.reference, state, context)
    case 'close':
      return doing(state, { kind: 'close-case', reference: wish.reference })
    case 'unknown':
      return oldButton(state, context)
  }
}

/** The question that the chat remembers; whoever comes with an old button is asked for it. */
function offer(state: Conversation, context: Context): Turn {
  const question = questionIn(state)
  if (question) return offerOf(question, state, context)
  const next: Conversation = { ...state, pending: { kind: 'case-text' } }
  return reply(next, writeMessage(context.sentences(state.language)))
}

function offerOf(written: string, state: Conversation, context: Context): Turn {
  const question = written.slice(0, TEXT_MAX)
  const pending = { kind: 'unanswered' as const, question }
  const offer = { question, wasCut: question !== written, expectedOn: expectedOn(context) }
  const message = offerMessage(offer, state, context)
  return reply({ ...state, pending, fragments: [] }, message)
}

function questionIn({ pending }: Conversation): string | undefined {
  switch (pending?.kind) {
    case 'unanswered':
    case 'rephrase':
    case 'suggestion':
      return pending.question
    default:
      return undefined
  }
}

/** A second press finds the case that the first one opened. */
function send(wanted: string, state: Conversation, context: Context): Turn {
  const { pending } = state
  if (pending?.kind === 'unanswered' && print(pending.question) === wanted) {
    const { question } = pending
    return doing(state, { kind: 'open-case', question, expectedOn: expectedOn(context) })
  }
  const known = context.data.cases?.find(({ question }) => print(question) === wanted)
  return known ? reply(state, sentMessage(known, state, context)) : oldButton(state, context)
}

function put(
  { reference, print: wanted }: Extract<Wish, { kind: 'put' }>,
  state: Conversation,
  context: Context,
) {
  const { pending } = state
  if (pending?.kind !== 'unanswered' || print(pending.question) !== wanted) return oldButton(state, context)
  return add(reference, pending.question, state, context)
}

function written(
  { reference, text }: Extract<Wish, { kind: 'written' }>,
  state: Conversation,
  context: Context,
) {
  return reference ? add(reference, text, state, context) : offerOf(text, state, context)
}

function add(reference: string, written: string, state: Conversation, context: Context): Turn {
  const text = written.slice(0, TEXT_MAX)
  const turn = doing(state, { kind: 'add-to-case', reference, text, expectedOn: expectedOn(context) })
  if (text === written) return turn
  return { ...turn, messages: [say('case.cut', state, context, { max: TEXT_MAX })] }
}

function askForMore(reference: string, state: Conversation, context: Context): Turn {
  const known = context.data.cases?.some(known => known.reference === reference)
  if (!known) return reply(state, missing('unknown', state, context))
  const pending = { kind: 'case-text' as const, reference }
  return reply({ ...state, pending }, writeMessage(context.sentences(state.language), reference))
}

function told(state: Conversation, outcome: Outcome, context: Context): Turn {
  const done: Conversation = { ...state, pending: undefined, fragments: [] }
  switch (outcome.kind) {
    case 'case-opened':
      return reply(done, sentMessage(outcome, state, context))
    case 'case-refused':
      return reply(state, say('case.tooMany', state, context, { max: OPEN_MAX }))
    case 'case-added':
      return reply(done, addedMessage(outcome, state, context))
    case 'case-closed':
      return reply(state, closedMessage(outcome.reference, state, context))
    case 'case-missing':
      return reply(done, missing(outcome.reason, state, context))
    default:
      return reply(state)
  }
}

function sentMessage(
  { reference, expectedOn }: Pick<OwnCase, 'reference' | 'expectedOn'>,
  { language }: Conversation,
  context: Context,
): Outbound {
  const t = context.sentences(language)
  const date = dayText(expectedOn, language)
  return caseMessage(
    t,
    reference,
    { text: t('case.sent', { reference: shownReference(reference) }), style: 'bold' },
    t('case.expected', { date }),
    hoursText(language, context),
    t('case.sentMore'),
  )
}

function addedMessage(
  { reference, reopened, expectedOn }: Extract<Outcome, { kind: 'case-added' }>,
  { language }: Conversation,
  context: Context,
): Outbound {
  const t = context.sentences(language)
  const number = { reference: shownReference(reference) }
  const said = t(reopened ? 'case.reopened' : 'case.added', number)
  return caseMessage(t, reference, said, t('case.expected', { date: dayText(expectedOn, language) }))
}

function closedMessage(reference: string, { language }: Conversation, context: Context): Outbound {
  const t = context.sentences(language)
  const number = { reference: shownReference(reference) }
  const lines = [t('case.closed', number), t('case.reopenable', { days: REOPEN_DAYS })]
  return { blocks: [textBlock(...lines)], buttons: [addButton(t, reference)] }
}

function missing(reason: 'unknown' | 'late', { language }: Conversation, context: Context): Outbound {
  const t = context.sentences(language)
  const text = reason === 'late' ? t('case.late', { days: REOPEN_DAYS }) : t('case.unknown')
  const message = textWithMenu(t, text)
  return { ...message, buttons: [listButton(t), ...message.buttons] }
}

function expectedOn({ content, settings, now }: Context): string {
  return answerDay(dayIn(content.city.timeZone, now), settings, content.holidays)
}

function doing(state: Conversation, effect: Effect): Turn {
  return { state, messages: [], effects: [effect] }
}

function oldButton(state: Conversation, context: Context): Turn {
  return reply(state, say('welcome.oldButton', state, context))
}

function say(
  key: SentenceKey,
  { language }: Conversation,
  { sentences }: Context,
  values?: Record<string, string | number>,
): Outbound {
  const t = sentences(language)
  return textWithMenu(t, t(key, values))
}
