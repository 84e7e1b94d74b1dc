// The incoming contract of Viber: raw callback → events, request → HTTP answer.
import { afterEach, describe, expect, test } from 'vitest'
import { parseCallback, toEvents, toReceipts, verify } from '../../../src/channels/viber/index.ts'
import type { Received } from '../../../src/core/model/event.ts'
import { type Scripted, sign } from './fake-viber.ts'
import {
  type Harness,
  type HarnessOptions,
  PUBLIC_URL,
  startHarness,
  USER,
  until,
  WEBHOOK,
  welcomeIn,
} from './harness.ts'

const NOW = 1_800_000_000_000
const AT = 1_457_764_197_627
/** Rounded to a double this is …721000 or …721088. */
const TOKEN = '5741311803571721087'
const PROFILE = {
  id: USER,
  name: 'Mirsad Begović',
  avatar: 'http://avatar.example',
  country: 'RS',
  language: 'sr-RS',
  api_version: 10,
}
type Json = Record<string, unknown>

/** As Viber writes it: the token is a number of 64 bits. */
function raw(event: string, fields: Json, token = TOKEN): string {
  const head = `{"event":"${event}","timestamp":${AT},"message_token":${token}`
  return `${head},${JSON.stringify(fields).slice(1)}`
}
const message = (content: Json, extra: Json = {}) =>
  raw('message', { sender: PROFILE, message: content, ...extra })
const typed = (text: string, extra: Json = {}) => message({ type: 'text', text }, extra)
const attachment = (kind: string, extra: Json = {}) => ({ kind: 'attachment', attachment: kind, ...extra })

/** `undefined`: no event. The envelope is that of the person above unless told. */
const CASES: [name: string, body: string, expected: Json | undefined][] = [
  ['a text', typed('Gde je opština?'), { kind: 'text', text: 'Gde je opština?' }],
  [
    'Cyrillic, emoji and right-to-left text',
    typed('Општина 🏛️ שלום'),
    { kind: 'text', text: 'Општина 🏛️ שלום' },
  ],
  ['a text of 7,000 characters', typed('š'.repeat(7000)), { kind: 'text', text: 'š'.repeat(7000) }],
  ['a command stays a text', typed('/prijava'), { kind: 'text', text: '/prijava' }],
  ['a pressed key', typed('btn:y:budget', { silent: true }), { kind: 'press', token: 'y:budget' }],
  ['a key of an app that knows no silence', typed('btn:y:budget'), { kind: 'press', token: 'y:budget' }],
  ['a key of an older version', typed('btn:old-9', { silent: true }), { kind: 'press', token: 'old-9' }],
  ['a key that opened a link', typed('https://grad.example/x', { silent: true }), undefined],
  [
    'a typed link',
    typed('https://grad.example/x', { silent: false }),
    { kind: 'text', text: 'https://grad.example/x' },
  ],
  [
    'a shared link',
    message({ type: 'url', media: 'https://a.example' }),
    { kind: 'text', text: 'https://a.example' },
  ],
  [
    'a picture',
    message({ type: 'picture', media: 'https://m.example/p.jpg', text: '' }),
    attachment('photo', { file: { ref: 'https://m.example/p.jpg' } }),
  ],
  [
    'a picture sent as a file',
    message({ type: 'file', media: 'https://m.example/1', file_name: 'Rupa.JPG', size: 5 }),
    attachment('photo', { file: { ref: 'https://m.example/1', bytes: 5 } }),
  ],
  [
    'a picture without an address',
    message({ type: 'picture', media: 'file:///etc/passwd' }),
    attachment('photo'),
  ],
  [
    'a picture with words',
    message({ type: 'picture', media: 'https://m.example/p.jpg', text: 'Rupa' }),
    attachment('photo', { caption: 'Rupa', file: { ref: 'https://m.example/p.jpg' } }),
  ],
  ['a video', message({ type: 'video', media: 'https://m.example/v.mp4' }), attachment('video')],
  [
    'a file',
    message({ type: 'file', media: 'https://m.example/a.pdf', file_name: 'a.pdf' }),
    attachment('file'),
  ],
  ['a sticker', message({ type: 'sticker', sticker_id: 46105 }), attachment('sticker')],
  [
    'a location',
    message({ type: 'location', location: { lat: 43.1, lon: 20.5 } }),
    attachment('location', { position: { lat: 43.1, lon: 20.5 } }),
  ],
  ['a place nobody can go to', message({ type: 'location', location: { lat: 143 } }), attachment('location')],
  [
    'a contact',
    message({ type: 'contact', contact: { phone_number: '064 123 4567' } }),
    attachment('contact'),
  ],
  ['something new', message({ type: 'hologram' }), attachment('other')],
  ['a message without content', raw('message', { sender: PROFILE }), undefined],
  ['subscribed', raw('subscribed', { user: PROFILE }), { kind: 'unblocked' }],
  ['unsubscribed', raw('unsubscribed', { user_id: USER }), { kind: 'blocked' }],
  [
    'an opening',
    raw('conversation_started', { type: 'open', user: PROFILE, subscribed: true }),
    { kind: 'start' },
  ],
  [
    'an opening by a link',
    raw('conversation_started', { type: 'open', context: 'radionica-3', user: PROFILE, subscribed: true }),
    { kind: 'start', payload: 'radionica-3' },
  ],
  ['the check of the webhook', raw('webhook', { chat_hostname: 'SN-1' }), undefined],
  ['delivered', raw('delivered', { user_id: USER }), undefined],
  ['an unknown kind', raw('client_status', { user: PROFILE }), undefined],
  ['a payment', raw('pay', { sender: PROFILE }), undefined],
  [
    'a person without an id',
    raw('message', { sender: { name: 'x' }, message: { type: 'text', text: 'x' } }),
    undefined,
  ],
  ['an id longer than ours may be', raw('unsubscribed', { user_id: 'x'.repeat(101) }), undefined],
  ['no token', `{"event":"unsubscribed","user_id":"${USER}"}`, undefined],
  ['no object', '[1,2]', undefined],
  ['null', 'null', undefined],
]

