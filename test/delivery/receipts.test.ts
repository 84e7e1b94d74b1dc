// What a platform tells of messages after it took them, whichever of the two is stored first.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Receipt } from '../../src/channels/channel.ts'
import { RETENTION_DAYS } from '../../src/core/model/retention.ts'
import { createReceipts } from '../../src/delivery/index.ts'
import { settleAwaiting } from '../../src/delivery/receipts.ts'
import { erasePerson, kernelTables } from '../../src/people/index.ts'
import type { Sql } from '../../src/platform/db/database.ts'
import { enforceRetention } from '../../src/retention.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'

/** Both are the same number once they are rounded to a double. */
const TOKEN = '5741311803571721087'
const NEIGHBOUR = '5741311803571721086'
const AT = 1_800_000_000_000

let database: TestDatabase & { drop(): Promise<void> }
let note: ReturnType<typeof createReceipts>
beforeEach(async () => {
  database = await testDatabase()
  note = createReceipts(database.sql)
})
afterEach(() => database.drop())

/** A message on its way to a chat; resolves to its outbox number. */
async function onItsWay(chat: string): Promise<string> {
  await database.sql`
    WITH newcomer AS (INSERT INTO person DEFAULT VALUES RETURNING id)
    INSERT INTO address (person_id, channel, external_id, language, script, state, last_inbound_at)
    SELECT id, 'viber', ${chat}, 'sr', 'latn', '{}', now() FROM newcomer
    ON CONFLICT (channel, external_id) DO NOTHING`
  const [row] = await database.sql<{ id: string }>`
    INSERT INTO outbox (address_id, lane, status, message, created_at, claimed_at, external_ids)
    SELECT id, 'reply', 'sending', '{"blocks":[],"buttons":[]}', now(), now(), '{}'
    FROM address WHERE external_id = ${chat} RETURNING id`
  return row?.id ?? ''
}

const settle = (id: string, ...externalIds: string[]) =>
  settleAwaiting(database.sql, [{ id, status: 'sent', externalIds }])

/** A message that the platform took; resolves to its outbox number. */
async function sent(chat: string, ...externalIds: string[]): Promise<string> {
  const id = await onItsWay(chat)
  await settle(id, ...externalIds)
  return id
}

const receipt = (kind: Receipt['kind'], externalId: string, more: Partial<Receipt> = {}): Receipt => ({
  channel: 'viber',
  externalId,
  address: 'ana',
  kind,
  at: AT,
  ...more,
})

async function message(id: string) {
  const [row] = await database.sql`
    SELECT status, reason, detail, settled_at IS NOT NULL AS settled, claimed_at FROM outbox WHERE id = ${id}`
  return row
}

type Row = {
  id: string
  outboxId: string | null
  deliveredAt: Date | null
  seenAt: Date | null
  failedAt: Date | null
}
const rows = () => database.sql<Row>`
  SELECT external_id AS id, outbox_id AS "outboxId", delivered_at AS "deliveredAt", seen_at AS "seenAt",
    failed_at AS "failedAt" FROM receipt ORDER BY external_id, address_id`

