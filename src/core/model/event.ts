// What a person did, after a channel has understood it and before any topic has seen it.
import type { Language, Script } from './content.ts'

export type ChannelId = 'telegram' | 'viber' | 'botframework' | 'web' | 'terminal'

/** What a channel may deliver that the bot can't read as text. */
export type Attachment = 'voice' | 'sticker' | 'photo' | 'video' | 'file' | 'location' | 'contact' | 'other'

/** A place on the map that somebody sent, in degrees. */
export type Position = { lat: number; lon: number }

/** The numbers as a place, if they are one. */
export function positionOf(lat: unknown, lon: unknown): Position | undefined {
  if (typeof lat !== 'number' || typeof lon !== 'number') return undefined
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : undefined
}
/** Where a channel finds a file again that somebody sent: an id or an address of the platform. */
export type FileRef = { ref: string /** Its size, if the platform says it. */; bytes?: number }

/** One thing a person did in a chat. */
export type Event =
  | { kind: 'text'; text: string }
  | { kind: 'press'; token: string }
  | { kind: 'start'; payload?: string }
  /** `file`: of pictures that can be fetched. */
  | { kind: 'attachment'; attachment: Attachment; caption?: string; file?: FileRef; position?: Position }
  | { kind: 'blocked' }
  | { kind: 'unblocked' }

/** An event with its envelope. `externalId` makes a repeat recognisable; `address` is the chat. */
export type Received = {
  channel: ChannelId
  externalId: string
  address: string
  event: Event
  /** Milliseconds since the epoch, as the channel tells, else when it reached us. */
  at: number
  group: boolean
  /** The platform's guess of the person's language, if it says. */
  language?: Language
  /** The script of the page somebody writes in. */
  script?: Script
  /** What the channel needs to write to this chat later; the newest one counts. */
  reference?: unknown
}
