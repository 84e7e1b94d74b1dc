// How clips look in a chat: the list, one clip as video or as text with pictures, its question, the series.
import type { Clip, ClipText, OwnVideos } from '../../core/model/content.ts'
import type { Conversation } from '../../core/model/conversation.ts'
import type { ClipChoice } from '../../core/model/effect.ts'
import type { Block, Button, Outbound } from '../../core/model/message.ts'
import type { Context, Translate } from '../../core/model/topic.ts'
import { textBlock } from '../../core/text/rich.ts'
import { CLIP_TOKEN, dayText, entryButtons, visibleClips } from '../answers/index.ts'
import {
  clipById,
  countDone,
  fileUrl,
  megabytes,
  nextClip,
  pageUrl,
  type Reader,
  readingOf,
  showingOf,
  startUrl,
  variantFor,
} from './catalog.ts'
import { HOURS } from './tokens.ts'

/** Buttons that lead from a clip to answers. */
const RELATED_MAX = 2

/** What messages are made from; also what goes out by itself has this much. */
export type Stock = Pick<Context, 'content' | 'sentences' | 'publicUrl' | 'now'> & { own: OwnVideos }
/** What is known of the person. */
type Known = { done: readonly string[]; hour?: number }

/** The clips in their order, with what is done; first of all where to go on. */
export function listMessage({ language }: Conversation, known: Known, stock: Stock): Outbound {
  const t = stock.sentences(language)
  const clips = visibleClips(stock.content, stock.now)
  const done = countDone(clips, known.done)
  const next = done ? nextClip(clips, known.done) : undefined
  return {
    blocks: [
      textBlock(t('clips.list'), ...(done ? ['', t('clips.progress', { done, all: clips.length })] : [])),
    ],
    buttons: [
      ...(next ? [goOnButton(next, language, t)] : []),
      ...clips.map(({ id, texts }) => ({
        label: `${known.done.includes(id) ? '✓ ' : ''}${texts[language].title}`,
        token: `${CLIP_TOKEN}${id}`,
      })),
      seriesButton(known, t),
    ],
  }
}

function goOnButton({ id, texts }: Clip, language: Conversation['language'], t: Translate): Button {
  return { label: t('clips.goOn', { title: texts[language].title }), token: `${CLIP_TOKEN}${id}` }
}

function seriesButton({ hour }: Pick<Known, 'hour'>, t: Translate): Button {
  return hour === undefined
    ? { label: t('clips.series'), token: 'cs' }
    : { label: t('clips.stop'), token: 'cx' }
}

/** A clip as a video; as text with pictures where there is none. */
export function watchMessage(clip: Clip, reader: Reader, stock: Stock, ...before: string[]): Outbound {
  const t = stock.sentences(reader.language)
  const { intro } = clip.texts[reader.language]
  const block = videoBlock(clip, reader, stock)
  if (!block) return readMessage(clip, reader, stock)
  const spoken = reader.language === 'en' ? [t('clips.spoken')] : []
  return {
    blocks: [...(before.length ? [textBlock(...before)] : []), block, textBlock(intro, ...spoken)],
    buttons: [
      { label: t('clips.question'), token: `cq:${clip.id}` },
      { label: t('clips.read'), token: `ct:${clip.id}` },
      { label: t('clips.share'), token: `ck:${clip.id}` },
      ...entryButtons(clip.related, reader.language, stock).slice(0, RELATED_MAX),
      { label: t('clips.all'), token: 'cl' },
    ],
  }
}

function videoBlock(clip: Clip, reader: Reader, { sentences, publicUrl, own }: Stock): Block | undefined {
  const showing = showingOf(clip, variantFor(reader), own)
  if (!showing) return undefined
  const { seconds, video, captions, thumbnail } = showing
  const { title } = clip.texts[reader.language]
  const size = { seconds: Math.round(seconds), megabytes: megabytes(video.bytes, reader.language) }
  return {
    kind: 'video',
    text: sentences(reader.language)('clips.video', { title, ...size }),
    mediaId: video.mediaId,
    url: fileUrl(publicUrl, video),
    posterUrl: fileUrl(publicUrl, thumbnail),
    seconds,
    bytes: video.bytes,
    captionsUrl: fileUrl(publicUrl, captions),
    title,
  }
}

/** The clip for who has little data, doesn't see or doesn't hear: a still and the words of each scene. */
export function readMessage(clip: Clip, reader: Reader, stock: Stock): Outbound {
  const t = stock.sentences(reader.language)
  const { title, intro, scenes } = clip.texts[reader.language]
  const stills = readingOf(clip, variantFor(reader))?.stills ?? []
  const pictures = scenes.map(({ captions, alt }, index): Block => {
    const still = stills[index]
    const said = `${index + 1}. ${captions.join(' ')}`
    if (!still) return textBlock(said)
    const url = fileUrl(stock.publicUrl, still)
    return { kind: 'image', text: `${said} (${alt})`, mediaId: still.mediaId, url, alt: said }
  })
  return {
    blocks: [
      textBlock({ text: title, style: 'bold' }, '', intro),
      ...pictures,
      sourcesBlock(clip, reader, t),
    ],
    buttons: [
      { label: t('clips.question'), token: `cq:${clip.id}` },
      { label: t('clips.all'), token: 'cl' },
    ],
  }
}

