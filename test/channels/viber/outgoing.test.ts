// The outgoing contract of Viber: message → requests, answer → outcome.
import { createServer } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { Sendable } from '../../../src/channels/channel.ts'
import { isSessionOpen, requestOf } from '../../../src/channels/viber/index.ts'
import type { Block, Button } from '../../../src/core/model/message.ts'
import { BROKEN_MEDIA, filesInMemory } from '../../support/media.ts'
import type { Scripted } from './fake-viber.ts'
import { type Harness, type HarnessOptions, PUBLIC_URL, SENDER, startHarness, USER } from './harness.ts'

type Json = Record<string, unknown>
const text = (said: string): Block => ({ kind: 'text', text: said })
const message = (blocks: Block[], buttons: Button[] = [], id = '1'): Sendable => ({ id, blocks, buttons })
const many = (count: number, label = 'Dugme'): Button[] =>
  Array.from({ length: count }, (_, index) => ({ label: `${label} ${index + 1}`, token: `t${index + 1}` }))
const key = (label: string, token: string, columns = 6, extra: Json = {}) => ({
  Columns: columns,
  Rows: 1,
  ActionType: 'reply',
  ActionBody: `btn:${token}`,
  Text: label,
  TextSize: 'regular',
  Silent: true,
  ...extra,
})
const keys = (...Buttons: Json[]) => ({
  min_api_version: 2,
  keyboard: { Type: 'keyboard', DefaultHeight: false, Buttons },
})

const PICTURE: Block = {
  kind: 'image',
  text: 'Grafikon',
  mediaId: 'm1',
  url: 'https://grad.example/g.png',
  alt: 'Stubići',
}
const LOCAL_PICTURE: Block = { ...PICTURE, url: 'http://localhost:3000/media/g.png' }
const VIDEO = {
  kind: 'video' as const,
  text: 'Snimak o gradu',
  mediaId: 'm2',
  url: 'https://grad.example/k.mp4',
  posterUrl: 'https://grad.example/k.jpg',
  seconds: 61.4,
  bytes: 5_000_000,
  captionsUrl: 'https://grad.example/k.vtt',
  title: 'Šta odlučuje grad',
}
const FILE = {
  kind: 'file' as const,
  text: 'podaci.json',
  mediaId: 'm4',
  url: 'https://grad.example/media/4/podaci.json',
  name: 'podaci.json',
  bytes: 9,
}
const PLACE = { kind: 'location' as const, text: 'Na mapi', lat: 43.1367, lon: 20.5122, label: 'Dom kulture' }
const DATE: Block = {
  kind: 'calendar',
  text: 'Radionica u subotu u 18 h',
  id: 'w1',
  title: 'Radionica',
  start: '2026-12-05T17:00:00Z',
  end: '2026-12-05T19:00:00Z',
  place: 'Dom kulture',
  icsUrl: 'https://grad.example/w1.ics',
}
const POLL: Block = {
  kind: 'poll',
  text: 'Glasajte',
  id: 'p1',
  question: 'Park ili parking?',
  options: [
    { token: 'p:p1:1', label: 'Park' },
    { token: 'p:p1:2', label: 'Parking' },
  ],
  multi: false,
  closesAt: '2026-12-01T00:00:00Z',
}
const CARD = {
  kind: 'card' as const,
  text: 'Kartica',
  title: 'Budžet',
  body: 'Ko ga usvaja',
  imageUrl: 'https://grad.example/b.jpg',
  buttons: [{ label: 'Više', token: 'y:budget' }],
}
const LIST: Block = {
  kind: 'list',
  text: 'Spisak',
  items: [{ title: 'Prvo', body: 'opis', token: 'l:1' }, { title: 'Drugo' }],
}

