// Turns per second on Telegram webhooks: ours against the baseline, same PostgreSQL (durable settings),
// same fake Bot API, same load, taken in turns within one run. A turn counts when its reply has reached
// the fake.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startEmbedded } from '../../src/platform/db/embedded/server.ts'
import { startFakeBotApi } from '../channels/telegram/fake-bot-api.ts'

const ROOT = path.join(import.meta.dirname, '../..')
const TOKEN = '1234567:bench-token-bench-token-bench-token'
const SECRET = 'bench-secret'
const QUESTIONS = [
  'ko popravlja uličnu rasvetu',
  'sta je zbor gradjana',
  'како да тражим информацију од града',
  'ko je zaduzen za vodovod',
  'kad je javna rasprava o budzetu',
  'who maintains the local roads',
]
const WARM_UP = 300

export type Load = { updates: number; chats: number; atOnce: number }
export type Speed = { perSecond: number; p50Ms: number; p99Ms: number }
export type TurnsResult = { ours: Speed[]; baseline: Speed[]; ratio: number; load: Load }

type Fake = Awaited<ReturnType<typeof startFakeBotApi>>

/** Runs both `rounds` times, alternating. `ratio` is the median of ours ÷ the median of the baseline's turns per second. */
export async function benchTurns(
  load: Load = { updates: 3000, chats: 300, atOnce: 48 },
  rounds = 3,
): Promise<TurnsResult> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'komsija-bench-'))
  const server = await startEmbedded({ dataDir })
  const ours: Speed[] = []
  const baseline: Speed[] = []
  try {
    for (let round = 0; round < rounds; round++) {
      baseline.push(await measure(server.url, load, startBaseline))
      ours.push(await measure(server.url, load, startOurs))
    }
  } finally {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  const median = (speeds: Speed[]) => middle(speeds.map(({ perSecond }) => perSecond))
  return { ours, baseline, ratio: median(ours) / median(baseline), load }
}

type Running = { webhook: string; stop(): Promise<void> }

async function measure(
  databaseUrl: string,
  load: Load,
  start: (databaseUrl: string, fake: Fake) => Promise<Running>,
) {
  const fake = await startFakeBotApi({ token: TOKEN, keep: false })
  const bot = await start(databaseUrl, fake)
  try {
    await drive(bot.webhook, fake, { ...load, updates: WARM_UP })
    return await drive(bot.webhook, fake, load)
  } finally {
    await bot.stop()
    await fake.stop()
  }
}

let nextUpdate = 1

/** Closed loop: every worker posts an update of its own chats and waits until the reply is there. */
async function drive(webhook: string, fake: Fake, { updates, chats, atOnce }: Load): Promise<Speed> {
  const latencies: number[] = []
  let left = updates
  const worker = async (number: number) => {
    for (let turn = 0; left-- > 0; turn++) {
      const chat = 1000 + number + atOnce * (turn % Math.max(1, Math.floor(chats / atOnce)))
      latencies.push(await oneTurn(webhook, fake, chat))
    }
  }
  const began = performance.now()
  await Promise.all(Array.from({ length: atOnce }, (_, number) => worker(number)))
  const seconds = (performance.now() - began) / 1000
  const sorted = latencies.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  return { perSecond: updates / seconds, p50Ms: at(0.5), p99Ms: at(0.99) }
}

async function oneTurn(webhook: string, fake: Fake, chat: number): Promise<number> {
  const id = nextUpdate++
  const replied = fake.nextMessageTo(chat)
  const began = performance.now()
  const response = await fetch(webhook, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': SECRET },
    body: JSON.stringify({
      update_id: id,
      message: {
        message_id: id,
        date: Math.floor(Date.now() / 1000),
        chat: { id: chat, type: 'private', first_name: 'B' },
        from: { id: chat, is_bot: false, first_name: 'B', language_code: 'sr' },
        text: QUESTIONS[id % QUESTIONS.length],
      },
    }),
  })
  if (!response.ok) throw new Error(`the webhook answered ${response.status}`)
  await response.arrayBuffer()
  await replied
  return performance.now() - began
}

async function startBaseline(databaseUrl: string, fake: Fake): Promise<Running> {
  const env = { DATABASE_URL: databaseUrl, API_ROOT: fake.url, TOKEN, SECRET }
  const { child, said } = await startChild('test/bench/grammy-session-bot.ts', env, /port (\d+)/)
  return { webhook: `http://127.0.0.1:${said}/`, stop: () => stopChild(child) }
}

async function startOurs(databaseUrl: string, fake: Fake): Promise<Running> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'komsija-bench-app-'))
  const env = {
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    PORT: '0',
    LOG_LEVEL: 'error',
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_MODE: 'webhook',
    TELEGRAM_WEBHOOK_SECRET: SECRET,
    TELEGRAM_API_ROOT: fake.url,
  }
  const { child, said } = await startChild('src/main.ts', env, /Web chat: http:\/\/localhost:(\d+)/)
  return {
    webhook: `http://127.0.0.1:${said}/webhooks/telegram`,
    async stop() {
      await stopChild(child)
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function startChild(script: string, env: Record<string, string>, ready: RegExp) {
  const child = spawn(process.execPath, [path.join(ROOT, script)], {
    cwd: tmpdir(),
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said = await new Promise<string>((resolve, reject) => {
    let output = ''
    child.stdout.on('data', chunk => {
      output += String(chunk)
      const found = ready.exec(output)
      if (found?.[1]) resolve(found[1])
    })
    child.once('exit', code => reject(new Error(`${script} ended with ${code}: ${output}`)))
  })
  return { child, said }
}

function stopChild(child: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

function middle(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}
