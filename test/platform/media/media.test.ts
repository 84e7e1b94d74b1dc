// The registry: what is kept, what is refused, and what reading a part of a file costs.
import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FolderFile, openFolders } from '../../../src/platform/media/folders.ts'
import { type MediaInfo, type MediaSource, type Range, urlOf } from '../../../src/platform/media/info.ts'
import { createMedia, type Media } from '../../../src/platform/media/media.ts'
import { pictureSize, type Size } from '../../../src/platform/media/picture-size.ts'
import { createRows, type NewFile, ROW_BYTES_MAX, writeMedia } from '../../../src/platform/media/rows.ts'
import { testDatabase } from '../../support/database.ts'
import { CLIP_FOLDER, PIXEL } from '../../support/media.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let media: Media
let folder: string
beforeAll(async () => {
  database = await testDatabase()
  media = await createMedia({ database, folders: [CLIP_FOLDER] })
  folder = mkdtempSync(path.join(tmpdir(), 'komsija-media-'))
})
afterAll(async () => {
  await database.drop()
  rmSync(folder, { recursive: true })
})

const now = new Date()
const fixture = (name: string) => readFileSync(path.join(CLIP_FOLDER.folder, name))
const write = (more: Partial<NewFile> = {}) =>
  writeMedia(database.sql, { name: 'a.png', mime: 'image/png', bytes: PIXEL, now, ...more })

async function bytesOf(source: MediaSource, info: MediaInfo, range?: Range): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of source.read(info, range)) pieces.push(piece)
  return Buffer.concat(pieces)
}

describe('a file of a folder', () => {
  test('is known with everything the list and its bytes say', async () => {
    const bytes = fixture('clip.mp4')
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const still = await media.find('still')
    expect(await media.find('clip')).toEqual({
      id: `clip-${sha256.slice(0, 12)}`,
      name: 'clip.mp4',
      mime: 'video/mp4',
      bytes: bytes.length,
      sha256,
      seconds: 6,
      width: 144,
      height: 256,
      thumbnailId: still?.id,
    })
    expect(still).toMatchObject({ mime: 'image/jpeg', width: 144, height: 256 })
  })

  test('is found by today’s id, by the one in the list and by one of an older version', async () => {
    const today = await media.find('clip')
    expect(await media.find(today?.id ?? '')).toBe(today)
    expect(await media.find('clip-0123456789ab')).toBe(today)
    expect(await media.find('clip-0123')).toBeUndefined()
  })

  test('that changed has another id', async () => {
    cpSync(CLIP_FOLDER.folder, folder, { recursive: true })
    const files: FolderFile[] = [{ id: 'captions', file: 'clip.vtt', mime: 'text/vtt' }]
    const before = await (await openFolders([{ folder, files }])).find('captions')
    writeFileSync(path.join(folder, 'clip.vtt'), 'WEBVTT\n\n00:00.000 --> 00:01.000\nDrugačije.\n')
    const after = await (await openFolders([{ folder, files }])).find('captions')
    expect(after?.id).not.toBe(before?.id)
  })

  test('that is exchanged while we run is not served under the old address', async () => {
    writeFileSync(path.join(folder, 'b.txt'), 'ovako')
    const files = await openFolders([{ folder, files: [{ id: 'b', file: 'b.txt', mime: 'text/plain' }] }])
    const info = (await files.find('b')) as MediaInfo
    expect(String(await bytesOf(files, info))).toBe('ovako')
    writeFileSync(path.join(folder, 'b.txt'), 'onako drugačije')
    expect(await files.find('b')).toBeUndefined()
    await expect(bytesOf(files, info)).rejects.toThrow('gone')
  })

  test.each<[why: string, file: Partial<FolderFile>, complaint: string]>([
    ['isn’t there', { file: 'none.mp4' }, 'none.mp4'],
    ['is something else', { file: 'clip.jpg' }, 'clip.jpg is not video/mp4'],
    ['has an unknown type', { mime: 'text/html' }, 'clip.mp4 is not text/html'],
    ['has no proper id', { id: 'Мој клип' }, 'Мој клип'],
  ])('that %s stops the start with its name', async (_why, file, complaint) => {
    const listed = { id: 'clip', file: 'clip.mp4', mime: 'video/mp4', ...file }
    await expect(openFolders([{ ...CLIP_FOLDER, files: [listed] }])).rejects.toThrow(complaint)
  })

  test('that is listed twice stops the start', async () => {
    await expect(openFolders([CLIP_FOLDER, CLIP_FOLDER])).rejects.toThrow('twice')
  })
})

