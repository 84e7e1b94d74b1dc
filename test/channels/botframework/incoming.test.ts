// The incoming contract of the Bot Framework: activity → event, request → HTTP answer.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  isServiceUrlAllowed,
  MICROSOFT_SERVICE_URLS,
  toEvents,
} from '../../../src/channels/botframework/index.ts'
import { APP_ID, foreignKey, type TokenChange } from './fake-connector.ts'
import { BOT, CONVERSATION, type Harness, PERSON, SENT_AT, startHarness } from './harness.ts'

type Json = Record<string, unknown>
const NOW = 1_900_000_000_000
const SERVICE_URL = 'https://smba.trafficmanager.net/emea/'
const MENTION = { type: 'mention', mentioned: { id: BOT.id, name: 'Komšija' }, text: '<at>Komšija</at>' }
const GROUP = { conversation: { id: CONVERSATION, isGroup: true, conversationType: 'channel' } }

function raw(change: Json = {}): Json {
  return {
    type: 'message',
    id: 'activity-1',
    timestamp: new Date(SENT_AT).toISOString(),
    channelId: 'msteams',
    serviceUrl: SERVICE_URL,
    from: PERSON,
    recipient: BOT,
    conversation: { id: CONVERSATION, conversationType: 'personal', tenantId: 'tenant-1' },
    locale: 'sr-Latn-RS',
    ...change,
  }
}
const typed = (text: string, change: Json = {}) => raw({ text, ...change })
const file = (contentType: string, change: Json = {}) =>
  raw({ attachments: [{ contentType, contentUrl: 'https://files.example/1', name: 'x' }], ...change })
const attachment = (kind: string, more: Json = {}) => ({ kind: 'attachment', attachment: kind, ...more })

/** `undefined`: no event. */
const CASES: [name: string, activity: Json, expected: Json | undefined][] = [
  ['a text', typed('Gde je opština?'), { kind: 'text', text: 'Gde je opština?' }],
  ['Cyrillic, emoji and right-to-left', typed('Општина 🏛️ שלום'), { kind: 'text', text: 'Општина 🏛️ שלום' }],
  ['a text of 20,000 characters', typed('š'.repeat(20_000)), { kind: 'text', text: 'š'.repeat(20_000) }],
  ['a command stays a text', typed('/prijava'), { kind: 'text', text: '/prijava' }],
  ['a start', typed('/start'), { kind: 'start' }],
  ['a start with a payload', typed('/start w1'), { kind: 'start', payload: 'w1' }],
  ['white space', typed(' \n '), undefined],
  ['a message without anything', raw(), undefined],
  [
    'Teams’ text with its copy in HTML',
    typed('Gde je&nbsp;opština?', { attachments: [{ contentType: 'text/html', content: '<p>Gde</p>' }] }),
    { kind: 'text', text: 'Gde je opština?' },
  ],
  ['a card’s button', raw({ value: { token: 'y:budget' } }), { kind: 'press', token: 'y:budget' }],
  [
    'a button that echoes its label',
    typed('btn:y:budget', { value: 'btn:y:budget' }),
    { kind: 'press', token: 'y:budget' },
  ],
  [
    'a button on a channel that knows only texts',
    typed('btn:y:budget'),
    { kind: 'press', token: 'y:budget' },
  ],
  ['a button’s value alone', raw({ value: 'y:budget' }), { kind: 'press', token: 'y:budget' }],
  ['a value beside words', typed('Budžet', { value: { other: 1 } }), { kind: 'text', text: 'Budžet' }],
  ['a form of somebody else’s card', raw({ value: { other: 1 } }), undefined],
  ['a picture', file('image/png'), attachment('photo', { file: { ref: 'https://files.example/1' } })],
  [
    'a picture with words',
    file('image/png', { text: 'Rupa' }),
    attachment('photo', { caption: 'Rupa', file: { ref: 'https://files.example/1' } }),
  ],
  [
    'a picture without an address that can be asked',
    raw({ attachments: [{ contentType: 'image/png', contentUrl: 'data:image/png;base64,AA==' }] }),
    attachment('photo'),
  ],
  ['a film', file('video/mp4'), attachment('video')],
  ['a voice message', file('audio/ogg'), attachment('voice')],
  ['a visiting card', file('text/x-vcard'), attachment('contact')],
  ['a file', file('application/vnd.microsoft.teams.file.download.info'), attachment('file')],
  ['a shared card', file('application/vnd.microsoft.card.adaptive'), attachment('other')],
  ['markup alone', file('text/html'), attachment('other')],
  [
    'a place',
    raw({ entities: [{ type: 'GeoCoordinates', latitude: 43, longitude: 20 }] }),
    attachment('location', { position: { lat: 43, lon: 20 } }),
  ],
  [
    'the person joins',
    raw({ type: 'conversationUpdate', membersAdded: [{ id: PERSON.id }] }),
    { kind: 'start' },
  ],
  ['the bot joins', raw({ type: 'conversationUpdate', membersAdded: [BOT] }), { kind: 'start' }],
  ['the bot joins a group', raw({ type: 'conversationUpdate', membersAdded: [BOT], ...GROUP }), undefined],
  ['the bot is removed', raw({ type: 'conversationUpdate', membersRemoved: [BOT] }), { kind: 'blocked' }],
  ['somebody leaves', raw({ type: 'conversationUpdate', membersRemoved: [{ id: '29:other' }] }), undefined],
  ['a renamed conversation', raw({ type: 'conversationUpdate', topicName: 'x' }), undefined],
  ['the app is removed', raw({ type: 'installationUpdate', action: 'remove' }), { kind: 'blocked' }],
  ['the app is installed', raw({ type: 'installationUpdate', action: 'add' }), { kind: 'unblocked' }],
  ['the app is upgraded', raw({ type: 'installationUpdate', action: 'remove-upgrade' }), undefined],
  ['a deleted contact', raw({ type: 'contactRelationUpdate', action: 'remove' }), { kind: 'blocked' }],
  ['a bot’s own words', typed('Dobar dan', { from: { id: '28:other', role: 'bot' } }), undefined],
  ['an echo of the bot', typed('Dobar dan', { from: BOT }), undefined],
  ['somebody types', raw({ type: 'typing' }), undefined],
  ['a reaction', raw({ type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }), undefined],
  ['a changed message', raw({ type: 'messageUpdate', text: 'Ipak ne' }), undefined],
  ['an event', raw({ type: 'event', name: 'x' }), undefined],
  ['a kind of the future', raw({ type: 'telepathy', text: 'x' }), undefined],
  ['group chatter', typed('Ko ide na kafu?', GROUP), undefined],
  [
    'group chatter about somebody else',
    typed('<at>Ana</at> ideš?', { ...GROUP, entities: [{ ...MENTION, mentioned: { id: '29:ana' } }] }),
    undefined,
  ],
  ['a group’s button', raw({ ...GROUP, value: { token: 'y:budget' } }), { kind: 'press', token: 'y:budget' }],
  [
    'a mention in a group',
    typed('<at>Komšija</at>&nbsp;gde je opština?', { ...GROUP, entities: [MENTION] }),
    { kind: 'text', text: 'gde je opština?' },
  ],
  ['a message to nobody’s conversation', typed('x', { conversation: {} }), undefined],
  ['a message without a service URL', typed('x', { serviceUrl: undefined }), undefined],
  ['not an activity', { text: 'x' }, undefined],
]