/** What Viber keeps of each request, without receiver and sender. */
const MESSAGES: [name: string, message: Sendable, expected: Json[]][] = [
  ['a text', message([text('Zdravo')]), [{ type: 'text', text: 'Zdravo' }]],
  ['neighbouring texts', message([text('Jedan'), text('Dva')]), [{ type: 'text', text: 'Jedan\n\nDva' }]],
  ['nothing', message([]), []],
  ['white space', message([text(' \n')]), []],
  [
    'styles and links',
    message([
      {
        kind: 'text',
        text: 'Vidi Pravilnik ovde',
        spans: [
          { from: 0, to: 4, style: 'bold' },
          { from: 5, to: 14, style: 'link', href: 'https://grad.example/p' },
        ],
      },
    ]),
    [{ type: 'text', text: 'Vidi Pravilnik (https://grad.example/p) ovde' }],
  ],
  [
    'buttons, short ones side by side',
    message(
      [text('Biraj')],
      [
        { label: 'Da', token: 'a:yes' },
        { label: 'Ne', token: 'a:no' },
        { label: 'Kako se saziva zbor građana', token: 'y:zbor' },
      ],
    ),
    [
      {
        type: 'text',
        text: 'Biraj',
        ...keys(key('Da', 'a:yes', 3), key('Ne', 'a:no', 3), key('Kako se saziva zbor građana', 'y:zbor')),
      },
    ],
  ],
  [
    'buttons alone',
    message([], many(1)),
    [{ type: 'text', text: '• Dugme 1', ...keys(key('Dugme 1', 't1')) }],
  ],
  [
    'a label that Viber would take for markup',
    message([text('x')], [{ label: '<b> & Co', token: 't' }]),
    [{ type: 'text', text: 'x', ...keys(key('&lt;b&gt; &amp; Co', 't')) }],
  ],
  [
    'a link as a button',
    message([text('x')], [{ label: 'Sajt', href: 'https://град.example/а' }]),
    [
      {
        type: 'text',
        text: 'x',
        ...keys(
          key('Sajt', '', 6, { ActionType: 'open-url', ActionBody: 'https://xn--80afe0c.example/%D0%B0' }),
        ),
      },
    ],
  ],
  [
    'links that Viber opens not',
    message(
      [text('x')],
      [
        { label: 'Lokalno', href: 'http://localhost:3000/' },
        { label: 'Pošta', href: 'mailto:grad@grad.example' },
      ],
    ),
    [{ type: 'text', text: 'x\n\nLokalno (http://localhost:3000/)\nPošta (mailto:grad@grad.example)' }],
  ],
  [
    'a long label is said in full',
    message([text('x')], [{ label: 'Kako se pokreće građanska inicijativa u našem gradu', token: 't' }]),
    [
      {
        type: 'text',
        text: 'x\n\n1. Kako se pokreće građanska inicijativa u našem gradu',
        ...keys(key('1. Kako se pokreće građanska…', 't')),
      },
    ],
  ],
  [
    'a picture',
    message([PICTURE]),
    [{ type: 'picture', text: 'Stubići', media: 'https://grad.example/g.png' }],
  ],
  [
    'a picture with a long caption',
    message([{ ...PICTURE, alt: 'š'.repeat(513) }]),
    [
      { type: 'picture', text: '', media: 'https://grad.example/g.png' },
      { type: 'text', text: 'š'.repeat(513) },
    ],
  ],
  [
    'a still GIF',
    message([{ ...PICTURE, url: 'https://grad.example/g.gif?v=2' }]),
    [{ type: 'picture', text: 'Stubići', media: 'https://grad.example/g.gif?v=2' }],
  ],
  [
    'a picture only we can see',
    message([LOCAL_PICTURE]),
    [{ type: 'text', text: 'Grafikon\nhttp://localhost:3000/media/g.png' }],
  ],
  [
    'a picture of a kind Viber doesn’t show',
    message([{ ...PICTURE, url: 'https://grad.example/g.webp' }]),
    [{ type: 'text', text: 'Grafikon\nhttps://grad.example/g.webp' }],
  ],
  [
    'a video',
    message([VIDEO]),
    [
      { type: 'text', text: 'Šta odlučuje grad' },
      {
        type: 'video',
        media: 'https://grad.example/k.mp4',
        size: 5_000_000,
        duration: 62,
        thumbnail: 'https://grad.example/k.jpg',
      },
    ],
  ],
  ...[
    ['too large', { bytes: 27_262_977 }],
    ['too long', { seconds: 181 }],
    ['of unknown size', { bytes: 0 }],
    ['in another format', { url: 'https://grad.example/k.webm' }],
  ].map(([why, change]): [string, Sendable, Json[]] => {
    const video = { ...VIDEO, ...(change as object) }
    return [`a video ${why}`, message([video]), [{ type: 'text', text: `Snimak o gradu\n${video.url}` }]]
  }),
  [
    'a video without a usable still',
    message([{ ...VIDEO, posterUrl: 'https://grad.example/k.webp' }]),
    [
      { type: 'text', text: 'Šta odlučuje grad' },
      { type: 'video', media: 'https://grad.example/k.mp4', size: 5_000_000, duration: 62 },
    ],
  ],
  ['a file', message([FILE]), [{ type: 'file', media: FILE.url, size: 9, file_name: 'podaci.json' }]],
  ...[
    ['Viber delivers to nobody', { name: 'alat.exe' }],
    ['without an ending', { name: 'podaci' }],
    ['with a name of 257 characters', { name: `${'x'.repeat(253)}.csv` }],
    ['that is too large', { bytes: 52_428_801 }],
  ].map(([why, change]): [string, Sendable, Json[]] => [
    `a file ${why}`,
    message([{ ...FILE, ...(change as object) }]),
    [{ type: 'text', text: `podaci.json\n${FILE.url}` }],
  ]),
  [
    'a place',
    message([text('Dođite'), PLACE], many(1)),
    [
      { type: 'text', text: 'Dođite\n\nDom kulture' },
      { type: 'location', location: { lat: 43.1367, lon: 20.5122 }, ...keys(key('Dugme 1', 't1')) },
    ],
  ],
  [
    'a place at nought degrees',
    message([{ ...PLACE, lat: 0, lon: 0 }]),
    [
      { type: 'text', text: 'Dom kulture' },
      { type: 'location', location: { lat: 0, lon: 0 } },
    ],
  ],
  ['a place that is none', message([{ ...PLACE, lat: 91 }]), [{ type: 'text', text: 'Na mapi' }]],
  [
    'a date',
    message([DATE]),
    [
      {
        type: 'text',
        text: 'Dom kulture\nRadionica u subotu u 18 h',
        ...keys(key('📅 .ics', '', 6, { ActionType: 'open-url', ActionBody: 'https://grad.example/w1.ics' })),
      },
    ],
  ],
  [
    'a poll, whose options stay when something is said after it',
    message([POLL, text('Hvala')]),
    [
      {
        type: 'text',
        text: 'Park ili parking?\n\nHvala',
        ...keys(key('Park', 'p:p1:1', 3), key('Parking', 'p:p1:2', 3)),
      },
    ],
  ],
  [
    'a list',
    message([LIST]),
    [{ type: 'text', text: '• Prvo\nopis\n\n• Drugo', ...keys(key('Prvo', 'l:1')) }],
  ],
  [
    'a card',
    message([CARD]),
    [
      {
        type: 'picture',
        text: 'Budžet\nKo ga usvaja',
        media: 'https://grad.example/b.jpg',
        ...keys(key('Više', 'y:budget')),
      },
    ],
  ],
]

