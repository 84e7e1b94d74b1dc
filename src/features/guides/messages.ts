// How guides, questions, documents and computed deadlines look, before any channel renders them.
import type { ChooserQuestion, Guide, GuideDeadline, Language } from '../../core/model/content.ts'
import type { Conversation } from '../../core/model/conversation.ts'
import type { Outcome, ReminderKey } from '../../core/model/effect.ts'
import { type Button, fileBlock, type Outbound } from '../../core/model/message.ts'
import type { SentenceKey } from '../../core/model/sentence-key.ts'
import type { Context, Translate } from '../../core/model/topic.ts'
import { type Piece, textBlock } from '../../core/text/rich.ts'
import { CHOOSER_TOKEN, dayText, entryButtons, menuButton } from '../answers/index.ts'
import { deadlineOf, guideById } from './catalog.ts'
import { type Computed, knownDays, passedOver } from './rules.ts'
import { tokenOf } from './tokens.ts'

type Of<Kind extends Outcome['kind']> = Extract<Outcome, { kind: Kind }>

export function questionMessage(question: ChooserQuestion, state: Conversation, context: Context): Outbound {
  const { language } = state
  const t = context.sentences(language)
  const options = question.options.map(({ to, labels }) => ({
    label: labels[language],
    token: 'question' in to ? tokenOf({ kind: 'question', id: to.question }) : guideToken(to.guide, context),
  }))
  const first = question.id === context.content.chooser.start
  return {
    blocks: [textBlock(question.texts[language])],
    buttons: [...options, ...(first ? [] : [startOver(t)]), menuButton(t)],
  }
}

function guideToken(id: string, { content }: Context): string {
  return tokenOf({ kind: 'guide', code: guideById(content, id)?.code ?? '' })
}

function startOver(t: Translate): Button {
  return { label: t('guide.startOver'), token: CHOOSER_TOKEN }
}

/** The whole guide: what it is, the steps, the deadlines with their law, what nobody has confirmed. */
export function guideMessage(guide: Guide, state: Conversation, context: Context): Outbound {
  const { language } = state
  const t = context.sentences(language)
  const { title, intro, steps, unknown } = guide.texts[language]
  return {
    blocks: [
      textBlock(
        { text: title, style: 'bold' },
        '',
        intro,
        '',
        t('guide.steps'),
        ...bullets(steps),
        '',
        ...(guide.deadlines.length
          ? [t('guide.deadlines'), ...bullets(guide.deadlines.map(it => deadlineLine(it, language, t)))]
          : [t('guide.noDeadline')]),
        ...(unknown.length ? ['', t('guide.unknown'), ...bullets(unknown)] : []),
      ),
    ],
    buttons: [
      { label: t('guide.document'), token: tokenOf({ kind: 'document', code: guide.code }) },
      ...countButtons(guide, state, context),
      ...entryButtons([guide.related], language, context),
      startOver(t),
      menuButton(t),
    ],
  }
}

const bullets = (lines: readonly string[]) => lines.map(line => `• ${line}`)

function deadlineLine(deadline: GuideDeadline, language: Language, t: Translate): string {
  const unverified = deadline.confidence === 'B' ? ` ${t('guide.unverified')}` : ''
  return `${deadline.texts[language].label}: ${lengthText(deadline, t)} (${deadline.law}).${unverified}`
}

function lengthText({ length: { unit, count } }: GuideDeadline, t: Translate): string {
  if (unit === 'hours') return t('guide.hours', { count })
  return t(unit === 'working' ? 'guide.workingDays' : 'guide.calendarDays', { count })
}

/** One button per deadline, if holidays are known at all. */
function countButtons(
  { code, deadlines }: Guide,
  { language }: Conversation,
  { content }: Context,
): Button[] {
  if (!knownDays(content.holidays)) return []
  return deadlines.map(({ id, texts }) => ({
    label: texts[language].label,
    token: tokenOf({ kind: 'count', code, deadlineId: id }),
  }))
}

/** The fill-in text; the file follows once it is made. */
export function documentMessage(guide: Guide, state: Conversation, context: Context): Outbound {
  const t = context.sentences(state.language)
  return {
    blocks: [textBlock(t('guide.documentNote')), textBlock(guide.texts[state.language].document)],
    buttons: [...countButtons(guide, state, context), backToGuide(guide, t), menuButton(t)],
  }
}

export function fileMessage({ files }: Of<'files-made'>, t: Translate): Outbound {
  return { blocks: [{ kind: 'text', text: t('guide.file') }, ...files.map(fileBlock)], buttons: [] }
}

function backToGuide({ code }: Guide, t: Translate): Button {
  return { label: t('guide.backToSteps'), token: tokenOf({ kind: 'guide', code }) }
}

/** Asks for the day a deadline counts from; `problem` says what was wrong with the last answer. */
export function startQuestion(
  guide: Guide,
  deadline: GuideDeadline,
  state: Conversation,
  context: Context,
  problem?: string,
): Outbound {
  const { language } = state
  const t = context.sentences(language)
  const { label, from } = deadline.texts[language]
  const count = { kind: 'count' as const, code: guide.code, deadlineId: deadline.id }
  const asked: Piece[] = [{ text: label, style: 'bold' }, `. ${t('guide.ask', { from })}`]
  return {
    blocks: [problem ? textBlock(problem) : textBlock(asked)],
    buttons: [
      { label: t('guide.today'), token: tokenOf({ ...count, offset: 0 }) },
      { label: t('guide.yesterday'), token: tokenOf({ ...count, offset: -1 }) },
      backToGuide(guide, t),
    ],
  }
}

