// Lives the demo's month: day by day everything that the chapters let happen, then the day passes. A new chapter is
// a file and its line in CHAPTERS.
import { randomUUID } from 'node:crypto'
import type { Sendable } from '../channels/channel.ts'
import type { ChannelId, Received } from '../core/model/event.ts'
import { DEFAULT_SETTINGS } from '../core/model/settings.ts'
import type { Parts } from '../features/index.ts'
import { type Kernel, startKernel } from '../kernel.ts'
import type { Sql } from '../platform/db/database.ts'
import { passDay } from './age.ts'
import { announcements } from './announcements.ts'
import { answers } from './answers.ts'
import { cases } from './cases.ts'
import { createChance } from './chance.ts'
import { fetchDrawing } from './drawings.ts'
import { spreadOverHours } from './hours.ts'
import { OFFICE_SETTINGS, office } from './office.ts'
import { people } from './people.ts'
import { polls } from './polls.ts'
import { proposals } from './proposals.ts'
import { questions } from './questions.ts'
import { quietChannel } from './quiet-channels.ts'
import { workshops } from './workshops.ts'
import { type Act, type Chapter, chatKey, DAYS, type Deed, type World } from './world.ts'

/** What happens on one day happens in this order. */
const CHAPTERS: readonly Chapter[] = [
  office,
  people,
  questions,
  answers,
  cases,
  workshops,
  polls,
  proposals,
  announcements,
]

const SEED = 2026
const CHANNELS: readonly ChannelId[] = ['telegram', 'viber', 'botframework', 'web']

/** Fills a migrated, empty database. The parts' own settings count for nothing: the demo's city has its own. */
export async function fillMonth(given: Omit<Parts, 'settings' | 'channels' | 'fetchFile'>): Promise<void> {
  const settings = { ...DEFAULT_SETTINGS, ...OFFICE_SETTINGS }
  const knowledge = () => ({ ...given.knowledge(), settings })
  const told = new Map<string, Sendable>()
  const channels = CHANNELS.map(id =>
    quietChannel(id, (externalId, message) => told.set(chatKey(id, externalId), message)),
  )
  const parts: Parts = {
    ...given,
    ...{ knowledge, settings: () => settings, channels },
    fetchFile: (_channel, ref) => fetchDrawing(ref),
  }
  const { database, log } = parts
  const kernel = startKernel({ database, channels, knowledge, log })
  try {
    await live(worldOf(parts, kernel, told))
  } finally {
    await kernel.stop()
  }
  await spreadOverHours(database)
  await database.sql`ANALYZE`
}

function worldOf(parts: Parts, kernel: Kernel, told: ReadonlyMap<string, Sendable>): World {
  return {
    parts,
    chance: createChance(SEED),
    async tell(acts) {
      await kernel.receive(acts.map(receivedFrom))
      await kernel.idle()
    },
    buttonsOf: ({ channel, externalId }) => told.get(chatKey(channel, externalId))?.buttons ?? [],
    async addressOf({ channel, externalId }) {
      const [row] = await parts.database.sql<{ id: string }>`
        SELECT id FROM address WHERE channel = ${channel} AND external_id = ${externalId}`
      if (!row) throw new Error(`${externalId} has not written yet`)
      return row.id
    },
  }
}

function receivedFrom({ who, event }: Act): Received {
  const { channel, language, script } = who
  const address = who.externalId
  return { channel, language, script, address, event, externalId: randomUUID(), at: Date.now(), group: false }
}

async function live(world: World): Promise<void> {
  const deeds: Deed[] = CHAPTERS.flatMap(chapter => chapter(world))
  for (let daysAgo = DAYS - 1; daysAgo >= 0; daysAgo--) {
    for (const deed of deeds) if (deed.daysAgo === daysAgo) await deed.run(world)
    await settleNews(world.parts.database.sql)
    if (daysAgo > 0) await passDay(world.parts.database.sql)
  }
}

/** What is told without having been asked for goes out on the same day: the demo doesn't wait for the next sweep. */
async function settleNews(sql: Sql): Promise<void> {
  await sql`
    UPDATE outbox SET status = 'sent', settled_at = now(), attempts = 1
    WHERE status = 'queued' AND address_id IN (SELECT id FROM address WHERE reachable)`
}