describe('a message', () => {
  let harness: Harness
  afterEach(() => harness.end())

  async function send(sendable: Sendable, options: HarnessOptions & { apiVersion?: number } = {}) {
    const { apiVersion = 10, ...rest } = options
    harness = await startHarness(rest)
    harness.fake.addUser(USER, { apiVersion })
    return harness.channel.send({ externalId: USER }, sendable)
  }
  const contents = () =>
    harness.fake.sent(USER).map(({ receiver: _receiver, sender: _sender, ...rest }) => rest)

  test.each(MESSAGES)('%s', async (_name, sendable, expected) => {
    const result = await send(sendable)
    expect(contents()).toEqual(expected)
    expect(result).toMatchObject({ status: 'sent', externalIds: expected.map(() => expect.any(String)) })
    for (const sent of harness.fake.sent(USER))
      expect(sent).toMatchObject({ receiver: USER, sender: { name: SENDER } })
  })

  test('is identified by every digit of Viber’s token', async () => {
    const externalIds = ['5741311803571721087']
    expect(await send(message([text('x')]))).toEqual({ status: 'sent', externalIds, billing: 1 })
  })

  test('of 20,000 characters is split, and the last part has the keyboard', async () => {
    const said = Array.from({ length: 4000 }, (_, index) => `r${index}`).join(' ')
    await send(message([text(said)], many(2)))
    const texts = contents().map(({ text: part }) => String(part))
    expect(texts.every(part => part.length <= 7000)).toBe(true)
    expect(texts.join(' ')).toBe(said)
    expect(contents().map(({ keyboard }) => keyboard !== undefined)).toEqual([
      ...texts.slice(1).map(() => false),
      true,
    ])
  })

  test('in letters of three bytes with a full keyboard stays below 30 kB', async () => {
    const links = Array.from({ length: 24 }, (_, index) => ({
      label: `${index}`.padEnd(40, '€'),
      href: `https://grad.example/${'x'.repeat(270)}${index}`,
    }))
    await send(message([text('€'.repeat(7000))], links))
    expect(contents().map(({ text: part }) => part)).toEqual(['€'.repeat(4666), '€'.repeat(2334)])
    expect(contents().at(-1)?.min_api_version).toBe(2)
    expect(harness.fake.keys(USER)).toHaveLength(24)
  })

  test('with more buttons than fit numbers the rest', async () => {
    await send(message([text('Biraj')], many(30)))
    expect(harness.fake.keys(USER)).toHaveLength(24)
    expect(contents()[0]?.text).toMatch(/^Biraj\n\n25\. Dugme 25\n(.+\n)+30\. Dugme 30$/)
  })

  test('with too many links beside its buttons writes the links out', async () => {
    const links = many(10).map(({ label }) => ({ label, href: 'https://grad.example/' }))
    await send(message([text('Biraj')], [...links, ...many(20)]))
    expect(harness.fake.keys(USER)).toHaveLength(20)
    expect(contents()[0]?.text).toContain('Dugme 10 (https://grad.example/)')
  })

  test('with a list too long for the keyboard has its buttons in the chat', async () => {
    const items = Array.from({ length: 50 }, (_, index) => ({
      title: `MZ ${index + 1}`,
      token: `mz:${index + 1}`,
    }))
    await send(message([{ kind: 'list', text: 'Mesne zajednice', items }], many(1)))
    const [list, first, second] = contents()
    expect(contents().map(({ type }) => type)).toEqual(['text', 'rich_media', 'rich_media'])
    expect(list?.text).toContain('• MZ 50')
    const shown = [first, second].map(gridOf)
    expect(shown.map(({ length }) => length)).toEqual([42, 8])
    expect(shown.flat().map(({ ActionBody }) => ActionBody)).toEqual(items.map(({ token }) => `btn:${token}`))
    expect(harness.fake.keys(USER)).toEqual(['Dugme 1'])
  })

  test('of several cards is one message to leaf through', async () => {
    await send(message([text('Izaberi'), CARD, { ...CARD, title: 'Zbor', buttons: [] }]))
    const [, cards] = contents()
    expect(contents().map(({ type }) => type)).toEqual(['text', 'rich_media'])
    expect(cards).toMatchObject({ min_api_version: 2, rich_media: { ButtonsGroupRows: 7 } })
    expect(gridOf(cards).map(({ Rows, Text = 'image' }) => [Rows, Text])).toEqual([
      [3, 'image'],
      [3, '<b>Budžet</b><br>Ko ga usvaja'],
      [1, 'Više'],
      [3, 'image'],
      [4, '<b>Zbor</b><br>Ko ga usvaja'],
    ])
  })

  test('of seven cards is six to leaf through, and one', async () => {
    await send(message(Array.from({ length: 7 }, (_, index) => ({ ...CARD, title: `Kartica ${index}` }))))
    expect(contents().map(({ type }) => type)).toEqual(['rich_media', 'picture'])
    expect(gridOf(contents()[0]).filter(({ Image }) => Image)).toHaveLength(6)
  })

  test('of cards that don’t fit side by side is shown one after the other', async () => {
    await send(message([CARD, { ...CARD, body: 'Dugo. '.repeat(50) }]))
    expect(contents().map(({ type }) => type)).toEqual(['picture', 'picture'])
  })

  test('for an old app is shown without cards and silence', async () => {
    const result = await send(message([text('Izaberi'), CARD, CARD, POLL], many(1)), { apiVersion: 1 })
    expect(contents().map(({ type }) => type)).toEqual(['text', 'picture', 'picture', 'text'])
    expect(harness.fake.keys(USER)).toEqual(['Više', 'Više', 'Park', 'Parking', 'Dugme 1'])
    expect(contents().some(({ min_api_version: version }) => version !== undefined)).toBe(false)
    expect(result).toMatchObject({ status: 'sent' })
  })

  test('with a picture that is too large for phones gives its link', async () => {
    const media = filesInMemory({ m1: { content: new Uint8Array(1024 * 1024 + 1) } })
    await send(message([PICTURE], many(1)), { media })
    expect(contents()).toMatchObject([{ type: 'text', text: 'Grafikon\nhttps://grad.example/g.png' }])
    expect(harness.fake.keys(USER)).toEqual(['Dugme 1'])
  })

  test('has the size, the length and the addresses that are known of its file', async () => {
    const media = filesInMemory({
      m2: {
        content: Buffer.alloc(321),
        name: 'šta.mp4',
        mime: 'video/mp4',
        seconds: 60.2,
        thumbnailId: 's2',
      },
      s2: { content: Buffer.alloc(9), name: 's.jpg', mime: 'image/jpeg' },
      m4: { content: Buffer.alloc(17), name: 'podaci.json', mime: 'application/json' },
    })
    await send(message([VIDEO, FILE]), { media, publicUrl: PUBLIC_URL })
    expect(contents().slice(1)).toEqual([
      {
        type: 'video',
        media: `${PUBLIC_URL}/media/m2/%C5%A1ta.mp4`,
        size: 321,
        duration: 61,
        thumbnail: `${PUBLIC_URL}/media/s2/s.jpg`,
      },
      { type: 'file', media: `${PUBLIC_URL}/media/m4/podaci.json`, size: 17, file_name: 'podaci.json' },
    ])
  })

  test.each([
    ['larger than 26 MB', { bytes: 27_262_977 }],
    ['longer than three minutes', { seconds: 180.4 }],
  ])('with a video that is really %s gives its link', async (_why, known) => {
    const media = filesInMemory({ m2: { content: Buffer.alloc(1), mime: 'video/mp4', ...known } })
    await send(message([VIDEO]), { media })
    expect(contents().at(-1)).toEqual({ type: 'text', text: `Snimak o gradu\n${VIDEO.url}` })
  })

  test.each([
    ['no JPEG', { mime: 'image/png', content: Buffer.alloc(9) }],
    ['too large', { mime: 'image/jpeg', content: Buffer.alloc(100_001) }],
  ])('leaves out a still that is %s', async (_why, still) => {
    const video = { content: Buffer.alloc(9), mime: 'video/mp4', thumbnailId: 's2' }
    await send(message([VIDEO]), { media: filesInMemory({ m2: video, s2: still }) })
    expect(contents().at(-1)).toEqual({ type: 'video', media: VIDEO.url, size: 9, duration: 62 })
  })

  test('is sent later when nothing can be learned of its file now', async () => {
    const result = await send(message([PICTURE]), { media: BROKEN_MEDIA })
    expect(result).toMatchObject({ status: 'failed', reason: 'not-sent' })
    expect(contents()).toEqual([])
  })

  test('with a file that Viber refuses gives its link', async () => {
    harness = await startHarness()
    harness.fake.addUser(USER)
    harness.fake.script('send_message', { status: 3 })
    await harness.channel.send({ externalId: USER }, message([FILE, text('Izvolite')]))
    expect(contents()).toEqual([
      { type: 'text', text: `podaci.json\n${FILE.url}` },
      { type: 'text', text: 'Izvolite' },
    ])
  })
})

