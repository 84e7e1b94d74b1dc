import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { migrate } from '../../../src/platform/db/migrate.ts'
import { testDatabase } from '../../support/database.ts'

const COMMITTED = path.join(import.meta.dirname, '../../../prisma/migrations')
let database: Awaited<ReturnType<typeof testDatabase>>
let folder: string
beforeEach(async () => {
  database = await testDatabase(2)
  folder = mkdtempSync(path.join(tmpdir(), 'komsija-migrations-'))
  cpSync(COMMITTED, folder, { recursive: true })
})
afterEach(async () => {
  await database.drop()
  rmSync(folder, { recursive: true })
})

it('applies nothing twice, also when two processes start at once', async () => {
  expect(await Promise.all([migrate(database.url), migrate(database.url)])).toEqual([[], []])
})

it('refuses a migration that was edited after it was applied', async () => {
  const [name = ''] = readdirSync(folder).filter(entry => entry.startsWith('2'))
  appendFileSync(path.join(folder, name, 'migration.sql'), '\n-- later thought\n')
  await expect(migrate(database.url, folder)).rejects.toThrow(/edited after it was applied/)
})

it('refuses a database that is newer than the program', async () => {
  for (const name of readdirSync(folder).filter(entry => entry.startsWith('2'))) {
    rmSync(path.join(folder, name), { recursive: true })
  }
  await expect(migrate(database.url, folder)).rejects.toThrow(/newer than this program/)
})
