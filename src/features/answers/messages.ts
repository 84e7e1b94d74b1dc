// How an answer, a suggestion and a miss look, before any channel renders them.
import type { Entry, Language, Source } from '../../core/model/content.ts'
import type { Conversation } from '../../core/model/conversation.ts'
import type { Button, Outbound } from '../../core/model/message.ts'
import type { Context, Translate } from '../../core/model/topic.ts'
import { type Piece, textBlock } from '../../core/text/rich.ts'
import { entryById, entryToken, hiddenBecause, visibleClips } from './catalog.ts'

const RELATED_MAX = 3
/** Opens a clip; its id follows. */
export const CLIP_TOKEN = 'cl:'

/** The whole answer: heading, text, steps, source, date, and the question whether it helped. */
export function answerMessage(entry: Entry, state: Conversation, context: Context): Outbound {
  const t = context.sentences(state.language)
  const hidden = hiddenBecause(entry, context.now)
  return {
    blocks: [hidden ? hiddenBlock(entry, hidden, state, context) : answerBlock(entry, state.language, t)],
    buttons: hidden
      ? [sendButton(t), menuButton(t)]
      : [
          ...ratingButtons(entry, t),
          ...relatedButtons(entry, state, context),
          ...clipButton(entry, state.language, context),
        ],
  }
}

function answerBlock(entry: Entry, language: Language, t: Translate) {
  const { title, answer, steps } = entry.texts[language]
  return textBlock(
    { text: title, style: 'bold' },
    '',
    answer,
    ...(steps.length ? ['', t('answer.steps'), ...steps.map(step => `• ${step}`)] : []),
    '',
    ...entry.sources.map(source => sourceLine(source, t)),
    t('answer.checked', { date: day(entry.lastChecked, language) }),
    ...(entry.confidence === 'B' ? [t('answer.unverified')] : []),
    '',
    t('answer.question'),
  )
}

function sourceLine({ name, gazette, article, url }: Source, t: Translate): Piece[] {
  const details = [gazette && `(${gazette})`, article].filter(Boolean).join(', ')
  return [`${t('answer.source')} `, url ? { text: name, href: url } : name, details && ` ${details}`].filter(
    piece => piece !== '' && piece !== undefined,
  ) as Piece[]
}

function hiddenBlock(entry: Entry, why: 'draft' | 'withheld', { language }: Conversation, context: Context) {
  const t = context.sentences(language)
  const { content } = context
  return textBlock(
    { text: entry.texts[language].title, style: 'bold' },
    '',
    t(why === 'draft' ? 'answer.draft' : 'answer.withheld'),
    t('answer.office', { office: content.city.office[language] }),
  )
}

function ratingButtons(entry: Entry, t: Translate): Button[] {
  const token = entryToken(entry.id)
  return [
    { label: t('answer.yes'), token: `y:${token}` },
    { label: t('answer.no'), token: `n:${token}` },
  ]
}

function relatedButtons(entry: Entry, state: Conversation, context: Context): Button[] {
  return entryButtons(entry.related, state.language, context).slice(0, RELATED_MAX)
}

/** The first clip that leads to this entry. */
function clipButton({ id }: Entry, language: Language, { content, now, sentences }: Context): Button[] {
  const clip = visibleClips(content, now).find(({ related }) => related.includes(id))
  const title = clip?.texts[language].title
  return clip && title
    ? [{ label: sentences(language)('clips.watch', { title }), token: `${CLIP_TOKEN}${clip.id}` }]
    : []
}

/** A button per entry that the content has and may show. */
export function entryButtons(
  ids: readonly string[],
  language: Language,
  { content, now }: Pick<Context, 'content' | 'now'>,
): Button[] {
  return ids
    .map(id => entryById(content, id))
    .filter((entry): entry is Entry => entry !== undefined && !hiddenBecause(entry, now))
    .map(entry => ({ label: entry.texts[language].title, token: `e:${entryToken(entry.id)}` }))
}

/** "Did you mean …": the offered entries and "none of these". */
export function suggestionMessage(question: string, entries: Button[], t: Translate): Outbound {
  return {
    blocks: [textBlock(question)],
    buttons: [...entries, { label: t('suggest.none'), token: 'x:none' }],
  }
}

/** Plain text with the way to the menu below. */
export function textWithMenu(t: Translate, ...lines: string[]): Outbound {
  return { blocks: [textBlock(...lines)], buttons: [menuButton(t)] }
}

/** Offers to send a question to the city; what follows is the business of cases. */
export function sendButton(t: Translate): Button {
  return { label: t('case.send'), token: 'case:send' }
}

/** Plain text with the way to the city and to the menu below. */
export function textWithSend(t: Translate, ...lines: string[]): Outbound {
  return { blocks: [textBlock(...lines)], buttons: [sendButton(t), menuButton(t)] }
}

export function menuButton(t: Translate): Button {
  return { label: t('miss.menu'), token: 'm:menu' }
}

const ENGLISH_DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

/** An ISO day as people write it: 23. 11. 2026. in Serbian and Bosnian, 23 November 2026 in English. */
export function day(iso: string, language: Language): string {
  const date = new Date(`${iso}T12:00:00Z`)
  if (language === 'en') return ENGLISH_DAY.format(date)
  return `${date.getUTCDate()}. ${date.getUTCMonth() + 1}. ${date.getUTCFullYear()}.`
}
