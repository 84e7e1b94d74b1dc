// The contract of Viber's broadcasts: message and people → requests, answer → an outcome for each.
import { afterEach, describe, expect, test } from 'vitest'
import type { Address } from '../../../src/channels/channel.ts'
import type { Block, Button, Outbound } from '../../../src/core/model/message.ts'
import { filesInMemory } from '../../support/media.ts'
import type { Scripted } from './fake-viber.ts'
import { type Harness, type HarnessOptions, SENDER, startHarness, USER } from './harness.ts'

type Json = Record<string, unknown>
const text = (said: string): Block => ({ kind: 'text', text: said })
const message = (blocks: Block[], buttons: Button[] = []): Outbound => ({ blocks, buttons })
const BUTTON: Button = { label: 'Prijavi me', token: 'w:1' }
const PICTURE: Block = {
  kind: 'image',
  text: 'Plakat',
  mediaId: 'm1',
  url: 'https://grad.example/p.png',
  alt: 'Radionica u subotu',
}
const FILE: Block = {
  kind: 'file',
  text: 'program.pdf',
  mediaId: 'm2',
  url: 'https://grad.example/program.pdf',
  name: 'program.pdf',
  bytes: 9,
}
const VIDEO: Block = {
  kind: 'video',
  text: 'Snimak',
  mediaId: 'm3',
  url: 'https://grad.example/k.mp4',
  posterUrl: 'https://grad.example/k.jpg',
  seconds: 60,
  bytes: 5_000_000,
  captionsUrl: 'https://grad.example/k.vtt',
  title: 'Šta odlučuje grad',
}
const PLACE: Block = { kind: 'location', text: 'Na mapi', lat: 43.1367, lon: 20.5122, label: 'Dom kulture' }
const CARD: Block = { kind: 'card', text: 'Kartica', title: 'Budžet', body: 'Ko ga usvaja' }

const to = (...ids: string[]): Address[] => ids.map(externalId => ({ externalId }))
/** As long as Viber's own. */
const people = (count: number) => Array.from({ length: count }, (_, n) => `u${n}`.padEnd(24, '='))

let harness: Harness
afterEach(() => harness.end())

async function start(ids: readonly string[], options: HarnessOptions = {}) {
  harness = await startHarness(options)
  for (const id of ids) harness.fake.addUser(id)
}

const broadcast = (said: Outbound, ...ids: string[]) => harness.channel.broadcast?.send(to(...ids), said)
const lists = () => harness.fake.calls.map(({ payload }) => payload.broadcast_list as string[])

