// The one door to PostgreSQL. Stores that staff pages use go through Prisma; the turn, the lanes and
// their effects use `sql`, because an interactive Prisma transaction costs more than the work in it.
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from '../../../prisma/client/client.ts'

/** Runs one statement; every `${value}` becomes a bound parameter. Resolves to the rows. */
export type Sql = <Row extends object = Record<string, unknown>>(
  strings: TemplateStringsArray,
  ...values: unknown[]
) => Promise<Row[]>

export interface Database {
  prisma: PrismaClient
  /** Autocommitted statements. */
  sql: Sql
  /** One transaction (READ COMMITTED) on one connection; a throw rolls it back and is rethrown. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>
  /** How many transactions may run at once without waiting for a connection. */
  poolSize: number
  close(): Promise<void>
}

/** Opens the pool. `url` is a PostgreSQL connection string; nothing connects before the first statement. */
export function openDatabase(options: { url: string; poolSize?: number }): Database {
  const poolSize = options.poolSize ?? 16
  // Pipelined: statements that don't wait for each other share a round trip, in their order.
  const pool = new pg.Pool({ connectionString: options.url, max: poolSize, pipeline: true } as pg.PoolConfig)
  // A connection that breaks (server restart) fails the statements on it and is replaced by the pool; without
  // listeners it would end the process: the pool's for idle ones, its own for one that a transaction holds.
  pool.on('error', () => undefined)
  pool.on('connect', client => client.on('error', () => undefined))
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
  return {
    prisma,
    poolSize,
    sql: statementsOn(pool),
    transaction: work => inTransaction(pool, work),
    async close() {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}

/** `sql` bound to one connection or pool. Statements are prepared once per connection and call site. */
export function statementsOn(client: pg.Pool | pg.ClientBase): Sql {
  return async <Row extends object>(strings: TemplateStringsArray, ...values: unknown[]) => {
    const { name, text } = prepared(strings)
    const result = await client.query<Row>({ name, text, values })
    return result.rows
  }
}

const statements = new WeakMap<TemplateStringsArray, { name: string; text: string }>()
let statementCount = 0

function prepared(strings: TemplateStringsArray): { name: string; text: string } {
  const known = statements.get(strings)
  if (known) return known
  const text = strings.reduce((sql, part, index) => `${sql}$${index}${part}`)
  const statement = { name: `s${++statementCount}`, text }
  statements.set(strings, statement)
  return statement
}

async function inTransaction<T>(pool: pg.Pool, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    // Not awaited alone: BEGIN travels with the first statement.
    const [, result] = await Promise.all([client.query('BEGIN'), work(statementsOn(client))])
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((cause: Error) => {
      broken = cause
    })
    throw error
  } finally {
    client.release(broken)
  }
}
