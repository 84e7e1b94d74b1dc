// Files made for one person, fetched under an unguessable link that expires.
import { randomBytes } from 'node:crypto'
import type { EffectContext, MadeFile, NewFile } from '../core/model/effect.ts'
import type { Sql } from '../platform/db/database.ts'

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
  const bytes = Buffer.from(text)
  const mediaId = randomBytes(18).toString('base64url')
  const expires = new Date(now.getTime() + VALID_HOURS * 3_600_000)
  await sql`
    INSERT INTO media (id, person_id, name, mime, bytes, created_at, expires_at)
    VALUES (${mediaId}, ${personId}, ${name}, ${mime}, ${bytes}, ${now}, ${expires})`
  return { mediaId, url: `${publicUrl}/media/${mediaId}/${name}`, name, bytes: bytes.length }
}