describe('a message for many', () => {
  test('goes out in one request, and each has its number', async () => {
    await start(['ana', 'vera'])
    harness.fake.bill(5)
    const sent = { status: 'sent', externalIds: ['5741311803571721087'], billing: 5 }
    expect(await broadcast(message([text('Zdravo')]), 'ana', 'vera')).toEqual([sent, sent])
    expect(harness.fake.calls).toEqual([
      {
        method: 'broadcast_message',
        payload: {
          sender: { name: SENDER },
          type: 'text',
          text: 'Zdravo',
          broadcast_list: ['ana', 'vera'],
        },
        status: 0,
      },
    ])
  })

  test.each<[name: string, said: Outbound, requests: number]>([
    ['a text', message([text('Zdravo')]), 1],
    ['a text with buttons', message([text('Zdravo')], [BUTTON]), 1],
    ['neighbouring texts', message([text('Jedan'), text('Dva')]), 1],
    ['a picture with words', message([PICTURE], [BUTTON]), 1],
    ['a file', message([FILE]), 1],
    ['cards side by side', message([CARD, CARD]), 1],
    ['nothing', message([]), 0],
    ['a video with its title', message([VIDEO]), 2],
    ['a place with its name', message([PLACE]), 2],
    ['a text of 8,000 characters', message([text('reč '.repeat(2000))]), 2],
  ])('%s: fits only into one request', async (_name, said, requests) => {
    await start([USER])
    expect(harness.channel.broadcast?.fits(said)).toBe(requests === 1)
    const [result] = (await broadcast(said, USER)) ?? []
    expect(result?.status).toBe(requests === 1 ? 'sent' : 'singly')
    expect(harness.fake.calls).toHaveLength(requests === 1 ? 1 : 0)
    expect((await harness.channel.send({ externalId: USER }, { ...said, id: '1' })).status).toBe('sent')
    expect(harness.fake.calls).toHaveLength(requests === 1 ? 2 : requests)
  })

  test('to 300 is one request, to more are several', async () => {
    const many = people(301)
    await start(many)
    expect(harness.channel.broadcast?.max).toBe(300)
    const results = await broadcast(message([text('x')]), ...many.slice(1))
    expect(results?.map(({ status }) => status)).toEqual(many.slice(1).map(() => 'sent'))
    expect(harness.fake.calls).toHaveLength(1)
    expect(await broadcast(message([text('x')]), ...many)).toHaveLength(301)
    expect(lists().slice(1).flat()).toEqual(many)
  })

  test('that leaves no room for all names in 30 kB goes out in several requests', async () => {
    const many = people(300)
    await start(many)
    const links = Array.from({ length: 24 }, (_, index) => ({
      label: `${index}`.padEnd(40, '€'),
      href: `https://grad.example/${'x'.repeat(270)}${index}`,
    }))
    const results = await broadcast(message([text('€'.repeat(4000))], links), ...many)
    expect(new Set(results?.map(({ status }) => status))).toEqual(new Set(['sent']))
    expect(harness.fake.calls.map(({ status }) => status)).toEqual([0, 0])
    expect(lists().flat()).toEqual(many)
  })

  test('to nobody is no request', async () => {
    await start([])
    expect(await broadcast(message([text('x')]))).toEqual([])
    expect(harness.fake.calls).toEqual([])
  })
})