/** The day a deadline ends, how it was counted, on what it rests, and the offer to remind. */
export function resultMessage(
  guide: Guide,
  deadline: GuideDeadline,
  computed: Computed,
  today: string,
  state: Conversation,
  context: Context,
): Outbound {
  const { language } = state
  const t = context.sentences(language)
  const { label, after } = deadline.texts[language]
  const { date } = computed
  const canRemind = date > today
  const count = { kind: 'count' as const, code: guide.code, deadlineId: deadline.id }
  return {
    blocks: [
      textBlock(
        { text: `${label}: ${longDay(date, language)}`, style: 'bold' },
        ...(date === today ? [t('guide.isToday')] : []),
        ...(date < today ? [t('guide.hasPassed')] : []),
        '',
        t('guide.how'),
        ...bullets(countingLines(deadline, computed, state, context)),
        '',
        t('guide.law', { law: deadline.law }),
        ...(deadline.confidence === 'B' ? [t('guide.unverified')] : []),
        t(ruleOf(deadline)),
        ...(after ? ['', after] : []),
        ...(canRemind ? ['', t('guide.consent')] : []),
      ),
    ],
    buttons: [
      ...(canRemind
        ? [{ label: t('guide.remind'), token: tokenOf({ ...count, kind: 'remind', day: date }) }]
        : []),
      { label: t('guide.otherDay'), token: tokenOf(count) },
      backToGuide(guide, t),
    ],
  }
}

/** The sentence on the rule of counting that nobody has verified. */
function ruleOf({ length, firstDayCounts }: GuideDeadline): SentenceKey {
  if (length.unit === 'hours') return 'guide.hoursUnverified'
  return firstDayCounts ? 'guide.firstDayUnverified' : 'guide.ruleUnverified'
}

function countingLines(
  deadline: GuideDeadline,
  computed: Computed,
  { language }: Conversation,
  { content, sentences }: Context,
): string[] {
  const t = sentences(language)
  const { start, date, counted, extended } = computed
  const { from } = deadline.texts[language]
  const began = { date: longDay(start, language), from }
  if (!counted) return [t('guide.startHour', began), t('guide.sameHour', { length: lengthText(deadline, t) })]
  const names = new Map(content.holidays.map(({ day, name }) => [day, name[language]]))
  const holiday = names.get(counted.until)
  return [
    t(deadline.firstDayCounts ? 'guide.startCounts' : 'guide.start', began),
    lengthText(deadline, t),
    ...(counted.until === date
      ? skippedLines(counted.skipped, names, language, t)
      : [
          t('guide.moved', { date: [longDay(counted.until, language), holiday].filter(Boolean).join(' – ') }),
        ]),
    ...(extended && deadline.extension
      ? [`${deadline.extension.texts[language]}: ${longDay(extended, language)}`]
      : []),
  ]
}

function skippedLines(
  skipped: NonNullable<Computed['counted']>['skipped'],
  names: ReadonlyMap<string, string>,
  language: Language,
  t: Translate,
): string[] {
  const { weekends, holidays } = passedOver(skipped)
  const byName = Map.groupBy(holidays, day => names.get(day) ?? '')
  const list = [...byName]
    .map(([name, days]) => `${name} (${days.map(day => dayText(day, language)).join(', ')})`)
    .join(', ')
  return [
    ...(weekends ? [t('guide.weekends', { number: weekends })] : []),
    ...(list ? [t('guide.holidays', { list })] : []),
  ]
}

const LOCALES: Record<Language, string> = { sr: 'sr-Latn', bs: 'bs-Latn', en: 'en-GB' }

function weekdayName(day: string, language: Language): string {
  const noon = new Date(`${day}T12:00:00Z`)
  return noon.toLocaleDateString(LOCALES[language], { weekday: 'long', timeZone: 'UTC' })
}

/** "sreda, 9. 12. 2026." */
export function longDay(day: string, language: Language): string {
  return `${weekdayName(day, language)}, ${dayText(day, language)}`
}

/** What became of a reminder that was asked for or cancelled. */
export function reminderMessage(outcome: Of<'reminder'>, state: Conversation, context: Context): Outbound {
  const t = context.sentences(state.language)
  const { status, guideId, deadlineId, dueOn } = outcome
  const guide = guideById(context.content, guideId)
  const kept = status === 'set' || status === 'already'
  const cancel = guide && tokenOf({ kind: 'cancel', code: guide.code, deadlineId, day: dueOn })
  return {
    blocks: [textBlock(t(`guide.reminder.${status}`, { date: longDay(dueOn, state.language) }))],
    buttons: [
      ...(kept && cancel ? [{ label: t('guide.reminder.cancel'), token: cancel }] : []),
      ...(guide ? [backToGuide(guide, t)] : []),
      menuButton(t),
    ],
  }
}

/** The reminder itself. Without buttons: they would take the numbers typed in a conversation under way. */
export function dueMessage(
  { guideId, deadlineId, dueOn }: ReminderKey,
  today: string,
  language: Language,
  { content, sentences }: Pick<Context, 'content' | 'sentences'>,
): Outbound {
  const t = sentences(language)
  const texts = deadlineOf(guideById(content, guideId), deadlineId)?.texts[language]
  const values = { label: texts?.label ?? t('guide.reminder.someDeadline'), date: longDay(dueOn, language) }
  return {
    blocks: [
      textBlock(
        t(dueOn === today ? 'guide.reminder.due' : 'guide.reminder.late', values),
        ...(texts?.after ? [texts.after] : []),
      ),
    ],
    buttons: [],
  }
}
