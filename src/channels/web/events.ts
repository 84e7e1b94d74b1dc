// What the page or a program posts → what the person did. Pure.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Event, Received } from '../../core/model/event.ts'

/** Longest message in characters; what a person types in earnest is far below. */
export const TEXT_MAX = 10_000

/** What is wrong with a body; each has a sentence under `web.problem`. */
export type BodyProblem = 'body' | 'empty' | 'long'

const envelope = z.object({
  id: z.guid(),
  text: z.string().optional(),
  token: z
    .string()
    .regex(/^[\x21-\x7e]{1,64}$/)
    .optional(),
  /** The payload of a deep link: /?start=faq-foi-request. */
  start: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .optional(),
})

/** One event from a body: a pressed button, else a deep link, else a text; or what is wrong with it. */
export function toEvent(body: unknown): { id: string; event: Event } | { problem: BodyProblem } {
  const parsed = envelope.safeParse(body)
  if (!parsed.success) return { problem: 'body' }
  const { id, token, start } = parsed.data
  if (token) return { id, event: { kind: 'press', token } }
  if (start) return { id, event: { kind: 'start', payload: start } }
  if (parsed.data.text === undefined) return { problem: 'body' }
  const text = storable(parsed.data.text)
  if (!text.trim()) return { problem: 'empty' }
  if ([...text].length > TEXT_MAX) return { problem: 'long' }
  return { id, event: { kind: 'text', text } }
}

/** The event with its envelope. The same id from the same browser is the same event. */
export function toReceived(
  { id, event }: { id: string; event: Event },
  from: Pick<Received, 'address' | 'at' | 'language' | 'script'>,
): Received {
  const externalId = `${from.address}:${id.toLowerCase()}`
  return { channel: 'web', externalId, event, group: false, ...from }
}

/** The address of a browser: only it knows the secret from which this is made. */
export function addressOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** PostgreSQL's JSON holds neither NUL nor half of a surrogate pair. */
function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}