describe('the answer to a broadcast', () => {
  const sent = { status: 'sent', externalIds: ['5741311803571721087'], billing: 1 }
  const failed = (reason: string, more: Json = {}) => ({ status: 'failed', reason, ...more })

  test('tells of each in their order: gone, unsubscribed, reached, with an old app, with enough', async () => {
    await start(['ana', 'ceda', 'dado', 'ema'])
    const { fake, channel } = harness
    fake.addUser('boro', { subscribed: false })
    fake.addUser('dado', { apiVersion: 1 })
    for (let index = 0; index < 100; index++) {
      await channel.send({ externalId: 'ema' }, { ...message([text('x')]), id: `${index}` })
    }
    const results = await broadcast(
      message([text('x')], [BUTTON]),
      'gone',
      'ana',
      'boro',
      'dado',
      'ema',
      'ceda',
    )
    const id = '5741311803571721187'
    expect(results).toEqual([
      failed('unreachable', { detail: '5 receiverNotRegistered' }),
      { ...sent, externalIds: [id] },
      failed('unreachable', { detail: '6 receiverNotSubscribed' }),
      { status: 'singly', detail: '13 apiVersionNotSupported' },
      failed('not-sent', { detail: '12 tooManyRequests', retryAfterMs: 3_600_000 }),
      { ...sent, externalIds: [id] },
    ])
    expect(
      await channel.send({ externalId: 'dado' }, { ...message([text('x')], [BUTTON]), id: 'd' }),
    ).toEqual(expect.objectContaining({ status: 'sent' }))
  })

  const whole = (reason: string, ...codes: number[]) =>
    codes.map((status): [string, Scripted, Json] => [`status ${status}`, { status }, failed(reason)])
  test.each<[name: string, answer: Scripted, expected: Json]>([
    ...whole('misconfigured', 1, 2, 7, 8, 9, 10, 15, 23, 24),
    ...whole('rejected', 3, 4, 13, 14, 16, 17, 18, 21, 22),
    ['status 12', { status: 12 }, failed('throttled', { retryAfterMs: 10_000 })],
    ['status 19', { status: 19, message: 'cannot' }, { status: 'singly', detail: '19 cannot' }],
    ['status 20', { status: 20, message: 'not allowed' }, { status: 'singly', detail: '20 not allowed' }],
    ['a status nobody knows', { status: 999 }, { status: 'uncertain' }],
    ['429', { http: 429, headers: { 'retry-after': '7' } }, failed('throttled', { retryAfterMs: 7000 })],
    ['401', { http: 401 }, failed('misconfigured')],
    ['413', { http: 413 }, failed('rejected')],
    ['500', { http: 500 }, { status: 'uncertain' }],
    ['502 with a page', { http: 502, body: '<html>' }, { status: 'uncertain' }],
    ['200 that says nothing', { http: 200, body: '' }, { status: 'uncertain' }],
    ['an answer that got lost', 'reset-after', { status: 'uncertain' }],
    ['a connection that broke', 'reset-before', { status: 'uncertain' }],
    [
      'no list of those who failed',
      { http: 200, body: '{"status":0,"message_token":5741311803571721087,"billing_status":1}' },
      sent,
    ],
    [
      'an empty list',
      {
        http: 200,
        body: '{"status":0,"message_token":5741311803571721087,"billing_status":1,"failed_list":null}',
      },
      sent,
    ],
    [
      'a list that can’t be read',
      { http: 200, body: '{"status":0,"message_token":1,"failed_list":[{"receiver":7}]}' },
      { status: 'uncertain' },
    ],
    [
      'a list that names somebody else',
      {
        http: 200,
        body: '{"status":0,"message_token":5741311803571721087,"billing_status":1,"failed_list":[{"receiver":"x","status":6}]}',
      },
      sent,
    ],
  ])('%s is for all of them, and the request is made once', async (_name, answer, expected) => {
    await start(['ana', 'vera'])
    harness.fake.script('broadcast_message', answer)
    const results = await broadcast(message([text('tajna poruka')]), 'ana', 'vera')
    expect(results).toEqual([expect.objectContaining(expected), expect.objectContaining(expected)])
    expect(harness.fake.calls.length).toBeLessThanOrEqual(1)
  })

  test('that refuses everybody, some for reasons of their own, tells both', async () => {
    await start(['ana', 'vera'])
    const body = '{"status":3,"status_message":"x","failed_list":[{"receiver":"vera","status":6}]}'
    harness.fake.script('broadcast_message', { http: 200, body })
    const results = await broadcast(message([text('x')]), 'ana', 'vera')
    expect(results).toMatchObject([failed('rejected'), failed('unreachable')])
  })

  test('from nowhere means that nothing was sent', async () => {
    await start([USER], { apiRoot: 'http://nema.invalid/pa' })
    expect(await broadcast(message([text('x')]), USER)).toMatchObject([failed('not-sent')])
  })

  test('that refuses what can be said more simply leaves it to be sent singly', async () => {
    await start([USER])
    harness.fake.script('broadcast_message', { status: 3 })
    expect(await broadcast(message([FILE]), USER)).toMatchObject([{ status: 'singly' }])
    harness.fake.script('send_message', { status: 3 })
    await harness.channel.send({ externalId: USER }, { ...message([FILE]), id: '1' })
    expect(harness.fake.sent(USER)).toMatchObject([{ text: 'program.pdf\nhttps://grad.example/program.pdf' }])
  })

  test('isn’t asked for with a picture that is too large for phones', async () => {
    const content = new Uint8Array(1024 * 1024 + 1)
    await start([USER], { media: filesInMemory({ m1: { content, name: 'p.png', mime: 'image/png' } }) })
    expect(await broadcast(message([PICTURE]), USER)).toMatchObject([{ status: 'singly' }])
    expect(harness.fake.calls).toEqual([])
  })
})
