// The file people receive when they ask what is kept about them.
import type { Sql } from '../platform/db/database.ts'
import { urlOf } from '../platform/media/info.ts'
import { writeMedia } from '../platform/media/rows.ts'
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
  const expiresAt = new Date(now.getTime() + VALID_HOURS * 3_600_000)
  const file = { name: FILE_NAME, mime: 'application/json', bytes, personId, now, expiresAt }
  const info = await writeMedia(sql, file)
  return { mediaId: info.id, url: publicUrl + urlOf(info), name: info.name, bytes: info.bytes }
}
