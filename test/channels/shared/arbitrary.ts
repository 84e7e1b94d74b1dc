// Any message at all, for properties that every renderer must keep.
import fc from 'fast-check'
import type { Block, Button, Outbound, Span } from '../../../src/core/model/message.ts'

const WORD = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom(
    'opština',
    'Општина',
    'šđčćž',
    '👨‍👩‍👧‍👦',
    '🏛️',
    'שלום',
    'é',
    '\u0000',
    '\ud83c',
    'x'.repeat(300),
  ),
)
const SEPARATOR = fc.constantFrom(' ', ' ', ' ', '\n', '\n\n', '. ', '')

/** Up to several thousand characters, with and without places to cut. */
export const anyText: fc.Arbitrary<string> = fc
  .tuple(fc.array(fc.tuple(WORD, SEPARATOR), { maxLength: 12 }), fc.integer({ min: 1, max: 40 }))
  .map(([words, times]) => words.flat().join('').repeat(times))

const shortText = fc.array(WORD, { maxLength: 4 }).map(words => words.join(' '))

export const PUBLIC_LINK = 'https://grad.example/pravilnik'
const anyLink = fc.constantFrom(
  PUBLIC_LINK,
  'http://localhost:3000/x',
  'https://град.example/а',
  'nije link',
  'ftp://a.b',
)

export function anySpans(text: string): fc.Arbitrary<Span[]> {
  const offset = fc.integer({ min: 0, max: text.length })
  const style = fc.constantFrom('bold' as const, 'italic' as const)
  const styled = fc.record({ from: offset, to: offset, style })
  const link = fc.record({ from: offset, to: offset, style: fc.constant('link' as const), href: anyLink })
  return fc
    .array(fc.oneof(styled, link), { maxLength: 6 })
    .map(spans =>
      spans.map(span => ({ ...span, from: atCharacter(text, span.from), to: atCharacter(text, span.to) })),
    )
}

/** Styled ranges begin and end between characters; that is up to whoever writes them. */
function atCharacter(text: string, at: number): number {
  return /[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(Math.max(0, at - 1), at + 1)) ? at + 1 : at
}

const token = fc.stringMatching(/^[a-z0-9:-]{1,24}$/)
const anyButton: fc.Arbitrary<Button> = fc.oneof(
  fc.record({ label: shortText, token }),
  fc.record({ label: shortText, href: anyLink }),
)

const media = { text: shortText, mediaId: fc.constantFrom('m1', 'gone'), url: anyLink }

const anyBlock: fc.Arbitrary<Block> = fc.oneof(
  anyText.chain(text =>
    fc.record({ kind: fc.constant('text' as const), text: fc.constant(text), spans: anySpans(text) }),
  ),
  fc.record(
    {
      kind: fc.constant('card' as const),
      text: anyText,
      title: shortText,
      body: anyText,
      imageUrl: anyLink,
      buttons: fc.array(anyButton, { maxLength: 4 }),
    },
    { requiredKeys: ['kind', 'text', 'title'] },
  ),
  fc.record({
    kind: fc.constant('list' as const),
    text: anyText,
    items: fc.array(fc.record({ title: shortText, body: shortText, token }, { requiredKeys: ['title'] }), {
      maxLength: 60,
    }),
  }),
  fc.record({
    kind: fc.constant('video' as const),
    ...media,
    posterUrl: anyLink,
    seconds: fc.integer({ min: 0, max: 180 }),
    bytes: fc.nat(),
    captionsUrl: anyLink,
    title: shortText,
  }),
  fc.record({ kind: fc.constant('image' as const), ...media, alt: anyText }),
  fc.record({ kind: fc.constant('file' as const), ...media, name: shortText, bytes: fc.nat() }),
  fc.record({
    kind: fc.constant('location' as const),
    text: shortText,
    lat: fc.double({ min: -90, max: 90, noNaN: true }),
    lon: fc.double({ min: -180, max: 180, noNaN: true }),
    label: shortText,
  }),
  fc.record({
    kind: fc.constant('calendar' as const),
    text: shortText,
    id: token,
    title: shortText,
    start: fc.constant('2026-12-05T17:00:00Z'),
    end: fc.constant('2026-12-05T19:00:00Z'),
    place: shortText,
    icsUrl: anyLink,
  }),
  fc.record({
    kind: fc.constant('poll' as const),
    text: shortText,
    id: token,
    question: shortText,
    options: fc.array(fc.record({ token, label: shortText }), { maxLength: 12 }),
    multi: fc.boolean(),
    closesAt: fc.constant('2026-12-05T17:00:00Z'),
  }),
)

export const anyMessage: fc.Arbitrary<Outbound> = fc.record({
  blocks: fc.array(anyBlock, { maxLength: 4 }),
  buttons: fc.array(anyButton, { maxLength: 50 }),
})

/** A text without what no messenger keeps: white space, control characters, halves of characters. */
export function essence(text: string): string {
  return text.toWellFormed().replace(/[\s\p{Cc}]/gu, '')
}
