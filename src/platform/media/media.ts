// Everything that is sent or shown as a file, found by an id: rows of the table `media`, and files of
// folders that are registered at start. Who asks doesn't see the difference.
import type { Database } from '../db/database.ts'
import { type MediaFolder, openFolders } from './folders.ts'
import type { MediaSource } from './info.ts'
import { createRows, type Kept, keepMedia, type NewFile } from './rows.ts'

export interface Media extends MediaSource {
  /** Writes a row, if size and type are right. */
  keep(file: NewFile): Promise<Kept>
  /** Today's ids of the files in folders. */
  readonly listedIds: readonly string[]
}

/** Registers the folders' files. Rejects, naming the file, when one of them isn't what the list says. */
export async function createMedia(options: {
  database: Pick<Database, 'sql'>
  folders: readonly MediaFolder[]
}): Promise<Media> {
  const { sql } = options.database
  const rows = createRows(sql)
  const folders = await openFolders(options.folders)
  return {
    find: async id => (await folders.find(id)) ?? rows.find(id),
    read: (info, range) => (folders.ids.includes(info.id) ? folders : rows).read(info, range),
    keep: file => keepMedia(sql, file),
    listedIds: folders.ids,
  }
}
