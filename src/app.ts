// Builds the whole bot from its configuration, and takes it apart again.
import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import { createBotFrameworkChannel, MICROSOFT_SERVICE_URLS } from './channels/botframework/index.ts'
import type { Channel, Listener } from './channels/channel.ts'
import { createFileIds, forgetLostFiles } from './channels/shared/file-ids.ts'
import { createTelegramChannel } from './channels/telegram/index.ts'
import { createViberChannel } from './channels/viber/index.ts'
import { CHAT_FILES, createWebChannel } from './channels/web/index.ts'
import { commandLists } from './commands.ts'
import type { Config } from './config.ts'
import { clipFolder } from './content/clips.ts'
import { loadPrivacyNotices } from './content/privacy.ts'
import { RETENTION_DAYS } from './core/model/retention.ts'
import { greet } from './core/step.ts'
import { ERASURE_LIST } from './data-dir.ts'
import { createReceipts, measureQueue } from './delivery/index.ts'
import { createSuggester, type Suggester } from './features/answers/index.ts'
import { createWorkbench } from './features/curation/index.ts'
import {
  apiRoutes,
  bulkFor,
  followers,
  overviewParts,
  type Parts,
  publicPages,
  scheduledJobs,
  staffPages,
  waitingFor,
} from './features/index.ts'
import { startKernel } from './kernel.ts'
import { readFiles } from './knowledge.ts'
import { followKnowledge, type Live } from './live.ts'
import { keepErasureList } from './people/index.ts'
import { type Database, openDatabase } from './platform/db/database.ts'
import { startEmbedded } from './platform/db/embedded/server.ts'
import { leadOf } from './platform/db/leader.ts'
import { migrate } from './platform/db/migrate.ts'
import { readAssets } from './platform/http/assets.ts'
import { createHttpServer } from './platform/http/server.ts'
import { type Jobs, startJobs } from './platform/jobs.ts'
import type { Log } from './platform/log.ts'
import { createMedia, type Media } from './platform/media/media.ts'
import { addMediaRoutes } from './platform/media/routes.ts'
import { enforceRetention } from './retention.ts'
import { ASSETS_PATH, addSite, privacyPage, SITE_FILES, type SiteOptions } from './site/index.ts'
import {
  addApi,
  addConsole,
  type ChannelState,
  type ConsoleOptions,
  firstAdminLink,
  forgetStaleSignIns,
  overviewRoutes,
  shellRoutes,
} from './staff/index.ts'

export interface App {
  /** Where the web chat is reached from this machine. */
  url: string
  /** One line per channel: on or off, and why. */
  channels: string[]
  /** Where staff sign in; with a link for the first admin as long as there is none. */
  console: string
  /** Stops listening, finishes what is under way and closes everything, within five seconds. */
  stop(): Promise<void>
}

/**
 * Starts everything the role asks for. Whatever was started is stopped again when a later part fails. `standIns`:
 * channels in place of those that are not configured.
 */
