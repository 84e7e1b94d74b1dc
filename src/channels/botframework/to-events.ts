// Activities as events. Pure. What the bot has no use for gives no event: what bots say, reactions,
// changed messages, and chatter in groups that isn't meant for the bot.
import { randomUUID } from 'node:crypto'
import type { Language } from '../../core/model/content.ts'
import {
  type Attachment,
  type Event,
  type FileRef,
  type Position,
  positionOf,
  type Received,
} from '../../core/model/event.ts'
import { languageOfTag } from '../shared/language.ts'
import { Activity, referenceOf } from './activity.ts'

/** Before the token of a pressed button, on channels that return it as if it had been typed. */
export const PRESS_PREFIX = 'btn:'

/** The event of an activity, or none. `now` in ms, for activities that carry no time. */
export function toEvents(activity: unknown, now = Date.now()): Received[] {
  const { data } = Activity.safeParse(activity)
  return data ? eventsOf(data, now) : []
}

/** The event of an activity that was read already. */
export function eventsOf(activity: Activity, now = Date.now()): Received[] {
  const { conversation, from, recipient } = activity
  const group = isGroup(activity)
  const fromBot = from?.role === 'bot' || (from !== undefined && from.id === recipient?.id)
  const event = eventOf(activity, group)
  if (!event || (fromBot && activity.type === 'message')) return []
  const language = languageOf(activity)
  return [
    {
      channel: 'botframework',
      externalId: externalIdOf(activity, event),
      address: conversation.id,
      event,
      at: timeOf(activity, now),
      group,
      ...(language && { language }),
      reference: referenceOf(activity),
    },
  ]
}

/**
 * Several activities may tell that a conversation begins: the bot joins, the person joins. It is greeted
 * once. An activity without an id can't be recognised when it comes again.
 */
function externalIdOf({ conversation, id }: Activity, event: Event): string {
  return event.kind === 'start' ? `${conversation.id} start` : `${conversation.id} ${id ?? randomUUID()}`
}

function isGroup({ conversation: { isGroup, conversationType } }: Activity): boolean {
  return isGroup === true || conversationType === 'channel' || conversationType === 'groupChat'
}

function eventOf(activity: Activity, group: boolean): Event | undefined {
  switch (activity.type) {
    case 'message':
      return messageEvent(activity, group)
    case 'conversationUpdate':
      return membershipEvent(activity, group)
    case 'installationUpdate':
    case 'contactRelationUpdate':
      return installationEvent(activity.action)
    default:
      return undefined
  }
}

function membershipEvent(
  { membersAdded, membersRemoved, recipient }: Activity,
  group: boolean,
): Event | undefined {
  if (membersRemoved.some(({ id }) => id === recipient?.id)) return { kind: 'blocked' }
  return membersAdded.length && !group ? { kind: 'start' } : undefined
}

/** An upgrade removes and adds too, with names of its own. */
function installationEvent(action: string | undefined): Event | undefined {
  if (action === 'remove') return { kind: 'blocked' }
  return action === 'add' ? { kind: 'unblocked' } : undefined
}

function messageEvent(activity: Activity, group: boolean): Event | undefined {
  const token = tokenOf(activity)
  if (token !== undefined) return { kind: 'press', token }
  if (group && !activity.entities.some(entity => isBot(entity.mentioned, activity))) return undefined
  const text = textOf(activity)
  const attachment = attachmentOf(activity)
  if (attachment) {
    const file = pictureOf(activity)
    const position = positionIn(activity)
    return {
      kind: 'attachment',
      attachment,
      ...(text && { caption: text }),
      ...(file && { file }),
      ...(position && { position }),
    }
  }
  return startOf(text) ?? (text ? { kind: 'text', text } : undefined)
}

/** Cards return an object or a string as the value; some channels know only texts. */
function tokenOf({ value, text = '' }: Activity): string | undefined {
  if (typeof value === 'object' && value.token) return value.token
  const returned = typeof value === 'string' ? value.trim() : ''
  const prefixed = [returned, text.trim()].find(said => said.startsWith(PRESS_PREFIX))
  if (prefixed) return prefixed.slice(PRESS_PREFIX.length)
  return text.trim() ? undefined : returned || undefined
}

/** What was said to the bot, without its name. Teams writes spaces beside names as markup. */
function textOf(activity: Activity): string {
  const names = activity.entities.filter(entity => isBot(entity.mentioned, activity))
  const said = names.reduce(
    (text, { text: name }) => (name ? text.replaceAll(name, ' ') : text),
    activity.text ?? '',
  )
  return said.replaceAll('&nbsp;', ' ').trim()
}

function isBot(mentioned: { id: string } | undefined, { recipient }: Activity): boolean {
  return mentioned !== undefined && mentioned.id === recipient?.id
}

function startOf(text: string): Event | undefined {
  const [command, payload] = /^\/start(?:\s+(\S.*))?$/is.exec(text) ?? []
  if (command === undefined) return undefined
  return payload ? { kind: 'start', payload } : { kind: 'start' }
}

const ATTACHMENTS: readonly (readonly [contentType: RegExp, attachment: Attachment])[] = [
  [/^image\//i, 'photo'],
  [/^video\//i, 'video'],
  [/^audio\//i, 'voice'],
  [/vcard/i, 'contact'],
  [/^application\/vnd\.microsoft\.card\./i, 'other'],
]

function attachmentOf({ attachments, entities, text }: Activity): Attachment | undefined {
  // The same text again, with markup.
  const [first] = attachments.filter(({ contentType }) => !/^text\/(html|plain)$/i.test(contentType))
  if (first) return ATTACHMENTS.find(([pattern]) => pattern.test(first.contentType))?.[1] ?? 'file'
  if (text?.trim()) return undefined
  if (entities.some(({ type }) => type === 'GeoCoordinates' || type === 'Place')) return 'location'
  return attachments.length ? 'other' : undefined
}

function positionIn({ entities }: Activity): Position | undefined {
  const [place] = entities.filter(({ type }) => type === 'GeoCoordinates')
  return positionOf(place?.latitude, place?.longitude)
}

/** A picture that can be fetched. Whether its address is Microsoft's is judged before it is asked. */
function pictureOf({ attachments }: Activity): FileRef | undefined {
  const [first] = attachments.filter(({ contentType }) => !/^text\//i.test(contentType))
  const isPicture = /^image\//i.test(first?.contentType ?? '')
  return isPicture && first?.contentUrl && /^https?:/.test(first.contentUrl)
    ? { ref: first.contentUrl }
    : undefined
}

function timeOf({ timestamp = '' }: Activity, now: number): number {
  const at = Date.parse(timestamp)
  return at > 0 ? at : now
}

function languageOf({ locale, entities }: Activity): Language | undefined {
  return languageOfTag(locale ?? entities.find(({ type }) => type === 'clientInfo')?.locale)
}