describe('an activity', () => {
  test.each(CASES)('%s', (_name, activity, expected) => {
    const [received, ...rest] = toEvents(activity, NOW)
    expect(rest).toEqual([])
    expect(received?.event).toEqual(expected)
  })

  test('has an envelope with what answering needs and no name', () => {
    expect(toEvents(typed('Gde je opština?'), NOW)).toEqual([
      {
        channel: 'botframework',
        externalId: `${CONVERSATION} activity-1`,
        address: CONVERSATION,
        event: { kind: 'text', text: 'Gde je opština?' },
        at: SENT_AT,
        group: false,
        language: 'sr',
        reference: {
          serviceUrl: SERVICE_URL,
          channelId: 'msteams',
          conversation: { id: CONVERSATION, conversationType: 'personal', tenantId: 'tenant-1' },
          bot: { id: BOT.id },
          user: { id: PERSON.id },
        },
      },
    ])
  })

  test.each([
    ['sr-Cyrl-RS', 'sr'],
    ['bs', 'bs'],
    ['hr-HR', 'bs'],
    ['en-US', 'en'],
    ['de-DE', undefined],
    ['constructor', undefined],
    [7, undefined],
  ])('of locale %s is in %s', (locale, language) => {
    expect(toEvents(typed('x', { locale }))[0]?.language).toBe(language)
  })

  test('takes Teams’ word for the language', () => {
    const entities = [{ type: 'clientInfo', locale: 'bs-Latn-BA', platform: 'Android' }]
    expect(toEvents(typed('x', { locale: undefined, entities }))[0]?.language).toBe('bs')
  })

  test('without a time is of now, without an id is never a repeat', () => {
    const [one, two] = [0, 1].flatMap(() => toEvents(typed('x', { timestamp: 'jutros', id: undefined }), NOW))
    expect(one?.at).toBe(NOW)
    expect(one?.externalId).not.toBe(two?.externalId)
  })

  test('that begins a conversation counts once, whoever joins first', () => {
    const joins = [BOT, { id: PERSON.id }].map((member, index) =>
      raw({ type: 'conversationUpdate', id: `join-${index}`, membersAdded: [member] }),
    )
    const ids = joins.flatMap(join => toEvents(join)).map(({ externalId }) => externalId)
    expect(ids).toEqual([`${CONVERSATION} start`, `${CONVERSATION} start`])
  })

  test('is marked when it comes from a group', () => {
    expect(toEvents(typed('<at>Komšija</at> x', { ...GROUP, entities: [MENTION] }))[0]?.group).toBe(true)
  })
})

