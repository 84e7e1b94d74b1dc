// HTTP in → what the bot receives.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cookieOf, post } from './client.ts'
import { type Chat, startChat } from './harness.ts'

let chat: Chat
const EMBEDDER = 'https://www.novipazar.rs'
beforeAll(async () => {
  chat = await startChat({ origins: [EMBEDDER] })
})
afterAll(() => chat.stop())

const LONGEST = 'š'.repeat(10_000)

describe('what is accepted', () => {
  test.each<[string, object, object]>([
    ['a text', { text: 'ko popravlja rasvetu' }, { kind: 'text', text: 'ko popravlja rasvetu' }],
    [
      'a Cyrillic text with an emoji',
      { text: 'Где је општина 🙂' },
      { kind: 'text', text: 'Где је општина 🙂' },
    ],
    ['the longest text', { text: LONGEST }, { kind: 'text', text: LONGEST }],
    [
      'emoji count as one character',
      { text: '🙂'.repeat(10_000) },
      { kind: 'text', text: '🙂'.repeat(10_000) },
    ],
    ['what no database can store is left out', { text: 'a\0b\ud800c' }, { kind: 'text', text: 'ab\ufffdc' }],
    ['a pressed button', { token: 'e:foi-request' }, { kind: 'press', token: 'e:foi-request' }],
    ['a deep link', { start: 'faq-foi-request' }, { kind: 'start', payload: 'faq-foi-request' }],
    ['unknown fields', { text: 'hi', more: 1 }, { kind: 'text', text: 'hi' }],
  ])('%s', async (_name, body, event) => {
    const response = await post(chat.url, body)
    expect(response.status).toBe(202)
    expect(chat.received.at(-1)).toMatchObject({ channel: 'web', event, group: false })
  })
})

describe('what is refused, with a sentence in the person’s language', () => {
  const id = randomUUID()
  test.each<[string, string, string, number, RegExp]>([
    ['nothing', '', 'sr', 400, /nije stigla čitava/],
    ['malformed JSON', '{"id":', 'bs', 400, /nije stigla cijela/],
    ['no id', '{"text":"hi"}', 'en', 400, /did not arrive whole/],
    ['an id that is none', '{"id":"7","text":"hi"}', 'en', 400, /did not arrive whole/],
    ['neither text nor token', `{"id":"${id}"}`, 'en', 400, /did not arrive whole/],
    ['a text that is a number', `{"id":"${id}","text":7}`, 'en', 400, /did not arrive whole/],
    ['an array', '[]', 'en', 400, /did not arrive whole/],
    ['null', 'null', 'en', 400, /did not arrive whole/],
    ['a token with letters no button has', `{"id":"${id}","token":"š"}`, 'en', 400, /did not arrive whole/],
    ['blanks', `{"id":"${id}","text":" \\n "}`, 'sr-Cyrl', 400, /Порука је празна/],
    ['a text too long', JSON.stringify({ id, text: `${LONGEST}š` }), 'en', 413, /at most 10,000 characters/],
    ['more than a megabyte', JSON.stringify({ id, text: 'a'.repeat(1_100_000) }), 'sr', 413, /preduga/],
  ])('%s', async (_name, body, lang, status, sentence) => {
    const before = chat.received.length
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${chat.url}/chat/messages?lang=${lang}`, { method: 'POST', headers, body })
    expect(response.status).toBe(status)
    expect(((await response.json()) as { detail: string }).detail).toMatch(sentence)
    expect(chat.received).toHaveLength(before)
  })

  test('the sentence follows the browser when no language was chosen', async () => {
    const response = await post(chat.url, { text: '' }, { 'accept-language': 'en-GB,en;q=0.9' })
    expect(((await response.json()) as { detail: string }).detail).toMatch(/message is empty/)
  })
})

describe('who wrote it', () => {
  test('a browser keeps its address, and nobody can guess it from the cookie’s hash', async () => {
    const first = await post(chat.url, { text: 'one' })
    const cookie = cookieOf(first)
    const second = await post(chat.url, { text: 'two' }, { cookie })
    expect(second.headers.get('set-cookie')).toBeNull()
    const [one, two] = chat.received.slice(-2)
    expect(one?.address).toMatch(/^[0-9a-f]{64}$/)
    expect(two?.address).toBe(one?.address)
    expect(cookie).not.toContain(one?.address)
  })

  test('two browsers are two addresses', async () => {
    await post(chat.url, { text: 'one' })
    await post(chat.url, { text: 'one' })
    const [one, two] = chat.received.slice(-2)
    expect(one?.address).not.toBe(two?.address)
  })

  test.each(['komsija=short', 'komsija=', `komsija=${'x'.repeat(500)}`, 'other=1'])(
    'a cookie that we never gave is replaced: %s',
    async cookie => {
      const response = await post(chat.url, { text: 'hi' }, { cookie })
      expect(response.status).toBe(202)
      expect(cookieOf(response)).toMatch(/^komsija=[\w-]{43}$/)
    },
  )

  test('the same id twice is the same event, in any case of its letters', async () => {
    const id = randomUUID()
    const cookie = cookieOf(await post(chat.url, { id, text: 'once' }))
    const before = chat.received.length
    expect((await post(chat.url, { id, text: 'once' }, { cookie })).status).toBe(202)
    expect((await post(chat.url, { id: id.toUpperCase(), text: 'once' }, { cookie })).status).toBe(202)
    expect(chat.received).toHaveLength(before)
  })

  test('the same id in two browsers is two events', async () => {
    const id = randomUUID()
    const before = chat.received.length
    await post(chat.url, { id, text: 'mine' })
    await post(chat.url, { id, text: 'mine, too' })
    expect(chat.received).toHaveLength(before + 2)
  })

  test.each([
    ['/?lang=sr-Cyrl', 'sr', 'cyrl'],
    ['/?lang=sr', 'sr', 'latn'],
    ['/?lang=en', 'en', 'latn'],
  ])('the script of the page %s goes along', async (query, language, script) => {
    await fetch(`${chat.url}/chat/messages${query.slice(1)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: randomUUID(), start: 'faq-foi-request' }),
    })
    expect(chat.received.at(-1)).toMatchObject({ language, script })
  })

  test.each([
    ['chosen on the page', { cookie: 'komsija_jezik=bs', 'accept-language': 'en' }, 'bs'],
    ['of the browser', { 'accept-language': 'sr-Cyrl,en;q=0.5' }, 'sr'],
    ['the browser prefers', { 'accept-language': 'de,en;q=0.4,hr;q=0.8' }, 'bs'],
    ['nobody told', {}, undefined],
  ])('the language %s goes along', async (_name, headers, language) => {
    await post(chat.url, { text: 'hi' }, { 'accept-language': '*', ...headers } as Record<string, string>)
    expect(chat.received.at(-1)?.language).toBe(language)
  })
})

