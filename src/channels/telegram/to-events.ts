// Telegram's updates as events. Pure. What the bot has no use for gives no event: edited messages (the
// question was answered as it was first sent), channels, other bots, and chatter in groups that isn't
// meant for the bot. Field names: https://core.telegram.org/bots/api#update
import { z } from 'zod'
import {
  type Attachment,
  type Event,
  type FileRef,
  positionOf,
  type Received,
} from '../../core/model/event.ts'
import { languageOfTag } from '../shared/language.ts'

/** The kinds of update that are asked for; others are not even delivered. */
export const ALLOWED_UPDATES = ['message', 'callback_query', 'my_chat_member'] as const

const User = z.object({
  is_bot: z.boolean().optional(),
  username: z.string().optional(),
  language_code: z.string().optional(),
})
const Chat = z.object({ id: z.number(), type: z.string() })
const Message = z.looseObject({
  date: z.number(),
  chat: Chat,
  from: User.optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  media_group_id: z.string().optional(),
  reply_to_message: z.object({ from: User.optional() }).optional(),
})
const Place = z.object({ latitude: z.number(), longitude: z.number() })
const Press = z.object({
  id: z.string(),
  from: User,
  message: z.object({ chat: Chat }).optional(),
  data: z.string().optional(),
})
const Membership = z.object({
  chat: Chat,
  from: User,
  date: z.number(),
  new_chat_member: z.object({ status: z.string() }),
})
const Update = z.object({
  update_id: z.number(),
  message: Message.optional().catch(undefined),
  callback_query: Press.optional().catch(undefined),
  my_chat_member: Membership.optional().catch(undefined),
})

type Message = z.output<typeof Message>
type Press = z.output<typeof Press>
type Membership = z.output<typeof Membership>

/**
 * The event of an update, or none. `botUsername` (without @) tells whether somebody in a group means
 * the bot; while it is unknown only commands do. `now` in ms, for updates that carry no time.
 */
export function toEvents(update: unknown, botUsername?: string, now = Date.now()): Received[] {
  const { data } = Update.safeParse(update)
  if (!data) return []
  const id = String(data.update_id)
  const { message, callback_query: press, my_chat_member: membership } = data
  if (message) return fromMessage(message, id, botUsername)
  if (press) return fromPress(press, id, now)
  if (membership) return fromMembership(membership, id)
  return []
}

/** The id under which a pressed button waits for its answer, if the update is one. */
export function pressId(update: unknown): string | undefined {
  return Update.safeParse(update).data?.callback_query?.id
}

function fromMessage(message: Message, id: string, botUsername: string | undefined): Received[] {
  const { chat, from, date } = message
  const group = isGroup(chat.type)
  const event = eventOf(message)
  const meant = chat.type === 'private' || (group && isAddressed(message, botUsername))
  if (!event || !meant || from?.is_bot) return []
  const externalId = isRestOfAlbum(message, event) ? `album ${message.media_group_id}` : id
  return [{ ...envelope(externalId, chat.id, date * 1000, from), event, group }]
}

function fromPress({ from, message, data }: Press, id: string, now: number): Received[] {
  if (!message || data === undefined) return []
  const { chat } = message
  return [
    { ...envelope(id, chat.id, now, from), event: { kind: 'press', token: data }, group: isGroup(chat.type) },
  ]
}

/** In private chats this tells of nothing but blocking and unblocking. */
function fromMembership({ chat, from, date, new_chat_member }: Membership, id: string): Received[] {
  if (chat.type !== 'private') return []
  const kind = new_chat_member.status === 'kicked' ? 'blocked' : 'unblocked'
  return [{ ...envelope(id, chat.id, date * 1000, from), event: { kind }, group: false }]
}

function envelope(externalId: string, chat: number, at: number, from: z.output<typeof User> | undefined) {
  const language = languageOfTag(from?.language_code)
  return {
    channel: 'telegram' as const,
    externalId,
    address: String(chat),
    at,
    ...(language && { language }),
  }
}

/** Telegram sends an album as one message per picture; without a caption they are answered once. */
function isRestOfAlbum({ media_group_id }: Message, event: Event): boolean {
  return media_group_id !== undefined && event.kind === 'attachment' && !event.caption
}

function isGroup(type: string): boolean {
  return type === 'group' || type === 'supergroup'
}

const ATTACHMENTS: readonly (readonly [field: string, attachment: Attachment])[] = [
  ['voice', 'voice'],
  ['sticker', 'sticker'],
  ['photo', 'photo'],
  ['video', 'video'],
  ['video_note', 'video'],
  // An animation carries a document too, a venue a location.
  ['animation', 'video'],
  ['audio', 'file'],
  ['document', 'file'],
  ['location', 'location'],
  ['contact', 'contact'],
  ['poll', 'other'],
  ['dice', 'other'],
  ['game', 'other'],
  ['story', 'other'],
  ['checklist', 'other'],
  ['paid_media', 'other'],
]

/** Undefined for service messages, such as somebody joining a group. */
function eventOf(message: Message): Event | undefined {
  const { text, caption, location } = message
  if (text !== undefined) return startOf(text) ?? { kind: 'text', text }
  const known = ATTACHMENTS.find(([field]) => message[field] !== undefined)?.[1]
  const file = pictureOf(message)
  const attachment = file ? 'photo' : known
  const place = Place.safeParse(location).data
  const position = positionOf(place?.latitude, place?.longitude)
  return (
    attachment && {
      kind: 'attachment',
      attachment,
      ...(caption && { caption }),
      ...(file && { file }),
      ...(position && { position }),
    }
  )
}

const Stored = z.object({ file_id: z.string().min(1).max(500), file_size: z.number().optional() })
const Sizes = z.array(Stored).min(1)
const Document = Stored.extend({ mime_type: z.string().regex(/^image\/(?:jpeg|png|webp|heic|heif)$/) })

/** A photo in its largest size, or a picture that was sent as a document. */
function pictureOf({ photo, document, animation }: Message): FileRef | undefined {
  const sizes = Sizes.safeParse(photo).data
  const largest = sizes?.toSorted((a, b) => (b.file_size ?? 0) - (a.file_size ?? 0))[0]
  const stored = largest ?? (animation ? undefined : Document.safeParse(document).data)
  return stored && { ref: stored.file_id, ...(stored.file_size && { bytes: stored.file_size }) }
}

function startOf(text: string): Event | undefined {
  const [, payload] = /^\/start(?:@\w+)?(?:\s+(\S.*))?\s*$/is.exec(text) ?? []
  if (payload) return { kind: 'start', payload: payload.trim() }
  return /^\/start(@\w+)?\s*$/i.test(text) ? { kind: 'start' } : undefined
}

function isAddressed({ text, caption, reply_to_message }: Message, botUsername: string | undefined): boolean {
  const said = text ?? caption ?? ''
  const command = /^\/\w+(?:@(\w+))?/.exec(said)
  if (command) return command[1] === undefined || isSame(command[1], botUsername)
  if (!botUsername) return false
  return isSame(reply_to_message?.from?.username, botUsername) || mentions(said, botUsername)
}

function mentions(text: string, botUsername: string): boolean {
  return [...text.matchAll(/(?<!\w)@(\w+)/g)].some(([, name]) => isSame(name, botUsername))
}

function isSame(name: string | undefined, botUsername: string | undefined): boolean {
  return name !== undefined && name.toLowerCase() === botUsername?.toLowerCase()
}