describe('a row', () => {
  test('is known with everything, and its picture is measured', async () => {
    const more = { seconds: 2.5, thumbnailId: 'still', expiresAt: new Date(now.getTime() + 60_000) }
    const written = await write(more)
    expect(await media.find(written.id)).toEqual({ ...written, personId: undefined })
    expect(written).toMatchObject({ ...more, bytes: PIXEL.length, width: 1, height: 1 })
    expect(written.sha256).toBe(createHash('sha256').update(PIXEL).digest('hex'))
  })

  test('that has expired is not found', async () => {
    const { id } = await write({ expiresAt: new Date(now.getTime() - 1000) })
    expect(await media.find(id)).toBeUndefined()
  })

  test('that goes while it is read breaks off', async () => {
    const info = await write({ bytes: Buffer.alloc(600_000, 1) })
    const pieces = media.read(info)[Symbol.asyncIterator]()
    await pieces.next()
    await database.sql`DELETE FROM media WHERE id = ${info.id}`
    await expect(pieces.next()).rejects.toThrow('gone')
  })

  test('of 8 MB is never read as a whole', async () => {
    const bytes = Buffer.alloc(ROW_BYTES_MAX, 'abcdefg')
    const info = await write({ name: 'a.txt', mime: 'text/plain', bytes })
    const asked: number[] = []
    const rows = createRows(async (strings, ...values) => {
      const found = await database.sql(strings, ...values)
      for (const { piece } of found) if (Buffer.isBuffer(piece)) asked.push(piece.length)
      return found as never
    })
    const range = { from: 5_000_001, to: 5_000_010 }
    expect(await bytesOf(rows, info, range)).toEqual(bytes.subarray(5_000_001, 5_000_011))
    expect(asked).toEqual([10])
    expect((await bytesOf(rows, info)).equals(bytes)).toBe(true)
    expect(Math.max(...asked)).toBe(256 * 1024)
  })
})

