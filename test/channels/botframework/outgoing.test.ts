// The outgoing contract of the Bot Framework: message → activities, answer → outcome.
import { createServer } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { Sendable } from '../../../src/channels/channel.ts'
import type { Block, Button } from '../../../src/core/model/message.ts'
import type { Scripted } from './fake-connector.ts'
import { BOT, CONVERSATION, type Harness, type HarnessOptions, PERSON, startHarness } from './harness.ts'

type Json = Record<string, unknown>
const text = (said: string): Block => ({ kind: 'text', text: said })
const message = (blocks: Block[], buttons: Button[] = [], id = '1'): Sendable => ({ id, blocks, buttons })
const many = (count: number): Button[] =>
  Array.from({ length: count }, (_, index) => ({ label: `Dugme ${index + 1}`, token: `t${index + 1}` }))

const PICTURE: Block = {
  kind: 'image',
  text: 'Grafikon',
  mediaId: 'm1',
  url: 'https://grad.example/g.png',
  alt: 'Stubići',
}
const VIDEO: Block = {
  kind: 'video',
  text: 'Snimak o gradu',
  mediaId: 'm2',
  url: 'https://grad.example/k.mp4',
  posterUrl: 'https://grad.example/k.jpg',
  seconds: 61.4,
  bytes: 5_000_000,
  captionsUrl: 'https://grad.example/k.vtt',
  title: 'Šta odlučuje grad',
}
const FILE: Block = {
  kind: 'file',
  text: 'Vaši podaci',
  mediaId: 'm4',
  url: 'https://grad.example/media/4/podaci.json',
  name: 'podaci.json',
  bytes: 9,
}
const PLACE: Block = { kind: 'location', text: 'Na mapi', lat: 43.1367, lon: 20.5122, label: 'Dom kulture' }
const MAP = 'https://www.openstreetmap.org/?mlat=43.136700&mlon=20.512200#map=17/43.136700/20.512200'
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
  title: 'Budžet',
  body: 'Ko ga usvaja',
  imageUrl: 'https://grad.example/b.jpg',
  buttons: [{ label: 'Više', token: 'y:budget' }],
}
const STYLED: Block = {
  kind: 'text',
  text: 'Vidi *Pravilnik* ovde',
  spans: [
    { from: 0, to: 4, style: 'bold' },
    { from: 5, to: 16, style: 'link', href: 'https://grad.example/p' },
  ],
}

const back = (title: string, token: string) => ({
  type: 'messageBack',
  title,
  value: `btn:${token}`,
  text: `btn:${token}`,
  displayText: title,
})
const open = (title: string, value: string) => ({ type: 'openUrl', title, value })
const hero = (content: Json) => ({ contentType: 'application/vnd.microsoft.card.hero', content })
const submit = (title: string, token: string) => ({
  type: 'Action.Submit',
  title,
  data: {
    token,
    msteams: { type: 'messageBack', displayText: title, text: `btn:${token}`, value: { token } },
  },
})
const adaptive = (...body: Json[]) => ({
  contentType: 'application/vnd.microsoft.card.adaptive',
  content: {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.4',
    body,
  },
})
const actions = (...of: Json[]) => ({ type: 'ActionSet', actions: of })
const suggest = (...of: Json[]) => ({ suggestedActions: { to: [], actions: of } })

