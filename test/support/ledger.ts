// Announcements on a real database with channels whose answers a test may script.
import { randomUUID } from 'node:crypto'
import type { Broadcast, Channel, Sendable, SendResult } from '../../src/channels/channel.ts'
import type { ChannelId } from '../../src/core/model/event.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../src/core/model/settings.ts'
import type { Knowledge } from '../../src/core/step.ts'
import { createWorkbench } from '../../src/features/curation/index.ts'
import { bulkFor, type Parts } from '../../src/features/index.ts'
import { startKernel } from '../../src/kernel.ts'
import { createLog } from '../../src/platform/log.ts'
import { createMedia } from '../../src/platform/media/media.ts'
import { PUBLIC_URL, realFiles } from './bot.ts'
import { testDatabase } from './database.ts'
import { echoKnowledge } from './echo.ts'

export type SentTo = { address: string; message: Sendable; at: number }

export type ScriptedChannel = Channel & {
  /** What was taken, in order. */
  sent: SentTo[]
  /** Every request, whatever became of it. */
  tried: { addresses: string[]; at: number }[]
}

export type ChannelScript = {
  /** What becomes of a message; undefined: it is sent. */
  answer?(address: string, message: Sendable): SendResult | Promise<SendResult> | undefined
  requests?: number
  broadcast?: Broadcast
  receipts?: boolean
  sessionMs?: number
}

/** A channel that answers as it is told to. */
export function scriptedChannel(id: ChannelId, script: ChannelScript = {}): ScriptedChannel {
  const { receipts = false, sessionMs, requests, broadcast } = script
  const sent: SentTo[] = []
  const tried: ScriptedChannel['tried'] = []
  return {
    id,
    capabilities: {
      ...{ textMax: 4096, captionMax: 1024, labelMax: 64, buttonsMax: 30, spans: true, edit: false },
      ...{ receipts, sessionMs },
    },
    sent,
    tried,
    listen: () => ({}),
    ...(requests && { requests: () => requests }),
    ...(broadcast && { broadcast }),
    async send({ externalId: address }, message) {
      tried.push({ addresses: [address], at: Date.now() })
      const result = (await script.answer?.(address, message)) ?? {
        status: 'sent',
        externalIds: [randomUUID()],
      }
      if (result.status === 'sent') sent.push({ address, message, at: Date.now() })
      return result
    },
  }
}

export type TestPerson = {
  channel?: ChannelId
  language?: 'sr' | 'bs' | 'en'
  script?: 'latn' | 'cyrl'
  reachable?: boolean
  wroteHoursAgo?: number
  topics?: string[]
  community?: string
  /** False: they don't want announcements. */
  subscribed?: boolean
  /** Of a person who is there already: another chat of theirs. */
  personId?: string
}

export type LedgerOptions = {
  channels?: Channel[]
  rates?: Record<string, number>
  settings?: Partial<Settings>
  knowledge?: Knowledge
}

/** `settings` may be changed while it runs. */
export async function startLedger(options: LedgerOptions = {}) {
  const database = await testDatabase()
  const { sql, url: databaseUrl } = database
  const settings: Settings = { ...DEFAULT_SETTINGS, ...options.settings }
  const knowledge: Knowledge = { ...(options.knowledge ?? echoKnowledge()), settings }
  const log = createLog('silent')
  const channels = options.channels ?? [scriptedChannel('telegram')]
  const rates = { telegram: 1000, viber: 1000, web: 1000, botframework: 1000, ...options.rates }
  const media = await createMedia({ database, folders: [] })
  const files = (await realFiles()).loaded
  const parts: Parts = {
    ...{ files, workbench: createWorkbench(files) },
    fetchFile: async () => ({ status: 'refused', reason: 'gone' }),
    ...{ database, knowledge: () => knowledge, settings: () => settings, media, channels },
    ...{ publicUrl: PUBLIC_URL, log },
  }
  const start = () =>
    startKernel({
      database,
      databaseUrl,
      channels,
      knowledge: () => knowledge,
      bulk: bulkFor(parts, rates),
      log,
    })
  const kernels = [start()]
  return {
    database,
    sql,
    parts,
    settings,
    kernel: kernels[0] as ReturnType<typeof start>,
    /** Another instance on the same database and channels. */
    startAnother: () => void kernels.push(start()),
    stopKernels: () => Promise.all(kernels.splice(0).map(kernel => kernel.stop())),
    async addPerson(address: string, person: TestPerson = {}): Promise<string> {
      const { channel = 'telegram', language = 'sr', script = 'latn', reachable = true } = person
      const { wroteHoursAgo = 100, topics = [], community, subscribed = true } = person
      const personId = person.personId ?? randomUUID()
      await sql`INSERT INTO person (id) VALUES (${personId}) ON CONFLICT DO NOTHING`
      await sql`
        INSERT INTO address (person_id, channel, external_id, language, script, state, reachable, last_inbound_at)
        VALUES (${personId}, ${channel}, ${address}, ${language}, ${script}, '{}', ${reachable},
          now() - make_interval(hours => ${wroteHoursAgo}))`
      if (subscribed && !person.personId)
        await sql`
          INSERT INTO consent (person_id, purpose, version, given_at) VALUES (${personId}, 'announcements', '1', now())`
      const choices = [
        ...topics.map(value => ['topic', value]),
        ...(community ? [['community', community]] : []),
      ]
      for (const [kind, value] of choices)
        await sql`INSERT INTO person_choice VALUES (${personId}, ${kind}, ${value}, now())`
      return personId
    },
    /** An announcement that goes out now; resolves to its id. */
    async announce(message: object = { sr: 'Vest' }, more: { audience?: object } = {}): Promise<string> {
      const [row] = await sql<{ id: string }>`
        INSERT INTO announcement (status, message, audience, started_at)
        VALUES ('sending', ${JSON.stringify(message)}::jsonb, ${JSON.stringify(more.audience ?? {})}::jsonb, now())
        RETURNING id`
      return row?.id ?? ''
    },
    /** In the order of the people's first chats. */
    deliveries: (id: string) =>
      sql<{ channel: string; status: string; reason: string | null }>`
        SELECT d.channel, d.status, d.reason FROM delivery d
        LEFT JOIN LATERAL (
          SELECT external_id FROM address WHERE person_id = d.person_id ORDER BY 1 LIMIT 1) a ON true
        WHERE d.announcement_id = ${id} ORDER BY a.external_id`,
    statusOf: async (id: string) => {
      const [row] = await sql<{ status: string }>`SELECT status FROM announcement WHERE id = ${id}`
      return row?.status
    },
    async stop() {
      await Promise.all(kernels.map(kernel => kernel.stop()))
      await database.drop()
    },
  }
}

export type Ledger = Awaited<ReturnType<typeof startLedger>>

/** Resolves when the condition holds; looks again every few milliseconds. */
export async function until(condition: () => boolean | Promise<boolean>, ms = 15_000): Promise<void> {
  for (const deadline = Date.now() + ms; !(await condition()); ) {
    if (Date.now() > deadline) throw new Error('not in time')
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}
