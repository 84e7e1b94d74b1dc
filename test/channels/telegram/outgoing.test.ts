// The outgoing contract of Telegram: message → calls, answer → outcome.
import { afterEach, describe, expect, test } from 'vitest'
import type { Sendable } from '../../../src/channels/channel.ts'
import type { Block, Button } from '../../../src/core/model/message.ts'
import type { Script } from './fake-bot-api.ts'
import type { Params } from './fake-rules.ts'
import { type Harness, type HarnessOptions, startHarness } from './harness.ts'

const CHAT = '7'
const text = (said: string): Block => ({ kind: 'text', text: said })
const message = (blocks: Block[], buttons: Button[] = [], id = '1'): Sendable => ({ id, blocks, buttons })
const rows = (...keys: Params[][]) => ({ reply_markup: { inline_keyboard: keys } })
const key = (label: string, data: string) => ({ text: label, callback_data: data })
const HIDDEN = { link_preview_options: { is_disabled: true } }

const PHOTO: Block = {
  kind: 'image',
  text: 'Grafikon',
  mediaId: 'm1',
  url: 'https://grad.example/g.png',
  alt: 'Stubići',
}
const VIDEO: Block = {
  kind: 'video',
  text: 'Snimak',
  mediaId: 'm2',
  url: 'https://grad.example/k.mp4',
  posterUrl: 'https://grad.example/k.jpg',
  seconds: 61.4,
  bytes: 5_000_000,
  captionsUrl: 'https://grad.example/k.vtt',
  title: 'Šta odlučuje grad',
}
const PDF: Block = {
  kind: 'file',
  text: 'Zapisnik',
  mediaId: 'm3',
  url: 'https://grad.example/z.pdf',
  name: 'z.pdf',
  bytes: 9,
}
const JSON_FILE: Block = {
  kind: 'file',
  text: 'podaci.json',
  mediaId: 'm4',
  url: 'https://grad.example/p.json',
  name: 'podaci.json',
  bytes: 9,
}
const PLACE: Block = {
  kind: 'location',
  text: 'Dom kulture, na mapi',
  lat: 43.1367,
  lon: 20.5122,
  label: 'Dom kulture',
}
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
const CARD: Block = {
  kind: 'card',
  text: 'Kartica',
  title: 'Naslov',
  body: 'Telo',
  buttons: [{ label: 'Da', token: 'c:1' }],
}
const LIST: Block = {
  kind: 'list',
  text: 'Spisak',
  items: [
    { title: 'Prvo', token: 'l:1' },
    { title: 'Drugo', body: 'opis' },
  ],
}
const LONG_LABEL = 'Kako da podnesem zahtev za slobodan pristup informacijama?'

type Row = [name: string, message: Sendable, calls: (Params & { method: string })[]]

