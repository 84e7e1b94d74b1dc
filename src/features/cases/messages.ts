// What a case looks like in a chat, before any channel renders it. What staff send reads as the chat reads:
// our own words and Serbian of theirs in its script, what the asker wrote as it was written.
import type { Language, Script } from '../../core/model/content.ts'
import type { Conversation } from '../../core/model/conversation.ts'
import type { OwnCase } from '../../core/model/effect.ts'
import type { Button, Outbound } from '../../core/model/message.ts'
import type { Context, Translate } from '../../core/model/topic.ts'
import { channelName } from '../../core/text/channel-name.ts'
import { excerpt } from '../../core/text/excerpt.ts'
import { type Piece, textBlock } from '../../core/text/rich.ts'
import { scriptOf } from '../../core/text/script.ts'
import { toCyrillic } from '../../core/text/transliterate.ts'
import { addDays, dayIn } from '../../core/time/day.ts'
import { dayText, textWithMenu } from '../answers/index.ts'
import { shownReference } from './reference.ts'
import { OPEN_MAX, openRuns, REOPEN_DAYS, TEXT_MAX } from './rules.ts'
import { addToken, closeToken, LIST, NO, putToken, yesToken } from './tokens.ts'

const QUOTED_MAX = 300
const LISTED_MAX = 120

type Said = Pick<Context, 'content' | 'sentences' | 'settings'>

/** A question that may go to the city, and the day an answer would be promised for. */
export type Offer = { question: string; wasCut: boolean; expectedOn: string }

/** Asks whether a question is to go to the city, and says what that means. */
export function offerMessage(
  { question, wasCut, expectedOn }: Offer,
  { language }: Conversation,
  context: Context,
): Outbound {
  const t = context.sentences(language)
  const open = (context.data.cases ?? []).filter(({ state }) => state !== 'closed')
  if (open.length >= OPEN_MAX) return tooManyMessage(question, open, t)
  const here = open.filter(known => known.here)
  return {
    blocks: [
      textBlock(
        t('case.question'),
        `„${excerpt(question, QUOTED_MAX)}“`,
        ...(wasCut ? [t('case.cut', { max: TEXT_MAX })] : []),
        '',
        t('case.kept', { days: context.settings.retentionDays.case }),
        '',
        t('case.expected', { date: dayText(expectedOn, language) }),
        hoursText(language, context),
      ),
    ],
    buttons: [
      ...putButtons(question, here, t),
      { label: t(here.length ? 'case.yesNew' : 'case.yes'), token: yesToken(question) },
      { label: t('case.no'), token: NO },
    ],
  }
}

function tooManyMessage(question: string, open: OwnCase[], t: Translate): Outbound {
  return {
    blocks: [textBlock(t('case.tooMany', { max: OPEN_MAX }))],
    buttons: [...putButtons(question, open, t), { label: t('case.no'), token: NO }],
  }
}

function putButtons(question: string, cases: OwnCase[], t: Translate): Button[] {
  return cases.map(({ reference }) => ({
    label: t('case.put', { reference: shownReference(reference) }),
    token: putToken(reference, question),
  }))
}

/** When people work: each run of days with the same hours. */
export function hoursText(language: Language, { sentences, settings }: Said): string {
  const runs = openRuns(settings.openingHours).map(({ from, to, hours }) => {
    const days = from === to ? dayName(from, language) : `${dayName(from, language)}–${dayName(to, language)}`
    return `${days} ${hours.from}–${hours.to}`
  })
  return runs.length ? sentences(language)('case.hours', { hours: runs.join(', ') }) : ''
}

const WEEKDAYS: Record<Language, string> = { sr: 'sr-Latn', bs: 'bs', en: 'en' }

/** 2024 began on a Monday. */
function dayName(mondayFirst: number, language: Language): string {
  const format = new Intl.DateTimeFormat(WEEKDAYS[language], { weekday: 'long', timeZone: 'UTC' })
  return format.format(new Date(`${addDays('2024-01-01', mondayFirst)}T12:00:00Z`))
}

/** Asks for the text itself. The button keeps numbers from meaning those of an older message. */
export function writeMessage(t: Translate, reference?: string): Outbound {
  const text = reference ? t('case.writeMore', { reference: shownReference(reference) }) : t('case.write')
  return { blocks: [textBlock(text)], buttons: [{ label: t('case.cancel'), token: NO }] }
}

/** Something happened to a case; what can be done next is below. */
export function caseMessage(t: Translate, reference: string, ...lines: Piece[]): Outbound {
  return { blocks: [textBlock(...lines)], buttons: caseButtons(t, reference) }
}

function caseButtons(t: Translate, reference: string): Button[] {
  return [addButton(t, reference), { label: t('case.close'), token: closeToken(reference) }]
}

/** Begins a message that is added to a case; of a closed one it is all that can be done. */
export function addButton(t: Translate, reference: string): Button {
  return { label: t('case.add'), token: addToken(reference) }
}

