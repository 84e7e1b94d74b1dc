import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadContent } from '../../../src/content/load.ts'
import { findAudience, unknownIn } from '../../../src/features/announcements/audience.ts'
import { type Audience, AudienceSchema } from '../../../src/features/announcements/model.ts'
import type { Plugs } from '../../../src/features/announcements/plugs.ts'
import { CONTENT_DIR } from '../../support/bot.ts'
import { type Ledger, startLedger } from '../../support/ledger.ts'

let ledger: Ledger
beforeEach(async () => {
  ledger = await startLedger()
})
afterEach(() => ledger.stop())

const channels = [{ id: 'telegram' }, { id: 'viber', sessionMs: 24 * 3_600_000 }, { id: 'web' }]
const find = (audience: Audience, plugs: Plugs = {}) =>
  findAudience(ledger.sql, { audience, channels, plugs })
const count = async (audience: Audience, plugs: Plugs = {}) =>
  (await find(audience, plugs))?.reduce((sum, { people }) => sum + people, 0)

/** Gives everybody meant a delivery; resolves to the chats, as the ledger would choose them. */
async function plan(
  audience: Audience,
): Promise<{ channel: string; status: string; reason: string | null }[]> {
  const [row] = await ledger.sql<{ id: string }>`
    INSERT INTO announcement (message, audience) VALUES ('{}', '{}') RETURNING id`
  for (let turn = 0; turn < 2; turn++)
    await findAudience(ledger.sql, { audience, channels, plugs: {}, plan: row?.id })
  return ledger.deliveries(row?.id ?? '')
}

describe('recipients', () => {
  it('are those who want announcements, each once over all their chats, where they wrote last', async () => {
    const linked = await ledger.addPerson('a1', { wroteHoursAgo: 50 })
    await ledger.addPerson('a2', { channel: 'viber', wroteHoursAgo: 2, personId: linked })
    await ledger.addPerson('b', { subscribed: false })
    const gone = await ledger.addPerson('c')
    await ledger.sql`UPDATE person SET erased_at = now() WHERE id = ${gone}`
    const left = await ledger.addPerson('d')
    await ledger.sql`UPDATE consent SET withdrawn_at = now() WHERE person_id = ${left}`
    expect(await plan({})).toEqual([{ channel: 'viber', status: 'planned', reason: null }])
  })

  it('are reached where they can be, if anywhere', async () => {
    const linked = await ledger.addPerson('a1', { wroteHoursAgo: 50 })
    await ledger.addPerson('a2', { channel: 'viber', wroteHoursAgo: 2, reachable: false, personId: linked })
    await ledger.addPerson('b', { reachable: false })
    await ledger.addPerson('c', { channel: 'botframework' })
    expect(await plan({})).toEqual([
      { channel: 'telegram', status: 'planned', reason: null },
      { channel: 'telegram', status: 'skipped', reason: 'unreachable' },
      { channel: 'botframework', status: 'skipped', reason: 'channel-off' },
    ])
  })

  it('are told apart by whether the channel bills them', async () => {
    await ledger.addPerson('a', { channel: 'viber', wroteHoursAgo: 2 })
    await ledger.addPerson('b', { channel: 'viber', wroteHoursAgo: 30 })
    await ledger.addPerson('c', { wroteHoursAgo: 30 })
    expect(await find({})).toEqual([
      { channel: 'telegram', open: true, cold: false, people: 1 },
      { channel: 'viber', open: true, cold: false, people: 1 },
      { channel: 'viber', open: true, cold: true, people: 1 },
    ])
  })
})

describe('a filter', () => {
  beforeEach(async () => {
    await ledger.addPerson('a', { topics: ['workshops', 'youth'], community: 'mz-01' })
    await ledger.addPerson('b', { topics: ['polls'], community: 'mz-02', language: 'bs' })
    await ledger.addPerson('c', { channel: 'viber', community: 'mz-01' })
  })

  it.each<[string, Audience, number]>([
    ['nothing', {}, 3],
    ['empty lists', { communities: [], topics: [], languages: [], channels: [] }, 3],
    ['one of two communities', { communities: ['mz-01', 'mz-02'] }, 3],
    ['a community', { communities: ['mz-01'] }, 2],
    ['a topic or another', { topics: ['youth', 'polls'] }, 2],
    ['a community and a topic', { communities: ['mz-01'], topics: ['workshops', 'polls'] }, 1],
    ['a language', { languages: ['bs'] }, 1],
    ['a channel', { channels: ['viber'] }, 1],
    ['what nobody chose', { topics: ['plans'] }, 0],
  ])('by %s', async (_name, audience, people) => {
    expect(await count(audience)).toBe(people)
  })

  it('by channel reaches linked people on that channel', async () => {
    const linked = await ledger.addPerson('d1', { wroteHoursAgo: 1 })
    await ledger.addPerson('d2', { channel: 'viber', wroteHoursAgo: 90, personId: linked })
    expect(await plan({ channels: ['viber'] })).toHaveLength(2)
  })

  it('by a workshop asks who has the workshops', async () => {
    const [person] = await ledger.sql<{
      id: string
    }>`SELECT person_id AS id FROM address WHERE external_id = 'a'`
    const plugs: Plugs = {
      workshopPeople: async (_sql, { id, is }) =>
        id === 'w1' ? (is === 'attended' ? [person?.id ?? ''] : []) : undefined,
    }
    expect(await count({ workshop: { id: 'w1', is: 'attended' } }, plugs)).toBe(1)
    expect(await count({ workshop: { id: 'w1', is: 'absent' } }, plugs)).toBe(0)
    expect(await count({ workshop: { id: 'w2', is: 'attended' } }, plugs)).toBeUndefined()
    expect(await count({ workshop: { id: 'w1', is: 'attended' } })).toBeUndefined()
  })

  it('by another announcement means those who got it or may have', async () => {
    await plan({})
    const [row] = await ledger.sql<{ id: string }>`SELECT id FROM announcement`
    await ledger.sql`
      UPDATE delivery SET status = CASE channel WHEN 'viber' THEN 'uncertain' ELSE 'sent' END
      WHERE person_id NOT IN (SELECT person_id FROM address WHERE external_id = 'b')`
    expect(await count({ got: row?.id })).toBe(2)
  })
})

it('everybody is written as all', () => {
  expect(AudienceSchema.parse({ all: true })).toEqual({})
  expect(AudienceSchema.safeParse({ all: false }).success).toBe(false)
  expect(AudienceSchema.safeParse({ nonsense: [] }).success).toBe(false)
})

it('what the content does not know is named', async () => {
  const { content } = await loadContent(CONTENT_DIR)
  expect(unknownIn({ communities: ['mz-01', 'mz-99', 'other'], topics: ['youth', 'x'] }, content)).toEqual([
    'communities: mz-99',
    'topics: x',
  ])
})
