// Turns per second on Telegram webhooks: ours against the baseline, same PostgreSQL (durable settings),
// same fake Bot API, same load, taken in turns within one run. A turn counts when its reply has reached
// the fake.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startEmbedded } from '../../src/platform/db/embedded/server.ts'
import { startFakeBotApi } from '../channels/telegram/fake-bot-api.ts'
import { startApp, startChild, stopChild } from './child.ts'
import { drive, type Load, middle, questionOf, type Speed } from './drive.ts'

export const TOKEN = '1234567:bench-token-bench-token-bench-token'
export const SECRET = 'bench-secret'
const WARM_UP = 300

export type TurnsResult = { ours: Speed[]; baseline: Speed[]; ratio: number; load: Load }

export type Fake = Awaited<ReturnType<typeof startFakeBotApi>>

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
  const perWorker = Math.max(1, Math.floor(load.chats / load.atOnce))
  const turn = (worker: number, count: number) =>
    telegramTurn(bot.webhook, fake, 1000 + worker + load.atOnce * (count % perWorker))
  try {
    await drive({ ...load, updates: WARM_UP }, turn)
    return await drive(load, turn)
  } finally {
    await bot.stop()
    await fake.stop()
  }
}

let nextUpdate = 1

/** Somebody writes on Telegram and gets a reply. */
export async function telegramTurn(webhook: string, fake: Fake, chat: number): Promise<void> {
  const id = nextUpdate++
  const replied = fake.nextMessageTo(chat)
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
        text: questionOf(id),
      },
    }),
  })
  if (!response.ok) throw new Error(`the webhook answered ${response.status}`)
  await response.arrayBuffer()
  await replied
}

async function startBaseline(databaseUrl: string, fake: Fake): Promise<Running> {
  const env = { DATABASE_URL: databaseUrl, API_ROOT: fake.url, TOKEN, SECRET }
  const { child, said } = await startChild('test/bench/grammy-session-bot.ts', env, /port (\d+)/)
  return { webhook: `http://127.0.0.1:${said}/`, stop: () => stopChild(child) }
}

async function startOurs(databaseUrl: string, fake: Fake): Promise<Running> {
  const { url, stop } = await startApp(databaseUrl, telegramEnv(fake))
  return { webhook: `${url}/webhooks/telegram`, stop }
}

/** Turns Telegram on, facing the fake. */
export function telegramEnv(fake: Fake): Record<string, string> {
  return {
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_MODE: 'webhook',
    TELEGRAM_WEBHOOK_SECRET: SECRET,
    TELEGRAM_API_ROOT: fake.url,
  }
}
