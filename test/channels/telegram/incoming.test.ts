// The incoming contract of Telegram: raw update → events, request → HTTP status.
import { afterEach, describe, expect, test } from 'vitest'
import { toEvents, verify } from '../../../src/channels/telegram/index.ts'
import type { Received } from '../../../src/core/model/event.ts'
import { FAKE_USERNAME } from './fake-bot-api.ts'
import type { Params } from './fake-rules.ts'
import { type Harness, SECRET, serve, startHarness, until } from './harness.ts'
import { CHAT, DATE, FROM, GROUP, groupMessage, membership, message, press } from './updates.ts'

const NOW = 1_800_000_000_000
const PRIVATE = { address: '7', at: DATE * 1000, group: false, language: 'sr' }
const IN_GROUP = { ...PRIVATE, address: '-1001234', group: true }
const text = (said: string) => ({ kind: 'text', text: said })
const attachment = (kind: string) => ({ kind: 'attachment', attachment: kind })

/** `undefined`: no event. The envelope is that of a private chat unless told. */
const CASES: [name: string, update: Params, expected: Partial<Received> | Params | undefined][] = [
  ['a text', message({ text: 'Gde je opština?' }), { event: text('Gde je opština?') }],
  [
    'Cyrillic, emoji and right-to-left text',
    message({ text: 'Општина 🏛️ שלום' }),
    { event: text('Општина 🏛️ שלום') },
  ],
  ['a text of 4,096 characters', message({ text: 'š'.repeat(4096) }), { event: text('š'.repeat(4096)) }],
  ['a command stays a text', message({ text: '/prijava' }), { event: text('/prijava') }],
  ['/start', message({ text: '/start' }), { event: { kind: 'start' } }],
  ['/start by a link', message({ text: '/start clip-3' }), { event: { kind: 'start', payload: 'clip-3' } }],
  [
    '/start with the name',
    message({ text: `/start@${FAKE_USERNAME} a` }),
    { event: { kind: 'start', payload: 'a' } },
  ],
  ['/startuj is no start', message({ text: '/startuj' }), { event: text('/startuj') }],
  ['a pressed button', press(), { event: { kind: 'press', token: 'y:budget' }, at: NOW }],
  [
    'a button of an older version',
    press({ data: 'old-token-9' }),
    { event: { kind: 'press', token: 'old-token-9' }, at: NOW },
  ],
  [
    'a button under a message Telegram no longer shows',
    press({ message: { chat: CHAT, message_id: 4, date: 0 } }),
    { event: { kind: 'press', token: 'y:budget' }, at: NOW },
  ],
  [
    'a button in a group',
    press({ message: { chat: GROUP, message_id: 4, date: 1 } }),
    { ...IN_GROUP, event: { kind: 'press', token: 'y:budget' }, at: NOW },
  ],
  ['a button of a shared inline message', press({ message: undefined, inline_message_id: 'x' }), undefined],
  ['a game button', press({ data: undefined, game_short_name: 'x' }), undefined],
  ['blocked', membership('kicked'), { event: { kind: 'blocked' } }],
  ['unblocked', membership('member'), { event: { kind: 'unblocked' } }],
  ['removed from a group', membership('left', { chat: GROUP }), undefined],
  ['a voice message', message({ voice: { file_id: 'v' } }), { event: attachment('voice') }],
  ['a sticker', message({ sticker: { emoji: '👍' } }), { event: attachment('sticker') }],
  [
    'a photo',
    message({
      photo: [
        { file_id: 's', file_size: 9 },
        { file_id: 'l', file_size: 90 },
      ],
    }),
    { event: { ...attachment('photo'), file: { ref: 'l', bytes: 90 } } },
  ],
  [
    'a photo sent as a document',
    message({ document: { file_id: 'd', mime_type: 'image/heic' } }),
    { event: { ...attachment('photo'), file: { ref: 'd' } } },
  ],
  [
    'a document of another type',
    message({ document: { file_id: 'd', mime_type: 'image/svg+xml' } }),
    { event: attachment('file') },
  ],
  [
    'a photo with a caption',
    message({ photo: [{}], caption: 'Rupa' }),
    { event: { ...attachment('photo'), caption: 'Rupa' } },
  ],
  ['a video', message({ video: {} }), { event: attachment('video') }],
  ['a round video', message({ video_note: {} }), { event: attachment('video') }],
  ['an animation', message({ animation: {}, document: {} }), { event: attachment('video') }],
  ['music', message({ audio: {} }), { event: attachment('file') }],
  ['a document', message({ document: {} }), { event: attachment('file') }],
  [
    'a location',
    message({ location: { latitude: 43.1, longitude: 20.5 } }),
    { event: { ...attachment('location'), position: { lat: 43.1, lon: 20.5 } } },
  ],
  ['a venue', message({ venue: {}, location: {} }), { event: attachment('location') }],
  ['a contact', message({ contact: { phone_number: '064 123 4567' } }), { event: attachment('contact') }],
  ['a poll', message({ poll: {} }), { event: attachment('other') }],
  ['a dice', message({ dice: { value: 6 } }), { event: attachment('other') }],
  [
    'a picture of an album',
    message({ photo: [{}], media_group_id: '99' }),
    { externalId: 'album 99', event: attachment('photo') },
  ],
  [
    'the captioned picture of an album',
    message({ photo: [{}], media_group_id: '99', caption: 'Rupa' }),
    { event: { ...attachment('photo'), caption: 'Rupa' } },
  ],
  ['an edited message', { edited_message: message({ text: 'x' }).message }, undefined],
  ['a channel post', { channel_post: message({ text: 'x' }).message }, undefined],
  ['a service message', message({ pinned_message: {} }), undefined],
  ['another bot', message({ text: 'x', from: { ...FROM, is_bot: true } }), undefined],
  ['an unknown kind', { purchased_paid_media: {} }, undefined],
  ['a message of an unexpected shape', { message: { text: 5 } }, undefined],
  ['a press of an unexpected shape', { callback_query: 'x' }, undefined],
  ['chatter in a group', groupMessage({ text: 'Dobro jutro svima' }), undefined],
  [
    'a joke about @somebody',
    groupMessage({ text: `@${FAKE_USERNAME}2 i mail a@${FAKE_USERNAME}` }),
    undefined,
  ],
  [
    'a mention in a group',
    groupMessage({ text: `@${FAKE_USERNAME.toLowerCase()} gde je opština` }),
    { ...IN_GROUP, event: text(`@${FAKE_USERNAME.toLowerCase()} gde je opština`) },
  ],
  [
    'a mention in a caption',
    groupMessage({ photo: [{}], caption: `ej @${FAKE_USERNAME}` }),
    { ...IN_GROUP, event: { ...attachment('photo'), caption: `ej @${FAKE_USERNAME}` } },
  ],
  [
    'a reply to the bot',
    groupMessage({ text: 'a gde?', reply_to_message: { from: { username: FAKE_USERNAME } } }),
    { ...IN_GROUP, event: text('a gde?') },
  ],
  [
    'a reply to a neighbour',
    groupMessage({ text: 'a gde?', reply_to_message: { from: { username: 'komsa' } } }),
    undefined,
  ],
  ['a command in a group', groupMessage({ text: '/pomoc' }), { ...IN_GROUP, event: text('/pomoc') }],
  [
    'a command for this bot',
    groupMessage({ text: `/pomoc@${FAKE_USERNAME}` }),
    { ...IN_GROUP, event: text(`/pomoc@${FAKE_USERNAME}`) },
  ],
  ['a command for another bot', groupMessage({ text: '/pomoc@DrugiBot' }), undefined],
]

