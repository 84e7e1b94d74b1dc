import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'

// The table and the number of the lock are Prisma's own, so that `prisma migrate status` agrees with us.
const TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`
const LOCK = 72707369
const FOLDER = path.join(import.meta.dirname, '../../../prisma/migrations')

type Migration = { name: string; script: string; checksum: string }

/**
 * Brings the database at `url` up to the committed migrations, each with its row in one transaction;
 * several processes may call it at once. Resolves to the names it applied. Throws when a migration
 * failed before, was edited after it was applied, or is unknown to this program.
 */
export async function migrate(url: string, folder = FOLDER): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK])
    await client.query(TABLE)
    const known = await knownMigrations(client)
    const migrations = committedMigrations(folder)
    refuseUnknown(known, migrations)
    const missing = migrations.filter(migration => isMissing(migration, known))
    for (const migration of missing) await apply(client, migration)
    return missing.map(migration => migration.name)
  } finally {
    await client.end()
  }
}

function committedMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort()
    .map(name => {
      const script = readFileSync(path.join(folder, name, 'migration.sql'), 'utf8')
      return { name, script, checksum: createHash('sha256').update(script).digest('hex') }
    })
}

type Known = Map<string, { checksum: string; finished: boolean }>

async function knownMigrations(client: pg.Client): Promise<Known> {
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
     FROM "_prisma_migrations" WHERE rolled_back_at IS NULL`,
  )
  return new Map(rows.map(row => [row.name, row]))
}

function refuseUnknown(known: Known, migrations: Migration[]): void {
  const names = new Set(migrations.map(migration => migration.name))
  const unknown = [...known.keys()].filter(name => !names.has(name))
  if (unknown.length) throw new Error(`The database is newer than this program: ${unknown.join(', ')}`)
}

function isMissing(migration: Migration, known: Known): boolean {
  const row = known.get(migration.name)
  if (!row) return true
  if (!row.finished) throw new Error(`Migration ${migration.name} failed before: resolve it by hand`)
  if (row.checksum !== migration.checksum) {
    throw new Error(`Migration ${migration.name} was edited after it was applied`)
  }
  return false
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(migration.script)
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name, applied_steps_count)
       VALUES ($1, $2, now(), $3, 1)`,
      [randomUUID(), migration.checksum, migration.name],
    )
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}
