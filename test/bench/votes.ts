// Votes on one poll that 20,000 people have voted on: whole turns, from the press to the reply, against a bare loop
// of upserts on the same PostgreSQL (durable settings), taken in turns within one run. Then what its result costs.
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startApp } from '../../src/app.ts'
import type { Channel } from '../../src/channels/channel.ts'
import { readConfig } from '../../src/config.ts'
import { createPoll, open } from '../../src/features/polls/store.ts'
import { startKernel } from '../../src/kernel.ts'
import { readKnowledge } from '../../src/knowledge.ts'
import { pngOf } from '../../src/platform/charts/png.ts'
import { type Database, openDatabase } from '../../src/platform/db/database.ts'
import { startEmbedded } from '../../src/platform/db/embedded/server.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { createLog } from '../../src/platform/log.ts'
import { drive, type Load, middle, type Speed } from './drive.ts'

const VOTES = 20_000
const LOAD: Load = { updates: 2000, chats: 480, atOnce: 48 }
const ROUNDS = 3
const POOL = 16
const LABELS = ['Trotoari', 'Rasveta', 'Park kod škole', 'Dečje igralište']

/** `ratio`: the median of our votes per second ÷ that of the bare loop's upserts. */
export async function benchVotes(): Promise<object> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'komsija-bench-votes-'))
  const server = await startEmbedded({ dataDir })
  await migrate(server.url)
  const database = openDatabase({ url: server.url, poolSize: POOL })
  try {
    const pollId = await fill(database)
    const speeds = await compare(database, pollId)
    await database.sql`UPDATE poll SET status = 'closed', closed_at = now() WHERE id = ${pollId}`
    const env = { DATABASE_URL: server.url, DATA_DIR: path.join(dataDir, 'app'), PORT: '0', ROLE: 'web' }
    return { load: { ...LOAD, votes: VOTES }, ...speeds, result: await measureResult(env, pollId) }
  } finally {
    await database.close()
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** An open poll with its voters, a third of them in a local community. */
async function fill({ sql }: Database): Promise<number> {
  const options = LABELS.map((sr, index) => ({ id: String(index + 1), label: { sr } }))
  const question = { kind: 'single' as const, text: { sr: 'Šta prvo da se uredi?' }, options, max: 1 }
  const pollId = await createPoll(sql, { form: 'poll', questions: [question] }, 'bench@grad.example')
  await open(sql, pollId)
  await sql`
    WITH newcomer AS (
      INSERT INTO person (id) SELECT gen_random_uuid() FROM generate_series(1, ${VOTES}::int) RETURNING id)
    INSERT INTO vote (question_id, person_id, options, channel, language, community, changed_at)
    SELECT q.id, n.id, ARRAY[(1 + floor(random() * 4)::int)::text],
      (ARRAY['telegram', 'viber', 'web'])[1 + floor(random() * 3)::int], 'sr',
      CASE WHEN random() < 0.33 THEN 'mz-0' || (1 + floor(random() * 9)::int) END, now()
    FROM newcomer n, poll_question q WHERE q.poll_id = ${pollId}`
  await sql`CREATE TABLE bench_vote (question_id int, person_id uuid, options text[] NOT NULL,
    changed_at timestamptz NOT NULL, PRIMARY KEY (question_id, person_id))`
  await sql`INSERT INTO bench_vote SELECT question_id, person_id, options, changed_at FROM vote`
  await sql`ANALYZE`
  return pollId
}

async function compare(database: Database, pollId: number) {
  const bot = await startBot(database)
  const ours: Speed[] = []
  const baseline: Speed[] = []
  try {
    // Everybody agrees and votes; from then on they change their minds.
    await drive({ ...LOAD, updates: LOAD.chats }, (worker, number) =>
      bot.press(worker + LOAD.atOnce * number, `ok:p:${pollId}:1`),
    )
    for (let round = 0; round < ROUNDS; round++) {
      baseline.push(await drive(LOAD, upserts(database)))
      ours.push(await drive(LOAD, (worker, n) => bot.press(chatOf(worker, n), `p:${pollId}:${optionOf(n)}`)))
    }
  } finally {
    await bot.stop()
  }
  const median = (speeds: Speed[]) => middle(speeds.map(({ perSecond }) => perSecond))
  return { ours, baseline, ratio: median(ours) / median(baseline) }
}

/** Each worker has chats of its own. */
function chatOf(worker: number, number: number): number {
  return worker + LOAD.atOnce * (number % (LOAD.chats / LOAD.atOnce))
}

function optionOf(number: number): string {
  return String(1 + (number % LABELS.length))
}

function upserts({ sql }: Database): (worker: number, number: number) => Promise<void> {
  const people = Array.from({ length: LOAD.chats }, () => randomUUID())
  return async (worker, number) => {
    await sql`
      INSERT INTO bench_vote VALUES (1, ${people[chatOf(worker, number)]}, ARRAY[${optionOf(number)}], now())
      ON CONFLICT (question_id, person_id) DO UPDATE SET options = excluded.options, changed_at = excluded.changed_at`
  }
}

/** The bot on a channel that takes everything at once. */
async function startBot(database: Database) {
  const awaited = new Map<string, () => void>()
  const channel: Channel = {
    id: 'telegram',
    capabilities: {
      textMax: 4096,
      captionMax: 1024,
      labelMax: 64,
      buttonsMax: 30,
      spans: true,
      edit: false,
      receipts: false,
    },
    listen: () => ({}),
    async send({ externalId }) {
      awaited.get(externalId)?.()
      return { status: 'sent', externalIds: [randomUUID()] }
    },
  }
  const contentDir = path.join(import.meta.dirname, '../../content')
  const knowledge = await readKnowledge({ contentDir, publicUrl: 'https://komsija.example' })
  const log = createLog('silent')
  const kernel = startKernel({ database, channels: [channel], knowledge: () => knowledge, log })
  return {
    async press(chat: number, token: string): Promise<void> {
      const address = String(chat)
      const replied = new Promise<void>(resolve => awaited.set(address, resolve))
      const event = { kind: 'press' as const, token }
      const known = { channel: channel.id, externalId: randomUUID(), address, at: Date.now(), group: false }
      await kernel.receive([{ ...known, event }])
      await replied
    },
    stop: () => kernel.stop(),
  }
}

const READS = 40

/** The page of the closed poll, its chart, and the picture for chats. */
async function measureResult(env: Record<string, string>, pollId: number) {
  const app = await startApp(readConfig(env), createLog('silent'))
  try {
    const read = async (url: string) => (await fetch(`${app.url}${url}`)).text()
    const chart = await read(`/results/${pollId}/1/chart.svg`)
    return {
      page: await timesOf(() => read(`/results/${pollId}`)),
      chart: await timesOf(() => read(`/results/${pollId}/1/chart.svg`)),
      picture: await timesOf(async () => pngOf(chart, 3)),
    }
  } finally {
    await app.stop()
  }
}

async function timesOf(work: () => Promise<unknown>): Promise<{ p50Ms: number; p99Ms: number }> {
  // The first ones pay for the compiler and the planner.
  for (let round = 0; round < 5; round++) await work()
  const { p50Ms, p99Ms } = await drive(
    { updates: READS, chats: 1, atOnce: 1 },
    async () => void (await work()),
  )
  return { p50Ms, p99Ms }
}