/** What the conversation gets, without envelope and text format. */
const MESSAGES: [name: string, channelId: string, message: Sendable, expected: Json[]][] = [
  ['a text', 'msteams', message([text('Zdravo')]), [{ text: 'Zdravo' }]],
  ['neighbouring texts', 'webchat', message([text('Jedan'), text('Dva')]), [{ text: 'Jedan\n\nDva' }]],
  ['nothing', 'webchat', message([]), []],
  ['white space', 'webchat', message([text(' \n')]), []],
  [
    'links, and what looks like Markdown',
    'webchat',
    message([STYLED]),
    [{ text: 'Vidi *Pravilnik* (https://grad.example/p) ovde' }],
  ],
  [
    'buttons in Teams',
    'msteams',
    message([text('Biraj')], [...many(2), { label: 'Sajt', href: 'https://град.example/а' }]),
    [
      {
        text: 'Biraj',
        attachments: [
          adaptive(
            actions(submit('Dugme 1', 't1'), submit('Dugme 2', 't2'), {
              type: 'Action.OpenUrl',
              title: 'Sajt',
              url: 'https://xn--80afe0c.example/%D0%B0',
            }),
          ),
        ],
      },
    ],
  ],
  [
    'buttons on the page',
    'webchat',
    message([text('Biraj')], [...many(1), { label: 'Sajt', href: 'https://grad.example/' }]),
    [{ text: 'Biraj', ...suggest(back('Dugme 1', 't1'), open('Sajt', 'https://grad.example/')) }],
  ],
  [
    'buttons through Messenger, which suggests no links',
    'facebook',
    message([text('Biraj')], [...many(1), { label: 'Sajt', href: 'https://grad.example/' }]),
    [
      {
        text: 'Biraj\n\nSajt (https://grad.example/)',
        ...suggest({ type: 'postBack', title: 'Dugme 1', value: 'btn:t1' }),
      },
    ],
  ],
  [
    'more buttons than Messenger suggests, and a label too long for it',
    'facebook',
    message([text('Biraj')], [...many(10), { label: 'Kako se saziva zbor građana', token: 't11' }]),
    [
      {
        text: 'Biraj\n\n11. Kako se saziva zbor građana',
        ...suggest(
          ...many(10).map((button, index) => ({
            type: 'postBack',
            title: button.label,
            value: `btn:t${index + 1}`,
          })),
        ),
      },
    ],
  ],
  [
    'a label too long for Messenger',
    'facebook',
    message([text('Biraj')], [{ label: 'Kako se saziva zbor građana', token: 't1' }]),
    [
      {
        text: 'Biraj\n\n1. Kako se saziva zbor građana',
        ...suggest({ type: 'postBack', title: '1. Kako se saziva…', value: 'btn:t1' }),
      },
    ],
  ],
  [
    'buttons in Slack, which suggests nothing',
    'slack',
    message([text('Biraj')], many(2)),
    [{ text: 'Biraj\n\n1. Dugme 1\n2. Dugme 2' }],
  ],
  [
    'buttons by text message',
    'sms',
    message([text('Biraj')], [...many(2), { label: 'Sajt', href: 'https://grad.example/' }]),
    [{ text: 'Biraj\n\n1. Dugme 1\n2. Dugme 2\nSajt (https://grad.example/)' }],
  ],
  [
    'buttons on a channel we don’t know',
    'constructor',
    message([text('Biraj')], many(1)),
    [{ text: 'Biraj\n\n1. Dugme 1' }],
  ],
  [
    'buttons alone',
    'directline',
    message([], many(1)),
    [{ text: '• Dugme 1', ...suggest(back('Dugme 1', 't1')) }],
  ],
  [
    'a long label',
    'msteams',
    message([text('x')], [{ label: 'Kako se pokreće građanska inicijativa u našem gradu', token: 't' }]),
    [
      {
        text: 'x\n\n1. Kako se pokreće građanska inicijativa u našem gradu',
        attachments: [adaptive(actions(submit('1. Kako se pokreće građanska…', 't')))],
      },
    ],
  ],
  [
    'a picture',
    'webchat',
    message([PICTURE]),
    [
      {
        text: 'Stubići',
        attachments: [hero({ images: [{ url: 'https://grad.example/g.png', alt: 'Stubići' }], buttons: [] })],
      },
    ],
  ],
  [
    'a picture in Teams',
    'msteams',
    message([PICTURE]),
    [
      {
        text: 'Stubići',
        attachments: [
          adaptive({ type: 'Image', url: 'https://grad.example/g.png', altText: 'Stubići', size: 'Stretch' }),
        ],
      },
    ],
  ],
  [
    'a picture Teams can’t load',
    'msteams',
    message([{ ...PICTURE, url: 'http://localhost:3000/g.png' }]),
    [{ text: 'Grafikon\nhttp://localhost:3000/g.png' }],
  ],
  [
    'a picture by text message',
    'sms',
    message([PICTURE]),
    [{ text: 'Grafikon\nhttps://grad.example/g.png' }],
  ],
  [
    'a picture and a text, with the buttons at the end',
    'webchat',
    message([PICTURE, text('Kraj')], many(1)),
    [
      {
        text: 'Stubići',
        attachments: [hero({ images: [{ url: 'https://grad.example/g.png', alt: 'Stubići' }], buttons: [] })],
      },
      { text: 'Kraj', ...suggest(back('Dugme 1', 't1')) },
    ],
  ],
  [
    'a film',
    'webchat',
    message([VIDEO]),
    [
      {
        text: 'Šta odlučuje grad',
        attachments: [
          {
            contentType: 'application/vnd.microsoft.card.video',
            content: {
              title: 'Šta odlučuje grad',
              image: { url: 'https://grad.example/k.jpg' },
              media: [{ url: 'https://grad.example/k.mp4' }],
              duration: 'PT61S',
              autostart: false,
              autoloop: false,
              shareable: true,
            },
          },
        ],
      },
    ],
  ],
  ['a film in Teams', 'msteams', message([VIDEO]), [{ text: 'Snimak o gradu\nhttps://grad.example/k.mp4' }]],
  [
    'a file',
    'webchat',
    message([FILE]),
    [
      {
        text: 'Vaši podaci',
        attachments: [
          hero({ buttons: [open('📄 podaci.json', 'https://grad.example/media/4/podaci.json')] }),
        ],
      },
    ],
  ],
  [
    'a file by text message',
    'sms',
    message([FILE]),
    [{ text: 'Vaši podaci\n\n📄 podaci.json (https://grad.example/media/4/podaci.json)' }],
  ],
  [
    'a place',
    'msteams',
    message([PLACE]),
    [
      {
        text: 'Na mapi',
        attachments: [adaptive(actions({ type: 'Action.OpenUrl', title: '📍 Dom kulture', url: MAP }))],
      },
    ],
  ],
  [
    'a poll, with the message’s own button below',
    'webchat',
    message([POLL], many(1)),
    [
      {
        text: 'Park ili parking?',
        attachments: [hero({ buttons: [back('Park', 'p:p1:1'), back('Parking', 'p:p1:2')] })],
        ...suggest(back('Dugme 1', 't1')),
      },
    ],
  ],
  [
    'a card',
    'webchat',
    message([CARD]),
    [
      {
        text: 'Budžet\nKo ga usvaja',
        attachments: [
          hero({
            images: [{ url: 'https://grad.example/b.jpg', alt: 'Budžet\nKo ga usvaja' }],
            buttons: [back('Više', 'y:budget')],
          }),
        ],
      },
    ],
  ],
]

