// One announcement while everything goes wrong: two instances on one database with durable settings, a
// platform on a bad day, processes and the database killed, staff who pause and go on.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Database, openDatabase } from '../../src/platform/db/database.ts'
import { startEmbedded } from '../../src/platform/db/embedded/server.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { startFakeBotApi } from '../channels/telegram/fake-bot-api.ts'
import { addKey, addRecipients, apiOf, badDay, busiest, FIRST_CHAT, type Numbers } from './announcing.ts'
import { type AppProcess, startProcess } from './process.ts'

const TOKEN = '1234567:fault-token-fault-token-fault-token'
const BLOCKED_SHARE = 0.02
const DROP_SHARE = 0.005

export type Fire = {
  recipients: number
  /** Messages per second that are allowed. */
  rate: number
  kills: number
  databaseKills: number
  pauses: number
  /** Of calls that begin three seconds of silence. */
  silenceShare: number
  patienceMs: number
}

export type FireReport = {
  numbers: Numbers
  seconds: number
  /** People who got it more than once, and people of whom the ledger says something else than the platform. */
  repeated: number
  contradicted: number
  dropped: number
  refused: number
  disobeyed: number
  /** Deliveries on their way at the moments of the kills. */
  inFlight: number
  /** Uncertain ones that never reached the platform. */
  neverAsked: number
  /** The most requests a second, over three of them: a machine that is busy sends them in bunches. */
  busiestPerSecond: number
  longestGapS: number
}