const SIGNED: [mime: string, bytes: Buffer][] = [
  ['image/png', PIXEL],
  ['image/jpeg', fixture('clip.jpg')],
  ['image/gif', Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64')],
  ['image/webp', Buffer.from('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==', 'base64')],
  ['video/mp4', fixture('clip.mp4')],
  ['application/pdf', Buffer.from('%PDF-1.7\n')],
  ['text/vtt', fixture('clip.vtt')],
  ['text/plain', Buffer.from('Општина, šđčćž')],
  ['text/csv', Buffer.from('\ufeffid;naziv\n1;Park\n')],
  ['application/json', Buffer.from(' {"a": 1}')],
]

describe('keeping', () => {
  const keep = (more: Partial<NewFile>) =>
    media.keep({ name: 'x', mime: 'image/png', bytes: PIXEL, now, ...more })

  test('shortens a long name without leaving half a letter', async () => {
    const { name } = await write({ name: `a${'😀'.repeat(200)}b.png` })
    expect(name).toHaveLength(150)
    expect(name.endsWith('😀b.png')).toBe(true)
    expect(name.isWellFormed()).toBe(true)
  })

  test.each(SIGNED)('takes %s whose bytes are just that', async (mime, bytes) => {
    const kept = await keep({ mime, bytes })
    expect(kept).toMatchObject({ status: 'kept', info: { mime, bytes: bytes.length } })
  })

  test.each(SIGNED.slice(0, 7))('refuses as %s what is something else', async (mime, right) => {
    const others = [...SIGNED.map(([, bytes]) => bytes), Buffer.from('<script>'), Buffer.from([0])]
    for (const bytes of others.filter(other => other !== right)) {
      expect(await keep({ mime, bytes })).toMatchObject({ status: 'refused', reason: 'wrong-type' })
    }
  })

  test.each([
    ['text/plain', PIXEL],
    ['text/csv', Buffer.from([0x9a, 0xf0, 0xe6])],
    ['application/json', Buffer.from([0x7b, 0x9a, 0x7d])],
    ['application/json', Buffer.from('id;naziv')],
  ])('refuses as %s what is binary, in another encoding or no JSON', async (mime, bytes) => {
    expect(await keep({ mime, bytes })).toMatchObject({ status: 'refused', reason: 'wrong-type' })
  })

  test.each<[reason: string, file: Partial<NewFile>, detail: string]>([
    ['empty', { bytes: Buffer.alloc(0) }, 'the file is empty'],
    [
      'too-large',
      { mime: 'text/plain', bytes: Buffer.alloc(ROW_BYTES_MAX + 1, 'a') },
      'the file has 8388609 bytes, at most 8388608 are kept',
    ],
    ['unknown-type', { mime: 'text/html' }, 'files of type text/html are not kept'],
    ['unknown-type', { mime: 'constructor' }, 'files of type constructor are not kept'],
    ['wrong-type', { mime: 'image/gif' }, 'the file is said to be image/gif, its bytes are something else'],
  ])('refuses with a reason: %s', async (reason, file, detail) => {
    expect(await keep(file)).toEqual({ status: 'refused', reason, detail })
  })

  test.each([
    ['image/png', 'Plan', 'Plan.png'],
    ['image/png', 'plan.PNG', 'plan.PNG'],
    ['image/jpeg', 'slika.jpeg', 'slika.jpeg'],
    ['application/pdf', 'alat.exe', 'alat.exe.pdf'],
    ['text/plain', '../../tajna\n"š".txt', '.._.._tajna__š_.txt'],
    ['image/png', '', 'file.png'],
    ['text/html', 'podaci.html', 'podaci.html'],
  ])('%s: a name ends as its type does: %s', async (mime, name, expected) => {
    const info = await write({ mime, name })
    expect(info.name).toBe(expected)
    expect(urlOf(info)).toBe(`/media/${info.id}/${encodeURIComponent(expected)}`)
  })
})

describe('a picture', () => {
  const webp = (chunk: string, ...rest: number[]) =>
    Buffer.concat([Buffer.from(`RIFF\0\0\0\0WEBP${chunk}`), Buffer.from(rest)])
  const zeros = (count: number) => Array<number>(count).fill(0)

  test.each<[what: string, mime: string, bytes: Buffer, size: Size | undefined]>([
    ['a PNG', 'image/png', PIXEL, { width: 1, height: 1 }],
    ['a JPEG', 'image/jpeg', fixture('clip.jpg'), { width: 144, height: 256 }],
    ['a GIF', 'image/gif', SIGNED[2]?.[1] ?? PIXEL, { width: 1, height: 1 }],
    ['a WebP without loss', 'image/webp', SIGNED[3]?.[1] ?? PIXEL, { width: 1, height: 1 }],
    [
      'a WebP with loss',
      'image/webp',
      webp('VP8 ', ...zeros(10), 0x90, 0, 0, 1),
      { width: 144, height: 256 },
    ],
    [
      'an extended WebP',
      'image/webp',
      webp('VP8X', ...zeros(8), 0x8f, 0, 0, 0xff, 0, 0),
      { width: 144, height: 256 },
    ],
    ['a WebP of the future', 'image/webp', webp('VP9 ', ...zeros(20)), undefined],
    ['a JPEG cut short', 'image/jpeg', fixture('clip.jpg').subarray(0, 20), undefined],
    ['a PNG cut short', 'image/png', PIXEL.subarray(0, 10), undefined],
    ['no picture', 'video/mp4', fixture('clip.mp4'), undefined],
  ])('is measured by its first bytes: %s', (_what, mime, bytes, size) => {
    expect(pictureSize(mime, bytes)).toEqual(size)
  })
})