/** Everything but the envelope. */
function contentOf({ type: _type, from: _f, recipient: _r, conversation: _c, ...rest }: Json): Json {
  const { channelId: _channel, serviceUrl: _url, textFormat: _format, ...content } = rest
  return content
}

describe('a message', () => {
  let harness: Harness
  afterEach(() => harness.end())

  const start = async (options: HarnessOptions = {}) => {
    harness = await startHarness(options)
  }
  const contents = () => harness.fake.sent(CONVERSATION).map(contentOf)

  test.each(MESSAGES)('%s (%s)', async (_name, channelId, sendable, expected) => {
    await start()
    const result = await harness.send(sendable, channelId)
    expect(harness.fake.posts.filter(({ status }) => status !== 201)).toEqual([])
    expect(contents()).toEqual(expected)
    expect(result).toEqual({ status: 'sent', externalIds: expected.map((_, index) => `sent-${index + 1}`) })
  })

  test('has an envelope, our token and no parent', async () => {
    await start()
    await harness.send(message([text('Zdravo')]))
    const [post] = harness.fake.posts
    expect(post?.authorization).toMatch(/^Bearer granted-/)
    expect(post?.replyTo).toBeUndefined()
    expect(post?.activity).toEqual({
      type: 'message',
      channelId: 'msteams',
      serviceUrl: harness.fake.url,
      from: { id: BOT.id },
      recipient: { id: PERSON.id },
      conversation: { id: CONVERSATION },
      text: 'Zdravo',
      textFormat: 'plain',
    })
  })

  test('of 20,000 characters is split, and the last part has the buttons', async () => {
    await start()
    const said = Array.from({ length: 4000 }, (_, index) => `r${index}`).join(' ')
    await harness.send(message([text(said)], many(2)))
    const texts = contents().map(({ text: part }) => String(part))
    expect(texts.every(part => part.length <= 3000)).toBe(true)
    expect(texts.join(' ')).toBe(said)
    expect(contents().map(({ attachments }) => attachments !== undefined)).toEqual([
      ...texts.slice(1).map(() => false),
      true,
    ])
  })

  test('full of everything stays below Teams’ 28 kB', async () => {
    await start()
    const buttons = Array.from({ length: 20 }, (_, index) => ({
      label: '€'.repeat(40),
      href: `https://grad.example/${'x'.repeat(270)}${index}`,
    }))
    const result = await harness.send(message([text('€'.repeat(3000))], buttons))
    expect(result.status).toBe('sent')
    expect(contents()).toHaveLength(1)
  })

  test('with a list of 50 has every button in Teams', async () => {
    await start()
    const items = Array.from({ length: 50 }, (_, at) => ({ title: `MZ ${at + 1}`, token: `mz:${at + 1}` }))
    await harness.send(message([{ kind: 'list', text: 'Mesne zajednice', items }]))
    const tokens = JSON.stringify(contents()).match(/"text":"btn:mz:\d+"/g)
    expect(tokens).toHaveLength(50)
  })

  test('to a conversation in a group goes to the group', async () => {
    await start()
    harness.fake.open('19:thread@thread.tacv2;messageid=1')
    const result = await harness.sendTo(
      harness.address('msteams', '19:thread@thread.tacv2;messageid=1'),
      message([text('x')]),
    )
    expect(result.status).toBe('sent')
    expect(harness.fake.sent('19:thread@thread.tacv2;messageid=1')).toHaveLength(1)
  })

  test('of a trial carries no token', async () => {
    await start({ anonymous: true })
    expect((await harness.send(message([text('x')]), 'emulator')).status).toBe('sent')
    expect(harness.fake.posts[0]?.authorization).toBeUndefined()
  })
})