describe('an update becomes an event', () => {
  test.each(CASES)('%s', (_name, update, expected) => {
    const events = toEvents({ update_id: 31, ...update }, FAKE_USERNAME, NOW)
    const whole = expected && { channel: 'telegram', externalId: '31', ...PRIVATE, ...expected }
    expect(events).toEqual(whole ? [whole] : [])
  })

  test.each([
    ['sr', 'sr'],
    ['sr-Latn', 'sr'],
    ['bs', 'bs'],
    ['hr', 'bs'],
    ['en-GB', 'en'],
    ['tr', undefined],
    [undefined, undefined],
  ])('a phone in %s → %s', (code, language) => {
    const update = { update_id: 1, ...message({ text: 'x', from: { ...FROM, language_code: code } }) }
    expect(toEvents(update)[0]?.language).toBe(language)
  })

  test.each([[null], [[]], [{}], ['x'], [{ update_id: 'x' }]])('%j is no update', update => {
    expect(toEvents(update)).toEqual([])
  })

  test('while the name of the bot is unknown, only commands in groups are meant for it', () => {
    const event = (said: string) => toEvents({ update_id: 1, ...groupMessage({ text: said }) })
    expect(event('@x zdravo')).toEqual([])
    expect(event('/pomoc')).toHaveLength(1)
  })
})