describe('a content that Viber would refuse', () => {
  const FULL = '€'.repeat(7000)
  const LONG = 'x'.repeat(800)
  const video = { type: 'video', media: 'https://grad.example/k.mp4', size: 5 }
  const keyOf = (more: Json) => ({ Columns: 6, Rows: 1, ActionType: 'reply', ActionBody: 'btn:t', ...more })
  const board = (...Buttons: Json[]) => ({
    type: 'text',
    text: 'x',
    keyboard: { Type: 'keyboard', DefaultHeight: false, Buttons },
  })
  test.each<[string, Json]>([
    ['no text', { type: 'text', text: '' }],
    ['a text of 7,001 characters', { type: 'text', text: 'x'.repeat(7001) }],
    ['more than 30 kB', { ...board(...many(12).map(() => keyOf({ ActionBody: LONG }))), text: FULL }],
    ['a picture without https', { type: 'picture', text: '', media: 'http://grad.example/a.png' }],
    ['a picture without an ending', { type: 'picture', text: '', media: 'https://grad.example/a' }],
    ['a caption of 513', { type: 'picture', text: 'x'.repeat(513), media: 'https://grad.example/a.png' }],
    ['a video of unknown size', { ...video, size: undefined }],
    ['a video of 181 s', { ...video, duration: 181 }],
    ['a file without a name', { type: 'file', media: 'https://grad.example/a.pdf', size: 1, file_name: '' }],
    ['a place that is none', { type: 'location', location: { lat: 91, lon: 0 } }],
    ['a keyboard without keys', board()],
    ['a keyboard of 13 rows', board(...Array.from({ length: 13 }, () => keyOf({})))],
    ['a key seven columns wide', board(keyOf({ Columns: 7 }))],
    ['a key that says 251 characters', board(keyOf({ Text: 'x'.repeat(251) }))],
    ['a field nobody knows', { type: 'text', text: 'x', tracking_data: '' }],
    ['a kind nobody knows', { type: 'hologram' }],
  ])('is never sent: %s', (_name, content) => {
    expect(requestOf(content as Parameters<typeof requestOf>[0], SENDER)).toBeUndefined()
  })
})