const refusal = (status: number, code?: string): Scripted => ({ status, ...(code && { code }) })
const failed = (reason: string, more: Json = {}) => ({ status: 'failed', reason, ...more })

describe('an answer', () => {
  let harness: Harness
  afterEach(() => harness.end())

  const OUTCOMES: [name: string, answer: Scripted, expected: Json][] = [
    ['bad request', refusal(400, 'BadSyntax'), failed('rejected', { detail: '400 BadSyntax' })],
    ['unauthorized', refusal(401), failed('misconfigured')],
    [
      'blocked',
      refusal(403, 'MessageWritesBlocked'),
      failed('unreachable', { detail: '403 MessageWritesBlocked' }),
    ],
    [
      'not installed',
      refusal(403, 'BotNotInConversationRoster'),
      failed('unreachable', { detail: '403 BotNotInConversationRoster' }),
    ],
    ['gone', refusal(404, 'ConversationNotFound'), failed('unreachable')],
    ['method not allowed', refusal(405), failed('rejected')],
    ['timeout in between', refusal(408), { status: 'uncertain' }],
    ['busy', refusal(412), failed('throttled', { retryAfterMs: 2000 })],
    ['too large', refusal(413), failed('rejected')],
    ['too many', refusal(429), failed('throttled', { retryAfterMs: 2000 })],
    [
      'too many, for some seconds',
      { status: 429, headers: { 'retry-after': '7' } },
      failed('throttled', { retryAfterMs: 7000 }),
    ],
    [
      'too many, until a year has passed',
      { status: 429, headers: { 'retry-after': '31536000' } },
      failed('throttled', { retryAfterMs: 3_600_000 }),
    ],
    [
      'too many, until a time that has passed',
      { status: 429, headers: { 'retry-after': 'Mon, 23 Nov 2020 10:00:00 GMT' } },
      failed('throttled', { retryAfterMs: 2000 }),
    ],
    ['moved', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, failed('misconfigured')],
    ['broken', refusal(500), { status: 'uncertain' }],
    ['bad gateway', { status: 502, body: '<html>' }, { status: 'uncertain' }],
    ['unavailable', { status: 503, headers: { 'retry-after': '1' } }, { status: 'uncertain' }],
    ['gateway timeout', refusal(504), { status: 'uncertain' }],
    ['lost', 'reset-after', { status: 'uncertain' }],
    ['broken off', 'reset-before', { status: 'uncertain' }],
  ]
  test.each(OUTCOMES)('%s: one request, told as it is', async (_name, answer, expected) => {
    harness = await startHarness()
    await harness.send(message([text('prvo')], [], '0'))
    harness.fake.script(answer)
    const before = performance.now()
    const result = await harness.send(message([text('tajna poruka')]))
    expect(result).toMatchObject(expected)
    expect(harness.fake.posts).toHaveLength(2)
    expect(performance.now() - before).toBeLessThan(1500)
  })

  test('of a connector that is not there: nothing was sent', async () => {
    const port = await freePort()
    harness = await startHarness({ serviceUrlAllowList: [`http://127.0.0.1:${port}`] })
    const address = harness.address()
    const reference = { ...(address.reference as Json), serviceUrl: `http://127.0.0.1:${port}/` }
    const result = await harness.sendTo({ ...address, reference }, message([text('x')]))
    expect(result).toMatchObject(failed('not-sent', { detail: 'ECONNREFUSED' }))
  })

  test('of a conversation that was never opened: unreachable', async () => {
    harness = await startHarness()
    harness.fake.close(CONVERSATION)
    expect(await harness.send(message([text('x')]))).toMatchObject(failed('unreachable'))
  })

  test.each([
    ['none', undefined],
    ['damaged', { channelId: 'msteams' }],
  ])('without a reference (%s): unreachable, and nothing is asked', async (_name, reference) => {
    harness = await startHarness()
    const result = await harness.sendTo({ externalId: CONVERSATION, reference }, message([text('x')]))
    expect(result).toMatchObject(failed('unreachable'))
    expect(harness.fake.posts).toEqual([])
  })

  test('to a service URL that is not allowed: nothing leaves', async () => {
    harness = await startHarness({ serviceUrlAllowList: ['https://smba.trafficmanager.net'] })
    expect(await harness.send(message([text('x')]))).toMatchObject(failed('rejected'))
    expect(harness.fake.posts.length + harness.fake.tokenRequests.length).toBe(0)
  })
})

