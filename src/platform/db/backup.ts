// Every table in one snapshot, as a compressed file of lines that PostgreSQL itself wrote and reads:
// rows never pass through JavaScript's numbers and dates. The job queue's schema is left out: its
// schedules are made at start, and what people asked for stands in tables of ours.
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { createGunzip, createGzip } from 'node:zlib'
import pg from 'pg'

const FORMAT = 'komsija backup 1'
const ROWS_PER_FETCH = 500
const HISTORY = '_prisma_migrations'

type Header = { format: string; madeAt: string; migrations: string[] }
/** Rows per table. */
export type Counts = Record<string, number>

/** Writes everything to a file, which appears under its name only when it is complete. */
export async function backUp(url: string, file: string): Promise<Counts> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const gzip = createGzip()
    const target = gzip.pipe(createWriteStream(`${file}.part`, { mode: 0o600 }))
    const write = async (line: string) => {
      if (!gzip.write(`${line}\n`)) await once(gzip, 'drain')
    }
    const header: Header = {
      format: FORMAT,
      madeAt: new Date().toISOString(),
      migrations: await history(client),
    }
    await write(JSON.stringify(header))
    const counts: Counts = {}
    for (const table of await tablesInOrder(client)) counts[table] = await writeTable(client, table, write)
    gzip.end()
    await once(target, 'close')
    await rename(`${file}.part`, file)
    return counts
  } finally {
    await client.end()
  }
}

async function writeTable(
  client: pg.Client,
  table: string,
  write: (line: string) => Promise<void>,
): Promise<number> {
  const name = pg.escapeIdentifier(table)
  await write(JSON.stringify({ table }))
  await client.query(`DECLARE rows NO SCROLL CURSOR FOR SELECT row_to_json(t)::text AS line FROM ${name} t`)
  let count = 0
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`FETCH ${ROWS_PER_FETCH} FROM rows`)
    for (const { line } of rows) await write(line)
    count += rows.length
    if (rows.length < ROWS_PER_FETCH) break
  }
  await client.query('CLOSE rows')
  return count
}

/**
 * Fills a migrated database from a file, in one transaction. Throws a sentence when the file is no
 * backup, when it was made by another version, or when the database holds rows and `force` is not set.
 */
export async function restore(url: string, file: string, options: { force: boolean }): Promise<Counts> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('BEGIN')
    const tables = await tablesInOrder(client)
    await refuseFilled(client, tables, options.force)
    const counts = await readInto(client, file, tables)
    for (const table of tables) await moveSequences(client, table)
    await client.query('COMMIT')
    return counts
  } finally {
    await client.end()
  }
}

async function refuseFilled(client: pg.Client, tables: string[], force: boolean): Promise<void> {
  const names = tables.map(table => pg.escapeIdentifier(table))
  if (force) {
    await client.query(`TRUNCATE ${names.join(', ')}`)
    return
  }
  for (const name of names) {
    const { rowCount } = await client.query(`SELECT 1 FROM ${name} LIMIT 1`)
    if (rowCount)
      throw new Error(`The database is not empty (${name}). Restore with --force to replace everything.`)
  }
}

async function readInto(client: pg.Client, file: string, tables: string[]): Promise<Counts> {
  const source = createReadStream(file)
  const lines = createInterface({ input: source.pipe(createGunzip()), crlfDelay: Number.POSITIVE_INFINITY })
  const counts: Counts = {}
  let table: string | undefined
  let waiting: string[] = []
  let isFirst = true
  const flush = async () => {
    if (table && waiting.length) await insert(client, table, waiting)
    waiting = []
  }
  for await (const line of lines) {
    if (isFirst) {
      checkHeader(line, await history(client))
      isFirst = false
    } else if (line.startsWith('{"table":')) {
      await flush()
      table = tableOf(line, tables)
      counts[table] = 0
    } else if (table) {
      waiting.push(line)
      counts[table] = (counts[table] ?? 0) + 1
      if (waiting.length === ROWS_PER_FETCH) await flush()
    }
  }
  await flush()
  return counts
}

function checkHeader(line: string, migrations: string[]): void {
  const header = parsed(line) as Partial<Header> | undefined
  if (header?.format !== FORMAT) throw new Error('This file is no backup of Komšija.')
  if (header.migrations?.join() !== migrations.join()) {
    throw new Error('The backup was made by another version. Restore it with that version, then upgrade.')
  }
}

function tableOf(line: string, tables: string[]): string {
  const { table } = parsed(line) as { table: string }
  if (!tables.includes(table)) throw new Error(`The backup names a table that does not exist: ${table}`)
  return table
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

async function insert(client: pg.Client, table: string, lines: string[]): Promise<void> {
  const name = pg.escapeIdentifier(table)
  await client.query(`INSERT INTO ${name} SELECT * FROM json_populate_recordset(NULL::${name}, $1::json)`, [
    `[${lines.join(',')}]`,
  ])
}

/** New rows must get numbers that no restored row has. */
async function moveSequences(client: pg.Client, table: string): Promise<void> {
  const { rows } = await client.query<{ column: string; sequence: string }>(
    `SELECT attname AS column, pg_get_serial_sequence(quote_ident($1), attname) AS sequence
     FROM pg_attribute WHERE attrelid = quote_ident($1)::regclass AND attnum > 0 AND NOT attisdropped
       AND pg_get_serial_sequence(quote_ident($1), attname) IS NOT NULL`,
    [table],
  )
  for (const { column, sequence } of rows) {
    const from = `SELECT max(${pg.escapeIdentifier(column)}) FROM ${pg.escapeIdentifier(table)}`
    await client.query(`SELECT setval($1, coalesce((${from}), 0) + 1, false)`, [sequence])
  }
}

async function history(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT migration_name AS name FROM "${HISTORY}" WHERE rolled_back_at IS NULL ORDER BY 1`,
  )
  return rows.map(({ name }) => name)
}

/** All tables, each after those it refers to. */
async function tablesInOrder(client: pg.Client): Promise<string[]> {
  const tables = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '${HISTORY}' ORDER BY 1`,
  )
  const references = await client.query<{ from: string; to: string }>(
    `SELECT f.relname AS from, t.relname AS to FROM pg_constraint c
     JOIN pg_class f ON f.oid = c.conrelid JOIN pg_class t ON t.oid = c.confrelid
     WHERE c.contype = 'f' AND f.oid <> t.oid`,
  )
  const ordered: string[] = []
  const visit = (name: string) => {
    if (ordered.includes(name)) return
    for (const { from, to } of references.rows) if (from === name) visit(to)
    ordered.push(name)
  }
  for (const { name } of tables.rows) visit(name)
  return ordered
}