/** The exact messages a chat receives; `chat_id` and message ids are left out. */
const CASES: Row[] = [
  ['a text', message([text('Zdravo')]), [{ method: 'sendMessage', text: 'Zdravo', ...HIDDEN }]],
  ['nothing', message([]), []],
  [
    'what looks like markup stays as it is written',
    message([text('snake_case *zvezda [veza](x `kod <b>5 < 6</b> & \\ ~kraj~ ||skriveno||')]),
    [
      {
        method: 'sendMessage',
        text: 'snake_case *zvezda [veza](x `kod <b>5 < 6</b> & \\ ~kraj~ ||skriveno||',
        ...HIDDEN,
      },
    ],
  ],
  [
    'what looks like markup in a caption and on a button, too',
    message([{ ...PHOTO, alt: 'mali_grad *1' } as Block], [{ label: '_Da_ <b>', token: 'y_1' }]),
    [
      {
        method: 'sendPhoto',
        photo: 'https://grad.example/g.png',
        caption: 'mali_grad *1',
        ...rows([key('_Da_ <b>', 'y_1')]),
      },
    ],
  ],
  [
    'styles and links as entities',
    message([
      {
        kind: 'text',
        text: 'Statut 🏛 grada',
        spans: [
          { from: 0, to: 6, style: 'bold' },
          { from: 7, to: 9, style: 'italic' },
          { from: 10, to: 15, style: 'link', href: 'https://grad.example/statut' },
        ],
      },
    ]),
    [
      {
        method: 'sendMessage',
        text: 'Statut 🏛 grada',
        entities: [
          { type: 'text_link', offset: 10, length: 5, url: 'https://grad.example/statut' },
          { type: 'bold', offset: 0, length: 6 },
          { type: 'italic', offset: 7, length: 2 },
        ],
        ...HIDDEN,
      },
    ],
  ],
  [
    'a link that Telegram would refuse is written out',
    message([
      {
        kind: 'text',
        text: 'Vidi ovde.',
        spans: [{ from: 5, to: 9, style: 'link', href: 'http://localhost:3000/x' }],
      },
    ]),
    [{ method: 'sendMessage', text: 'Vidi ovde (http://localhost:3000/x).', ...HIDDEN }],
  ],
  [
    'neighbouring texts are one message with the buttons below',
    message(
      [text('Odgovor'), text('Privatnost')],
      [
        { label: 'Da', token: 'y:1' },
        { label: 'Ne', token: 'n:1' },
      ],
    ),
    [
      {
        method: 'sendMessage',
        text: 'Odgovor\n\nPrivatnost',
        ...HIDDEN,
        ...rows([key('Da', 'y:1'), key('Ne', 'n:1')]),
      },
    ],
  ],
  [
    'a long label is shortened and listed in full with its number',
    message(
      [text('Pitajte')],
      [
        { label: 'Da', token: 'y' },
        { label: 'Sajt', href: 'https://grad.example/' },
        { label: LONG_LABEL, token: 'e:7' },
      ],
    ),
    [
      {
        method: 'sendMessage',
        text: `Pitajte\n\n2. ${LONG_LABEL}`,
        ...HIDDEN,
        ...rows(
          [key('Da', 'y'), { text: 'Sajt', url: 'https://grad.example/' }],
          [key('2. Kako da podnesem zahtev za slobodan…', 'e:7')],
        ),
      },
    ],
  ],
  [
    'a button to a link that Telegram would refuse becomes a line',
    message([text('Vidi')], [{ label: 'Sajt', href: 'http://localhost:3000/x' }]),
    [{ method: 'sendMessage', text: 'Vidi\n\nSajt (http://localhost:3000/x)', ...HIDDEN }],
  ],
  [
    'buttons without a text are named in one',
    message([], [{ label: 'Meni', token: 'm:menu' }]),
    [{ method: 'sendMessage', text: '• Meni', ...HIDDEN, ...rows([key('Meni', 'm:menu')]) }],
  ],
  [
    'a card',
    message([CARD], [{ label: 'Meni', token: 'm:menu' }]),
    [
      {
        method: 'sendMessage',
        text: 'Naslov\nTelo',
        entities: [{ type: 'bold', offset: 0, length: 6 }],
        ...HIDDEN,
        ...rows([key('Da', 'c:1'), key('Meni', 'm:menu')]),
      },
    ],
  ],
  [
    'a card with a picture',
    message([{ ...CARD, imageUrl: 'https://grad.example/c.jpg' } as Block]),
    [
      {
        method: 'sendPhoto',
        photo: 'https://grad.example/c.jpg',
        caption: 'Naslov\nTelo',
        caption_entities: [{ type: 'bold', offset: 0, length: 6 }],
        ...rows([key('Da', 'c:1')]),
      },
    ],
  ],
  [
    'a list',
    message([LIST]),
    [
      {
        method: 'sendMessage',
        text: '• Prvo\n\n• Drugo\nopis',
        entities: [
          { type: 'bold', offset: 2, length: 4 },
          { type: 'bold', offset: 10, length: 5 },
        ],
        ...HIDDEN,
        ...rows([key('Prvo', 'l:1')]),
      },
    ],
  ],
  [
    'a poll, with what follows below its buttons',
    message([text('Pitanje za vas'), POLL, text('Hvala')]),
    [
      {
        method: 'sendMessage',
        text: 'Pitanje za vas\n\nPark ili parking?',
        entities: [{ type: 'bold', offset: 16, length: 17 }],
        ...HIDDEN,
        ...rows([key('Park', 'p:p1:1'), key('Parking', 'p:p1:2')]),
      },
      { method: 'sendMessage', text: 'Hvala', ...HIDDEN },
    ],
  ],
  [
    'a date',
    message([DATE]),
    [
      {
        method: 'sendMessage',
        text: 'Dom kulture\nRadionica u subotu u 18 h',
        entities: [{ type: 'bold', offset: 0, length: 11 }],
        ...HIDDEN,
        ...rows([{ text: '📅 .ics', url: 'https://grad.example/w1.ics' }]),
      },
    ],
  ],
  [
    'a place with a name',
    message([PLACE], [{ label: 'Meni', token: 'm' }]),
    [
      {
        method: 'sendVenue',
        latitude: 43.1367,
        longitude: 20.5122,
        title: 'Dom kulture',
        address: '43.13670, 20.51220',
        ...rows([key('Meni', 'm')]),
      },
    ],
  ],
  [
    'a place without a name',
    message([{ ...PLACE, label: '' } as Block]),
    [{ method: 'sendLocation', latitude: 43.1367, longitude: 20.5122 }],
  ],
  [
    'a place Telegram refuses is told in words',
    message([{ ...PLACE, lat: 430 } as Block]),
    [{ method: 'sendMessage', text: 'Dom kulture, na mapi', ...HIDDEN }],
  ],
  [
    'a picture by its link',
    message([PHOTO], [{ label: 'Meni', token: 'm' }]),
    [
      {
        method: 'sendPhoto',
        photo: 'https://grad.example/g.png',
        caption: 'Stubići',
        ...rows([key('Meni', 'm')]),
      },
    ],
  ],
  [
    'a video by its link',
    message([VIDEO]),
    [
      {
        method: 'sendVideo',
        video: 'https://grad.example/k.mp4',
        supports_streaming: true,
        duration: 61,
        caption: 'Šta odlučuje grad',
        caption_entities: [{ type: 'bold', offset: 0, length: 17 }],
      },
    ],
  ],
  [
    'a PDF by its link',
    message([PDF]),
    [{ method: 'sendDocument', document: 'https://grad.example/z.pdf', caption: 'Zapisnik' }],
  ],
  [
    'a file that is gone',
    message([JSON_FILE], [{ label: 'Meni', token: 'm' }]),
    [
      {
        method: 'sendMessage',
        text: 'podaci.json\nhttps://grad.example/p.json',
        ...HIDDEN,
        ...rows([key('Meni', 'm')]),
      },
    ],
  ],
  [
    'a picture whose caption is too long',
    message([{ ...PHOTO, alt: `${'a'.repeat(1030)} b` } as Block], [{ label: 'Meni', token: 'm' }]),
    [
      { method: 'sendPhoto', photo: 'https://grad.example/g.png' },
      { method: 'sendMessage', text: `${'a'.repeat(1030)} b`, ...HIDDEN, ...rows([key('Meni', 'm')]) },
    ],
  ],
]