describe('a request', () => {
  let harness: Harness
  beforeEach(async () => {
    harness = await startHarness()
  })
  afterEach(() => harness.end())

  test('with a genuine token is stored and then acknowledged', async () => {
    expect(await harness.fake.deliver(harness.activity())).toEqual({ status: 200, body: '{}' })
    expect(harness.received.map(({ event }) => event)).toEqual([{ kind: 'text', text: 'Gde je opština?' }])
  })

  const past = Math.floor(Date.now() / 1000) - 7200
  const EMULATOR_TENANT = 'd6d49420-f39b-4df7-a1dc-d59a935871db'
  // Its tokens name the bot as their maker.
  const EMULATOR = { ver: '1.0', appid: APP_ID, serviceurl: undefined }
  const REFUSED: [name: string, change: TokenChange][] = [
    ['another issuer', { claims: { iss: 'https://other.example' } }],
    ['the Emulator', { claims: { ...EMULATOR, iss: `https://sts.windows.net/${EMULATOR_TENANT}/` } }],
    [
      'an Emulator of any tenant',
      { claims: { ...EMULATOR, iss: 'https://sts.windows.net/my-own/', tid: 'my-own' } },
    ],
    ['another bot', { claims: { aud: 'another-bot' } }],
    ['no audience', { claims: { aud: undefined } }],
    ['two hours ago', { claims: { nbf: past - 60, exp: past } }],
    ['tomorrow', { claims: { nbf: past + 90_000, exp: past + 99_000 } }],
    ['another service URL', { claims: { serviceurl: 'https://smba.trafficmanager.net/emea/' } }],
    ['no service URL', { claims: { serviceurl: undefined } }],
    ['a foreign key', { key: foreignKey() }],
    ['a key that was never published', { header: { kid: 'key-2' } }],
    ['no key id', { header: { kid: undefined } }],
    ['no signature algorithm', { header: { alg: 'none' } }],
    ['an empty signature', { damage: token => `${token.split('.').slice(0, 2).join('.')}.` }],
    ['a changed payload', { damage: token => token.replace('.', '.A') }],
  ]
  test.each(REFUSED)('signed for or by %s is refused', async (_name, change) => {
    const heard = await harness.fake.deliver(harness.activity(), `Bearer ${harness.fake.token(change)}`)
    expect(heard.status).toBe(401)
    expect(harness.received).toEqual([])
  })

  test.each([
    ['nothing', null],
    ['junk', 'Bearer junk'],
    ['another scheme', 'Basic YTpi'],
    ['three parts of junk', 'Bearer a.b.c'],
    ['null', `Bearer a.${Buffer.from('null').toString('base64url')}.c`],
  ])('with %s for a token is refused', async (_name, authorization) => {
    expect((await harness.fake.deliver(harness.activity(), authorization)).status).toBe(401)
    expect(harness.received).toEqual([])
  })

  test('for a channel that the key is not endorsed for is refused', async () => {
    expect((await harness.fake.deliver(harness.activity({ channelId: 'slack' }))).status).toBe(401)
  })

  test('that calls itself AseChannel’s is refused', async () => {
    expect((await harness.fake.deliver(harness.activity({ channelId: 'AseChannel' }))).status).toBe(401)
  })

  test('without a service URL is refused, whatever its token says', async () => {
    expect((await harness.fake.deliver(harness.activity({ serviceUrl: undefined }))).status).not.toBe(200)
    expect(harness.received).toEqual([])
  })

  test('that can’t be checked now is to come again', async () => {
    harness.fake.breakKeys()
    expect((await harness.fake.deliver(harness.activity())).status).toBe(503)
    expect(harness.received).toEqual([])
  })

  test('reads the keys once for many messages', async () => {
    await harness.fake.deliver(harness.activity())
    const before = harness.fake.keyRequests()
    await Promise.all(
      Array.from({ length: 20 }, (_, id) => harness.fake.deliver(harness.activity({ id: `a${id}` }))),
    )
    expect(harness.received).toHaveLength(21)
    expect(harness.fake.keyRequests()).toBe(before)
  })

  test.each([
    ['no JSON', '{"type":'],
    ['nothing', ''],
    ['a list', '[]'],
    ['a number', '7'],
    ['an activity without a type', JSON.stringify({ conversation: { id: 'x' } })],
  ])('of %s is malformed or refused', async (_name, body) => {
    const { status } = await harness.fake.deliver(body)
    expect([400, 401]).toContain(status)
  })

  test.each([
    ['type', { type: undefined }],
    ['conversation', { conversation: undefined }],
    ['conversation id', { conversation: { id: '' } }],
    ['printable conversation id', { conversation: { id: 'a\u0000b' } }],
    ['short conversation id', { conversation: { id: 'x'.repeat(1001) } }],
    ['printable id', { id: 'ćao\n' }],
  ])('without a %s is malformed', async (_name, change) => {
    expect((await harness.fake.deliver(harness.activity(change))).status).toBe(400)
    expect(harness.received).toEqual([])
  })

  test('that wants its answer at once is turned down', async () => {
    expect((await harness.fake.deliver(harness.activity({ type: 'invoke', name: 'x' }))).status).toBe(400)
  })

  test('of more than half a megabyte is too large', async () => {
    const heard = await harness.fake.deliver(harness.activity({ text: 'x'.repeat(600_000) }))
    expect(heard.status).toBe(413)
  })

  test('of another kind than POST finds nothing', async () => {
    expect((await fetch(`${harness.base}/api/messages`)).status).toBe(404)
  })
})

