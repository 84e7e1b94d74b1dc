// A message as calls of the Bot API, within its limits. Pure: no chat, no files, no network.
import type { Button, Outbound, Span } from '../../core/model/message.ts'
import type { Capabilities } from '../channel.ts'
import { type Choice, numberOwn, type Placement, placeButtons } from '../shared/buttons.ts'
import { choicesOf, labelList, type Media, type Part, partsOf, spreadButtons } from '../shared/parts.ts'
import { EMPTY, joinRich, plain, type Rich, spellOutLinks, splitRich } from '../shared/rich.ts'
import { fetchableUrl, publicUrl } from './links.ts'

/**
 * https://core.telegram.org/bots/api#sendmessage and #sendphoto: text 4096, caption 1024. A phone shows
 * about 40 characters of a label; a keyboard is refused beyond 100 buttons or, all together, about 10 kB.
 */
export const TELEGRAM_CAPABILITIES: Capabilities = {
  textMax: 4096,
  captionMax: 1024,
  labelMax: 40,
  buttonsMax: 40,
  spans: true,
  edit: true,
  receipts: false,
}

export type ApiCall = {
  method: 'sendMessage' | 'sendPhoto' | 'sendVideo' | 'sendDocument' | 'sendVenue' | 'sendLocation'
  /** Without `chat_id`; without the file if that has to be uploaded. */
  payload: Record<string, unknown>
  /** The stored file that goes into `field`: its bytes or Telegram's id for it. */
  upload?: { field: string; mediaId: string }
  /** What to do instead when Telegram refuses this call or the file is gone. */
  otherwise?: ApiCall[]
}

/** The calls that show a message, in order. Only the last one carries the message's own buttons. */
export function render(message: Outbound, capabilities: Capabilities): ApiCall[] {
  const parts = partsOf(message).flatMap(part => spreadButtons(part, capabilities.buttonsMax))
  return parts.flatMap((part, index) => {
    const own = index === parts.length - 1 ? numberOwn(message) : []
    return renderPart(part, own, capabilities)
  })
}

/** Telegram ignores the 101st styled range and those after it. */
const ENTITIES_MAX = 100
/** Bytes: https://core.telegram.org/bots/api#inlinekeyboardbutton */
const CALLBACK_DATA_MAX = 64

function renderPart(part: Part, own: Choice[], capabilities: Capabilities): ApiCall[] {
  const choices = [...choicesOf(part), ...own]
  const placement = placeButtons(choices, { ...capabilities, accepts })
  if (part.media) return mediaCalls(part.media, part, placement, capabilities)
  return textCalls(joinRich([part.rich, placement.listed]), placement.shown, capabilities)
}

function accepts(button: Button): boolean {
  if ('href' in button) return publicUrl(button.href) !== undefined
  const bytes = Buffer.byteLength(button.token)
  return bytes >= 1 && bytes <= CALLBACK_DATA_MAX
}

/** Telegram takes no keyboard without a text: buttons alone are shown under a list of their labels. */
function textCalls(rich: Rich, buttons: readonly Button[], { textMax }: Capabilities): ApiCall[] {
  const said = rich.text.trim() ? rich : labelList(buttons)
  const pieces = splitRich(carried(said), textMax)
  return pieces.map((piece, index) => ({
    method: 'sendMessage',
    payload: {
      text: piece.text,
      ...entitiesOf(piece, 'entities'),
      link_preview_options: { is_disabled: true },
      ...(index === pieces.length - 1 && keyboard(buttons)),
    },
  }))
}

function carried(rich: Rich): Rich {
  return spellOutLinks(rich, href => publicUrl(href) !== undefined)
}

/** A caption that is too long follows as a text of its own, and takes the buttons along. */
function mediaCalls(media: Media, part: Part, placement: Placement, capabilities: Capabilities): ApiCall[] {
  const { shown, listed } = placement
  const caption = carried(joinRich([part.rich, listed]))
  const instead = (rich: Rich, buttons: Button[]) =>
    textCalls(joinRich([part.fallback ?? EMPTY, rich]), buttons, capabilities)
  const takesCaption = media.kind !== 'location' || !caption.text
  if (takesCaption && caption.text.length <= capabilities.captionMax) {
    const said = {
      ...(caption.text && { caption: caption.text, ...entitiesOf(caption, 'caption_entities') }),
      ...keyboard(shown),
    }
    return mediaCall(media, said, instead(listed, shown))
  }
  return [...mediaCall(media, {}, instead(EMPTY, [])), ...textCalls(caption, shown, capabilities)]
}