export async function announceUnderFire(fire: Fire): Promise<FireReport> {
  const folder = mkdtempSync(path.join(tmpdir(), 'komsija-fire-'))
  const server = await startEmbedded({ dataDir: path.join(folder, 'database') })
  await migrate(server.url)
  const database = openDatabase({ url: server.url, poolSize: 2 })
  const chaos = badDay({ dropShare: DROP_SHARE, silenceShare: fire.silenceShare, silenceS: 3 })
  const fake = await startFakeBotApi({ token: TOKEN, judge: chaos.judge })
  const start = (name: string) =>
    startPatiently({
      DATABASE_URL: server.url,
      DATA_DIR: path.join(folder, name),
      TELEGRAM_BOT_TOKEN: TOKEN,
      TELEGRAM_MODE: 'webhook',
      TELEGRAM_WEBHOOK_SECRET: 'fault-secret',
      TELEGRAM_API_ROOT: fake.url,
      TELEGRAM_RATE: String(fire.rate),
    })
  const apps: AppProcess[] = []
  try {
    await addRecipients(database.sql, fire.recipients)
    for (let n = 0; n < fire.recipients * BLOCKED_SHARE; n++) fake.block(FIRST_CHAT + n * 50)
    const key = await addKey(database.sql, 'author@grad.rs')
    apps.push(await start('one'), await start('two'))
    const api = apiOf(() => apps[0]?.url ?? '', key)
    const { id } = await api.announce('Radionica o budžetu je u subotu u 10 časova.')
    const began = Date.now()
    await api.start(id)

    let over = false
    const until = { over: () => over }
    const killing = killNowAndThen(fire, { apps, start, database, fake, until })
    const pausing = pauseNowAndThen(fire, { api, id, fake, until })
    const numbers = await untilDone(() => api.read(id), fire.patienceMs)
    const seconds = (Date.now() - began) / 1000
    over = true
    const inFlight = await killing
    await pausing
    return { numbers, seconds, inFlight, ...(await compare(database, fake, fire, id)), ...tell(chaos) }
  } finally {
    await Promise.all(apps.map(app => app.stop().catch(() => 0)))
    await database.close()
    await server.stop()
    await fake.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function tell({ dropped, refused, disobeyed }: ReturnType<typeof badDay>) {
  return { dropped, refused, disobeyed }
}

/** The database may be away at that moment. */
async function startPatiently(env: Record<string, string>): Promise<AppProcess> {
  for (let tries = 0; ; tries++) {
    try {
      return await startProcess(env)
    } catch (error) {
      if (tries > 20) throw error
      await sleep(300)
    }
  }
}

type Fake = Awaited<ReturnType<typeof startFakeBotApi>>
type Scene = {
  apps: AppProcess[]
  start(name: string): Promise<AppProcess>
  database: Database
  fake: Fake
  until: { over(): boolean }
}

/** Kills are spread over the recipients, one after the other. Resolves to what was on its way at them. */
async function killNowAndThen(fire: Fire, scene: Scene): Promise<number> {
  const { apps, database, fake, until } = scene
  const deeds = [
    ...Array.from({ length: fire.kills }, (_, n) => (n % 3 === 2 ? 'two' : 'one')),
    ...Array.from({ length: fire.databaseKills }, () => 'database'),
  ].sort(() => Math.random() - 0.5)
  let inFlight = 0
  for (const [index, deed] of deeds.entries()) {
    const target = ((index + Math.random()) * fire.recipients * 0.9) / deeds.length
    while (fake.callsOf('sendMessage').length < target && !until.over()) await sleep(10)
    await sleep(Math.random() * 100)
    if (until.over()) return inFlight
    if (deed === 'database') await killServer(database)
    else await apps[deed === 'one' ? 0 : 1]?.kill()
    inFlight += await countInFlight(database)
    if (deed !== 'database') apps[deed === 'one' ? 0 : 1] = await scene.start(deed)
  }
  return inFlight
}

async function killServer({ sql }: Database): Promise<void> {
  const [row] = await sql<{ pid: string }>`SELECT pg_read_file('postmaster.pid') AS pid`
  process.kill(Number.parseInt(row?.pid ?? '', 10), 'SIGKILL')
}

async function countInFlight({ sql }: Database): Promise<number> {
  for (;;) {
    const rows = await sql<{
      n: number
    }>`SELECT count(*)::int AS n FROM delivery WHERE status = 'sending'`.catch(() => undefined)
    if (rows) return rows[0]?.n ?? 0
    await sleep(20)
  }
}

async function pauseNowAndThen(
  fire: Fire,
  { api, id, fake, until }: { api: ReturnType<typeof apiOf>; id: string; fake: Fake; until: Scene['until'] },
): Promise<void> {
  for (let pause = 0; pause < fire.pauses; pause++) {
    const target = ((pause + Math.random()) * fire.recipients * 0.9) / fire.pauses
    while (fake.callsOf('sendMessage').length < target && !until.over()) await sleep(10)
    if (until.over()) return
    // The last ones may come when everything is done.
    const paused = await api.verb(id, 'pause').catch(() => undefined)
    if (!paused) return
    await sleep(200 + Math.random() * 1000)
    await api.verb(id, 'resume')
  }
}

async function untilDone(read: () => Promise<Numbers>, patienceMs: number): Promise<Numbers> {
  for (const deadline = Date.now() + patienceMs; ; ) {
    const numbers = await read()
    if (numbers.status === 'done') return numbers
    if (Date.now() > deadline) throw new Error(`not done in time: ${JSON.stringify(numbers)}`)
    await sleep(300)
  }
}

/** What the ledger says of each person beside what arrived at the platform. */
async function compare({ sql }: Database, fake: Fake, { recipients }: Fire, id: string) {
  const rows = await sql<{ status: string; chat: number }>`
    SELECT d.status, a.external_id::int AS chat FROM delivery d JOIN address a ON a.person_id = d.person_id
    WHERE d.announcement_id = ${id}`
  const status = new Map(rows.map(row => [row.chat, row.status]))
  let [repeated, contradicted, neverAsked] = [0, 0, 0]
  for (let chat = FIRST_CHAT; chat < FIRST_CHAT + recipients; chat++) {
    const arrived = fake.sent(chat).length
    const says = status.get(chat)
    if (arrived > 1) repeated++
    if (says === 'sent' ? arrived !== 1 : says !== 'uncertain' && arrived > 0) contradicted++
    if (says === 'uncertain' && arrived === 0) neverAsked++
  }
  const times = fake.calls.filter(({ method }) => method === 'sendMessage').map(({ at }) => at)
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at))
  return {
    repeated,
    contradicted,
    neverAsked,
    busiestPerSecond: busiest(times, 3000) / 3,
    longestGapS: Math.max(...gaps) / 1000,
  }
}