test.each([
  [SECRET, SECRET, true],
  [SECRET, `${SECRET}x`, false],
  [SECRET, '', false],
  [SECRET, undefined, false],
  [SECRET, [SECRET], false],
  ['', '', false],
  [undefined, undefined, false],
])('secret %j, header %j → %j', (secret, header, expected) => {
  expect(verify(secret, header)).toBe(expected)
})

let harness: Harness
afterEach(() => harness?.end())

describe('the webhook', () => {
  const update = JSON.stringify({ update_id: 1, ...message({ text: 'tajna poruka' }) })
  const json = { 'content-type': 'application/json' }
  const signed = { ...json, 'x-telegram-bot-api-secret-token': SECRET }
  const REQUESTS: [
    name: string,
    headers: Record<string, string>,
    body: string,
    status: number,
    stored: number,
  ][] = [
    ['an update', signed, update, 200, 1],
    ['an update of an unknown kind', signed, '{"update_id":1,"business_message":{}}', 200, 0],
    ['no update at all', signed, '{}', 200, 0],
    ['no secret', json, update, 401, 0],
    ['a wrong secret', { ...json, 'x-telegram-bot-api-secret-token': 'x' }, update, 401, 0],
    ['a wrong secret and broken JSON', json, '{', 401, 0],
    ['broken JSON', signed, '{"update_id":', 400, 0],
    ['an empty body', signed, '', 400, 0],
    ['a body over 1 MB', signed, JSON.stringify({ update_id: 1, x: 'a'.repeat(1024 * 1024) }), 413, 0],
  ]
  test.each(REQUESTS)('%s', async (_name, headers, payload, status, stored) => {
    harness = await startHarness({ mode: 'webhook' })
    const app = await serve(harness)
    const response = await app.inject({ method: 'POST', url: '/webhooks/telegram', headers, payload })
    expect(response.statusCode).toBe(status)
    expect(harness.received).toHaveLength(stored)
  })

  test('an update that could not be stored is answered with 500, so that Telegram repeats it', async () => {
    let broken = true
    harness = await startHarness({
      mode: 'webhook',
      onReceive() {
        if (broken) throw new Error('tajna poruka')
      },
    })
    const app = await serve(harness)
    const deliver = () =>
      app.inject({ method: 'POST', url: '/webhooks/telegram', headers: signed, payload: update })
    expect((await deliver()).statusCode).toBe(500)
    broken = false
    expect((await deliver()).statusCode).toBe(200)
    expect(harness.received).toHaveLength(1)
  })

  test('200 is said only after the update is stored', async () => {
    let store = () => {}
    harness = await startHarness({
      mode: 'webhook',
      onReceive: () =>
        new Promise<void>(resolve => {
          store = resolve
        }),
    })
    const app = await serve(harness)
    let answered = false
    const response = app
      .inject({ method: 'POST', url: '/webhooks/telegram', headers: signed, payload: update })
      .then(() => {
        answered = true
      })
    await new Promise(resolve => setTimeout(resolve, 50))
    expect(answered).toBe(false)
    store()
    await response
    expect(answered).toBe(true)
  })

  test('is registered with secret and kinds of update when the public address is known', async () => {
    harness = await startHarness({ mode: 'webhook', publicUrl: 'https://bot.example/' })
    await harness.listener.start?.()
    await until(() => harness.fake.webhook.url !== '')
    expect(harness.fake.webhook).toEqual({ url: 'https://bot.example/webhooks/telegram', secret: SECRET })
    expect(harness.fake.callsOf('setWebhook')[0]).toMatchObject({
      allowed_updates: ['message', 'callback_query', 'my_chat_member'],
    })
  })

  test('without a public address says that somebody must register it', async () => {
    harness = await startHarness({ mode: 'webhook' })
    await harness.listener.start?.()
    await until(() => harness.fake.commands.size > 0)
    expect(harness.lines.join('')).toContain('must be registered by hand')
    expect(harness.fake.callsOf('setWebhook')).toEqual([])
  })

  test('registering is tried again after a failure, and given up when Telegram refuses', async () => {
    harness = await startHarness({ mode: 'webhook', publicUrl: 'http://bot.example' })
    harness.fake.script('setWebhook', { status: 502, description: 'Bad Gateway' })
    await harness.listener.start?.()
    await until(() => harness.lines.join('').includes('An HTTPS URL must be provided'))
    expect(harness.fake.callsOf('setWebhook')).toHaveLength(2)
  })

  test('has no route while the bot polls', async () => {
    harness = await startHarness({ mode: 'polling' })
    const app = await serve(harness)
    const response = await app.inject({
      method: 'POST',
      url: '/webhooks/telegram',
      headers: signed,
      payload: update,
    })
    expect(response.statusCode).toBe(404)
  })

  test('a pressed button is answered at once; an answer that comes too late is no fault', async () => {
    harness = await startHarness({ mode: 'webhook' })
    const app = await serve(harness)
    const url = `${await app.listen({ port: 0, host: '127.0.0.1' })}/webhooks/telegram`
    try {
      for (const _twice of [1, 2]) {
        const response = await harness.fake.postUpdate(url, SECRET, press())
        expect(response.status).toBe(200)
        if (_twice === 1) await until(() => harness.fake.callsOf('answerCallbackQuery').length === 1)
      }
      const tooOld = { status: 400, description: 'Bad Request: query is too old' }
      harness.fake.script('answerCallbackQuery', tooOld)
      await harness.fake.postUpdate(url, SECRET, press({ id: 'other' }))
      await until(() => harness.fake.callsOf('answerCallbackQuery').length === 3)
      expect(harness.received).toHaveLength(3)
    } finally {
      await app.close()
    }
  })
})