/** The person's cases with what can be done with each. */
export function listMessage({ language }: Conversation, context: Context): Outbound {
  const t = context.sentences(language)
  const cases = context.data.cases ?? []
  if (cases.length === 0) return textWithMenu(t, t('case.none'))
  return {
    blocks: [
      textBlock(t('case.list'), ...cases.flatMap(known => ['', ...caseLines(known, language, context)])),
    ],
    buttons: cases.flatMap(known => listButtons(known, t)),
  }
}

function caseLines(known: OwnCase, language: Language, context: Context): Piece[] {
  const t = context.sentences(language)
  const asked = dayIn(context.content.city.timeZone, known.openedAt)
  const due = known.state === 'open' || known.state === 'passed'
  return [
    { text: `${shownReference(known.reference)} – ${stateText(known, language, context)}`, style: 'bold' },
    `„${excerpt(known.question, LISTED_MAX)}“`,
    t('case.asked', { date: dayText(asked, language) }),
    ...(due ? [t('case.expected', { date: dayText(known.expectedOn, language) })] : []),
  ]
}

function stateText(
  { state, department }: OwnCase,
  language: Language,
  { sentences, settings }: Said,
): string {
  const t = sentences(language)
  const known = settings.departments.find(({ id }) => id === department)
  if (state === 'passed' && known) return t('case.states.passedTo', { department: known.name[language] })
  return t(`case.states.${state}`)
}

function listButtons({ reference, state }: OwnCase, t: Translate): Button[] {
  const shown = { reference: shownReference(reference) }
  const add = { label: t('case.addTo', shown), token: addToken(reference) }
  return state === 'closed'
    ? [add]
    : [add, { label: t('case.closeOne', shown), token: closeToken(reference) }]
}

/** Leads to the person's cases. */
export function listButton(t: Translate): Button {
  return { label: t('case.mine'), token: LIST }
}

/** A chat as far as its messages depend on it. */
export type Reader = { language: Language; script: Script }

/** What staff wrote, as it arrives. `askedOn`: the channel of the question when the reply goes elsewhere. */
export type Reply = { reference: string; question: string; text: string; askedOn?: string; closes: boolean }

/** A reply with the number and the beginning of the question, which may lie days back. */
export function replyMessage(
  reply: Reply,
  reader: Reader,
  knowledge: Said & Pick<Context, 'match'>,
): Outbound {
  const { reference, question, text, askedOn, closes } = reply
  const { t, write } = voiceOf(reader, knowledge)
  const number = { reference: shownReference(reference) }
  return {
    blocks: [
      textBlock(
        { text: t('case.reply', number), style: 'bold' },
        `${t('case.about')} „${excerpt(question, LISTED_MAX)}“`,
        ...(askedOn ? [t('case.elsewhere', { channel: channelName(askedOn, t) })] : []),
        '',
        isSerbianLatin(text, knowledge) ? write(text) : text,
        ...(closes ? ['', t('case.closedWithReply', { days: REOPEN_DAYS })] : []),
      ),
    ],
    buttons: closes ? [addButton(t, reference)] : caseButtons(t, reference),
  }
}

/** What staff did with a case, for its asker. */
export type Notice =
  | { kind: 'passed'; department: string }
  | { kind: 'closed'; reason: CloseReason }
  | { kind: 'reopened' }

/** Why staff close a case. */
export const CLOSE_REASONS = ['answered', 'not-city', 'repeated', 'silence', 'other'] as const
export type CloseReason = (typeof CLOSE_REASONS)[number]

/** Tells an asker what became of their case. */
export function noticeMessage(notice: Notice, reference: string, reader: Reader, knowledge: Said): Outbound {
  const { t } = voiceOf(reader, knowledge)
  const number = { reference: shownReference(reference) }
  switch (notice.kind) {
    case 'passed': {
      const known = knowledge.settings.departments.find(({ id }) => id === notice.department)
      const department = known?.name[reader.language] ?? notice.department
      return caseMessage(t, reference, t('case.passed', { ...number, department }))
    }
    case 'closed':
      return {
        blocks: [
          textBlock(
            t('case.closedByCity', { ...number, reason: t(`case.reasons.${notice.reason}`) }),
            t('case.reopenable', { days: REOPEN_DAYS }),
          ),
        ],
        buttons: [addButton(t, reference)],
      }
    case 'reopened':
      return caseMessage(t, reference, t('case.reopenedByCity', number))
  }
}

/** Sentences and a way to write, in a reader's language and script. */
function voiceOf(
  { language, script }: Reader,
  { sentences, content }: Said,
): { t: Translate; write(text: string): string } {
  const t = sentences(language)
  if (language !== 'sr' || script === 'latn') return { t, write: text => text }
  const write = (text: string) => toCyrillic(text, content.city.protectedWords)
  return { t: (key, values) => write(t(key, values)), write }
}

function isSerbianLatin(text: string, { match }: Pick<Context, 'match'>): boolean {
  return scriptOf(text) === 'latn' && match(text, { language: 'sr' }).language !== 'en'
}