let harness: Harness
afterEach(() => harness?.end())

async function start(options: HarnessOptions = {}) {
  harness = await startHarness(options)
  return harness
}

const send = (said: Sendable, chat = CHAT) => harness.channel.send({ externalId: chat }, said)
const arrived = () => harness.fake.sent(CHAT).map(({ message_id: _id, chat_id: _chat, ...rest }) => rest)

describe('a message becomes calls', () => {
  test.each(CASES)('%s', async (_name, said, calls) => {
    await start()
    const result = await send(said)
    expect(arrived()).toEqual(calls)
    expect(result).toEqual({
      status: 'sent',
      externalIds: harness.fake.sent(CHAT).map(({ message_id }) => String(message_id)),
    })
  })

  test('a text of 10,000 characters arrives whole, in order, buttons below the last piece', async () => {
    await start()
    const long = Array.from({ length: 1250 }, (_, index) => `reč${String(index).padStart(4, '0')}`).join(' ')
    await send(message([text(long)], [{ label: 'Meni', token: 'm' }]))
    expect(
      arrived()
        .map(({ text: said }) => said)
        .join(' '),
    ).toBe(long)
    expect(arrived().map(({ reply_markup }) => reply_markup !== undefined)).toEqual([false, false, true])
  })

  test('more buttons than fit are numbered in the text', async () => {
    await start()
    const buttons = Array.from({ length: 45 }, (_, index) => ({
      label: `Dugme ${index + 1}`,
      token: `b:${index + 1}`,
    }))
    await send(message([text('Birajte')], buttons))
    const [sent] = arrived()
    expect(sent?.text).toBe(`Birajte\n\n${[41, 42, 43, 44, 45].map(n => `${n}. Dugme ${n}`).join('\n')}`)
  })

  test('a list with more buttons than fit goes on in a second message', async () => {
    await start()
    const items = Array.from({ length: 50 }, (_, index) => ({
      title: `Stavka ${index}`,
      token: `i:${index}`,
    }))
    await send(message([{ kind: 'list', text: 'Spisak', items }], [{ label: 'Meni', token: 'm' }]))
    const counts = harness.fake.sent(CHAT).map(({ reply_markup }) => {
      return (reply_markup as { inline_keyboard: unknown[][] }).inline_keyboard.flat().length
    })
    expect(counts).toEqual([40, 11])
  })
})

