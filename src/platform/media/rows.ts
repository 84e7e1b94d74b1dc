// Files in the database: what was made for somebody, what staff uploaded.
import { createHash, randomBytes } from 'node:crypto'
import type { Sql } from '../db/database.ts'
import type { MediaInfo, MediaSource } from './info.ts'
import { fileName, judgeType } from './kinds.ts'
import { pictureSize } from './picture-size.ts'

/** A larger file belongs into a folder. */
export const ROW_BYTES_MAX = 8 * 1024 * 1024
/** What one reader holds in memory, twice: the database sends bytes as hexadecimal text. */
const PIECE_BYTES = 256 * 1024

/** A file to be written. The size of a picture is read from its bytes. */
export type NewFile = Pick<
  MediaInfo,
  'name' | 'mime' | 'seconds' | 'thumbnailId' | 'personId' | 'expiresAt'
> & {
  bytes: Uint8Array
  width?: number
  height?: number
  now: Date
}

/** `detail` is for a log or a programmer. */
export type Kept =
  | { status: 'kept'; info: MediaInfo }
  | { status: 'refused'; reason: 'empty' | 'too-large' | 'unknown-type' | 'wrong-type'; detail: string }

/** Writes a file that came from somebody, if size and type are right. */
export async function keepMedia(sql: Sql, file: NewFile): Promise<Kept> {
  return refusalOf(file) ?? { status: 'kept', info: await writeMedia(sql, file) }
}

/** Writes a file that the program itself made; nothing is checked. Its id can't be guessed. */
export async function writeMedia(sql: Sql, file: NewFile): Promise<MediaInfo> {
  const { now, bytes, ...known } = file
  const info: MediaInfo = {
    ...pictureSize(file.mime, bytes),
    ...known,
    id: randomBytes(18).toString('base64url'),
    name: fileName(file.name, file.mime),
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }
  const { id, name, mime, sha256, seconds, width, height, thumbnailId, personId, expiresAt } = info
  await sql`
    INSERT INTO media (id, person_id, name, mime, bytes, sha256, seconds, width, height, thumbnail_id,
      created_at, expires_at)
    VALUES (${id}, ${personId}, ${name}, ${mime}, ${bytes}, ${sha256}, ${seconds}, ${width}, ${height},
      ${thumbnailId}, ${now}, ${expiresAt})`
  return info
}

function refusalOf({ mime, bytes }: NewFile): Extract<Kept, { status: 'refused' }> | undefined {
  const refused = (reason: Extract<Kept, { status: 'refused' }>['reason'], detail: string) =>
    ({ status: 'refused', reason, detail }) as const
  if (bytes.length === 0) return refused('empty', 'the file is empty')
  if (bytes.length > ROW_BYTES_MAX) {
    return refused('too-large', `the file has ${bytes.length} bytes, at most ${ROW_BYTES_MAX} are kept`)
  }
  switch (judgeType(mime, bytes)) {
    case 'unknown':
      return refused('unknown-type', `files of type ${mime} are not kept`)
    case 'wrong':
      return refused('wrong-type', `the file is said to be ${mime}, its bytes are something else`)
    case 'right':
      return undefined
  }
}

type Row = {
  [Key in keyof MediaInfo]-?: undefined extends MediaInfo[Key] ? MediaInfo[Key] | null : MediaInfo[Key]
}

/** Reads rows in pieces, so that a part of a large file costs what the part costs. */
export function createRows(sql: Sql): MediaSource {
  return {
    async find(id) {
      const [row] = await sql<Row>`
        SELECT id, name, mime, octet_length(bytes) AS bytes, sha256, seconds, width, height,
          thumbnail_id AS "thumbnailId", person_id AS "personId", expires_at AS "expiresAt"
        FROM media WHERE id = ${id} AND (expires_at IS NULL OR expires_at > now())`
      return row && infoOf(row)
    },

    async *read({ id, bytes }, { from, to } = { from: 0, to: bytes - 1 }) {
      for (let at = from; at <= to; at += PIECE_BYTES) {
        const length = Math.min(PIECE_BYTES, to + 1 - at)
        const [row] = await sql<{ piece: Buffer }>`
          SELECT substring(bytes FROM ${at + 1}::int FOR ${length}::int) AS piece FROM media WHERE id = ${id}`
        if (row?.piece.length !== length) throw new Error('the file is gone')
        yield row.piece
      }
    },
  }
}

function infoOf({ seconds, width, height, thumbnailId, personId, expiresAt, ...row }: Row): MediaInfo {
  return {
    ...row,
    seconds: seconds ?? undefined,
    width: width ?? undefined,
    height: height ?? undefined,
    thumbnailId: thumbnailId ?? undefined,
    personId: personId ?? undefined,
    expiresAt: expiresAt ?? undefined,
  }
}
