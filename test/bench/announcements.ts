// An announcement to many on Telegram, beside the loop that bots grow (broadcast-loop.ts) in the same run:
// same PostgreSQL with durable settings, same fake Bot API, which allows so many messages a second and asks
// for three seconds of silence when there are more. Then how long planning for a million people takes.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Database, openDatabase } from '../../src/platform/db/database.ts'
import { startEmbedded } from '../../src/platform/db/embedded/server.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { startFakeBotApi } from '../channels/telegram/fake-bot-api.ts'
import { addKey, addRecipients, apiOf, busiest, FIRST_CHAT } from '../support/announcing.ts'
import { type AppProcess, ROOT, startProcess } from '../support/process.ts'

const TOKEN = '1234567:bench-token-bench-token-bench-token'
const SECRET = 'bench-secret'
const TEXT = 'Radionica o budžetu je u subotu u 10 časova u domu kulture.'
/** Telegram counts more kindly than by whole seconds: this many seconds' worth may come at once. */
const TOLERANCE_S = 0.25
const SILENCE_S = 3
const ASKER = 900_000
const ASKS_PER_SECOND = 8

export type AnnouncementLoad = { recipients: number; perSecond: number; asks: number; million: number }

export async function benchAnnouncements(
  load: AnnouncementLoad = { recipients: 10_000, perSecond: 200, asks: 200, million: 1_000_000 },
): Promise<object> {
  return {
    load,
    ours: await withDatabase(database => ours(database, load)),
    baseline: await withDatabase(database => baseline(database, load)),
    planning: await withDatabase(database => planning(database, load.million)),
  }
}

type Place = { url: string; database: Database; folder: string }