const parsed = (body: string): unknown => parseCallback(body)?.callback

describe('toEvents', () => {
  test.each(CASES)('%s', (_name, body, event) => {
    const kind = /"event":"(\w+)"/.exec(body)?.[1]
    // Only these name the person's language.
    const language = kind === 'unsubscribed' ? {} : { language: 'sr' }
    const envelope = { channel: 'viber', externalId: `${kind} ${TOKEN}`, address: USER, at: AT, group: false }
    expect(toEvents(parsed(body), NOW)).toEqual(event ? [{ ...envelope, ...language, event }] : [])
  })

  test('tokens of 64 bits keep every digit, however they are written', () => {
    const id = (token: string) =>
      toEvents(parsed(raw('unsubscribed', { user_id: USER }, token)))[0]?.externalId
    expect(id(TOKEN)).toBe(`unsubscribed ${TOKEN}`)
    expect(id('18446744073709551615')).toBe('unsubscribed 18446744073709551615')
    expect(id(`"${TOKEN}"`)).toBe(`unsubscribed ${TOKEN}`)
    expect(id('42')).toBe('unsubscribed 42')
    expect(id('5.741e18')).toBeUndefined()
    expect(id('-5741311803571721087')).toBeUndefined()
  })

  test.each([
    ['sr', 'sr'],
    ['sr-Latn-RS', 'sr'],
    ['bs', 'bs'],
    ['hr-HR', 'bs'],
    ['en_GB', 'en'],
    ['de', undefined],
    [undefined, undefined],
    [7, undefined],
  ])('an app in %s', (language, expected) => {
    const body = raw('subscribed', { user: { ...PROFILE, language } })
    expect(toEvents(parsed(body))[0]?.language).toBe(expected)
  })

  test('a time that is none is now', () => {
    const at = (timestamp: unknown) =>
      toEvents({ event: 'unsubscribed', user_id: USER, message_token: 1, timestamp }, NOW)[0]?.at
    expect([at('yesterday'), at(-5), at(1e300), at(undefined), at(AT)]).toEqual([NOW, NOW, NOW, NOW, AT])
  })
})