/** Statements that wait for another to end. */
async function waiting(): Promise<number> {
  const found = await database.sql`
    SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  return found.length
}

const SENT = { status: 'sent', reason: null, detail: null, settled: true, claimed_at: null }
const UNDELIVERED = { ...SENT, status: 'failed', reason: 'undelivered', detail: 'validation' }

describe('a receipt', () => {
  it('finds its message by every digit of its number', async () => {
    const id = await sent('ana', TOKEN)
    const neighbour = await sent('ana', NEIGHBOUR)
    await note([receipt('failed', TOKEN, { detail: 'validation' })])
    expect(await message(id)).toEqual(UNDELIVERED)
    expect(await message(neighbour)).toEqual(SENT)
  })

  it('is about one of those who got the same broadcast', async () => {
    const [ana, vera] = [await sent('ana', TOKEN), await sent('vera', TOKEN)]
    await note([receipt('failed', TOKEN, { address: 'vera', detail: 'validation' })])
    expect(await message(ana)).toEqual(SENT)
    expect(await message(vera)).toEqual(UNDELIVERED)
  })

  it('of delivery and of being seen leaves the message sent', async () => {
    const id = await sent('ana', TOKEN)
    await note([receipt('delivered', TOKEN)])
    await note([receipt('seen', TOKEN, { at: AT + 5000 })])
    expect(await message(id)).toEqual(SENT)
    expect(await rows()).toEqual([
      {
        id: TOKEN,
        outboxId: id,
        deliveredAt: new Date(AT),
        seenAt: new Date(AT + 5000),
        failedAt: null,
      },
    ])
  })

  it('counts the first time, however often and in whatever order it comes', async () => {
    await sent('ana', TOKEN)
    const times = [7000, 3000, 3000, 9000].map(later => AT + later)
    await note(times.map(at => receipt('delivered', TOKEN, { at })))
    await note([receipt('seen', TOKEN, { at: AT + 8000 }), receipt('delivered', TOKEN, { at: AT + 5000 })])
    expect(await rows()).toMatchObject([
      { deliveredAt: new Date(AT + 3000), seenAt: new Date(AT + 8000), failedAt: null },
    ])
  })

  it('of being seen says that it was delivered', async () => {
    await sent('ana', TOKEN)
    await note([receipt('seen', TOKEN)])
    expect(await rows()).toMatchObject([{ deliveredAt: new Date(AT), seenAt: new Date(AT) }])
  })

  it('may be faster than the answer to its request', async () => {
    const id = await onItsWay('ana')
    await note([receipt('failed', TOKEN, { detail: 'validation' })])
    expect(await message(id)).toMatchObject({ status: 'sending' })
    await settle(id, TOKEN)
    expect(await message(id)).toEqual(UNDELIVERED)
    expect(await rows()).toMatchObject([{ outboxId: id }])
  })

  it.each(['settling', 'noting'])(
    'and its message don’t miss each other: %s holds the other up',
    async first => {
      const id = await onItsWay('ana')
      const failure = receipt('failed', TOKEN, { detail: 'validation' })
      const settling = (sql: Sql) => settleAwaiting(sql, [{ id, status: 'sent', externalIds: [TOKEN] }])
      const noting = (sql: Sql) => createReceipts(sql)([failure])
      const [before, after] = first === 'settling' ? [settling, noting] : [noting, settling]
      let second: Promise<unknown> | undefined
      await database.transaction(async sql => {
        await before(sql)
        second = after(database.sql)
        await expect.poll(waiting).toBe(1)
      })
      await second
      expect(await message(id)).toEqual(UNDELIVERED)
    },
  )

  it('of one call of several marks the whole message as failed', async () => {
    const id = await sent('ana', '1', '2', '3')
    await note([receipt('delivered', '1'), receipt('failed', '2'), receipt('delivered', '3')])
    expect(await message(id)).toMatchObject({ status: 'failed', reason: 'undelivered' })
  })

  it('of a chat nobody knows leaves no trace', async () => {
    await note([receipt('seen', TOKEN, { address: 'nobody' })])
    expect(await rows()).toEqual([])
  })

  it.each([1, 8.64e15])('of the time %d is stored all the same', async at => {
    await sent('ana', TOKEN)
    await note([receipt('delivered', TOKEN, { at })])
    expect(await database.sql`SELECT 1 FROM receipt WHERE delivered_at IS NOT NULL`).toHaveLength(1)
  })
})

describe('a message that the platform took', () => {
  it('keeps how each call is billed', async () => {
    const id = await onItsWay('ana')
    await settleAwaiting(database.sql, [{ id, status: 'sent', externalIds: ['1', '2'], billing: 5 }])
    expect(await database.sql`SELECT billing FROM receipt`).toEqual([{ billing: 5 }, { billing: 5 }])
  })

  it('is sent also without a number, or with the same one twice', async () => {
    const ids = [await sent('ana'), await sent('ana', TOKEN, TOKEN)]
    for (const id of ids) expect(await message(id)).toEqual(SENT)
    expect(await rows()).toHaveLength(1)
  })

  it('is not settled twice', async () => {
    const id = await sent('ana', '1')
    await settle(id, '2')
    expect((await rows()).map(row => row.id)).toEqual(['1'])
  })
})

describe('a person', () => {
  const personId = async () => {
    const [row] = await database.sql<{
      id: string
    }>`SELECT person_id AS id FROM address WHERE external_id = 'ana'`
    return row?.id ?? ''
  }
  const exported = async (table: string) =>
    kernelTables.find(entry => entry.table === table)?.export(database.sql, await personId())

  it('is shown when each message was delivered and seen: when all of its calls were', async () => {
    await sent('ana', '1', '2')
    await note([receipt('seen', '1'), receipt('delivered', '2', { at: AT + 1000 })])
    expect(await exported('outbox')).toMatchObject([{ delivered_at: new Date(AT + 1000), seen_at: null }])
    await note([receipt('seen', '2', { at: AT + 2000 })])
    expect(await exported('outbox')).toMatchObject([{ seen_at: new Date(AT + 2000) }])
    expect(await exported('receipt')).toMatchObject([
      { channel: 'viber', external_id: '1', seen_at: new Date(AT) },
      { channel: 'viber', external_id: '2', seen_at: new Date(AT + 2000) },
    ])
  })

  it('who is erased takes receipts along, and later ones leave no trace', async () => {
    await sent('ana', '1')
    await note([receipt('seen', '1'), receipt('delivered', 'of no message')])
    const [address] = await database.sql<{ id: string }>`SELECT id FROM address`
    const options = { personId: await personId(), keepAddressId: address?.id ?? '', now: new Date() }
    await erasePerson(database.sql, kernelTables, options)
    expect(await rows()).toEqual([])
    await note([receipt('seen', '1')])
    expect(await rows()).toEqual([])
  })
})

describe('every night', () => {
  const anHourOver = (table: 'receipt' | 'outbox', days: number) => {
    const since = new Date(Date.now() - (days * 24 + 1) * 3_600_000)
    return table === 'receipt'
      ? database.sql`UPDATE receipt SET noted_at = ${since}`
      : database.sql`UPDATE outbox SET settled_at = ${since}`
  }

  it('receipts go that no message claimed for a day', async () => {
    await sent('ana', '1')
    await note([receipt('delivered', '2')])
    await enforceRetention(database.sql, RETENTION_DAYS)
    expect(await rows()).toHaveLength(2)
    await anHourOver('receipt', 1)
    await enforceRetention(database.sql, RETENTION_DAYS)
    expect((await rows()).map(({ id }) => id)).toEqual(['1'])
  })

  it('the others go with their message', async () => {
    await sent('ana', '1')
    await anHourOver('outbox', 30)
    await enforceRetention(database.sql, RETENTION_DAYS)
    expect(await rows()).toEqual([])
  })
})
