// Ids that a platform gave to files we uploaded to it: kept over restarts, shared by all instances.
import type { ChannelId } from '../../core/model/event.ts'
import type { Sql } from '../../platform/db/database.ts'
import { remember } from './remember.ts'

/** A file as one bot sent it. `kind`: what it was sent as; as anything else the id is worth nothing. */
export type FileKey = { botId: string; mediaId: string; kind: string }

export interface FileIds {
  find(key: FileKey): Promise<string | undefined>
  keep(key: FileKey, fileId: string): Promise<void>
  /** The platform doesn't take this id any more. */
  forget(key: FileKey, fileId: string): Promise<void>
}

/** The ids of one channel; those used lately are in memory. */
export function createFileIds(sql: Sql, channel: ChannelId): FileIds {
  const recent = new Map<string, string>()
  const nameOf = ({ botId, mediaId, kind }: FileKey) => `${botId} ${kind} ${mediaId}`
  return {
    async find(key) {
      const name = nameOf(key)
      if (recent.has(name)) return recent.get(name)
      const [row] = await sql<{ fileId: string }>`
        SELECT file_id AS "fileId" FROM channel_file
        WHERE channel = ${channel} AND bot_id = ${key.botId} AND media_id = ${key.mediaId} AND kind = ${key.kind}`
      // It may have been uploaded while we asked.
      if (row && !recent.has(name)) remember(recent, name, row.fileId)
      return recent.get(name)
    },

    async keep(key, fileId) {
      remember(recent, nameOf(key), fileId)
      await sql`
        INSERT INTO channel_file (channel, bot_id, media_id, kind, file_id)
        VALUES (${channel}, ${key.botId}, ${key.mediaId}, ${key.kind}, ${fileId})
        ON CONFLICT (channel, bot_id, media_id, kind) DO UPDATE SET file_id = EXCLUDED.file_id, created_at = now()`
    },

    async forget(key, fileId) {
      if (recent.get(nameOf(key)) === fileId) recent.delete(nameOf(key))
      await sql`
        DELETE FROM channel_file
        WHERE channel = ${channel} AND bot_id = ${key.botId} AND media_id = ${key.mediaId} AND kind = ${key.kind}
          AND file_id = ${fileId}`
    },
  }
}

/** Deletes the ids of files that no longer exist; `listedIds`: files that are not in the database. */
export async function forgetLostFiles(sql: Sql, listedIds: readonly string[]): Promise<void> {
  await sql`
    DELETE FROM channel_file f
    WHERE f.media_id <> ALL(${listedIds}::text[]) AND NOT EXISTS (SELECT 1 FROM media m WHERE m.id = f.media_id)`
}