describe('an answer', () => {
  let harness: Harness
  afterEach(() => harness.end())

  async function sendAfter(...answers: Scripted[]) {
    harness = await startHarness()
    harness.fake.addUser(USER)
    harness.fake.script('send_message', ...answers)
    return harness.channel.send({ externalId: USER }, message([text('tajna poruka')]))
  }

  const statuses = (reason: string, ...codes: number[]) =>
    codes.map((status): [string, Scripted, Json] => [
      `status ${status}`,
      { status },
      { status: 'failed', reason },
    ])
  test.each<[string, Scripted, Json]>([
    ...statuses('misconfigured', 1, 2, 7, 8, 9, 10, 15, 19, 20, 23, 24),
    ...statuses('rejected', 3, 4, 13, 14, 16, 17, 18, 21, 22),
    ...statuses('unreachable', 5, 6, 11),
    ['status 12', { status: 12 }, { status: 'failed', reason: 'throttled', retryAfterMs: 10_000 }],
    [
      'status 12 with a number as if it were sent',
      { http: 200, body: '{"status":12,"message_token":"5741311803571721087"}' },
      { status: 'failed', reason: 'throttled' },
    ],
    [
      'a number and a bill in quotes',
      { http: 200, body: '{"status":0,"message_token":"5741311803571721087","billing_status":"5"}' },
      { status: 'sent', externalIds: ['5741311803571721087'], billing: 5 },
    ],
    [
      'a bill that can’t be read',
      { http: 200, body: '{"status":0,"message_token":7,"billing_status":"dear"}' },
      { status: 'sent', externalIds: ['7'] },
    ],
    [
      'words that no text may hold',
      { status: 3, message: 'a\0b\ud800' },
      { status: 'failed', reason: 'rejected', detail: '3 a b\ufffd' },
    ],
    ['a status nobody knows', { status: 999 }, { status: 'uncertain' }],
    [
      '429',
      { http: 429, headers: { 'retry-after': '7' } },
      { status: 'failed', reason: 'throttled', retryAfterMs: 7000 },
    ],
    ['429 without a time', { http: 429 }, { status: 'failed', reason: 'throttled', retryAfterMs: 10_000 }],
    ['401', { http: 401 }, { status: 'failed', reason: 'misconfigured' }],
    ['404', { http: 404 }, { status: 'failed', reason: 'misconfigured' }],
    [
      'a redirection',
      { http: 307, headers: { location: 'http://127.0.0.1:1/' } },
      { status: 'failed', reason: 'misconfigured' },
    ],
    ['413', { http: 413 }, { status: 'failed', reason: 'rejected' }],
    ['500', { http: 500 }, { status: 'uncertain' }],
    ['502 with a page', { http: 502, body: '<html>Bad gateway</html>' }, { status: 'uncertain' }],
    ['503 that looks like success', { http: 503, body: '{"status":0}' }, { status: 'uncertain' }],
    ['200 that says nothing', { http: 200, body: '' }, { status: 'uncertain' }],
    ['200 with a page', { http: 200, body: '<html>' }, { status: 'uncertain' }],
    ['an answer that got lost', 'reset-after', { status: 'uncertain' }],
    ['a connection that broke', 'reset-before', { status: 'uncertain' }],
  ])('%s', async (_name, answer, expected) => {
    expect(await sendAfter(answer)).toMatchObject(expected)
    expect(harness.fake.calls.length).toBeLessThanOrEqual(1)
  })

  test('from nowhere means that nothing was sent', async () => {
    const result = async (apiRoot: string) => {
      const silent = await startHarness({ apiRoot })
      const outcome = await silent.channel.send({ externalId: USER }, message([text('x')]))
      await silent.end()
      return outcome
    }
    const port = await unusedPort()
    expect(await result(`http://127.0.0.1:${port}/pa`)).toMatchObject({
      status: 'failed',
      reason: 'not-sent',
    })
    expect(await result('http://nema.invalid/pa')).toMatchObject({ status: 'failed', reason: 'not-sent' })
    harness = await startHarness()
  })

  test('by Viber itself: somebody who isn’t there, isn’t subscribed, has had enough', async () => {
    harness = await startHarness()
    const { fake, channel } = harness
    const send = (user: string, id: string) =>
      channel.send({ externalId: user }, message([text('x')], [], id))
    fake.addUser('vera', { subscribed: false })
    expect(await send('nobody', 'a')).toMatchObject({
      reason: 'unreachable',
      detail: '5 receiverNotRegistered',
    })
    expect(await send('vera', 'b')).toMatchObject({
      reason: 'unreachable',
      detail: '6 receiverNotSubscribed',
    })
    fake.addUser(USER)
    for (let index = 0; index < 100; index++)
      expect(await send(USER, `n${index}`)).toMatchObject({ status: 'sent' })
    expect(await send(USER, 'last')).toMatchObject({ reason: 'throttled' })
    await fake.say(USER, 'Tu sam')
    expect(await send(USER, 'last')).toMatchObject({ status: 'sent' })
  })

  test('to one person too often doesn’t hold up the others', async () => {
    harness = await startHarness()
    const { fake, channel } = harness
    fake.addUser(USER)
    fake.addUser('vera')
    const send = (user: string, id: string) =>
      channel.send({ externalId: user }, message([text('x')], [], id))
    fake.script('send_message', { status: 12 }, { status: 12 })
    expect(await send(USER, 'a')).toMatchObject({ reason: 'throttled', retryAfterMs: 10_000 })
    expect(await send(USER, 'a')).toMatchObject({ reason: 'throttled' })
    expect(await send('vera', 'b')).toMatchObject({ status: 'sent' })
    fake.script('send_message', { status: 12 })
    expect(await send(USER, 'a')).toMatchObject({ reason: 'not-sent', retryAfterMs: 3_600_000 })
    expect(await send(USER, 'a')).toMatchObject({ status: 'sent' })
    fake.script('send_message', { status: 12 })
    expect(await send(USER, 'c')).toMatchObject({ reason: 'throttled' })
  })
})

