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
import { type Rest, restAt } from './rules.ts'

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

/** Whether an announcement rests at this moment (ms). */
export function restOf(
  { knowledge, settings }: Pick<AnnouncementDeps, 'knowledge' | 'settings'>,
  { scheduled, override }: { scheduled: boolean; override: boolean },
  at: number,
): Rest | undefined {
  const { timeZone } = knowledge().content.city
  return override ? undefined : restAt(at, { scheduled, timeZone, calendar: settings() })
}
