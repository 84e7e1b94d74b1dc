// The list of erased people outside the database: a restored backup must not bring anybody back.
import { existsSync, readFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import type { Sql } from '../platform/db/database.ts'
import { erasureHash } from './erase.ts'
import type { PersonalTable } from './personal.ts'

/** One erased chat, as the list holds it: nobody can be read from it, but a chat can be recognised. */
export type Erased = { salt: string; hash: string; receipt: string; at: string }

/** Everybody erased, from the database. */
export function erasedPeople(sql: Sql): Promise<Erased[]> {
  return sql<Erased>`SELECT salt, hash, receipt, at::text FROM erasure ORDER BY id`
}

/** Brings the list beside the data up to date. */
export async function keepErasureList(sql: Sql, file: string): Promise<void> {
  const known = readErasureList(file)
  const hashes = new Set(known.map(({ hash }) => hash))
  const missing = (await erasedPeople(sql)).filter(({ hash }) => !hashes.has(hash))
  if (missing.length === 0) return
  const lines = [...known, ...missing].map(erased => JSON.stringify(erased))
  await writeFile(`${file}.part`, `${lines.join('\n')}\n`, { mode: 0o600 })
  await rename(`${file}.part`, file)
}

/** The list as it was kept; empty when there is none. */
export function readErasureList(file: string): Erased[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.filter(Boolean).map(line => JSON.parse(line) as Erased)
}

/** Erases again, after a restore, everybody on the list who has come back. Resolves to their number. */
export async function replayErasures(
  sql: Sql,
  tables: readonly PersonalTable[],
  list: readonly Erased[],
): Promise<number> {
  const known = new Set((await erasedPeople(sql)).map(({ hash }) => hash))
  for (const { salt, hash, receipt, at } of list) {
    if (known.has(hash)) continue
    await sql`INSERT INTO erasure (salt, hash, receipt, at) VALUES (${salt}, ${hash}, ${receipt}, ${at})`
  }
  const chats = await sql<{ personId: string; channel: string; externalId: string; createdAt: Date }>`
    SELECT person_id AS "personId", channel, external_id AS "externalId", created_at AS "createdAt" FROM address`
  const back = new Set(
    chats.filter(chat => list.some(erased => isErased(erased, chat))).map(chat => chat.personId),
  )
  for (const personId of back) {
    for (const table of tables) await table.erase(sql, personId)
    await sql`UPDATE inbox i SET address = '', received = NULL FROM address a
      WHERE a.channel = i.channel AND a.external_id = i.address AND a.person_id = ${personId}`
    await sql`DELETE FROM person WHERE id = ${personId}`
  }
  return back.size
}

/** Somebody who was erased and wrote again afterwards is somebody new. */
function isErased(erased: Erased, chat: { channel: string; externalId: string; createdAt: Date }): boolean {
  if (chat.createdAt > new Date(erased.at)) return false
  return erasureHash(erased.salt, chat.channel, chat.externalId) === erased.hash
}