describe('a message of several parts', () => {
  let harness: Harness
  afterEach(() => harness.end())

  const parts = message([text('Prvi'), PLACE, text('Treći')])
  async function stopAt(part: number, answer: Scripted) {
    harness = await startHarness()
    harness.fake.addUser(USER)
    const { channel, fake } = harness
    await channel.send({ externalId: USER }, message([text('pre')], [], 'other'))
    for (let index = 1; index < part; index++) fake.script('send_message', 'proper')
    fake.script('send_message', answer)
    return channel.send({ externalId: USER }, parts)
  }
  const kinds = () =>
    harness.fake
      .sent(USER)
      .slice(1)
      .map(({ type, text: said }) => said ?? type)

  test('goes on where it stopped', async () => {
    expect(await stopAt(2, { status: 12 })).toMatchObject({ reason: 'throttled' })
    expect(kinds()).toEqual(['Prvi\n\nDom kulture'])
    expect(await harness.channel.send({ externalId: USER }, parts)).toMatchObject({
      status: 'sent',
      externalIds: [expect.any(String), expect.any(String), expect.any(String)],
    })
    expect(kinds()).toEqual(['Prvi\n\nDom kulture', 'location', 'Treći'])
  })

  test('is billed as its dearest part', async () => {
    harness = await startHarness()
    const { channel, fake } = harness
    fake.addUser(USER)
    fake.bill(5)
    fake.script('send_message', 'proper', { status: 12 })
    await channel.send({ externalId: USER }, parts)
    fake.bill(2)
    expect(await channel.send({ externalId: USER }, parts)).toMatchObject({ status: 'sent', billing: 5 })
  })

  test('whose last part is refused for good is uncertain: the first did arrive', async () => {
    expect(await stopAt(3, { status: 3 })).toMatchObject({ status: 'uncertain' })
  })
})

test('messages are free for a day from the person’s last one', () => {
  const now = 1_800_000_000_000
  expect(isSessionOpen(now - 86_399_999, now)).toBe(true)
  expect(isSessionOpen(now - 86_400_000, now)).toBe(false)
  expect(isSessionOpen(undefined, now)).toBe(false)
})

/** The fields of cards. */
function gridOf(sent: Json | undefined): Json[] {
  return (sent?.rich_media as { Buttons: Json[] } | undefined)?.Buttons ?? []
}

async function unusedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise(resolve => server.close(resolve))
  return port
}
