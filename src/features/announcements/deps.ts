// What the feature works with.
import type { ChannelId } from '../../core/model/event.ts'
import type { Settings } from '../../core/model/settings.ts'
import type { Context } from '../../core/model/topic.ts'
import type { Database } from '../../platform/db/database.ts'
import type { Log } from '../../platform/log.ts'
import type { MediaSource } from '../../platform/media/info.ts'
import type { OpenChannel } from './audience.ts'
import type { Sources } from './compose.ts'
import type { Plugs } from './plugs.ts'

export type AnnouncementDeps = {
  database: Database
  knowledge(): Pick<Context, 'content' | 'sentences'>
  settings(): Settings
  media: Pick<MediaSource, 'find'>
  publicUrl: string
  /** The channels that are on. */
  channels: readonly { id: ChannelId; capabilities: { sessionMs?: number } }[]
  plugs: Plugs
  log: Log
}

export function sourcesOf({ database, media, publicUrl, plugs }: AnnouncementDeps): Sources {
  return { sql: database.sql, media, publicUrl, plugs }
}

export function openChannels({ channels }: AnnouncementDeps): OpenChannel[] {
  return channels.map(({ id, capabilities: { sessionMs } }) => ({ id, sessionMs }))
}
