import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { type Database, openDatabase } from '../../src/platform/db/database.ts'

export type TestDatabase = Database & { url: string }

/** A migrated database of its own. Close it with `drop`. */
export async function testDatabase(poolSize = 8): Promise<TestDatabase & { drop(): Promise<void> }> {
  const template = inject('databaseUrl')
  const name = `t${randomUUID().replaceAll('-', '')}`
  await onServer(`CREATE DATABASE ${name} TEMPLATE komsija`)
  const url = template.replace(/\/komsija$/, `/${name}`)
  const database = openDatabase({ url, poolSize })
  return {
    ...database,
    url,
    async drop() {
      await database.close()
      await onServer(`DROP DATABASE ${name} WITH (FORCE)`)
    },
  }
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('databaseUrl').replace(/\/komsija$/, '/postgres') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
