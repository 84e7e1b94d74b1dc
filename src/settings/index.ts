// The settings as all instances see them: rows of the database, read again when somebody changes one.
import { DEFAULT_SETTINGS, type SettingKey, type Settings } from '../core/model/settings.ts'
import type { Database, Sql } from '../platform/db/database.ts'
import { listenTo } from '../platform/db/notifications.ts'
import type { Log } from '../platform/log.ts'

/** What NOTIFY calls the news that a setting changed. */
const NEWS = 'komsija_settings'

export interface LiveSettings {
  current(): Settings
  stop(): Promise<void>
}

/** Every setting, defaults where nobody decided otherwise. */
export async function readSettings(sql: Sql): Promise<Settings> {
  const rows = await sql<{ key: string; value: unknown }>`SELECT key, value FROM setting`
  const decided = rows.filter(({ key }) => key in DEFAULT_SETTINGS)
  const settings = {
    ...DEFAULT_SETTINGS,
    ...Object.fromEntries(decided.map(({ key, value }) => [key, value])),
  }
  // A kind of data that a later version added keeps its default.
  return { ...settings, retentionDays: { ...DEFAULT_SETTINGS.retentionDays, ...settings.retentionDays } }
}

/** Writes one setting inside the transaction of whoever changes it; every instance hears of it. */
export async function changeSetting<Key extends SettingKey>(
  sql: Sql,
  key: Key,
  value: Settings[Key],
): Promise<void> {
  await sql`
    INSERT INTO setting (key, value, updated_at) VALUES (${key}, ${JSON.stringify(value)}::jsonb, now())
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`
  await sql`SELECT pg_notify(${NEWS}, ${key})`
}

/** Keeps the settings of this process up to date; `onChange` hears of every reading. */
export async function followSettings(options: {
  database: Database
  databaseUrl: string
  log: Log
  onChange(settings: Settings): void
}): Promise<LiveSettings> {
  const { database, databaseUrl, log, onChange } = options
  let settings = await readSettings(database.sql)
  onChange(settings)
  const read = () =>
    readSettings(database.sql).then(
      next => {
        settings = next
        onChange(next)
      },
      error => log.warn({ err: error }, 'settings could not be read again'),
    )
  const subscription = listenTo({
    url: databaseUrl,
    channel: NEWS,
    onPayload: () => void read(),
    onConnected: () => void read(),
  })
  return { current: () => settings, stop: () => subscription.stop() }
}