describe('a request that cannot be stored', () => {
  test('is not acknowledged, and nothing of it is logged', async () => {
    const harness = await startHarness({
      onReceive: () => {
        throw new Error('no database')
      },
    })
    const heard = await harness.fake.deliver(harness.activity({ text: 'tajna poruka' }))
    expect(heard.status).toBe(500)
    await harness.end()
  })
})

describe('a service URL', () => {
  test('that is not in the list is refused though the token is genuine', async () => {
    const harness = await startHarness({ serviceUrlAllowList: MICROSOFT_SERVICE_URLS })
    expect((await harness.fake.deliver(harness.activity())).status).toBe(403)
    expect(harness.received).toEqual([])
    await harness.end()
  })

  const list = { allowList: MICROSOFT_SERVICE_URLS, loopback: false }
  test.each([
    'https://smba.trafficmanager.net/emea/',
    'https://directline.botframework.com/',
    'https://webchat.botframework.com/',
    'https://europe.webchat.botframework.com',
    'https://smba.infra.gcc.teams.microsoft.com/teams',
  ])('%s is Microsoft’s', url => {
    expect(isServiceUrlAllowed(url, list)).toBe(true)
  })

  test.each([
    'http://smba.trafficmanager.net/',
    'https://evil.trafficmanager.net/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://botframework.com.evil.example/',
    'https://evilbotframework.com/',
    'https://smba.trafficmanager.net:8443/',
    'http://webchat.botframework.com/',
    'https://user@smba.trafficmanager.net/',
    'https://user:pass@smba.trafficmanager.net/',
    'https://smba.trafficmanager.net/?x=1',
    'https://evil.example/?x=.botframework.com',
    'https://evil.example#.botframework.com',
    'http://localhost:3978/',
    'http://169.254.169.254/latest/meta-data',
    'urn:botframework:websocket:x',
    'nije adresa',
    '',
  ])('%s is not', url => {
    expect(isServiceUrlAllowed(url, list)).toBe(false)
  })

  test.each([
    ['http://localhost:3978/', true],
    ['http://127.0.0.1:1', true],
    ['http://[::1]:99/', true],
    ['http://127.0.0.1.evil.example/', false],
    ['http://10.0.0.1/', false],
    ['ftp://localhost/', false],
  ])('%s may be answered in a trial: %s', (url, allowed) => {
    expect(isServiceUrlAllowed(url, { allowList: [], loopback: true })).toBe(allowed)
  })
})

describe('a trial without an app id', () => {
  test('needs leave', async () => {
    const { createBotFrameworkChannel } = await import('../../../src/channels/botframework/index.ts')
    const { createLog } = await import('../../../src/platform/log.ts')
    const options = { allowAnonymous: false, serviceUrlAllowList: [], log: createLog('silent') }
    expect(() => createBotFrameworkChannel(options)).toThrow(/app id/)
  })

  test('takes everybody’s word and answers on this machine only', async () => {
    const harness = await startHarness({ anonymous: true })
    expect((await harness.fake.deliver(harness.activity())).status).toBe(200)
    const away = harness.activity({ serviceUrl: 'https://smba.trafficmanager.net/' })
    expect((await harness.fake.deliver(away)).status).toBe(403)
    expect(harness.received).toHaveLength(1)
    expect(harness.lines.join('')).toContain('trials on this machine only')
    await harness.end()
  })
})
