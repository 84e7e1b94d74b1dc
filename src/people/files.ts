// Files made for one person, fetched under an unguessable link that expires.
import type { EffectContext, MadeFile, NewFile } from '../core/model/effect.ts'
import type { Sql } from '../platform/db/database.ts'
import { urlOf } from '../platform/media/info.ts'
import { writeMedia } from '../platform/media/rows.ts'

/** The sentences `rights.exported` and `guide.file` say the same. */
const VALID_HOURS = 24

/** Stores files for the person, in their order. */
export async function keepFiles(
  sql: Sql,
  files: readonly NewFile[],
  context: Pick<EffectContext, 'personId' | 'publicUrl' | 'now'>,
): Promise<MadeFile[]> {
  const made: MadeFile[] = []
  for (const file of files) made.push(await keepFile(sql, file, context))
  return made
}

async function keepFile(
  sql: Sql,
  { name, mime, text }: NewFile,
  { personId, publicUrl, now }: Pick<EffectContext, 'personId' | 'publicUrl' | 'now'>,
): Promise<MadeFile> {
  const expiresAt = new Date(now.getTime() + VALID_HOURS * 3_600_000)
  const info = await writeMedia(sql, { name, mime, bytes: Buffer.from(text), personId, now, expiresAt })
  return { mediaId: info.id, url: publicUrl + urlOf(info), name: info.name, bytes: info.bytes }
}
