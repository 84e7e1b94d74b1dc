// Turns per second on every channel, as a ratio to Telegram's in the same run; and what Microsoft's packages
// cost at the start. The platforms are answered by servers that do nothing else: the strict fakes of the
// tests would be measured along.
import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startEmbedded } from '../../src/platform/db/embedded/server.ts'
import { startFakeBotApi } from '../channels/telegram/fake-bot-api.ts'
import { startApp } from './child.ts'
import { drive, type Load, middle, questionOf, type Speed } from './drive.ts'
import { TOKEN, telegramEnv, telegramTurn } from './turns.ts'

const LOAD: Load = { updates: 1500, chats: 384, atOnce: 48 }
/** A worker writes in turn as several people, or the limit per person would be measured. */
const PEOPLE = LOAD.chats / LOAD.atOnce
const WARM_UP = 200
const ROUNDS = 3
const VIBER_TOKEN = 'bench-viber-token-bench-viber'

type Channel = 'telegram' | 'viber' | 'botframework' | 'web'
type Turn = (worker: number, count: number) => Promise<void>

export async function benchChannels(): Promise<object> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'komsija-bench-'))
  const server = await startEmbedded({ dataDir })
  try {
    const speeds = await measureAll(server.url)
    const telegram = middle(speeds.telegram.map(({ perSecond }) => perSecond))
    const channels = Object.entries(speeds).map(([name, rounds]) => {
      const perSecond = middle(rounds.map(round => round.perSecond))
      const p50Ms = middle(rounds.map(round => round.p50Ms))
      return [name, { perSecond, p50Ms, ratio: perSecond / telegram }]
    })
    return { channels: Object.fromEntries(channels), start: await measureStarts(server.url) }
  } finally {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function measureAll(databaseUrl: string): Promise<Record<Channel, Speed[]>> {
  const fake = await startFakeBotApi({ token: TOKEN, keep: false })
  const viber = await startPlatform(body => body.receiver as string)
  const connector = await startPlatform((_body, url) => /conversations\/([^/]+)\//.exec(url)?.[1] ?? '')
  const app = await startApp(databaseUrl, {
    ...telegramEnv(fake),
    VIBER_AUTH_TOKEN: VIBER_TOKEN,
    VIBER_API_ROOT: viber.url,
    BOTFRAMEWORK_ALLOW_ANONYMOUS: 'true',
  })
  const readers = await Promise.all(Array.from({ length: LOAD.chats }, () => openChat(app.url)))
  const personOf = (worker: number, count: number) => worker * PEOPLE + (count % PEOPLE)
  const turns: Record<Channel, Turn> = {
    telegram: (worker, count) =>
      telegramTurn(`${app.url}/webhooks/telegram`, fake, 5000 + personOf(worker, count)),
    viber: (worker, count) => viberTurn(app.url, viber, personOf(worker, count), count),
    botframework: (worker, count) => connectorTurn(app.url, connector, personOf(worker, count), count),
    async web(worker, count) {
      await readers[personOf(worker, count)]?.ask(questionOf(count))
    },
  }
  const speeds: Record<Channel, Speed[]> = { telegram: [], viber: [], botframework: [], web: [] }
  try {
    for (const turn of Object.values(turns)) await drive({ ...LOAD, updates: WARM_UP }, turn)
    for (let round = 0; round < ROUNDS; round++) {
      for (const channel of Object.keys(turns) as Channel[]) {
        speeds[channel].push(await drive(LOAD, turns[channel]))
      }
    }
  } finally {
    for (const reader of readers) reader.close()
    await app.stop()
    await fake.stop()
    viber.close()
    connector.close()
  }
  return speeds
}

/** Seconds from the command until it listens; the database is there and migrated. */
async function measureStarts(databaseUrl: string): Promise<{ withoutS: number; withBotFrameworkS: number }> {
  const seconds = async (env: Record<string, string>) => {
    const times: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const began = performance.now()
      const app = await startApp(databaseUrl, env)
      times.push((performance.now() - began) / 1000)
      await app.stop()
    }
    return middle(times)
  }
  return {
    withoutS: await seconds({}),
    withBotFrameworkS: await seconds({ BOTFRAMEWORK_ALLOW_ANONYMOUS: 'true' }),
  }
}

type Platform = { url: string; next(receiver: string): Promise<void>; close(): void }

/** Takes every message and tells who waits for it. */
async function startPlatform(
  receiverOf: (body: Record<string, unknown>, url: string) => string,
): Promise<Platform> {
  const waiting = new Map<string, () => void>()
  let token = 1
  const server: Server = createServer((request, response) => {
    let text = ''
    request.on('data', chunk => {
      text += String(chunk)
    })
    request.on('end', () => {
      const body = text ? (JSON.parse(text) as Record<string, unknown>) : {}
      token++
      response.setHeader('content-type', 'application/json')
      response.end(
        JSON.stringify({ status: 0, status_message: 'ok', message_token: token, id: String(token) }),
      )
      const receiver = decodeURIComponent(receiverOf(body, request.url ?? ''))
      waiting.get(receiver)?.()
      waiting.delete(receiver)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: receiver => new Promise(resolve => waiting.set(receiver, resolve)),
    close: () => void server.close(),
  }
}

let nextToken = 1

async function viberTurn(url: string, viber: Platform, person: number, count: number): Promise<void> {
  const id = `viber-person-${person}`
  const replied = viber.next(id)
  const body = JSON.stringify({
    event: 'message',
    timestamp: Date.now(),
    message_token: nextToken++,
    sender: { id, language: 'sr', api_version: 10 },
    message: { type: 'text', text: questionOf(count) },
  })
  const signature = createHmac('sha256', VIBER_TOKEN).update(body).digest('hex')
  await post(`${url}/webhooks/viber`, body, { 'x-viber-content-signature': signature })
  await replied
}

async function connectorTurn(url: string, connector: Platform, person: number, count: number): Promise<void> {
  const id = `conversation-${person}`
  const replied = connector.next(id)
  const body = JSON.stringify({
    type: 'message',
    id: `activity-${nextToken++}`,
    timestamp: new Date().toISOString(),
    channelId: 'emulator',
    serviceUrl: connector.url,
    conversation: { id },
    from: { id: `person-${person}`, role: 'user' },
    recipient: { id: 'bot', role: 'bot' },
    text: questionOf(count),
  })
  await post(`${url}/api/messages`, body)
  await replied
}

async function post(url: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  await response.arrayBuffer()
  return response
}

type Chat = { ask(text: string): Promise<void>; close(): void }

/** A browser's chat: what it writes is posted, what it hears comes down one stream. */
async function openChat(url: string): Promise<Chat> {
  const over = new AbortController()
  const stream = await fetch(`${url}/chat/events`, { signal: over.signal })
  const cookie = stream.headers.get('set-cookie')?.split(';')[0] ?? ''
  let heard: (() => void) | undefined
  const listen = async () => {
    for await (const chunk of stream.body ?? []) {
      if (new TextDecoder().decode(chunk as Uint8Array).includes('data:')) heard?.()
    }
  }
  listen().catch(() => undefined)
  return {
    async ask(text) {
      const replied = new Promise<void>(resolve => {
        heard = resolve
      })
      await post(`${url}/chat/messages`, JSON.stringify({ id: crypto.randomUUID(), text }), { cookie })
      await replied
    },
    close: () => over.abort(),
  }
}