function sourcesBlock({ sources, lastChecked, confidence }: Clip, { language }: Reader, t: Translate): Block {
  return textBlock(
    ...sources.map(source => `${t('answer.source')} ${source}`),
    t('answer.checked', { date: dayText(lastChecked, language) }),
    ...(confidence === 'B' ? [t('answer.unverified')] : []),
  )
}

/** The one question of a clip. */
export function questionMessage({ id, texts }: Clip, { language }: Reader): Outbound {
  const { ask, options } = texts[language].question
  return {
    blocks: [textBlock({ text: ask, style: 'bold' })],
    buttons: options.map((label, index) => ({ label, token: `ca:${id}:${index + 1}` })),
  }
}

/** Whether it was right and why; how far the person has come, if that is kept; what comes next. */
export function answeredMessage(
  { clipId, option, kept, done }: ClipChoice & { kept: boolean; done: string[] },
  { language }: Conversation,
  hour: number | undefined,
  stock: Stock,
): Outbound | undefined {
  const clip = clipById(stock.content, clipId, stock.now)
  if (!clip) return undefined
  const t = stock.sentences(language)
  const clips = visibleClips(stock.content, stock.now)
  const next = nextClip(clips, kept ? done : [clipId], clipId)
  return {
    blocks: [
      textBlock(
        ...explanation(clip.texts[language], option, clip.right, t),
        ...(kept ? ['', progress(countDone(clips, done), clips.length, t)] : []),
      ),
    ],
    buttons: [
      ...(next
        ? [
            {
              label: t('clips.next', { title: next.texts[language].title }),
              token: `${CLIP_TOKEN}${next.id}`,
            },
          ]
        : []),
      ...(kept ? [] : [{ label: t('clips.keep'), token: `cp:${clipId}:${option + 1}` }]),
      ...entryButtons(clip.related, language, stock).slice(0, RELATED_MAX),
      ...(hour === undefined && next ? [seriesButton({ hour }, t)] : []),
      { label: t('clips.all'), token: 'cl' },
    ],
  }
}

function explanation({ question }: ClipText, option: number, right: number, t: Translate): string[] {
  const { options, reasons } = question
  if (option === right) return [`✓ ${t('clips.right')} ${reasons[option] ?? ''}`]
  return [
    `✗ ${t('clips.wrong')} ${reasons[option] ?? ''}`,
    t('clips.rightOne', { option: options[right] ?? '', reason: reasons[right] ?? '' }),
  ]
}

function progress(done: number, all: number, t: Translate): string {
  return done === all ? t('clips.finished', { all }) : t('clips.progress', { done, all })
}

/** The clip's page, the link that opens the bot at it, and that link as a picture to scan. */
export function shareMessage(clip: Clip, { language }: Reader, { sentences, publicUrl }: Stock): Outbound {
  const t = sentences(language)
  const { title } = clip.texts[language]
  const url = pageUrl(publicUrl, clip)
  const text = t('clips.shareText', { title, page: url, chat: startUrl(publicUrl, clip) })
  return {
    blocks: [
      textBlock(text),
      // It is drawn when it is fetched; nothing is stored.
      { kind: 'image', text: t('clips.code'), mediaId: '', url: `${url}/qr.png`, alt: t('clips.code') },
    ],
    buttons: [{ label: t('clips.all'), token: 'cl' }],
  }
}

/** At which hour? */
export function hoursMessage(
  { language }: Conversation,
  { hour }: Pick<Known, 'hour'>,
  stock: Stock,
): Outbound {
  const t = stock.sentences(language)
  return {
    blocks: [textBlock(hour === undefined ? t('clips.hours') : t('clips.hoursNow', { hour }))],
    buttons: [
      ...HOURS.map(hour => ({ label: t('clips.hour', { hour }), token: `cs:${hour}` })),
      ...(hour === undefined ? [] : [seriesButton({ hour }, t)]),
    ],
  }
}

/** What the person may now count on. */
export function subscribedMessage(
  { hour, firstOn }: { hour: number; firstOn: string },
  { language }: Conversation,
  { sentences }: Stock,
): Outbound {
  const t = sentences(language)
  return {
    blocks: [textBlock(t('clips.subscribed', { hour, date: dayText(firstOn, language) }))],
    buttons: [seriesButton({ hour }, t), { label: t('clips.all'), token: 'cl' }],
  }
}

/** The clip of the week. */
export function weeklyMessage(clip: Clip, reader: Reader, isLast: boolean, stock: Stock): Outbound {
  const t = stock.sentences(reader.language)
  const message = watchMessage(clip, reader, stock, t('clips.weekly'))
  const { buttons } = message
  return isLast
    ? { ...message, blocks: [...message.blocks, textBlock(t('clips.last'))] }
    : { ...message, buttons: [...buttons.slice(0, -1), seriesButton({ hour: 0 }, t)] }
}
