// A web chat on a real server and database, with a bot that repeats what it hears.
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Channel, Listener } from '../../../src/channels/channel.ts'
import { CHAT_FILES, createWebChannel } from '../../../src/channels/web/index.ts'
import { loadContent } from '../../../src/content/load.ts'
import { loadLocales } from '../../../src/content/locales.ts'
import { loadPrivacyNotices } from '../../../src/content/privacy.ts'
import type { Received } from '../../../src/core/model/event.ts'
import type { Outbound } from '../../../src/core/model/message.ts'
import { RETENTION_DAYS } from '../../../src/core/model/retention.ts'
import type { Settings } from '../../../src/core/model/settings.ts'
import { readAssets } from '../../../src/platform/http/assets.ts'
import { createHttpServer } from '../../../src/platform/http/server.ts'
import { createLog } from '../../../src/platform/log.ts'
import { createMedia } from '../../../src/platform/media/media.ts'
import { addMediaRoutes } from '../../../src/platform/media/routes.ts'
import { ASSETS_PATH, addSite, privacyPage, SITE_FILES, type SiteOptions } from '../../../src/site/index.ts'
import { type TestDatabase, testDatabase } from '../../support/database.ts'
import { CLIP_FOLDER } from '../../support/media.ts'

const CONTENT = path.join(import.meta.dirname, '../../../content')

export type Chat = {
  url: string
  app: FastifyInstance
  database: TestDatabase
  channel: Channel
  listener: Listener
  received: Received[]
  /** Everything the log wrote. */
  logged: string[]
  /** Puts a message into the outbox of an address and sends it. */
  say(address: string, message: Outbound | string): Promise<string>
  stop(): Promise<void>
}

export type ChatOptions = {
  publicUrl?: string
  origins?: string[]
  /** Another instance on the same database. */
  database?: TestDatabase
  /** What the bot says to an event; by default what the person wrote. Undefined: nothing. */
  answer?: (received: Received) => Outbound | undefined
  port?: number
  /** What everybody is told at the top of each page. */
  notice?: Settings['notice']
  /** Days the notice on personal data tells; by default those the program keeps. */
  retention?: Record<string, number>
}

/** Starts a chat of its own. Stop it at the end. */
export async function startChat(options: ChatOptions = {}): Promise<Chat> {
  const own = options.database ? undefined : await testDatabase()
  const database = options.database ?? own
  if (!database) throw new Error('no database')
  const received: Received[] = []
  const logged: string[] = []
  const log = createLog('debug', { write: line => logged.push(line) })
  const { content } = await loadContent(CONTENT)
  const locales = await loadLocales(path.join(CONTENT, 'locales'))
  const notices = await loadPrivacyNotices(CONTENT, RETENTION_DAYS)
  const site: SiteOptions = {
    publicUrl: options.publicUrl ?? 'http://localhost:3000',
    origins: options.origins ?? [],
    city: content.city,
    translator: locales.translator,
    assets: readAssets(ASSETS_PATH, [...SITE_FILES, ...CHAT_FILES]),
    settings: () => ({ notice: options.notice ?? null }),
  }
  const channel = createWebChannel({
    database,
    databaseUrl: database.url,
    ...site,
    suggest: query =>
      content.entries.filter(entry => entry.texts.sr.title.toLowerCase().includes(query)).map(suggestion),
    entries: () => content.entries,
    log,
  })
  const seen = new Set<string>()
  const say = (address: string, message: Outbound | string) => sayTo(database, channel, address, message)
  const listener = channel.listen(async batch => {
    for (const event of batch) {
      if (seen.has(event.externalId)) continue
      seen.add(event.externalId)
      received.push(event)
      const answer = (options.answer ?? echo)(event)
      if (answer) await say(event.address, answer)
    }
    return undefined
  })
  const health = async () => ({ ready: true, checks: {} })
  const app = await createHttpServer({ log, trustProxy: false, health })
  listener.routes?.(app)
  addSite(app, site, [privacyPage(() => notices(options.retention ?? RETENTION_DAYS))])
  addMediaRoutes(app, await createMedia({ database, folders: [CLIP_FOLDER] }))
  await app.listen({ port: options.port ?? 0, host: '127.0.0.1' })
  await listener.start?.()
  const { port } = app.server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    app,
    database,
    channel,
    listener,
    received,
    logged,
    say,
    async stop() {
      await listener.stop?.()
      await app.close()
      await own?.drop()
    },
  }
}

function suggestion({ id, texts }: { id: string; texts: { sr: { title: string } } }) {
  return { id, title: texts.sr.title }
}

/** A message of plain text. */
export function text(content: string): Outbound {
  return { blocks: [{ kind: 'text', text: content }], buttons: [] }
}

function echo({ event }: Received): Outbound {
  if (event.kind === 'text') return text(`Čuo sam: ${event.text}`)
  if (event.kind === 'press') return text(`Pritisnuto: ${event.token}`)
  return text(`Početak: ${event.kind === 'start' ? event.payload : ''}`)
}

async function sayTo(database: TestDatabase, channel: Channel, address: string, message: Outbound | string) {
  const outbound = typeof message === 'string' ? text(message) : message
  const id = await addOutboxRow(database, address, outbound)
  const result = await channel.send({ externalId: address }, { ...outbound, id })
  if (result.status !== 'sent') throw new Error(`not sent: ${JSON.stringify(result)}`)
  return id
}

/** The outbox row that a turn would have written. */
export async function addOutboxRow(
  { sql }: TestDatabase,
  address: string,
  message: Outbound,
): Promise<string> {
  const addressId = await addressRow({ sql }, address)
  const [row] = await sql<{ id: string }>`
    INSERT INTO outbox (address_id, lane, status, message, created_at, external_ids)
    VALUES (${addressId}, 'reply', 'sending', ${JSON.stringify(message)}::jsonb, now(), '{}') RETURNING id`
  if (!row) throw new Error('no row')
  return row.id
}

async function addressRow({ sql }: Pick<TestDatabase, 'sql'>, address: string): Promise<string> {
  const [known] = await sql<{ id: string }>`
    SELECT id FROM address WHERE channel = 'web' AND external_id = ${address}`
  if (known) return known.id
  const [made] = await sql<{ id: string }>`
    WITH person AS (INSERT INTO person DEFAULT VALUES RETURNING id)
    INSERT INTO address (person_id, channel, external_id, language, script, state, last_inbound_at)
    SELECT id, 'web', ${address}, 'sr', 'latn', '{}', now() FROM person
    ON CONFLICT (channel, external_id) DO UPDATE SET reachable = true RETURNING id`
  if (!made) throw new Error('no address')
  return made.id
}
