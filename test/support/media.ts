// Files without a database, for channels that ask for them.
import { createHash } from 'node:crypto'
import path from 'node:path'
import type { MediaFolder } from '../../src/platform/media/folders.ts'
import type { MediaInfo, MediaSource } from '../../src/platform/media/info.ts'

/** A real video of six seconds with its still and its captions. */
export const CLIP_FOLDER: MediaFolder = {
  folder: path.join(import.meta.dirname, '../platform/media/fixtures'),
  files: [
    {
      id: 'clip',
      file: 'clip.mp4',
      mime: 'video/mp4',
      seconds: 6,
      width: 144,
      height: 256,
      thumbnailId: 'still',
    },
    { id: 'still', file: 'clip.jpg', mime: 'image/jpeg' },
    { id: 'captions', file: 'clip.vtt', mime: 'text/vtt' },
  ],
}

/** The smallest picture. */
export const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

export type TestFile = Partial<MediaInfo> & { content: Uint8Array }

/** Knows these files by their ids. `reads` counts how often bytes were asked for. */
export function filesInMemory(files: Record<string, TestFile>): MediaSource & { reads: number } {
  const source = {
    reads: 0,
    find: async (id: string) => {
      const file = files[id]
      return file && infoOf(id, file)
    },
    async *read({ id }: MediaInfo) {
      source.reads++
      const [, file] = Object.entries(files).find(([key, known]) => id === (known.id ?? key)) ?? []
      if (!file) throw new Error('the file is gone')
      yield file.content
    },
  }
  return source
}

function infoOf(id: string, { content, ...known }: TestFile): MediaInfo {
  const sha256 = createHash('sha256').update(content).digest('hex')
  return { id, name: 'a.png', mime: 'image/png', bytes: content.length, sha256, ...known }
}

/** A store that does not answer. */
export const BROKEN_MEDIA: MediaSource = {
  find: () => Promise.reject(new Error('tajna poruka')),
  read: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('tajna poruka')) }) }),
}
