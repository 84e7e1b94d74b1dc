// How polls, votes and results look in a chat, before any channel renders them.
import type { Language } from '../../core/model/content.ts'
import type { Conversation } from '../../core/model/conversation.ts'
import type { Block, Button, Outbound } from '../../core/model/message.ts'
import {
  type Answer,
  type Ballot,
  type Poll,
  type PollItem,
  type Question,
  textIn,
} from '../../core/model/poll.ts'
import type { SentenceKey } from '../../core/model/sentence-key.ts'
import type { Context, Translate } from '../../core/model/topic.ts'
import { type Piece, textBlock } from '../../core/text/rich.ts'
import { tagOf } from '../../core/text/script.ts'
import { dayIn } from '../../core/time/day.ts'
import { dayText, menuButton } from '../answers/index.ts'
import { consentQuestion } from '../consent/index.ts'
import { ANSWER_MAX, answerText, isAnswered } from './question.ts'
import { shareText } from './shares.ts'
import { LIST_TOKEN, pollToken, surveyToken } from './tokens.ts'

/** What messages about polls are made with. */
export type Speaker = Pick<Context, 'content' | 'sentences' | 'settings' | 'publicUrl'>

/** Open polls first, then results; what the person has done is marked. */
export function listMessage(items: readonly PollItem[], language: Language, context: Speaker): Outbound {
  const t = context.sentences(language)
  const open = items.filter(({ status }) => status === 'open')
  const closed = items.filter(({ status }) => status === 'closed')
  const lines = [
    t(open.length ? 'polls.listOpen' : 'polls.listNone'),
    ...(closed.length ? [t('polls.listClosed')] : []),
  ]
  return {
    blocks: [textBlock(...lines)],
    buttons: [
      ...open.map(item => itemButton(item, language, t)),
      ...closed.map(item => itemButton(item, language, t)),
      { label: t('polls.allResults'), href: `${context.publicUrl}/results` },
      menuButton(t),
    ],
  }
}

function itemButton({ id, form, title, status, done }: PollItem, language: Language, t: Translate): Button {
  const name = textIn(title, language)
  if (status === 'closed') return { label: t('polls.resultOf', { title: name }), token: pollToken(id) }
  const mark = done === 'yes' ? '✓ ' : done === 'begun' ? '… ' : ''
  return { label: mark + name, token: form === 'survey' ? surveyToken(id) : pollToken(id) }
}

/** What everybody is told before the first vote: who sees it, for how long, how many voices there are. */
export function rulesText(
  poll: Pick<Poll, 'questions' | 'closesAt'>,
  language: Language,
  context: Speaker,
): string {
  const t = context.sentences(language)
  const written = poll.questions.some(({ kind }) => kind === 'text')
  const days = context.settings.retentionDays.participation
  const until = poll.closesAt
    ? t('polls.openUntil', { moment: momentIn(poll.closesAt, language, context) })
    : ''
  return [t('polls.rules', { days }), written ? t('polls.rulesWritten') : '', until].filter(Boolean).join(' ')
}

/** A moment in the city's time, as people write it. */
export function momentIn(iso: string, language: Language, { content }: Pick<Speaker, 'content'>): string {
  const { timeZone } = content.city
  const at = new Date(iso)
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(at)
  return `${dayText(dayIn(timeZone, at.getTime()), language)} ${time}`
}

/** The question for consent with the rules above it; who agrees goes on with what the token means. */
export function consentFirst(ballot: Ballot, language: Language, context: Context, token: string): Outbound {
  const asked = consentQuestion(context, language, token)
  return { ...asked, blocks: [textBlock(rulesText(ballot, language, context)), ...asked.blocks] }
}

/** The question with its options; with the rules as long as the person has not voted. */
export function ballotMessage(ballot: Ballot, language: Language, context: Speaker): Outbound {
  const t = context.sentences(language)
  const [question] = ballot.questions
  const answer = question && ballot.mine[question.id]
  const said = isAnswered(answer) ? [] : [textBlock(rulesText(ballot, language, context))]
  const blocks = question ? [...said, questionBlock(ballot, question, answer, language, t)] : said
  return { blocks, buttons: ballotButtons(ballot, question, answer, t) }
}

/** One question as a block of options. The tokens of chosen options give them up. */
export function questionBlock(
  poll: Pick<Poll, 'id' | 'closesAt'>,
  question: Question,
  answer: Answer | undefined,
  language: Language,
  t: Translate,
  tokenOf: (choice: string) => string = choice => pollToken(poll.id, choice),
): Block {
  const multi = question.kind === 'multiple'
  const hint = hintOf(question, t)
  const asked = [textIn(question.text, language), hint].filter(Boolean).join('\n')
  const options = question.options.map(({ id, label }) => {
    const chosen = answer?.options.includes(id) ?? false
    const token = tokenOf(chosen && multi ? `-${id}` : id)
    return { token, label: `${chosen ? '✓ ' : ''}${textIn(label, language)}` }
  })
  return {
    kind: 'poll',
    text: [asked, ...options.map(({ label }) => `• ${label}`)].join('\n'),
    id: String(poll.id),
    question: asked,
    options,
    multi,
    closesAt: poll.closesAt ?? '',
  }
}

function hintOf({ kind, max }: Question, t: Translate): string {
  if (kind === 'multiple') return t('polls.upTo', { count: max })
  return kind === 'scale' ? t('polls.scale') : ''
}