describe('cookie', () => {
  const setCookie = async (target: Chat, headers: Record<string, string> = {}) =>
    (await post(target.url, { text: 'hi' }, headers)).headers.get('set-cookie') ?? ''

  test('on plain HTTP: not readable by scripts, sent by our own pages only', async () => {
    const cookie = await setCookie(chat)
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Lax/i)
    expect(cookie).not.toMatch(/Secure/i)
  })

  test('in a site that embeds the chat: a jar of its own', async () => {
    const cookie = await setCookie(chat, { origin: EMBEDDER })
    expect(cookie).toMatch(/SameSite=None/i)
    expect(cookie).toMatch(/Secure/i)
    expect(cookie).toMatch(/Partitioned/i)
  })

  test('on HTTPS: never over plain HTTP', async () => {
    const secure = await startChat({ publicUrl: 'https://komsija.example' })
    expect(await setCookie(secure)).toMatch(/Secure/i)
    await secure.stop()
  })
})

describe('origin', () => {
  test.each([
    ['absent', undefined, 202],
    ['our public address', 'http://localhost:3000', 202],
    ['a site that may embed', EMBEDDER, 202],
    ['another site', 'https://evil.example', 403],
    ['a site with a name like ours', 'https://www.novipazar.rs.evil.example', 403],
    ['a sandboxed frame', 'null', 403],
    ['no address at all', 'x', 403],
  ])('%s', async (_name, origin, status) => {
    const before = chat.received.length
    const response = await post(chat.url, { text: 'hi' }, origin ? { origin } : {})
    expect(response.status).toBe(status)
    expect(chat.received.length - before).toBe(status === 202 ? 1 : 0)
  })

  test('the address somebody really uses counts as ours', async () => {
    expect((await post(chat.url, { text: 'hi' }, { origin: chat.url })).status).toBe(202)
  })

  test('an embedding site may read the answer and is told so beforehand', async () => {
    const preflight = await fetch(`${chat.url}/chat/messages`, {
      method: 'OPTIONS',
      headers: { origin: EMBEDDER },
    })
    expect(preflight.headers.get('access-control-allow-origin')).toBe(EMBEDDER)
    expect(preflight.headers.get('access-control-allow-headers')).toBe('content-type')
    const foreign = await fetch(`${chat.url}/chat/messages`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example' },
    })
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull()
  })

  test('another site can’t open a stream either', async () => {
    const response = await fetch(`${chat.url}/chat/events`, { headers: { origin: 'https://evil.example' } })
    expect(response.status).toBe(403)
  })
})

describe('the form of the page without a script', () => {
  const submit = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(`${chat.url}/chat/messages`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers,
      redirect: 'manual',
    })

  test.each<[string, Record<string, string>, object]>([
    ['a text', { text: 'zbor' }, { kind: 'text', text: 'zbor' }],
    [
      'a button, with the empty field beside it',
      { text: '', token: 'm:menu' },
      { kind: 'press', token: 'm:menu' },
    ],
    ['an offered sentence', { text: '', command: '/pomoc' }, { kind: 'text', text: '/pomoc' }],
    ['a deep link', { text: '', start: 'faq-x' }, { kind: 'start', payload: 'faq-x' }],
  ])('%s is received and leads to the answer', async (_name, fields, event) => {
    const response = await submit({ id: randomUUID(), ...fields })
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toMatch(/^\/#m\d+$/)
    expect(chat.received.at(-1)?.event).toEqual(event)
  })

  test('sent twice by an impatient press, it is one event', async () => {
    const fields = { id: randomUUID(), text: 'jednom' }
    const cookie = cookieOf(await submit(fields))
    const before = chat.received.length
    await submit(fields, { cookie })
    expect(chat.received).toHaveLength(before)
  })

  test('empty, it leads back with a sentence', async () => {
    const response = await submit({ id: randomUUID(), text: '' })
    expect(response.headers.get('location')).toBe('/?problem=empty')
    const page = await (await fetch(`${chat.url}/?problem=empty&lang=sr`)).text()
    expect(page).toContain('Poruka je prazna.')
  })
})

test('the log knows nothing of what was said or by whom', async () => {
  const response = await post(chat.url, { text: 'moja tajna rečenica' })
  const logged = chat.logged.join()
  expect(logged).toContain('/chat/messages')
  const secret = cookieOf(response).split('=')[1] ?? ''
  for (const word of ['tajna', secret, chat.received.at(-1)?.address ?? ''])
    expect(logged).not.toContain(word)
})