const failed = (reason: string, detail: string, more = {}) => ({ status: 'failed', reason, detail, ...more })

const OUTCOMES: [name: string, script: Script, expected: unknown, delivered: number][] = [
  [
    '429',
    { status: 429, description: 'Too Many Requests: retry after 7', retryAfter: 7 },
    failed('throttled', '429 Too Many Requests: retry after 7', { retryAfterMs: 7000 }),
    0,
  ],
  [
    '429 without a time',
    { status: 429, description: 'Too Many Requests' },
    failed('throttled', '429 Too Many Requests', { retryAfterMs: 5000 }),
    0,
  ],
  [
    'blocked',
    { status: 403, description: 'Forbidden: bot was blocked by the user' },
    failed('unreachable', '403 Forbidden: bot was blocked by the user'),
    0,
  ],
  [
    'deactivated',
    { status: 403, description: 'Forbidden: user is deactivated' },
    failed('unreachable', '403 Forbidden: user is deactivated'),
    0,
  ],
  [
    'kicked',
    { status: 403, description: 'Forbidden: bot was kicked from the group chat' },
    failed('unreachable', '403 Forbidden: bot was kicked from the group chat'),
    0,
  ],
  [
    'nobody who has written to the bot',
    { status: 403, description: "Forbidden: bot can't initiate conversation with a user" },
    failed('unreachable', "403 Forbidden: bot can't initiate conversation with a user"),
    0,
  ],
  [
    'no such person',
    { status: 400, description: 'Bad Request: PEER_ID_INVALID' },
    failed('unreachable', '400 Bad Request: PEER_ID_INVALID'),
    0,
  ],
  [
    'no such chat',
    { status: 400, description: 'Bad Request: chat not found' },
    failed('unreachable', '400 Bad Request: chat not found'),
    0,
  ],
  [
    'a group that became a supergroup',
    {
      status: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      migrateTo: -100,
    },
    failed('unreachable', '400 Bad Request: group chat was upgraded to a supergroup chat'),
    0,
  ],
  [
    'a message it does not like',
    { status: 400, description: 'Bad Request: message is too long' },
    failed('rejected', '400 Bad Request: message is too long'),
    0,
  ],
  [
    'a keyboard it does not like',
    { status: 400, description: 'Bad Request: reply markup is too long' },
    failed('rejected', '400 Bad Request: reply markup is too long'),
    0,
  ],
  [
    'too large',
    { status: 413, description: 'Request Entity Too Large' },
    failed('rejected', '413 Request Entity Too Large'),
    0,
  ],
  [
    'a revoked token',
    { status: 401, description: 'Unauthorized' },
    failed('misconfigured', '401 Unauthorized'),
    0,
  ],
  [
    'a malformed token',
    { status: 404, description: 'Not Found' },
    failed('misconfigured', '404 Not Found'),
    0,
  ],
  [
    'a token that somebody else uses',
    { status: 409, description: 'Conflict: terminated by other getUpdates request' },
    failed('misconfigured', '409 Conflict: terminated by other getUpdates request'),
    0,
  ],
  [
    'a gateway in trouble',
    { status: 502, description: 'Bad Gateway' },
    { status: 'uncertain', detail: '502 Bad Gateway' },
    0,
  ],
  [
    'an error of its own',
    { status: 500, description: 'Internal Server Error' },
    { status: 'uncertain', detail: '500 Internal Server Error' },
    0,
  ],
  ['a proxy’s page', 'html', { status: 'uncertain', detail: 'no answer' }, 1],
  ['a connection lost before it acted', 'lost-before', { status: 'uncertain', detail: 'ECONNRESET' }, 0],
  ['a connection lost after it acted', 'lost-after', { status: 'uncertain', detail: 'ECONNRESET' }, 1],
]

