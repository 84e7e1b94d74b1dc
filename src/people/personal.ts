// What the rights to see and to erase, the merging of two people and the end of a consent's time mean for one
// table. Every table that refers to a person has such an entry (a test reads the database's own catalogue).
import type { KeptRows } from '../core/model/effect.ts'
import type { SentenceKey } from '../core/model/sentence-key.ts'
import type { Sql } from '../platform/db/database.ts'
import type { Columns } from './reading.ts'

export type PersonalTable<Row extends Record<string, unknown> = Record<string, unknown>> = {
  table: string
  /** What people call what is in it. */
  title: SentenceKey
  /** How its rows read. */
  columns: Columns<Row>
  /** The person's rows as they will be shown to them: no internal keys that say nothing. */
  export(sql: Sql, personId: string): Promise<Row[]>
  /** Removes the rows, or cuts what ties them to the person. */
  erase(sql: Sql, personId: string): Promise<void>
  /** Gives the rows of `from` to `to`; tables that name a person have it, what hangs on a chat follows the chat. */
  move?(sql: Sql, from: string, to: string): Promise<void>
  /**
   * Removes what was kept before this moment, or cuts its tie to the person. Tables of what people leave by
   * taking part have it: the question for consent promises it (RETENTION_DAYS.participation).
   */
  expire?(sql: Sql, before: Date): Promise<void>
}

/** Everything that is kept about the person. */
export async function readPerson(
  sql: Sql,
  tables: readonly PersonalTable[],
  personId: string,
): Promise<KeptRows> {
  const rows: KeptRows = {}
  for (const { table, export: read } of tables) rows[table] = await read(sql, personId)
  return rows
}
