// Files without a database, for channels that ask for them.
import { createHash } from 'node:crypto'
import type { MediaInfo, MediaSource } from '../../src/platform/media/info.ts'

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
      const content = files[id]?.content
      if (!content) throw new Error('the file is gone')
      yield content
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
  read() {
    throw new Error('tajna poruka')
  },
}
