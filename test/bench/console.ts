// Pages of the console on a database of a busy month: how long the server needs for each, and what a browser
// loads. Every entry page is measured, those of features too.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { startApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { loadContent } from '../../src/content/load.ts'
import { type Database, openDatabase } from '../../src/platform/db/database.ts'
import { startEmbedded } from '../../src/platform/db/embedded/server.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { createLog } from '../../src/platform/log.ts'
import { newToken, tokenHash } from '../../src/staff/secrets.ts'
import { fillDatabase } from './fill.ts'

const MESSAGES = 100_000
const PEOPLE = 10_000
const ROUNDS = 40

export type PageFigures = { p50Ms: number; p95Ms: number; htmlKb: number; gzippedKb: number }

/** Measures every page in the navigation of an admin, and the account page; `baseline`: a page without a query of its own. */
export async function benchConsole(): Promise<object> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'komsija-bench-console-'))
  const server = await startEmbedded({ dataDir })
  await migrate(server.url)
  const database = openDatabase({ url: server.url, poolSize: 4 })
  const { content } = await loadContent(path.join(import.meta.dirname, '../../content'))
  await fillDatabase(database.sql, {
    messages: MESSAGES,
    people: PEOPLE,
    entryIds: content.entries.map(({ id }) => id),
  })
  const env = { DATABASE_URL: server.url, DATA_DIR: path.join(dataDir, 'app'), PORT: '0', ROLE: 'web' }
  const app = await startApp(readConfig(env), createLog('silent'))
  try {
    return await measureAll(app.url, await signIn(database))
  } finally {
    await app.stop()
    await database.close()
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** An admin's cookie. */
async function signIn({ sql }: Database): Promise<string> {
  const token = newToken()
  await sql`
    WITH account AS (INSERT INTO staff_account (email, role) VALUES ('bench@grad.example', 'admin') RETURNING id)
    INSERT INTO staff_session (hash, account_id, stage, device)
    SELECT ${tokenHash(token)}, id, 'full', '' FROM account`
  return `komsija_console=${token}`
}

async function measureAll(url: string, cookie: string): Promise<object> {
  const first = await (await fetch(`${url}/console/account`, { headers: { cookie } })).text()
  const sections = [...first.matchAll(/<li><a href="(\/console\/[\w-]+)"/g)].map(([, path = '']) => path)
  const pages: Record<string, PageFigures> = {}
  for (const path of [...sections, '/console/account']) pages[path] = await measure(url + path, cookie)
  return {
    load: { messages: MESSAGES, people: PEOPLE },
    baseline: await measure(`${url}/console/nothing`, cookie),
    pages,
    assetsGzippedKb: await assetsWeight(url, first),
  }
}

async function measure(url: string, cookie: string): Promise<PageFigures> {
  const times: number[] = []
  let page = ''
  for (let round = 0; round < ROUNDS + 5; round++) {
    const began = performance.now()
    page = await (await fetch(url, { headers: { cookie } })).text()
    // The first ones pay for the compiler and the planner.
    if (round >= 5) times.push(performance.now() - began)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor(share * (times.length - 1))] ?? 0
  return {
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    htmlKb: Buffer.byteLength(page) / 1000,
    gzippedKb: gzipSync(page).length / 1000,
  }
}

/** What a browser keeps after the first page. */
async function assetsWeight(url: string, page: string): Promise<number> {
  const names = [...page.matchAll(/(?:href|src)="(\/console\/assets\/[^"]+)"/g)].map(([, name = '']) => name)
  const sizes = await Promise.all(
    [...new Set(names)].map(async name => {
      const answer = await fetch(url + name, { headers: { 'accept-encoding': 'identity' } })
      return gzipSync(Buffer.from(await answer.arrayBuffer()), { level: 9 }).length
    }),
  )
  return sizes.reduce((sum, size) => sum + size, 0) / 1000
}