function ballotButtons(
  { id }: Ballot,
  question: Question | undefined,
  answer: Answer | undefined,
  t: Translate,
): Button[] {
  const voted = isAnswered(answer)
  return [
    ...(voted && question?.kind === 'multiple'
      ? [{ label: t('polls.done'), token: pollToken(id, 'ok') }]
      : []),
    ...(voted ? [withdrawButton(id, t)] : []),
    listButton(t),
  ]
}

function withdrawButton(pollId: number, t: Translate): Button {
  return { label: t('polls.withdraw'), token: pollToken(pollId, 'x') }
}

/** The way to all polls. */
export function listButton(t: Translate): Button {
  return { label: t('polls.all'), token: LIST_TOKEN }
}

/** Asks for a written answer; the rules stand above until there is one. */
export function askText(
  ballot: Ballot,
  language: Language,
  context: Speaker,
  problem?: SentenceKey,
): Outbound {
  const t = context.sentences(language)
  const [question] = ballot.questions
  const answer = question && ballot.mine[question.id]
  const before = isAnswered(answer)
    ? t('polls.already', { answer: answer?.text ?? '' })
    : rulesText(ballot, language, context)
  return {
    blocks: [
      textBlock(problem ? t(problem, { max: ANSWER_MAX }) : before, '', {
        text: question ? textIn(question.text, language) : '',
        style: 'bold',
      }),
      textBlock(t('polls.write', { max: ANSWER_MAX })),
    ],
    buttons: [...(isAnswered(answer) ? [withdrawButton(ballot.id, t)] : []), listButton(t)],
  }
}

/** The vote is kept: what was understood, and that it can be changed. Never how others voted. */
export function votedMessage(ballot: Ballot, answer: Answer, language: Language, context: Context): Outbound {
  const t = context.sentences(language)
  const [question] = ballot.questions
  const said = question ? answerText(question, answer, language) : ''
  return {
    blocks: [textBlock(t('polls.noted', { answer: said }), t('polls.changeable'))],
    buttons: [
      { label: t('polls.change'), token: pollToken(ballot.id) },
      withdrawButton(ballot.id, t),
      listButton(t),
    ],
  }
}

/** A sentence with the way to all polls, and further buttons before it. */
export function pollSentence(t: Translate, key: SentenceKey, ...buttons: Button[]): Outbound {
  return { blocks: [textBlock(t(key))], buttons: [...buttons, listButton(t)] }
}

/** The published result: numbers in words, the chart where there is one, and where all of it stands. */
export function resultMessage(
  ballot: Ballot,
  { language, script }: Pick<Conversation, 'language' | 'script'>,
  context: Speaker,
): Outbound {
  const t = context.sentences(language)
  const title = textIn(ballot.title, language)
  const lines: Piece[] = [
    { text: t('polls.resultOf', { title }), style: 'bold' },
    t('polls.people', { count: ballot.n ?? 0 }),
  ]
  const note = ballot.outcome ? ['', t('polls.outcome'), textIn(ballot.outcome, language)] : []
  const picture = ballot.pictures?.[tagOf({ language, script })]
  const numbers = resultLines(ballot, language, t)
  const image: Block[] = picture ? [{ kind: 'image', text: title, ...picture, alt: numbers.join('\n') }] : []
  return {
    blocks: [textBlock(...lines, ...(picture ? [] : numbers), ...note), ...image],
    buttons: [{ label: t('polls.wholeResult'), href: `${context.publicUrl}/results/${ballot.id}` }],
  }
}

/** What the city did with the answers, for those who gave them. */
export function outcomeMessage(
  { id, title, outcome }: Ballot,
  { language }: Pick<Conversation, 'language'>,
  context: Speaker,
): Outbound {
  const t = context.sentences(language)
  return {
    blocks: [
      textBlock(
        { text: t('polls.outcomeOf', { title: textIn(title, language) }), style: 'bold' },
        outcome ? textIn(outcome, language) : '',
      ),
    ],
    buttons: [{ label: t('polls.wholeResult'), href: `${context.publicUrl}/results/${id}` }],
  }
}

/** The published numbers of a poll of one question, a line per option; none of a survey. */
function resultLines(ballot: Ballot, language: Language, t: Translate): string[] {
  const [question, ...others] = ballot.questions
  const result = ballot.results?.find(({ questionId }) => questionId === question?.id)
  if (!question || !result || others.length > 0) return []
  const lines = question.options.map(({ id, label }) => {
    const count = result.counts[id] ?? null
    const number = count === null ? t('polls.hidden') : `${count} (${shareText(count, result.n, language)})`
    return `${textIn(label, language)}: ${number}`
  })
  const isHidden = Object.values(result.counts).includes(null)
  return isHidden ? [...lines, t('polls.hiddenWhy')] : lines
}

/** What an announcement shows of a poll: the options themselves, or the way to it. */
export function announcementBlocks(poll: Poll, language: Language, context: Speaker): Block[] {
  const t = context.sentences(language)
  const [question, ...others] = poll.questions
  const rules = textBlock(rulesText(poll, language, context))
  if (question && others.length === 0 && question.options.length > 0)
    return [questionBlock(poll, question, undefined, language, t), rules]
  const title = textIn(poll.title, language)
  const body = rules.text
  const buttons = [{ label: t('polls.takePart'), token: pollToken(poll.id) }]
  return [{ kind: 'card', text: `${title}\n${body}`, title, body, buttons }]
}
