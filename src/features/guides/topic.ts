// "Which mechanism fits me?": questions that lead to a guide, its document, its deadlines, reminders.
import type { Guide, GuideDeadline } from '../../core/model/content.ts'
import type { Conversation } from '../../core/model/conversation.ts'
import type { Effect } from '../../core/model/effect.ts'
import { type Context, type Input, reply, type Topic, type Turn } from '../../core/model/topic.ts'
import { toCyrillic } from '../../core/text/transliterate.ts'
import { addDays, dayIn } from '../../core/time/day.ts'
import { type ParsedDay, parseDay } from '../../core/time/parse-day.ts'
import { answerMessage, dayText, entryById, hiddenBecause, textWithMenu } from '../answers/index.ts'
import { deadlineOf, guideByCode, guideById, questionById } from './catalog.ts'
import {
  documentMessage,
  fileMessage,
  guideMessage,
  questionMessage,
  reminderMessage,
  resultMessage,
  startQuestion,
} from './messages.ts'
import { compute, knownDays } from './rules.ts'
import { type Wish, wishOf } from './tokens.ts'

export const guidesTopic: Topic = {
  id: 'guides',
  accepts(state, input) {
    if (input.kind === 'press') return wishOf(input.token) !== undefined
    return input.kind === 'text' && isStartDay(state, input.text)
  },
  handle(state, input, context) {
    switch (input.kind) {
      case 'press':
        return pressed(state, input.token, context)
      case 'text':
        return typedDay(state, input.text, context)
      case 'outcome':
        return told(state, input, context)
      default:
        return oldButton(state, context)
    }
  },
}

/** Whether a deadline's start is awaited and the text means to be a day; anything else is a question. */
function isStartDay({ pending }: Conversation, text: string): boolean {
  // Only whether it looks like a day matters here, so any day will do as today.
  return pending?.kind === 'deadline-start' && parseDay(text, '2026-01-01').kind !== 'none'
}

function pressed(state: Conversation, token: string, context: Context): Turn {
  const wish = wishOf(token)
  const fresh: Conversation = { ...state, pending: undefined, fragments: [] }
  if (wish?.kind === 'question') return ask(fresh, wish.id, context)
  const guide = wish && guideByCode(context.content, wish.code)
  if (!guide) return oldButton(state, context)
  const entry = entryById(context.content, guide.related)
  if (entry && hiddenBecause(entry, context.now)) return reply(fresh, answerMessage(entry, fresh, context))
  switch (wish.kind) {
    case 'guide':
      return reply(fresh, guideMessage(guide, fresh, context))
    case 'document':
      return giveDocument(fresh, guide, context)
    default:
      return onDeadline(fresh, guide, wish, context)
  }
}

function ask(state: Conversation, id: string, context: Context): Turn {
  const question = questionById(context.content, id)
  return question ? reply(state, questionMessage(question, state, context)) : oldButton(state, context)
}

function giveDocument(state: Conversation, guide: Guide, context: Context): Turn {
  const { document } = guide.texts[state.language]
  const cyrillic = state.language === 'sr' && state.script === 'cyrl'
  const text = cyrillic ? toCyrillic(document, context.content.city.protectedWords) : document
  return {
    state,
    messages: [documentMessage(guide, state, context)],
    effects: [
      {
        kind: 'make-files',
        files: [{ name: `${guide.file}.txt`, mime: 'text/plain', text: `${text}\n` }],
      },
    ],
  }
}

function onDeadline(
  state: Conversation,
  guide: Guide,
  wish: Extract<Wish, { deadlineId: string }>,
  context: Context,
): Turn {
  const deadline = deadlineOf(guide, wish.deadlineId)
  if (!deadline || !knownDays(context.content.holidays)) return oldButton(state, context)
  switch (wish.kind) {
    case 'count':
      return wish.offset === undefined
        ? awaitStart(state, guide, deadline, context)
        : count(state, guide, deadline, addDays(todayIn(context), wish.offset), context)
    case 'remind':
      return remind(state, guide, deadline, wish.day, context)
    case 'cancel':
      return withEffect(state, 'cancel-reminder', guide, deadline, wish.day)
  }
}

function todayIn({ content, now }: Context): string {
  return dayIn(content.city.timeZone, now)
}

function awaitStart(
  state: Conversation,
  guide: Guide,
  deadline: GuideDeadline,
  context: Context,
  problem?: string,
): Turn {
  const pending = { kind: 'deadline-start' as const, guideId: guide.id, deadlineId: deadline.id }
  return reply({ ...state, pending }, startQuestion(guide, deadline, state, context, problem))
}

function typedDay(state: Conversation, text: string, context: Context): Turn {
  const { pending } = state
  const guide = pending?.kind === 'deadline-start' ? guideById(context.content, pending.guideId) : undefined
  const deadline = pending?.kind === 'deadline-start' ? deadlineOf(guide, pending.deadlineId) : undefined
  if (!guide || !deadline) return oldButton({ ...state, pending: undefined }, context)
  const parsed = parseDay(text, todayIn(context))
  if (parsed.kind === 'day') return count(state, guide, deadline, parsed.day, context)
  return awaitStart(state, guide, deadline, context, problemWith(parsed, state, context))
}

function problemWith({ kind }: ParsedDay, { language }: Conversation, context: Context): string {
  const t = context.sentences(language)
  const example = dayText(todayIn(context), language)
  if (kind === 'impossible') return t('guide.noSuchDay', { example })
  return t(kind === 'incomplete' ? 'guide.noMonth' : 'guide.unreadableDay', { example })
}

function count(
  state: Conversation,
  guide: Guide,
  deadline: GuideDeadline,
  start: string,
  context: Context,
): Turn {
  const computed = compute(deadline, start, context.content.holidays)
  if (!computed) return awaitStart(state, guide, deadline, context, outOfRange(state, context))
  const next: Conversation = { ...state, pending: undefined }
  return reply(next, resultMessage(guide, deadline, computed, todayIn(context), next, context))
}

function outOfRange({ language }: Conversation, context: Context): string {
  const { from = '', until = '' } = knownDays(context.content.holidays) ?? {}
  const t = context.sentences(language)
  return t('guide.outOfRange', { from: dayText(from, language), until: dayText(until, language) })
}

function remind(
  state: Conversation,
  guide: Guide,
  deadline: GuideDeadline,
  day: string,
  context: Context,
): Turn {
  const known = knownDays(context.content.holidays)
  const t = context.sentences(state.language)
  if (day <= todayIn(context)) return reply(state, textWithMenu(t, t('guide.reminder.tooLate')))
  if (!known || day > known.until) return oldButton(state, context)
  return withEffect(state, 'remind', guide, deadline, day)
}

function withEffect(
  state: Conversation,
  kind: 'remind' | 'cancel-reminder',
  guide: Guide,
  deadline: GuideDeadline,
  dueOn: string,
): Turn {
  const effect: Effect = { kind, guideId: guide.id, deadlineId: deadline.id, dueOn }
  return { state, messages: [], effects: [effect] }
}

function told(state: Conversation, { outcome }: Extract<Input, { kind: 'outcome' }>, context: Context): Turn {
  switch (outcome.kind) {
    case 'files-made':
      return reply(state, fileMessage(outcome, context.sentences(state.language)))
    case 'reminder':
      return reply(state, reminderMessage(outcome, state, context))
    default:
      return reply(state)
  }
}

function oldButton(state: Conversation, context: Context): Turn {
  const t = context.sentences(state.language)
  return reply(state, textWithMenu(t, t('welcome.oldButton')))
}