function mediaCall(media: Media, said: Record<string, unknown>, otherwise: ApiCall[]): ApiCall[] {
  if (media.kind === 'location') return locationCall(media, said, otherwise)
  const { method, field } = METHODS[media.kind]
  const details =
    media.kind === 'video'
      ? { supports_streaming: true, ...(media.seconds && { duration: Math.round(media.seconds) }) }
      : {}
  const payload = { ...details, ...said }
  const { mediaId } = media
  const url = loadable(media)
  const linked: ApiCall[] = url ? [{ method, payload: { ...payload, [field]: url }, otherwise }] : otherwise
  // Bytes bring their still along, need no public address, and are sent once.
  return mediaId ? [{ method, payload, upload: { field, mediaId }, otherwise: linked }] : linked
}

const METHODS = {
  image: { method: 'sendPhoto', field: 'photo' },
  video: { method: 'sendVideo', field: 'video' },
  file: { method: 'sendDocument', field: 'document' },
} as const

const LINKED_BYTES_MAX = 20 * 1024 * 1024

/** As documents Telegram loads only these from a link: https://core.telegram.org/bots/api#sending-files */
function loadable({ kind, url, bytes = 0 }: Exclude<Media, { kind: 'location' }>): string | undefined {
  if (bytes > LINKED_BYTES_MAX) return undefined
  if (kind === 'file' && !/\.(gif|pdf|zip)$/i.test(URL.parse(url)?.pathname ?? '')) return undefined
  return fetchableUrl(url)
}

function locationCall(
  { lat, lon, label }: Extract<Media, { kind: 'location' }>,
  said: Record<string, unknown>,
  otherwise: ApiCall[],
): ApiCall[] {
  const place = { latitude: lat, longitude: lon }
  const title = plain(label).text.trim()
  if (!title) return [{ method: 'sendLocation', payload: { ...place, ...said }, otherwise }]
  // An address must be given; the coordinates are true in every language.
  const address = `${lat.toFixed(5)}, ${lon.toFixed(5)}`
  return [{ method: 'sendVenue', payload: { ...place, title, address, ...said }, otherwise }]
}

/** Links come first, so that what is dropped beyond the limit is only style. */
function entitiesOf({ spans }: Rich, field: 'entities' | 'caption_entities'): Record<string, unknown> {
  const links = spans.filter(({ style }) => style === 'link')
  const styles = spans.filter(({ style }) => style !== 'link')
  const entities = [...links, ...styles].slice(0, ENTITIES_MAX).map(entityOf)
  return entities.length ? { [field]: entities } : {}
}

function entityOf({ from, to, style, href = '' }: Span) {
  const place = { offset: from, length: to - from }
  return style === 'link' ? { type: 'text_link', ...place, url: publicUrl(href) } : { type: style, ...place }
}

/** Labels this short share a row; what doesn't fit on a phone stands alone. */
const ROW_LENGTH = 24
const ROW_MAX = 3

function keyboard(buttons: readonly Button[]): Record<string, unknown> {
  if (buttons.length === 0) return {}
  const rows: Button[][] = []
  for (const button of buttons) {
    const row = rows.at(-1)
    if (row && row.length < ROW_MAX && lengthOf([...row, button]) <= ROW_LENGTH) row.push(button)
    else rows.push([button])
  }
  return { reply_markup: { inline_keyboard: rows.map(row => row.map(keyOf)) } }
}

function lengthOf(buttons: readonly Button[]): number {
  return buttons.reduce((sum, { label }) => sum + label.length, 0)
}

function keyOf(button: Button): Record<string, unknown> {
  if ('href' in button) return { text: button.label, url: publicUrl(button.href) }
  return { text: button.label, callback_data: button.token }
}
