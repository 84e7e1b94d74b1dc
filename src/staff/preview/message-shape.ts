// A message as somebody pasted it: its JSON as the public contract describes it, or just its text.
import { z } from 'zod'
import { type Outbound, TOKEN_MAX } from '../../core/model/message.ts'

const token = z.string().max(TOKEN_MAX)
const Button = z.union([
  z.strictObject({ label: z.string(), token }),
  z.strictObject({ label: z.string(), href: z.string() }),
])
const text = z.string()

const Block = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    text,
    spans: z
      .array(
        z.strictObject({
          from: z.int().min(0),
          to: z.int(),
          style: z.enum(['bold', 'italic', 'link']),
          href: z.string().optional(),
        }),
      )
      .optional(),
  }),
  z.strictObject({
    kind: z.literal('card'),
    text,
    title: text,
    body: text.optional(),
    imageUrl: text.optional(),
    buttons: z.array(Button).optional(),
  }),
  z.strictObject({
    kind: z.literal('list'),
    text,
    items: z.array(z.strictObject({ title: text, body: text.optional(), token: token.optional() })),
  }),
  z.strictObject({
    kind: z.literal('video'),
    text,
    mediaId: text,
    url: text,
    posterUrl: text,
    seconds: z.number(),
    bytes: z.number(),
    captionsUrl: text,
    title: text,
  }),
  z.strictObject({ kind: z.literal('image'), text, mediaId: text, url: text, alt: text }),
  z.strictObject({ kind: z.literal('file'), text, mediaId: text, url: text, name: text, bytes: z.number() }),
  z.strictObject({ kind: z.literal('location'), text, lat: z.number(), lon: z.number(), label: text }),
  z.strictObject({
    kind: z.literal('calendar'),
    text,
    id: text,
    title: text,
    start: z.iso.datetime({ offset: true }),
    end: z.iso.datetime({ offset: true }),
    place: text,
    icsUrl: text,
  }),
  z.strictObject({
    kind: z.literal('poll'),
    text,
    id: text,
    question: text,
    options: z.array(z.strictObject({ token, label: text })),
    multi: z.boolean(),
    closesAt: z.union([z.literal(''), z.iso.datetime({ offset: true })]),
  }),
])

const Message: z.ZodType<Outbound> = z.strictObject({
  blocks: z.array(Block).max(20),
  buttons: z.array(Button).max(100).default([]),
})

/** What was pasted as a message; or where it is none. */
export function readMessage(pasted: string): Outbound | { problem: string } {
  const said = pasted.replaceAll('\r\n', '\n').trim()
  if (!said.startsWith('{')) return { blocks: [{ kind: 'text', text: said }], buttons: [] }
  const parsed = Message.safeParse(jsonOf(said))
  if (parsed.success) return parsed.data
  return { problem: parsed.error.issues[0]?.path.join('.') || 'JSON' }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