describe('toReceipts', () => {
  const base = { channel: 'viber', externalId: TOKEN, address: USER, at: AT }
  test.each([
    ['delivered', raw('delivered', { user_id: USER }), [{ ...base, kind: 'delivered' }]],
    ['seen', raw('seen', { user_id: USER }), [{ ...base, kind: 'seen' }]],
    [
      'failed',
      raw('failed', { user_id: USER, desc: 'message validation failed' }),
      [{ ...base, kind: 'failed', detail: 'message validation failed' }],
    ],
    [
      'failed for a reason that no text may hold',
      raw('failed', { user_id: USER, desc: `${'x'.repeat(198)}\0\ud83d\ude00` }),
      [{ ...base, kind: 'failed', detail: `${'x'.repeat(198)} \ufffd` }],
    ],
    ['failed without a reason', raw('failed', { user_id: USER }), [{ ...base, kind: 'failed' }]],
    ['a message', typed('x'), []],
    ['nonsense', '{"event":"seen","message_token":{}}', []],
  ])('%s', (_name, body, expected) => expect(toReceipts(parsed(body), NOW)).toEqual(expected))
})

describe('verify', () => {
  const body = Buffer.from('{"event":"webhook"}')
  const right = sign('token', body.toString())
  test.each([
    ['the signature of these bytes', right, true],
    ['in capital letters', right.toUpperCase(), true],
    ['of other bytes', sign('token', '{"event":"webhook" }'), false],
    ['by another token', sign('other', body.toString()), false],
    ['cut', right.slice(0, 63), false],
    ['with something behind', `${right}00`, false],
    ['not hex', 'z'.repeat(64), false],
    ['empty', '', false],
    ['none', undefined, false],
    ['two', [right, right], false],
  ])('%s', (_name, header, expected) => expect(verify('token', body, header)).toBe(expected))
})