describe('an answer becomes an outcome', () => {
  test.each(OUTCOMES)('%s; the call is made once', async (_name, script, expected, delivered) => {
    await start()
    harness.fake.script('sendMessage', script)
    expect(await send(message([text('tajna poruka')]))).toEqual(expected)
    expect(harness.fake.callsOf('sendMessage')).toHaveLength(1)
    expect(harness.fake.sent(CHAT)).toHaveLength(delivered)
  })

  test('nobody listens: certainly not sent', async () => {
    await start()
    await harness.fake.stop()
    expect(await send(message([text('x')]))).toEqual(failed('not-sent', 'ECONNREFUSED'))
  })

  test('the name is unknown: certainly not sent', async () => {
    await start({ apiRoot: 'http://api.telegram.invalid' })
    expect(await send(message([text('x')]))).toMatchObject({ status: 'failed', reason: 'not-sent' })
  })

  test('a chat that is no number is unreachable', async () => {
    await start()
    expect(await send(message([text('x')]), 'nobody')).toMatchObject({
      status: 'failed',
      reason: 'unreachable',
    })
  })
})

describe('a message of several calls that stops in the middle', () => {
  const two = message([POLL, { ...PHOTO, mediaId: '' } as Block])
  const said = () => arrived().map(({ text: words, caption }) => words ?? caption)

  test.each<[name: string, script: Script, first: unknown]>([
    [
      'throttled',
      { status: 429, description: 'Too Many Requests', retryAfter: 1 },
      { status: 'failed', reason: 'throttled' },
    ],
    [
      'misconfigured',
      { status: 401, description: 'Unauthorized' },
      { status: 'failed', reason: 'misconfigured' },
    ],
    ['uncertain', 'lost-before', { status: 'uncertain' }],
  ])('%s: the next attempt goes on behind what went out', async (_name, script, first) => {
    await start()
    harness.fake.script('sendPhoto', script)
    expect(await send(two)).toMatchObject(first as object)
    expect(said()).toEqual(['Park ili parking?'])
    expect(await send(two)).toEqual({ status: 'sent', externalIds: ['1', '2'] })
    expect(said()).toEqual(['Park ili parking?', 'Stubići'])
  })

  test('refused for good: uncertain, because a part did arrive, and not repeated from the start', async () => {
    await start()
    const refused: Script = { status: 400, description: 'Bad Request: not enough rights' }
    harness.fake.script('sendVenue', refused, refused)
    const empty = message([POLL, { ...PLACE, text: '' } as Block])
    expect(await send(empty)).toMatchObject({
      status: 'uncertain',
      detail: '400 Bad Request: not enough rights',
    })
    expect(await send(empty)).toMatchObject({ status: 'uncertain' })
    expect(said()).toEqual(['Park ili parking?'])
  })

  test('blocked in between: unreachable', async () => {
    await start()
    harness.fake.script('sendPhoto', { status: 403, description: 'Forbidden: bot was blocked by the user' })
    expect(await send(two)).toMatchObject({ status: 'failed', reason: 'unreachable' })
  })
})
