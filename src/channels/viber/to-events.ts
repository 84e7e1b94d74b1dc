// Viber's callbacks as events. Pure. Kinds we have no use for give none. Field names:
// https://creators.viber.com/docs/bots-api/events/intro
import { z } from 'zod'
import type { Language } from '../../core/model/content.ts'
import {
  type Attachment,
  type Event,
  type FileRef,
  positionOf,
  type Received,
} from '../../core/model/event.ts'
import type { Receipt } from '../channel.ts'
import { languageOfTag } from '../shared/language.ts'
import { plain } from '../shared/rich.ts'

/** A pressed key comes back as if its text had been typed; nobody types this. */
export const PRESS_PREFIX = 'btn:'

/** Our database holds these as keys. */
const UserId = z.string().regex(/^[\x21-\x7e]{1,100}$/)
/** In digits, as it has 64 bits. */
export const Token = z.union([z.string().regex(/^\d{1,20}$/), z.int().nonnegative().transform(String)])
const Timestamp = z.int().positive().max(8.64e15).optional().catch(undefined)
const maybe = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined)

const User = z.object({ id: UserId, language: maybe(z.string()), api_version: maybe(z.int()) })
const common = { timestamp: Timestamp, message_token: Token }
const Message = z.object({
  type: z.string(),
  text: maybe(z.string()),
  media: maybe(z.string()),
  location: maybe(z.object({ lat: z.number(), lon: z.number() })),
  file_name: maybe(z.string()),
  size: maybe(z.int().positive()),
})
const receipt = { ...common, user_id: UserId }

const Callback = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('message'),
    ...common,
    sender: User,
    message: Message,
    silent: maybe(z.boolean()),
  }),
  z.object({ event: z.literal('subscribed'), ...common, user: User }),
  z.object({ event: z.literal('unsubscribed'), ...common, user_id: UserId }),
  z.object({
    event: z.literal('conversation_started'),
    ...common,
    user: User,
    context: maybe(z.string()),
    subscribed: maybe(z.boolean()),
  }),
  z.object({ event: z.literal('delivered'), ...receipt }),
  z.object({ event: z.literal('seen'), ...receipt }),
  z.object({ event: z.literal('failed'), ...receipt, desc: maybe(z.string()) }),
])
type Callback = z.output<typeof Callback>

/**
 * Viber's callback from its JSON. Numbers that JavaScript would round, such as message tokens of 64 bits,
 * become strings of their digits. Undefined: not JSON.
 */
export function parseCallback(body: Uint8Array | string): { callback: unknown } | undefined {
  try {
    return { callback: JSON.parse(typeof body === 'string' ? body : Buffer.from(body).toString(), exact) }
  } catch {
    return undefined
  }
}

function exact(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value
  return /^-?\d+$/.test(context?.source ?? '') ? context?.source : value
}

/** The event of a callback, or none. `now` in ms, for callbacks that carry no time. */
export function toEvents(callback: unknown, now = Date.now()): Received[] {
  const { data } = Callback.safeParse(callback)
  const event = data && eventOf(data)
  return event ? [{ ...envelope(data, now), event, group: false }] : []
}

const DETAIL_MAX = 200

/**
 * The receipt a callback is, or none. A message is delivered once per device; one that failed is neither
 * delivered nor seen: https://creators.viber.com/docs/bots-api/events/message-failed
 */
export function toReceipts(callback: unknown, now = Date.now()): Receipt[] {
  const { data } = Callback.safeParse(callback)
  if (data?.event !== 'delivered' && data?.event !== 'seen' && data?.event !== 'failed') return []
  const { event: kind, message_token: externalId, user_id: address, timestamp: at = now } = data
  const detail = data.event === 'failed' && plain(data.desc?.slice(0, DETAIL_MAX) ?? '').text
  return [{ channel: 'viber', externalId, address, kind, at, ...(detail && { detail }) }]
}

/** Somebody opened the chat. Only the answer to this very request can greet them. */
export type Opening = { language?: Language; payload?: string; subscribed: boolean; apiVersion: number }

/** The opening of a chat a callback is, or undefined. */
export function toOpening(callback: unknown): Opening | undefined {
  const { data } = Callback.safeParse(callback)
  if (data?.event !== 'conversation_started') return undefined
  const { user, context: payload, subscribed = false } = data
  return { language: languageOfTag(user.language), payload, subscribed, apiVersion: user.api_version ?? 1 }
}

function eventOf(callback: Callback): Event | undefined {
  switch (callback.event) {
    case 'message':
      return callback.silent && isLink(callback.message) ? undefined : messageEvent(callback.message)
    case 'subscribed':
      return { kind: 'unblocked' }
    case 'unsubscribed':
      return { kind: 'blocked' }
    case 'conversation_started':
      return { kind: 'start', ...(callback.context && { payload: callback.context }) }
    case 'delivered':
    case 'seen':
    case 'failed':
      return undefined
  }
}

type Message = z.output<typeof Message>

/** A key that opens a link tells us so; that is no question. */
function isLink({ text, media }: Message): boolean {
  return /^https?:\/\/\S+$/.test(text || media || '')
}

const ATTACHMENTS: Record<string, Attachment> = {
  picture: 'photo',
  video: 'video',
  file: 'file',
  sticker: 'sticker',
  location: 'location',
  contact: 'contact',
}

function messageEvent({ type, text, media, location, ...details }: Message): Event {
  if (type === 'text' && text?.startsWith(PRESS_PREFIX)) {
    return { kind: 'press', token: text.slice(PRESS_PREFIX.length) }
  }
  if (type === 'text' || type === 'url') return { kind: 'text', text: text || media || '' }
  const caption = text?.trim() ? { caption: text } : {}
  const file = pictureOf({ type, media, ...details })
  const attachment = file ? 'photo' : (ATTACHMENTS[type] ?? 'other')
  const position = positionOf(location?.lat, location?.lon)
  return {
    kind: 'attachment',
    attachment,
    ...caption,
    ...(file && { file }),
    ...(position && { position }),
  }
}

const URL_MAX = 2000

/** A picture, or a picture that was sent as a file. Whether its address is Viber's is judged before it is asked. */
function pictureOf({
  type,
  media = '',
  file_name = '',
  size,
}: Omit<Message, 'text' | 'location'>): FileRef | undefined {
  const isPicture = type === 'picture' || (type === 'file' && /\.(jpe?g|png|webp|hei[cf])$/i.test(file_name))
  if (!isPicture || !/^https?:\/\//.test(media) || media.length > URL_MAX) return undefined
  return { ref: media, ...(size && { bytes: size }) }
}

function envelope(callback: Callback, now: number) {
  const user = 'sender' in callback ? callback.sender : 'user' in callback ? callback.user : undefined
  const address = user?.id ?? ('user_id' in callback ? callback.user_id : '')
  const language = languageOfTag(user?.language)
  return {
    channel: 'viber' as const,
    externalId: `${callback.event} ${callback.message_token}`,
    address,
    at: callback.timestamp ?? now,
    ...(language && { language }),
  }
}
