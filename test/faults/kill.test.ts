// 500 questions while the process is killed 20 times, on durable settings: nothing is lost.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startFakeBotApi } from '../channels/telegram/fake-bot-api.ts'
import { type AppProcess, startProcess } from '../support/process.ts'

const TOKEN = '1234567:fault-token-fault-token-fault-token'
const SECRET = 'fault-secret'
const QUESTIONS = 500
const CHATS = 50
const KILLS = 20
/** People who ask at the same time; each waits a moment before the next question. */
const ASKERS = 3

let dataDir: string
let fake: Awaited<ReturnType<typeof startFakeBotApi>>
beforeEach(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'komsija-faults-'))
  fake = await startFakeBotApi({ token: TOKEN })
})
afterEach(async () => {
  await fake.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

const start = () =>
  startProcess({
    DATA_DIR: dataDir,
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_MODE: 'webhook',
    TELEGRAM_WEBHOOK_SECRET: SECRET,
    TELEGRAM_API_ROOT: fake.url,
  })

/** Posts an update as Telegram does: again and again until it is acknowledged. */
async function deliver(app: () => AppProcess, id: number, chat: number): Promise<void> {
  const update = {
    update_id: id,
    message: {
      message_id: id,
      date: Math.floor(Date.now() / 1000),
      chat: { id: chat, type: 'private', first_name: 'F' },
      from: { id: chat, is_bot: false, first_name: 'F', language_code: 'sr' },
      text: 'ko popravlja uličnu rasvetu',
    },
  }
  for (;;) {
    const status = await fetch(`${app().url}/webhooks/telegram`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': SECRET },
      body: JSON.stringify(update),
    }).then(
      response => response.status,
      () => 0,
    )
    if (status === 200) return
    await sleep(100)
  }
}

async function rows<Row extends object>(text: string): Promise<Row[]> {
  const password = readFileSync(path.join(dataDir, 'postgres.password'), 'utf8')
  const port = readFileSync(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[3]
  const client = new pg.Client({
    connectionString: `postgresql://komsija:${password}@127.0.0.1:${port}/komsija`,
  })
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}

it('answers every one of 500 questions though it is killed 20 times, and repeats no more than it was killed', async () => {
  let app = await start()
  let asked = 0
  const askers = Array.from({ length: ASKERS }, async (_, asker) => {
    for (let n = asker; n < QUESTIONS; n += ASKERS) {
      await deliver(() => app, n + 1, 1000 + (n % CHATS))
      asked++
      await sleep(60)
    }
  })
  for (let kill = 0; kill < KILLS; kill++) {
    const target = ((kill + Math.random()) * QUESTIONS) / KILLS
    while (asked < target) await sleep(5)
    // At any moment of a turn or between turns, not right after an acknowledgement.
    await sleep(Math.random() * 150)
    await app.kill()
    app = await start()
  }
  await Promise.all(askers)
  const unsettled = 'SELECT count(*)::int AS n FROM outbox WHERE settled_at IS NULL'
  const unanswered = 'SELECT count(*)::int AS n FROM inbox WHERE done_at IS NULL'
  for (let waited = 0; waited < 60_000; waited += 500) {
    const [[open], [silent]] = [await rows<{ n: number }>(unsettled), await rows<{ n: number }>(unanswered)]
    if (open?.n === 0 && silent?.n === 0) break
    await sleep(500)
  }

  const answered = await rows<{ status: string; n: number }>(
    'SELECT status, count(*)::int AS n FROM outbox GROUP BY 1',
  )
  expect(answered).toEqual([{ status: 'sent', n: QUESTIONS }])
  const sent = fake.callsOf('sendMessage').length
  expect(sent).toBeGreaterThanOrEqual(QUESTIONS)
  console.info(`${QUESTIONS} questions, ${KILLS} kills, ${sent - QUESTIONS} replies repeated`)
  expect(sent - QUESTIONS).toBeLessThanOrEqual(KILLS)
  for (let chat = 1000; chat < 1000 + CHATS; chat++) {
    expect(fake.sent(chat).length).toBeGreaterThanOrEqual(QUESTIONS / CHATS)
  }
  expect(await app.stop()).toBeLessThan(5)
}, 480_000)
