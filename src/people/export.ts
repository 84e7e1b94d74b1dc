// The file people receive when they ask what is kept about them.
import { randomBytes } from 'node:crypto'
import type { Sql } from '../platform/db/database.ts'
import type { PersonalTable } from './personal.ts'

const FILE_NAME = 'moji-podaci.json'
const VALID_HOURS = 24

/** Writes everything about the person into a file with an unguessable link. */
export async function exportPerson(
  sql: Sql,
  tables: readonly PersonalTable[],
  options: { personId: string; publicUrl: string; now: Date },
): Promise<{ mediaId: string; url: string; name: string; bytes: number }> {
  const { personId, publicUrl, now } = options
  const found: Record<string, object[]> = {}
  for (const { table, export: read } of tables) found[table] = await read(sql, personId)
  const bytes = Buffer.from(`${JSON.stringify({ exportedAt: now, ...found }, null, 2)}\n`)
  const mediaId = randomBytes(18).toString('base64url')
  const expires = new Date(now.getTime() + VALID_HOURS * 3_600_000)
  await sql`
    INSERT INTO media (id, person_id, name, mime, bytes, created_at, expires_at)
    VALUES (${mediaId}, ${personId}, ${FILE_NAME}, 'application/json', ${bytes}, ${now}, ${expires})`
  return { mediaId, url: `${publicUrl}/media/${mediaId}/${FILE_NAME}`, name: FILE_NAME, bytes: bytes.length }
}