describe('the webhook', () => {
  let harness: Harness | undefined
  afterEach(async () => {
    await harness?.end()
    harness = undefined
  })

  async function start(options?: HarnessOptions): Promise<Harness> {
    harness = await startHarness(options)
    harness.fake.addUser(USER)
    return harness
  }

  test('says 200 and nothing else once an event is stored', async () => {
    let stored = false
    const { fake } = await start({
      async onReceive() {
        await new Promise(resolve => setTimeout(resolve, 20))
        stored = true
        return undefined
      },
    })
    expect(await fake.post(typed('tajna poruka'))).toMatchObject({ status: 200, body: '' })
    expect(stored).toBe(true)
  })

  test('says 500 when an event could not be stored, so that Viber repeats it', async () => {
    const { fake } = await start({
      onReceive() {
        throw new Error('tajna poruka')
      },
    })
    expect((await fake.post(typed('tajna poruka'))).status).toBe(500)
  })

  const right = typed('tajna poruka')
  test.each<[string, string, string | null, number]>([
    ['no signature', right, null, 401],
    ['an empty signature', right, '', 401],
    [
      'the signature of another body',
      right,
      sign('445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9', 'x'),
      401,
    ],
    ['somebody else’s signature', right, sign('another token', right), 401],
    ['no signature and no body', '', null, 401],
    [
      'malformed JSON',
      '{"event":',
      sign('445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9', '{"event":'),
      400,
    ],
  ])('refuses %s', async (_name, body, signature, status) => {
    const { fake, received } = await start()
    expect((await fake.post(body, signature)).status).toBe(status)
    expect(received).toEqual([])
  })

  test('refuses a wrong signature at once, however large the body', async () => {
    const { fake } = await start()
    const before = performance.now()
    expect((await fake.post('x'.repeat(900_000), 'f'.repeat(64))).status).toBe(401)
    expect(performance.now() - before).toBeLessThan(1000)
  })

  test('is for callbacks only: whoever looks at it finds nothing', async () => {
    const { url } = await start()
    expect((await fetch(`${url}/webhooks/viber`)).status).toBe(404)
  })

  test('refuses more than a megabyte', async () => {
    const { fake } = await start()
    expect((await fake.post(typed('x'.repeat(1_100_000)))).status).toBe(413)
  })

  test('refuses JSON so deep that it can’t be read', async () => {
    const { fake } = await start()
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
    expect([200, 400]).toContain((await fake.post(deep)).status)
  })

  test('takes receipts apart from events', async () => {
    const { fake, received, receipts } = await start()
    await fake.receipt('delivered', USER, TOKEN)
    await fake.receipt('seen', USER, TOKEN)
    await fake.receipt('failed', USER, TOKEN, 'message validation failed')
    expect(receipts.map(({ kind, externalId }) => [kind, externalId])).toEqual([
      ['delivered', TOKEN],
      ['seen', TOKEN],
      ['failed', TOKEN],
    ])
    expect(received).toEqual([])
  })

  test('says 500 when a receipt could not be noted', async () => {
    const { fake } = await start({
      async onReceipts() {
        throw new Error('no database')
      },
    })
    expect((await fake.receipt('failed', USER, TOKEN)).status).toBe(500)
  })

  describe('somebody opens the chat', () => {
    const NEW = { subscribed: false }

    test('is greeted in the answer, in the language of the app, and nothing is kept', async () => {
      const { fake, received } = await start()
      fake.addUser('vera', { ...NEW, language: 'en-GB' })
      const { body, type } = await fake.open('vera')
      expect(type).toMatch('application/json')
      expect(JSON.parse(body)).toMatchObject({
        type: 'text',
        text: 'dobrodošlica en bez povoda',
        sender: { name: 'Komšija' },
        min_api_version: 2,
        keyboard: { Buttons: [{ ActionBody: 'btn:m:menu', Silent: true }] },
      })
      expect(JSON.parse(body)).not.toHaveProperty('receiver')
      expect(received).toEqual([])
    })

    test('is greeted with what the link promised', async () => {
      const { fake } = await start()
      fake.addUser('vera', { ...NEW, language: 'bs' })
      expect(JSON.parse((await fake.open('vera', 'radionica-3')).body).text).toBe(
        'dobrodošlica bs radionica-3',
      )
    })

    test('is greeted without silent keys by an app that doesn’t know them', async () => {
      const { fake } = await start()
      fake.addUser('vera', { ...NEW, apiVersion: 1 })
      const welcome = JSON.parse((await fake.open('vera')).body)
      expect(welcome).not.toHaveProperty('min_api_version')
      expect(welcome.keyboard.Buttons[0]).not.toHaveProperty('Silent')
    })

    test('a subscriber is greeted, and nothing is stored', async () => {
      const { fake, received } = await start()
      expect(JSON.parse((await fake.open(USER)).body).text).toBe('dobrodošlica sr bez povoda')
      expect(received).toEqual([])
    })

    test('a subscriber who came by a link is a start, answered by way of the outbox', async () => {
      const { fake, received } = await start()
      expect(await fake.open(USER, 'povezi-7')).toMatchObject({ status: 200, body: '' })
      expect(received).toMatchObject([{ address: USER, event: { kind: 'start', payload: 'povezi-7' } }])
    })

    test('what storing the start returns is said in the answer', async () => {
      const { fake } = await start({ onReceive: () => [welcomeIn('sr', 'odmah')] })
      expect(JSON.parse((await fake.open(USER, 'povezi-7')).body).text).toBe('dobrodošlica sr odmah')
    })

    test('a long welcome with pictures and many buttons is still one message', async () => {
      const { fake } = await start({
        welcome: () => ({
          blocks: [
            { kind: 'text', text: 'Општина. '.repeat(1500) },
            { kind: 'image', text: 'Slika', mediaId: 'm', url: 'https://grad.example/a.png', alt: 'Grb' },
          ],
          buttons: Array.from({ length: 60 }, (_, index) => ({
            label: `Dugme ${index}`,
            token: `t${index}`,
          })),
        }),
      })
      fake.addUser('vera', NEW)
      await fake.open('vera')
      expect(fake.sent('vera')).toHaveLength(1)
      expect(fake.keys('vera')).toHaveLength(24)
    })

    test('one person’s welcome never reaches another, whatever happens at the same time', async () => {
      const { fake } = await start({
        async onReceive() {
          await new Promise(resolve => setTimeout(resolve, Math.random() * 5))
          return [welcomeIn('sr', 'tuđe')]
        },
      })
      const work = Array.from({ length: 300 }, async (_, index) => {
        const user = `u${index}`
        fake.addUser(user, index % 3 ? NEW : {})
        if (index % 3) return [(await fake.open(user, `za-${user}`)).body, `za-${user}`]
        return [(await fake.say(user, 'Dobar dan')).body, '']
      })
      for (const [body = '', own = ''] of await Promise.all(work)) {
        if (own) expect(JSON.parse(body).text).toBe(`dobrodošlica sr ${own}`)
        else expect(body).toBe('')
      }
    })
  })

  test('a whole visit: opened, greeted, pressed, subscribed, left', async () => {
    const { fake, received } = await start()
    fake.addUser('vera', { subscribed: false })
    await fake.open('vera')
    await fake.press('vera', 'Oblasti')
    await fake.say('vera', 'Gde je opština?')
    await fake.unsubscribe('vera')
    const events = received.map(({ event }: Received) => event)
    expect(events).toEqual([
      { kind: 'unblocked' },
      { kind: 'press', token: 'm:menu' },
      { kind: 'text', text: 'Gde je opština?' },
      { kind: 'blocked' },
    ])
    expect(new Set(received.map(({ externalId }) => externalId)).size).toBe(4)
  })
})

