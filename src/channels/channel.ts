// What the rest of the system knows about a channel: four members, three that not all have, no base class.
// A channel folder exports its pure parts (verify, toEvents, render) beside its factory; the contract
// tables test them.
import type { FastifyInstance } from 'fastify'
import type { ChannelId, Received } from '../core/model/event.ts'
import type { Outbound } from '../core/model/message.ts'

/** Limits a renderer must keep. Lengths are UTF-16 units unless they say bytes. */
export type Capabilities = {
  /** Longest text of one message; longer text is split, never cut. */
  textMax: number
  /** Longest text under a picture, video or file; longer text goes into a message of its own. */
  captionMax: number
  /** Longest button label; a longer one is shortened and listed in full in the text. */
  labelMax: number
  /** Buttons under one message; more are numbered in the text. */
  buttonsMax: number
  /** Bold, italic and links are shown. */
  spans: boolean
  /** Messages that were sent can be changed. */
  edit: boolean
  /** What became of a message is told later, under the external ids that sending returned. */
  receipts: boolean
  /** A message to somebody who has not written for this long is billed; absent: none is. */
  sessionMs?: number
}

/** One chat of a person on this channel. `reference` is what the channel needs to write first. */
export type Address = { externalId: string; reference?: unknown }

/** A message with its outbox number, by which a channel recognises a repeat. */
export type Sendable = Outbound & { id: string }

/**
 * What became of a message. `failed` means: certainly not delivered. `uncertain`: the request left,
 * its answer was lost.
 */
export type SendResult =
  /** `billing`: how the platform bills it, in its own numbers; of several parts, as the dearest. */
  | { status: 'sent'; externalIds: string[]; billing?: number }
  | {
      status: 'failed'
      reason: 'throttled' | 'unreachable' | 'rejected' | 'misconfigured' | 'not-sent'
      retryAfterMs?: number
      /** A part of the message has arrived; sent again by this process, under its number, it goes on behind it. */
      begun?: true
      detail: string
    }
  | { status: 'uncertain'; detail: string }

/**
 * What became of a broadcast for one person. `singly`: certainly nothing went to them by it, `send` may
 * still reach them; so it is for everybody where broadcasts are not allowed.
 */
export type BroadcastResult = SendResult | { status: 'singly'; detail: string }

/**
 * One request for many people. Only for a message that is the same for all of them and fits into one call;
 * everything else is sent to each.
 */
export interface Broadcast {
  /** People per request. */
  readonly max: number
  /** Whether the message fits into one call. */
  fits(message: Outbound): boolean
  /** One result per person, in the order of `to`. They share the message's external id. */
  send(to: readonly Address[], message: Outbound): Promise<BroadcastResult[]>
}

/** What a channel tells of a message after it took it, or of one of its calls. It may tell the same again. */
export type Receipt = {
  channel: ChannelId
  /** One of those that sending returned. */
  externalId: string
  /** The chat, as its address names it. */
  address: string
  kind: 'delivered' | 'seen' | 'failed'
  /** Milliseconds since the epoch. */
  at: number
  /** Why it failed, in the platform's words. */
  detail?: string
}

/** `foreign`: not where this channel's files are; `not-now`: the platform did not answer, later it may. */
export type FetchedFile =
  | { status: 'fetched'; bytes: Uint8Array }
  | { status: 'refused'; reason: 'too-large' | 'foreign' | 'gone' }
  | { status: 'not-now' }

/** Stores events before they are acknowledged. Resolves once they are durable. */
export type Receive = (batch: Received[]) => Promise<Outbound[] | undefined>

/** What listening needs from the process. `start` runs once the server listens. */
export interface Listener {
  routes?(app: FastifyInstance): void
  start?(): Promise<void>
  stop?(): Promise<void>
}

export interface Channel {
  readonly id: ChannelId
  readonly capabilities: Capabilities
  /** The return value of `receive` is for channels that answer inside the webhook (Viber's welcome). */
  listen(receive: Receive): Listener
  send(to: Address, message: Sendable): Promise<SendResult>
  /** How many requests sending the message takes, where that may be more than one. */
  requests?(message: Outbound): number
  readonly broadcast?: Broadcast
  /** Fetches a file somebody sent, by the reference in its event; at most so many bytes. Never rejects. */
  fetchFile?(ref: string, maxBytes: number): Promise<FetchedFile>
}