export async function startApp(config: Config, log: Log, standIns: readonly Channel[] = []): Promise<App> {
  const stops: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const undo of stops.splice(0).reverse()) {
      await undo().catch(error => log.error({ err: error }, 'a part did not stop cleanly'))
    }
  }
  try {
    return { ...(await build(config, log, standIns, undo => stops.push(undo))), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

type OnStop = (undo: () => Promise<void>) => void

async function build(
  config: Config,
  log: Log,
  standIns: readonly Channel[],
  onStop: OnStop,
): Promise<Omit<App, 'stop'>> {
  const publicUrl = config.publicUrl ?? `http://localhost:${config.port}`
  const files = await readFiles({ contentDir: config.contentDir, publicUrl })
  const notices = await loadPrivacyNotices(config.contentDir, RETENTION_DAYS)
  const databaseUrl = await reachDatabase(config, onStop)
  const database = openDatabase({ url: databaseUrl })
  onStop(() => database.close())
  measureQueue(database.sql)
  const live = await followKnowledge(files, { database, databaseUrl, log })
  onStop(() => live.stop())
  const clips = clipFolder(config.contentDir, files.loaded.content.clips)
  const media = await createMedia({ database, folders: [clips] })

  const http = await createHttpServer({
    log,
    trustProxy: config.trustProxy,
    health: () => health(database),
    metricsToken: config.metricsToken,
  })
  const site: SiteOptions = {
    publicUrl,
    origins: config.webChatOrigins,
    city: files.loaded.content.city,
    translator: files.sentences,
    assets: readAssets(ASSETS_PATH, [...SITE_FILES, ...CHAT_FILES]),
    settings: live.settings,
  }
  const channels: Channel[] = []
  const workbench = createWorkbench(files.loaded)
  const parts: Parts = {
    database,
    knowledge: live.knowledge,
    settings: live.settings,
    files: files.loaded,
    workbench,
    media,
    channels,
    publicUrl,
    fetchFile: fetchingFrom(channels),
    log,
  }
  const web = createWebChannel({
    database,
    databaseUrl,
    ...site,
    suggest: suggesting(live),
    entries: () => live.knowledge().content.entries,
    clips: () => live.knowledge().content.clips,
    log,
  })
  channels.push(web)
  const shared = { database, databaseUrl, media, log }
  if (config.telegram) channels.push(telegramChannel(config, config.telegram, shared))
  if (config.viber) channels.push(viberChannel(config, config.viber, live, shared))
  if (config.botFramework) {
    const serviceUrlAllowList = MICROSOFT_SERVICE_URLS
    channels.push(createBotFrameworkChannel({ ...config.botFramework, serviceUrlAllowList, log }))
  }

  channels.push(...standIns.filter(({ id }) => !channels.some(channel => channel.id === id)))

  onStop(keepingErasureList(database, path.join(config.dataDir, ERASURE_LIST), log))
  const bulk = config.role === 'web' ? undefined : bulkFor(parts, config.rates)
  const kernel = startKernel({ database, databaseUrl, channels, knowledge: live.knowledge, bulk, log })
  onStop(() => kernel.stop())
  if (config.role !== 'worker') {
    // They serve every channel: platforms load files from here too.
    addMediaRoutes(http, media)
    addSite(http, site, [privacyPage(() => notices(live.settings().retentionDays)), ...publicPages(parts)])
    const shell: ConsoleOptions = {
      ...parts,
      ...site,
      waiting: session => waitingFor(parts, session),
      overview: overviewParts(parts),
      channels: channelStates(channels),
    }
    addConsole(http, shell, staffPages(parts))
    addApi(http, parts, [...shellRoutes(parts), ...overviewRoutes(shell), ...apiRoutes(parts)])
  }
  await listen(channels, kernel.receive, http, config, onStop)
  const jobs = await startSchedule(config, parts, databaseUrl)
  if (jobs) onStop(() => jobs.stop())
  if (jobs) for (const follower of followers(parts, databaseUrl)) onStop(() => follower.stop())
  // Before the jobs, which would wait for it.
  onStop(() => workbench.close())
  const { port } = http.server.address() as { port: number }
  const url = config.publicUrl ?? `http://localhost:${port}`
  const entrance = (await firstAdminLink(database)) ?? '/console'
  return { url, channels: channelLines(config), console: url + entrance }
}

/** Files that people sent; of a channel that is off by now nothing is left. */
function fetchingFrom(channels: readonly Channel[]): Parts['fetchFile'] {
  return async (id, ref, maxBytes) => {
    const channel = channels.find(candidate => candidate.id === id)
    return channel?.fetchFile?.(ref, maxBytes) ?? { status: 'refused', reason: 'gone' }
  }
}

/** The type-ahead over the answers as they are now. */
function suggesting({ knowledge }: Live): Suggester['suggest'] {
  let known: { content: unknown; suggester: Suggester } | undefined
  return (...query) => {
    const { content } = knowledge()
    if (known?.content !== content) known = { content, suggester: createSuggester(content) }
    return known.suggester.suggest(...query)
  }
}

async function reachDatabase(config: Config, onStop: OnStop): Promise<string> {
  let url = config.databaseUrl
  if (!url) {
    const server = await startEmbedded({ dataDir: config.dataDir })
    onStop(() => server.stop())
    url = server.url
  }
  await migrate(url)
  return url
}

async function health(database: Database): Promise<{ ready: boolean; checks: Record<string, string> }> {
  const answered = await database.sql`SELECT 1`.then(
    () => true,
    () => false,
  )
  // The content was loaded before anything listened.
  return { ready: answered, checks: { database: answered ? 'ok' : 'unreachable', content: 'ok' } }
}

/** What the parts have in common. */
type Shared = { database: Database; databaseUrl: string; media: Media; log: Log }

function telegramChannel(
  config: Config,
  telegram: NonNullable<Config['telegram']>,
  { database, databaseUrl, media, log }: Shared,
): Channel {
  return createTelegramChannel({
    ...telegram,
    publicUrl: config.publicUrl,
    commands: commandLists,
    media,
    fileIds: createFileIds(database.sql, 'telegram'),
    lead: leadOf(databaseUrl, 'telegram polling'),
    log,
  })
}

function viberChannel(
  config: Config,
  viber: NonNullable<Config['viber']>,
  live: Live,
  { database, media, log }: Shared,
): Channel {
  return createViberChannel({
    ...viber,
    publicUrl: config.publicUrl,
    media,
    welcome: (language, payload) => greet(live.knowledge(), 'viber', language, payload),
    onReceipts: createReceipts(database.sql),
    log,
  })
}

const ERASURE_LIST_EVERY_MS = 60_000

/** Keeps the list of erased people beside the data; the last time when everything else has stopped. */
function keepingErasureList({ sql }: Database, file: string, log: Log): () => Promise<void> {
  const keep = () =>
    keepErasureList(sql, file).catch(error =>
      log.warn({ err: error }, 'the list of erased people is not up to date'),
    )
  const timer = setInterval(keep, ERASURE_LIST_EVERY_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await keep()
  }
}

/** Workers answer health checks alone; people and webhooks reach the web role. */
async function listen(
  channels: Channel[],
  receive: Parameters<Channel['listen']>[0],
  http: FastifyInstance,
  config: Config,
  onStop: OnStop,
): Promise<void> {
  const listeners: Listener[] = channels.map(channel => channel.listen(receive))
  if (config.role !== 'worker') for (const listener of listeners) listener.routes?.(http)
  onStop(() => http.close())
  await http.listen({ port: config.port, host: config.host })
  for (const listener of listeners) {
    onStop(async () => listener.stop?.())
    await listener.start?.()
  }
}

async function startSchedule(config: Config, parts: Parts, url: string): Promise<Jobs | undefined> {
  if (config.role === 'web') return undefined
  const { database, settings, knowledge, media, log } = parts
  const clean = async () => {
    await enforceRetention(database.sql, settings().retentionDays)
    await forgetLostFiles(database.sql, media.listedIds)
    await forgetStaleSignIns(database.sql)
  }
  const nightly = { name: 'retention', cron: '40 3 * * *', run: clean }
  const { timeZone } = knowledge().content.city
  return startJobs({ url, timeZone, jobs: [nightly, ...scheduledJobs(parts)], log })
}

function channelStates(channels: readonly Channel[]): ChannelState[] {
  const ids = ['telegram', 'viber', 'botframework', 'web'] as const
  return ids.map(id => ({ id, on: channels.some(channel => channel.id === id) }))
}

function channelLines(config: Config): string[] {
  const lines = [
    ['web', 'on'],
    ['telegram', telegramLine(config)],
    ['viber', viberLine(config)],
    ['botframework', botFrameworkLine(config)],
  ]
  return lines.map(([name = '', says]) => `${name.padEnd(13)}${says}`)
}

function telegramLine({ telegram, publicUrl }: Config): string {
  if (!telegram) return 'off: TELEGRAM_BOT_TOKEN is not set'
  const unregistered = telegram.mode === 'webhook' && !publicUrl
  return `on (${unregistered ? 'webhook; set PUBLIC_URL to register it' : telegram.mode})`
}

function viberLine({ viber, publicUrl }: Config): string {
  if (!viber) return 'off: VIBER_AUTH_TOKEN is not set'
  return publicUrl ? 'on' : 'on (set PUBLIC_URL to register it)'
}

function botFrameworkLine({ botFramework }: Config): string {
  if (!botFramework) return 'off: MICROSOFT_APP_ID is not set'
  return botFramework.appId ? 'on' : 'on for trials: nothing is checked, answers go to this machine only'
}