describe('registering', () => {
  let harness: Harness
  afterEach(() => harness.end())

  async function start(options: HarnessOptions, ...answers: Scripted[]): Promise<Harness> {
    harness = await startHarness({ registered: false, ...options })
    harness.fake.script('set_webhook', ...answers)
    await harness.listener.start?.()
    return harness
  }
  const logged = () => harness.lines.join('')

  test('tells Viber the address and wants no names', async () => {
    const { fake } = await start({ publicUrl: 'https://bot.grad.example/' })
    await until(() => logged().includes('the webhook is registered'))
    expect(fake.webhook()).toBe(WEBHOOK)
    expect(fake.calls[0]?.payload).toMatchObject({ url: WEBHOOK, send_name: false, send_photo: false })
    expect(fake.calls[0]?.payload.event_types).toEqual(
      expect.arrayContaining(['delivered', 'seen', 'failed', 'conversation_started']),
    )
  })

  test('is tried again when Viber breaks', async () => {
    const { fake } = await start({ publicUrl: PUBLIC_URL }, { http: 500 })
    await until(() => logged().includes('the webhook is registered'))
    expect(fake.calls).toHaveLength(2)
    expect(fake.webhook()).toBe(WEBHOOK)
  })

  test('ends when the token is refused', async () => {
    const { fake } = await start({ publicUrl: PUBLIC_URL }, { status: 2, message: 'invalidAuthToken' })
    await until(() => logged().includes('invalidAuthToken'))
    await new Promise(resolve => setTimeout(resolve, 1200))
    expect(fake.calls).toHaveLength(1)
  })

  test('ends when the process stops', async () => {
    const { fake, listener } = await start({ publicUrl: PUBLIC_URL }, { http: 500 })
    await until(() => fake.calls.length === 1)
    await listener.stop?.()
    await new Promise(resolve => setTimeout(resolve, 1200))
    expect(fake.calls).toHaveLength(1)
  })

  test.each([
    ['without a public address', {}, 'PUBLIC_URL is not set'],
    ['without https', { publicUrl: 'http://localhost:3000' }, 'not a public https address'],
  ])('is not tried %s, and says so', async (_name, options, line) => {
    const { fake } = await start(options)
    await until(() => logged().includes(line))
    expect(fake.calls).toEqual([])
  })
})
