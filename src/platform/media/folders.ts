// Files of folders, registered once at start. An id holds a piece of the file's hash: a changed file has
// another address, so that every cache may keep what it has.
import { createHash } from 'node:crypto'
import { createReadStream, type Stats } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import path from 'node:path'
import type { MediaInfo, MediaSource, Range } from './info.ts'
import { fileName, HEAD_BYTES, judgeType } from './kinds.ts'
import { pictureSize } from './picture-size.ts'

/** A file of a folder. `thumbnailId` names another file of the same list. */
export type FolderFile = {
  /** Small letters, digits and hyphens; unique over all folders. */
  id: string
  /** The path inside the folder. */
  file: string
} & Pick<MediaInfo, 'mime' | 'seconds' | 'width' | 'height' | 'thumbnailId'>

export type MediaFolder = { folder: string; files: readonly FolderFile[] }

/** What a file was when it was registered. */
type Registered = { info: MediaInfo; path: string; changedMs: number }

/** Digits of the hash in an id. */
const HASH_DIGITS = 12
const PIECE_BYTES = 256 * 1024

/**
 * Reads size and hash of every file. A file is found by its id as listed, with today's hash or with an
 * older one; what is found is always today's, and nothing once the file was exchanged.
 */
export async function openFolders(
  folders: readonly MediaFolder[],
): Promise<MediaSource & { ids: readonly string[] }> {
  const byName = await register(folders)
  const lookUp = (id: string) => byName.get(id) ?? byName.get(nameOf(id))
  return {
    ids: [...byName.values()].map(({ info }) => info.id),
    async find(id) {
      const file = lookUp(id)
      return file && (await isAsRegistered(file)) ? file.info : undefined
    },
    async *read({ id, bytes }, range = { from: 0, to: bytes - 1 }) {
      const file = lookUp(id)
      if (!file) throw new Error('the file is gone')
      yield* piecesOf(file, range)
    },
  }
}

/** The id of a file with this content. */
export function versionedId(id: string, sha256: string): string {
  return `${id}-${sha256.slice(0, HASH_DIGITS)}`
}

function nameOf(id: string): string {
  return id.replace(new RegExp(`-[0-9a-f]{${HASH_DIGITS}}$`), '')
}

async function register(folders: readonly MediaFolder[]): Promise<Map<string, Registered>> {
  const byName = new Map<string, Registered>()
  for (const { folder, files } of folders) {
    for (const listed of files) {
      if (!/^[a-z\d-]+$/.test(listed.id) || byName.has(listed.id)) {
        throw new Error(`the id "${listed.id}" of ${listed.file} can't be used or is used twice`)
      }
      byName.set(listed.id, await registered(path.join(folder, listed.file), listed))
    }
  }
  for (const { info } of byName.values()) {
    if (info.thumbnailId) info.thumbnailId = byName.get(info.thumbnailId)?.info.id
  }
  return byName
}

async function registered(file: string, { id, file: _file, ...listed }: FolderFile): Promise<Registered> {
  const { mtimeMs: changedMs } = await stat(file)
  const { head, bytes, sha256 } = await summary(file)
  const { mime } = listed
  if (judgeType(mime, head) !== 'right') throw new Error(`${file} is not ${mime}`)
  const info: MediaInfo = {
    ...pictureSize(mime, head),
    ...listed,
    id: versionedId(id, sha256),
    name: fileName(path.basename(file), mime),
    bytes,
    sha256,
  }
  return { info, path: file, changedMs }
}

async function summary(file: string): Promise<{ head: Buffer; bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let head: Buffer | undefined
  let bytes = 0
  for await (const piece of createReadStream(file, { highWaterMark: HEAD_BYTES })) {
    head ??= piece
    bytes += piece.length
    hash.update(piece)
  }
  return { head: head ?? Buffer.alloc(0), bytes, sha256: hash.digest('hex') }
}

/** A file that is exchanged while we run would be kept by caches under the old one's address. */
async function isAsRegistered(
  { info, path: file, changedMs }: Registered,
  look: () => Promise<Stats> = () => stat(file),
): Promise<boolean> {
  const now = await look().catch(() => undefined)
  return now?.size === info.bytes && now.mtimeMs === changedMs
}

async function* piecesOf(file: Registered, { from, to }: Range) {
  const handle = await open(file.path)
  try {
    if (!(await isAsRegistered(file, () => handle.stat()))) throw new Error('the file is gone')
    const options = { start: from, end: to, highWaterMark: PIECE_BYTES, autoClose: false }
    if (to >= from) yield* handle.createReadStream(options)
  } finally {
    await handle.close()
  }
}
