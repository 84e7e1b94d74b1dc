// What we say to people, checked before it leaves: what Viber would refuse is refused here. Field names
// are Viber's: https://creators.viber.com/docs/bots-api/data-models/message
import { z } from 'zod'
import * as limits from './limits.ts'

const httpsUrl = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^https:\/\/[\x21-\x7e]+$/)

const withExtension = (pattern: RegExp) =>
  httpsUrl(limits.URL_MAX).refine(url => pattern.test(URL.parse(url)?.pathname ?? ''))

const Key = z.strictObject({
  Columns: z.int().min(1).max(limits.COLUMNS),
  Rows: z.int().min(1).max(limits.CARD_ROWS_MAX),
  ActionType: z.enum(['reply', 'open-url', 'none']),
  ActionBody: z.string().min(1).max(limits.URL_MAX),
  Text: z.string().max(limits.KEY_TEXT_MAX).optional(),
  TextSize: z.enum(['small', 'regular', 'large']).optional(),
  TextHAlign: z.enum(['left', 'center']).optional(),
  TextVAlign: z.enum(['top', 'middle']).optional(),
  Image: httpsUrl(limits.URL_MAX).optional(),
  Silent: z.literal(true).optional(),
})
/** One field of a keyboard or a card. */
export type Key = z.output<typeof Key>

const Keyboard = z.strictObject({
  Type: z.literal('keyboard'),
  DefaultHeight: z.literal(false),
  Buttons: z
    .array(Key)
    .min(1)
    .refine(keys => rowsOf(keys) <= limits.KEYBOARD_ROWS_MAX, 'too many rows'),
})
export type Keyboard = z.output<typeof Keyboard>

const RichMedia = z
  .strictObject({
    Type: z.literal('rich_media'),
    ButtonsGroupColumns: z.literal(limits.COLUMNS),
    ButtonsGroupRows: z.int().min(1).max(limits.CARD_ROWS_MAX),
    BgColor: z.string().regex(/^#[0-9A-F]{6}$/),
    Buttons: z.array(Key).min(1),
  })
  .refine(
    ({ ButtonsGroupRows, Buttons }) => rowsOf(Buttons) <= ButtonsGroupRows * limits.CARDS_MAX,
    'too many cards',
  )
export type RichMedia = z.output<typeof RichMedia>

const extras = { keyboard: Keyboard.optional(), min_api_version: z.int().min(1).optional() }

const Content = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('text'),
    text: z.string().min(1).max(limits.VIBER_CAPABILITIES.textMax),
    ...extras,
  }),
  z.strictObject({
    type: z.literal('picture'),
    text: z.string().max(limits.VIBER_CAPABILITIES.captionMax),
    media: withExtension(/\.(jpe?g|png|gif)$/i),
    ...extras,
  }),
  z.strictObject({
    type: z.literal('video'),
    media: withExtension(/\.mp4$/i),
    size: z.int().min(1).max(limits.VIDEO_BYTES_MAX),
    duration: z.int().min(1).max(limits.VIDEO_SECONDS_MAX).optional(),
    thumbnail: httpsUrl(limits.URL_MAX).optional(),
    ...extras,
  }),
  z.strictObject({
    type: z.literal('file'),
    media: withExtension(/\.\w+$/),
    size: z.int().min(1).max(limits.FILE_BYTES_MAX),
    file_name: z.string().min(1).max(limits.FILE_NAME_MAX),
    ...extras,
  }),
  z.strictObject({
    type: z.literal('location'),
    location: z.strictObject({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) }),
    ...extras,
  }),
  z.strictObject({ type: z.literal('rich_media'), rich_media: RichMedia, ...extras }),
])
/** A message without the people it goes between. */
export type Content = z.output<typeof Content>

/** Whether Viber takes this content in one request of at most 30 kB, names and all. */
export function isSendable(content: unknown): content is Content {
  return Content.safeParse(content).success && jsonBytes(content) <= limits.REQUEST_MAX - ENVELOPE_BYTES
}

/** Bytes for receiver and sender. */
const ENVELOPE_BYTES = 500

/** Bytes of a value as it travels. */
export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}

/** Rows that keys take when they are filled in from the left, as the apps do it. */
export function rowsOf(keys: readonly Pick<Key, 'Columns' | 'Rows'>[]): number {
  let rows = 0
  let free = 0
  for (const { Columns, Rows } of keys) {
    if (Columns > free) {
      rows += Rows
      free = limits.COLUMNS
    }
    free -= Columns
  }
  return rows
}
