// The fake is as strict as Telegram; a lenient one would let mistakes through.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FAKE_TOKEN, type FakeBotApi, startFakeBotApi } from './fake-bot-api.ts'
import type { Params } from './fake-rules.ts'
import { message, press } from './updates.ts'

let fake: FakeBotApi
beforeAll(async () => {
  fake = await startFakeBotApi()
})
afterAll(() => fake.stop())

async function call(method: string, params: Params = {}, token = FAKE_TOKEN) {
  const response = await fetch(`${fake.url}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(params),
  })
  const body = (await response.json()) as {
    ok: boolean
    error_code?: number
    description?: string
    result?: unknown
  }
  expect(body.ok).toBe(response.status === 200)
  return { status: response.status, ...body }
}

const text = (more: Params) => ['sendMessage', { chat_id: 1, text: 'x', ...more }] as const
const keyboard = (...rows: Params[][]) => text({ reply_markup: { inline_keyboard: rows } })
const key = (more: Params = {}) => ({ text: 'Da', callback_data: 'y', ...more })
const entity = (offset: number, length: number, more: Params = {}) =>
  text({ text: 'a😀b', entities: [{ type: 'bold', offset, length, ...more }] })
const link = (url: string) => entity(0, 1, { type: 'text_link', url })
const command = (name: string, description = 'x') =>
  ['setMyCommands', { commands: [{ command: name, description }] }] as const

const REFUSED: [name: string, request: readonly [string, Params], description: string][] = [
  ['no chat', ['sendMessage', { text: 'x' }], 'chat_id'],
  ['an empty text', text({ text: ' \n' }), 'text is empty'],
  ['a text of 4,097', text({ text: 'x'.repeat(4097) }), 'message is too long'],
  ['half a character', text({ text: '\ud83c' }), 'UTF-8'],
  ['a chat that is none', text({ chat_id: 'x' }), 'chat not found'],
  ['a range beyond the end', entity(3, 2), 'ENTITY_BOUNDS_INVALID'],
  ['an empty range', entity(0, 0), 'ENTITY_BOUNDS_INVALID'],
  ['a range that begins before the text', entity(-1, 2), 'ENTITY_BOUNDS_INVALID'],
  ['a range inside a character', entity(2, 1), 'ENTITY_BOUNDS_INVALID'],
  ['an unknown style', entity(0, 1, { type: 'blink' }), 'Unsupported type'],
  ['a link to this machine', link('http://localhost:3000'), 'Wrong HTTP URL'],
  ['a link by another protocol', link('ftp://a.rs'), 'Unsupported URL protocol'],
  ['nine buttons in a row', keyboard(Array.from({ length: 9 }, () => key())), 'row'],
  ['101 buttons', keyboard(...Array.from({ length: 101 }, () => [key()])), 'too long'],
  [
    'buttons of more than 10 kB',
    keyboard(...Array.from({ length: 99 }, () => [key({ text: 'š'.repeat(50) })])),
    'too long',
  ],
  ['a button without a label', keyboard([key({ text: ' ' })]), 'non-empty'],
  ['a button without a purpose', keyboard([{ text: 'Da' }]), 'text buttons'],
  ['callback data of 65 bytes', keyboard([key({ callback_data: 'š'.repeat(33) })]), 'BUTTON_DATA_INVALID'],
  ['a button to this machine', keyboard([{ text: 'x', url: 'http://localhost/x' }]), 'Wrong HTTP URL'],
  ['a photo without a photo', ['sendPhoto', { chat_id: 1 }], 'no photo'],
  [
    'a caption of 1,025',
    ['sendPhoto', { chat_id: 1, photo: 'file-1', caption: 'x'.repeat(1025) }],
    'caption is too long',
  ],
  ['an unknown file', ['sendPhoto', { chat_id: 1, photo: 'x' }], 'wrong file identifier'],
  [
    'a photo on this machine',
    ['sendPhoto', { chat_id: 1, photo: 'http://127.0.0.1/x.png' }],
    'failed to get',
  ],
  [
    'JSON as a document by its link',
    ['sendDocument', { chat_id: 1, document: 'https://a.rs/x.json' }],
    'wrong type',
  ],
  ['a place that is none', ['sendLocation', { chat_id: 1, latitude: 91, longitude: 0 }], 'location'],
  [
    'a venue without an address',
    ['sendVenue', { chat_id: 1, latitude: 1, longitude: 1, title: 'x' }],
    'address',
  ],
  ['a command with a capital', command('Meni'), 'BOT_COMMAND_INVALID'],
  ['a command of 33', command('x'.repeat(33)), 'BOT_COMMAND_INVALID'],
  ['a command without a description', command('x', ''), 'DESCRIPTION'],
  ['a language that is no code', ['setMyCommands', { commands: [], language_code: 'srp' }], 'LANGUAGE'],
  ['a webhook without TLS', ['setWebhook', { url: 'http://a.rs' }], 'HTTPS'],
  ['a secret with a space', ['setWebhook', { url: 'https://a.rs', secret_token: 'a b' }], 'unallowed'],
  ['a secret of 257', ['setWebhook', { url: 'https://a.rs', secret_token: 'a'.repeat(257) }], 'too long'],
  ['an answer to no press', ['answerCallbackQuery', { callback_query_id: 'x' }], 'too old'],
]

describe('the fake refuses', () => {
  test.each(REFUSED)('%s', async (_name, [method, params], description) => {
    const answer = await call(method, params)
    expect(answer).toMatchObject({ status: 400, error_code: 400 })
    expect(answer.description).toContain(description)
  })

  test('a wrong token, and methods that don’t exist', async () => {
    expect(await call('getMe', {}, '1:wrong')).toMatchObject({ status: 401, description: 'Unauthorized' })
    expect(await call('sendPigeon')).toMatchObject({ status: 404 })
  })
})

describe('the fake takes', () => {
  test.each([
    ['a text of 4,096 with white space around it', text({ text: ` ${'x'.repeat(4096)} ` })],
    ['a range over a character', entity(1, 2)],
    ['callback data of 64 bytes', keyboard([key({ callback_data: 'š'.repeat(32) })])],
    ['100 buttons', keyboard(...Array.from({ length: 100 }, () => [key()]))],
    ['a command', command('moji_podaci')],
  ] as const)('%s', async (_name, [method, params]) => {
    expect(await call(method, params)).toMatchObject({ status: 200 })
  })
})

describe('updates', () => {
  test('are repeated until they are confirmed, and held for whoever waits', async () => {
    const first = fake.push(message({ text: 'a' }))
    const read = async (params: Params) => (await call('getUpdates', params)).result
    expect(await read({})).toEqual([first])
    expect(await read({ offset: first.update_id })).toEqual([first])
    const waiting = read({ offset: first.update_id + 1, timeout: 5 })
    const second = fake.push(press())
    expect(await waiting).toEqual([second])
    expect(await read({ offset: second.update_id + 1 })).toEqual([])
  })

  test('go to one reader, and to none while a webhook is set', async () => {
    const first = call('getUpdates', { timeout: 5 })
    await new Promise(resolve => setTimeout(resolve, 50))
    const second = call('getUpdates', { timeout: 5 })
    expect(await first).toMatchObject({
      status: 409,
      description: expect.stringContaining('other getUpdates'),
    })
    await call('setWebhook', { url: 'https://a.rs/x' })
    expect(await second).toMatchObject({ status: 409, description: expect.stringContaining('setWebhook') })
    expect(await call('getUpdates')).toMatchObject({ status: 409 })
    await call('deleteWebhook')
    expect(await call('getUpdates')).toMatchObject({ status: 200 })
  })
})

test('a blocked chat gets nothing until it is unblocked', async () => {
  fake.block(5)
  expect(await call('sendMessage', { chat_id: 5, text: 'x' })).toMatchObject({ status: 403 })
  expect(fake.sent(5)).toEqual([])
  fake.unblock(5)
  await call('sendMessage', { chat_id: 5, text: 'x' })
  expect(fake.sent(5)).toMatchObject([{ text: 'x' }])
})

describe('a scripted failure', () => {
  const send = (chat: number) => call('sendMessage', { chat_id: chat, text: 'x' })

  test('refuses once, with what Telegram adds', async () => {
    fake.script('sendMessage', { status: 429, description: 'Too Many Requests', retryAfter: 3 })
    expect(await send(6)).toMatchObject({ status: 429, parameters: { retry_after: 3 } })
    expect(await send(6)).toMatchObject({ status: 200 })
  })

  test.each([
    ['lost-before', 0],
    ['lost-after', 1],
    ['html', 1],
  ] as const)('%s: no answer, %i message', async (script, delivered) => {
    fake.script('sendMessage', script)
    const chat = script.length * 100
    await expect(send(chat)).rejects.toThrow()
    expect(fake.sent(chat)).toHaveLength(delivered)
  })

  test('hang: the message arrives, the answer never does', async () => {
    fake.script('sendMessage', 'hang')
    const url = `${fake.url}/bot${FAKE_TOKEN}/sendMessage?`
    const body = new URLSearchParams({ chat_id: '77', text: 'x' })
    await expect(fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(150) })).rejects.toThrow()
    expect(fake.sent(77)).toHaveLength(1)
  })

  test('is told when nobody asked for it', () => {
    fake.script('getMe', 'hang')
    expect(fake.unusedScripts()).toEqual([{ method: 'getMe', script: 'hang' }])
  })
})