async function withDatabase<Result>(work: (place: Place) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(path.join(tmpdir(), 'komsija-bench-'))
  const server = await startEmbedded({ dataDir: path.join(folder, 'database') })
  await migrate(server.url)
  const database = openDatabase({ url: server.url, poolSize: 4 })
  try {
    return await work({ url: server.url, database, folder })
  } finally {
    await database.close()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A platform that allows so many messages a second to those who were announced to; askers are not counted. */
function startLimited(perSecond: number) {
  let [tokens, at, silentUntil, refused] = [perSecond * TOLERANCE_S, Date.now(), 0, 0]
  const judge = (method: string, params: Record<string, unknown>) => {
    if (method !== 'sendMessage' || Number(params.chat_id) >= ASKER) return undefined
    const now = Date.now()
    tokens = Math.min(perSecond * TOLERANCE_S, tokens + ((now - at) / 1000) * perSecond)
    at = now
    if (now >= silentUntil && tokens >= 1) {
      tokens--
      return undefined
    }
    if (now >= silentUntil) silentUntil = now + SILENCE_S * 1000
    refused++
    const retryAfter = Math.max(1, Math.ceil((silentUntil - now) / 1000))
    return { status: 429, description: 'Too Many Requests', retryAfter }
  }
  return startFakeBotApi({ token: TOKEN, judge }).then(fake => ({ fake, refused: () => refused }))
}

async function ours({ url, database, folder }: Place, load: AnnouncementLoad): Promise<object> {
  const { fake, refused } = await startLimited(load.perSecond)
  const key = await addKey(database.sql, 'author@grad.rs')
  await addRecipients(database.sql, load.recipients)
  const app = await startProcess({
    DATABASE_URL: url,
    DATA_DIR: path.join(folder, 'app'),
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_MODE: 'webhook',
    TELEGRAM_WEBHOOK_SECRET: SECRET,
    TELEGRAM_API_ROOT: fake.url,
    TELEGRAM_RATE: String(load.perSecond),
  })
  const api = apiOf(() => app.url, key)
  try {
    await ask(app, fake, 40)
    const idle = await ask(app, fake, load.asks)
    const { id } = await api.announce(TEXT)
    const clock = performance.now()
    await api.start(id)
    const startedMs = performance.now() - clock
    await until(() => announced(fake).length > load.perSecond)
    const busy = await ask(app, fake, load.asks)
    const pauseMs = await pauseFor(api, id, fake)
    await until(async () => (await api.read(id)).status === 'done')
    const times = announced(fake).map(({ at }) => at)
    const allowed = load.perSecond
    const speed = speedOf(times, pauseMs.pausedMs)
    return {
      perSecond: speed,
      ofAllowed: speed / allowed,
      busiestSecond: busiest(times, 1000),
      refusedShare: refused() / times.length,
      startedMs,
      pauseMs: pauseMs.lastAfterMs,
      repliesIdle: idle,
      repliesMeanwhile: busy,
      p95Ratio: busy.p95Ms / idle.p95Ms,
      numbers: await api.read(id),
    }
  } finally {
    await app.stop()
    await fake.stop()
  }
}

type Fake = Awaited<ReturnType<typeof startFakeBotApi>>

function announced(fake: Fake) {
  return fake.calls.filter(({ method, params }) => method === 'sendMessage' && Number(params.chat_id) < ASKER)
}

/** From the first message to the last, without the time it was paused. */
function speedOf(times: readonly number[], pausedMs: number): number {
  const ms = (times.at(-1) ?? 0) - (times[0] ?? 0) - pausedMs
  return (times.length - 1) / (ms / 1000)
}

/** How long after the answer to "pause" the last message came, and how long nothing came in all. */
async function pauseFor(api: ReturnType<typeof apiOf>, id: string, fake: Fake) {
  await api.verb(id, 'pause')
  const paused = Date.now()
  await sleep(1500)
  const last = announced(fake).at(-1)?.at ?? 0
  const count = announced(fake).length
  await api.verb(id, 'resume')
  await until(() => announced(fake).length > count)
  const first = announced(fake)[count]?.at ?? 0
  return { lastAfterMs: Math.max(0, last - paused), pausedMs: first - last }
}

export type Latency = { p50Ms: number; p95Ms: number }

let nextUpdate = 1

/** Asks at an even pace, each question in a chat of its own; the time until the reply is at the platform. */
async function ask(app: AppProcess, fake: Fake, count: number): Promise<Latency> {
  const waiting: Promise<number>[] = []
  for (let n = 0; n < count; n++) {
    waiting.push(askOnce(app, fake, ASKER + n))
    await sleep(1000 / ASKS_PER_SECOND)
  }
  const sorted = (await Promise.all(waiting)).toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  return { p50Ms: at(0.5), p95Ms: at(0.95) }
}

async function askOnce(app: AppProcess, fake: Fake, chat: number): Promise<number> {
  const replied = fake.nextMessageTo(chat)
  const began = performance.now()
  const update_id = nextUpdate++
  const message = {
    message_id: update_id,
    date: Math.floor(Date.now() / 1000),
    chat: { id: chat, type: 'private', first_name: 'B' },
    from: { id: chat, is_bot: false, first_name: 'B', language_code: 'sr' },
    text: 'ko popravlja uličnu rasvetu',
  }
  const response = await fetch(`${app.url}/webhooks/telegram`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': SECRET },
    body: JSON.stringify({ update_id, message }),
  })
  await response.arrayBuffer()
  await replied
  return performance.now() - began
}

/** The same to the same people by the loop, killed once in the middle and started again. */
async function baseline({ url, database }: Place, load: AnnouncementLoad): Promise<object> {
  const { fake, refused } = await startLimited(load.perSecond)
  await addRecipients(database.sql, load.recipients)
  try {
    const first = startLoop(url, fake)
    await until(() => announced(fake).length > load.recipients / 2)
    const killed = exitOf(first)
    first.kill('SIGKILL')
    await killed
    await exitOf(startLoop(url, fake))
    const times = announced(fake).map(({ at }) => at)
    let [repeated, missing] = [0, 0]
    for (let chat = FIRST_CHAT; chat < FIRST_CHAT + load.recipients; chat++) {
      if (fake.sent(chat).length > 1) repeated++
      if (fake.sent(chat).length === 0) missing++
    }
    const speed = load.recipients / (((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000)
    return {
      perSecond: speed,
      ofAllowed: speed / load.perSecond,
      refusedShare: refused() / times.length,
      repeated,
      missing,
    }
  } finally {
    await fake.stop()
  }
}

function startLoop(url: string, fake: Fake): ChildProcess {
  return spawn(process.execPath, [path.join(ROOT, 'test/bench/broadcast-loop.ts')], {
    env: { PATH: process.env.PATH, DATABASE_URL: url, API_ROOT: fake.url, TOKEN, TEXT },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

function exitOf(child: ChildProcess): Promise<void> {
  return new Promise(resolve => child.once('exit', () => resolve()))
}

/** A million people get a delivery each; the memory is the application's. */
async function planning({ url, database, folder }: Place, people: number): Promise<object> {
  const key = await addKey(database.sql, 'author@grad.rs')
  await addRecipients(database.sql, people)
  const app = await startProcess({ DATABASE_URL: url, DATA_DIR: path.join(folder, 'app') })
  const api = apiOf(() => app.url, key)
  try {
    const before = memoryOf(app)
    let peak = before
    const watch = setInterval(() => (peak = Math.max(peak, memoryOf(app))), 50)
    const clock = performance.now()
    const { id, recipients } = await api.announce(TEXT)
    const countedS = (performance.now() - clock) / 1000
    const started = performance.now()
    await api.start(id)
    await until(async () => (await api.read(id)).total === people, 500)
    const plannedS = (performance.now() - started) / 1000
    clearInterval(watch)
    return { recipients, countedS, plannedS, memoryMb: before, peakMb: peak }
  } finally {
    await app.stop()
  }
}

function memoryOf({ child }: AppProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1000
}

async function until(condition: () => boolean | Promise<boolean>, everyMs = 20): Promise<void> {
  while (!(await condition())) await sleep(everyMs)
}