describe('the token', () => {
  let harness: Harness
  afterEach(() => harness.end())

  test('is asked for once, from the bot’s own tenant', async () => {
    harness = await startHarness()
    await Promise.all(Array.from({ length: 10 }, (_, id) => harness.send(message([text('x')], [], `${id}`))))
    expect(harness.fake.posts).toHaveLength(10)
    expect(harness.fake.tokenRequests.map(({ url }) => url)).toEqual([
      `/${harness.fake.tenantId}/oauth2/v2.0/token`,
    ])
  })

  test('of a bot of many tenants comes from Microsoft’s', async () => {
    harness = await startHarness({ type: 'MultiTenant' })
    await harness.send(message([text('x')]))
    expect(harness.fake.tokenRequests.map(({ url }) => url)).toEqual(['/botframework.com/oauth2/v2.0/token'])
  })

  test('is fetched anew after it was refused', async () => {
    harness = await startHarness()
    await harness.send(message([text('x')], [], '1'))
    harness.fake.revokeTokens()
    expect(await harness.send(message([text('y')], [], '2'))).toMatchObject(failed('misconfigured'))
    expect(await harness.send(message([text('y')], [], '2'))).toMatchObject({ status: 'sent' })
  })

  test.each([
    ['a wrong password', { status: 401, code: 'invalid_client' } as Scripted, 'misconfigured'],
    ['an unknown tenant', { status: 400, code: 'invalid_request' } as Scripted, 'misconfigured'],
    ['a busy service', { status: 429 } as Scripted, 'not-sent'],
    ['a broken service', { status: 503 } as Scripted, 'not-sent'],
    ['no token in the answer', { status: 200 } as Scripted, 'misconfigured'],
    ['a lost answer', 'reset-after' as Scripted, 'not-sent'],
  ])('is not given because of %s: nothing was sent', async (_name, answer, reason) => {
    harness = await startHarness()
    harness.fake.scriptToken(answer)
    expect(await harness.send(message([text('x')]))).toMatchObject(failed(reason))
    expect(harness.fake.posts).toEqual([])
    expect(await harness.send(message([text('x')]))).toMatchObject({ status: 'sent' })
  })
})

describe('a message of several activities', () => {
  let harness: Harness
  afterEach(() => harness.end())
  const parts = message([PICTURE, VIDEO, text('kraj')])

  test('goes on where it stopped', async () => {
    harness = await startHarness()
    harness.fake.script('proper', { status: 429 })
    expect(await harness.send(parts, 'webchat')).toMatchObject(failed('throttled'))
    expect(await harness.send(parts, 'webchat')).toEqual({
      status: 'sent',
      externalIds: ['sent-1', 'sent-2', 'sent-3'],
    })
    expect(harness.fake.sent(CONVERSATION)).toHaveLength(3)
  })

  test('is uncertain when its rest is refused', async () => {
    harness = await startHarness()
    harness.fake.script('proper', { status: 400 })
    expect(await harness.send(parts, 'webchat')).toMatchObject({ status: 'uncertain' })
  })

  test('is refused when its beginning is', async () => {
    harness = await startHarness()
    harness.fake.script({ status: 400 })
    expect(await harness.send(parts, 'webchat')).toMatchObject(failed('rejected'))
  })
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise(resolve => server.close(resolve))
  return port
}