describe('polling', () => {
  const say = (said: string) => message({ text: said })
  const heard = () => harness.received.map(({ event }) => ('text' in event ? event.text : event.kind))

  test('takes a webhook away without dropping what waits, then receives in order', async () => {
    harness = await startHarness()
    harness.fake.webhook.url = 'https://old.example/x'
    for (const said of ['a', 'b', 'c']) harness.fake.push(say(said))
    await harness.listener.start?.()
    await until(() => harness.received.length === 3)
    harness.fake.push(say('d'))
    await until(() => harness.received.length === 4)
    expect(heard()).toEqual(['a', 'b', 'c', 'd'])
    expect(harness.fake.callsOf('deleteWebhook')).toEqual([{ drop_pending_updates: false }])
  })

  test('confirms updates only after they are stored', async () => {
    let broken = true
    harness = await startHarness({
      onReceive() {
        if (!broken) return
        broken = false
        throw new Error('tajna poruka')
      },
    })
    harness.fake.push(say('a'))
    await harness.listener.start?.()
    await until(() => harness.received.length === 1)
    await until(() => harness.fake.pending() === 0)
    const offsets = harness.fake.callsOf('getUpdates').map(({ offset }) => offset)
    expect(offsets.slice(0, 2)).toEqual([0, 0])
  })

  test('goes on after errors, and says clearly when somebody else polls with the token', async () => {
    harness = await startHarness()
    harness.fake.script('getUpdates', {
      status: 409,
      description: 'Conflict: terminated by other getUpdates request',
    })
    harness.fake.push(say('a'))
    await harness.listener.start?.()
    await until(() => harness.received.length === 1)
    expect(harness.lines.join('')).toContain('only one program may poll')
  })

  test('waits as long as Telegram wishes', async () => {
    harness = await startHarness()
    harness.fake.script('getUpdates', {
      status: 429,
      description: 'Too Many Requests: retry after 0',
      retryAfter: 0,
    })
    harness.fake.push(say('a'))
    await harness.listener.start?.()
    await until(() => harness.received.length === 1, 900)
  })

  test('survives a lost answer', async () => {
    harness = await startHarness()
    harness.fake.script('getUpdates', 'lost-after')
    harness.fake.push(say('a'))
    await harness.listener.start?.()
    await until(() => harness.received.length === 1)
  })

  test('stops at once although a request is held open', async () => {
    harness = await startHarness()
    await harness.listener.start?.()
    await until(() => harness.fake.callsOf('getUpdates').length === 1)
    const started = Date.now()
    await harness.listener.stop?.()
    expect(Date.now() - started).toBeLessThan(500)
  })

  test('fills the command menu for every language', async () => {
    harness = await startHarness()
    await harness.listener.start?.()
    await until(() => harness.fake.commands.size === 4)
    expect([...harness.fake.commands.keys()]).toEqual(['', 'bs', 'hr', 'en'])
  })

  test('a refused token is named as the cause', async () => {
    harness = await startHarness({ token: '1:wrong' })
    await harness.listener.start?.()
    await until(() => harness.lines.join('').includes('check TELEGRAM_BOT_TOKEN'))
    expect(harness.received).toEqual([])
  })

  test('knows its name, so that a mention in a group is heard', async () => {
    harness = await startHarness()
    await harness.listener.start?.()
    await until(() => harness.fake.commands.size > 0)
    harness.fake.push(groupMessage({ text: `@${FAKE_USERNAME} zdravo` }))
    await until(() => harness.received.length === 1)
    expect(harness.received[0]).toMatchObject({ address: String(GROUP.id), group: true })
  })
})
