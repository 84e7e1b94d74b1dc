import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { personalTables, topics } from '../../../src/features/index.ts'
import { erasedPeople, keepErasureList, readErasureList, replayErasures } from '../../../src/people/index.ts'
import { backUp, restore } from '../../../src/platform/db/backup.ts'
import { startBot, textOf } from '../../support/bot.ts'
import { testDatabase } from '../../support/database.ts'
import { echoKnowledge } from '../../support/echo.ts'

let folder: string
let file: string
let bot: Awaited<ReturnType<typeof startBot>>
let empty: Awaited<ReturnType<typeof testDatabase>>
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'komsija-backup-'))
  file = path.join(folder, 'backup.gz')
  bot = await startBot({ knowledge: echoKnowledge(topics) })
  empty = await testDatabase(2)
})
afterEach(async () => {
  await bot.stop()
  await empty.drop()
  rmSync(folder, { recursive: true })
})

const say = (address: string, text: string) => bot.tell(address, { kind: 'text', text })
async function fill(): Promise<void> {
  await say('a', '/prijava')
  await say('a', 'ћирилица, "quotes", \\ and 😀')
  await say('a', '/moji_podaci')
  await say('b', '/prijava')
}
const fingerprint = async (sql: typeof bot.database.sql) => {
  const people = await sql`SELECT * FROM person ORDER BY id`
  const addresses = await sql`SELECT * FROM address ORDER BY id`
  const outbox = await sql`SELECT * FROM outbox ORDER BY id`
  const media = await sql`SELECT id, encode(bytes, 'hex') AS bytes, expires_at FROM media`
  const consents = await sql`SELECT * FROM consent ORDER BY id`
  return JSON.stringify({ people, addresses, outbox, media, consents })
}

it('brings back every row as it was', async () => {
  await fill()
  const saved = await backUp(bot.database.url, file)
  expect(await restore(empty.url, file, { force: false })).toEqual(saved)
  expect(saved.outbox).toBeGreaterThan(3)
  expect(await fingerprint(empty.sql)).toBe(await fingerprint(bot.database.sql))
})

it('goes on numbering after the restored rows', async () => {
  await fill()
  await backUp(bot.database.url, file)
  await restore(empty.url, file, { force: false })
  const [row] = await empty.sql<{ fresh: boolean }>`
    SELECT nextval(pg_get_serial_sequence('outbox', 'id')) > (SELECT max(id) FROM outbox) AS fresh`
  expect(row?.fresh).toBe(true)
})

it('refuses a database with rows unless it is told to replace them', async () => {
  await fill()
  await backUp(bot.database.url, file)
  await expect(restore(bot.database.url, file, { force: false })).rejects.toThrow(/not empty.*--force/)
  const before = await fingerprint(bot.database.sql)
  await restore(bot.database.url, file, { force: true })
  expect(await fingerprint(bot.database.sql)).toBe(before)
})

it('refuses a file that is no backup, and one of another version, and leaves the database as it was', async () => {
  const header = { format: 'komsija backup 1', madeAt: '', migrations: ['20000101000000_other'] }
  for (const [line, problem] of [
    ['hello', /no backup/],
    [JSON.stringify(header), /another version/],
  ] as const) {
    writeFileSync(file, gzipSync(`${line}\n`))
    await expect(restore(empty.url, file, { force: false })).rejects.toThrow(problem)
  }
  expect(await empty.sql`SELECT 1 FROM person`).toEqual([])
})

it('brings nobody back who was erased after the backup', async () => {
  await fill()
  await backUp(bot.database.url, file)
  await say('a', '/obrisi')
  expect(textOf(await bot.tell('a', { kind: 'press', token: 'erase:yes' }))).toContain('rights.erased')
  const list = path.join(folder, 'erasures.jsonl')
  await keepErasureList(bot.database.sql, list)
  expect(readErasureList(list)).toEqual(await erasedPeople(bot.database.sql))

  await restore(empty.url, file, { force: false })
  expect(await replayErasures(empty.sql, personalTables, readErasureList(list))).toBe(1)
  const addresses = await empty.sql<{ externalId: string }>`SELECT external_id AS "externalId" FROM address`
  expect(addresses).toEqual([{ externalId: 'b' }])
  expect(await empty.sql`SELECT 1 FROM person`).toHaveLength(1)
  expect(await empty.sql`SELECT 1 FROM inbox WHERE address = 'a'`).toEqual([])
  expect(await erasedPeople(empty.sql)).toHaveLength(1)
})

it('leaves somebody alone who was erased and wrote again', async () => {
  await fill()
  await say('a', '/obrisi')
  await bot.tell('a', { kind: 'press', token: 'erase:yes' })
  await say('a', 'hello again')
  const erased = await erasedPeople(bot.database.sql)
  await backUp(bot.database.url, file)
  await restore(empty.url, file, { force: false })
  expect(await replayErasures(empty.sql, personalTables, erased)).toBe(0)
  expect(await empty.sql`SELECT 1 FROM address WHERE external_id = 'a'`).toHaveLength(1)
})
