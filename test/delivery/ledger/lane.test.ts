// Sending what the ledger has planned.
import { afterEach, describe, expect, it } from 'vitest'
import type { BroadcastResult, SendResult } from '../../../src/channels/channel.ts'
import { busiest } from '../../support/announcing.ts'
import { received } from '../../support/bot.ts'
import { type Ledger, type LedgerOptions, scriptedChannel, startLedger, until } from '../../support/ledger.ts'

let ledger: Ledger
const start = async (options: LedgerOptions = {}) => {
  ledger = await startLedger(options)
}
afterEach(() => ledger.stop())

const addPeople = async (count: number, prefix = 'p') => {
  for (let n = 0; n < count; n++) await ledger.addPerson(`${prefix}${n}`)
}
const done = (id: string) => until(async () => (await ledger.statusOf(id)) === 'done')
const outcomes = async (id: string) =>
  (await ledger.deliveries(id)).map(({ status, reason }) => [status, reason])
const failed = (reason: Extract<SendResult, { status: 'failed' }>['reason'], more = {}): SendResult => ({
  status: 'failed',
  reason,
  detail: 'x',
  ...more,
})

describe('an announcement', () => {
  it('reaches everybody once, each in their language and script, and is done', async () => {
    const channel = scriptedChannel('telegram')
    await start({ channels: [channel] })
    await ledger.addPerson('a')
    await ledger.addPerson('b', { script: 'cyrl' })
    await ledger.addPerson('c', { language: 'bs' })
    await ledger.addPerson('d', { language: 'en' })
    await ledger.addPerson('e', { subscribed: false })
    const id = await ledger.announce({ sr: 'Vest', en: 'News' })
    await done(id)
    const said = channel.sent.map(({ address, message }) => [address, message.blocks[0]?.text])
    expect(said.sort()).toEqual([
      ['a', 'Vest'],
      ['b', 'Вест'],
      ['c', 'Vest'],
      ['d', 'News'],
    ])
    expect(await outcomes(id)).toEqual(Array(4).fill(['sent', null]))
  })

  it('is a row of the outbox that its delivery points at', async () => {
    await start()
    await ledger.addPerson('a')
    const id = await ledger.announce()
    await done(id)
    expect(
      await ledger.sql`
        SELECT o.lane, o.status, o.message->'blocks'->0->>'text' AS text FROM delivery d JOIN outbox o ON o.id = d.outbox_id`,
    ).toEqual([{ lane: 'bulk', status: 'sent', text: 'Vest' }])
  })

  it('goes out once when two instances send it', async () => {
    const channel = scriptedChannel('telegram')
    await start({ channels: [channel], rates: { telegram: 300 } })
    ledger.startAnother()
    await addPeople(120)
    const id = await ledger.announce()
    await done(id)
    expect(channel.sent).toHaveLength(120)
    expect(new Set(channel.sent.map(({ address }) => address)).size).toBe(120)
  })

  it('is not sent to who unsubscribed, blocked the bot or was erased after it was planned', async () => {
    await start({ settings: { paused: ['telegram'] } })
    const people = [await ledger.addPerson('a'), await ledger.addPerson('b'), await ledger.addPerson('c')]
    await ledger.addPerson('d')
    const id = await ledger.announce()
    await until(async () => (await ledger.deliveries(id)).length === 4)
    await ledger.sql`UPDATE consent SET withdrawn_at = now() WHERE person_id = ${people[0]}`
    await ledger.sql`UPDATE address SET reachable = false WHERE external_id = 'b'`
    await ledger.sql`UPDATE person SET erased_at = now() WHERE id = ${people[2]}`
    ledger.settings.paused = []
    await done(id)
    expect(await outcomes(id)).toEqual([
      ['skipped', 'unsubscribed'],
      ['skipped', 'unreachable'],
      ['skipped', 'erased'],
      ['sent', null],
    ])
  })

  it('waits for the channel that staff hold, and goes on when they let go', async () => {
    const channels = [scriptedChannel('telegram'), scriptedChannel('web')]
    await start({ channels, settings: { paused: ['telegram'] } })
    await ledger.addPerson('a')
    await ledger.addPerson('b', { channel: 'web' })
    const id = await ledger.announce()
    await until(() => channels[1]?.sent.length === 1)
    expect(channels[0]?.tried).toEqual([])
    ledger.settings.paused = []
    await done(id)
    expect(channels[0]?.sent).toHaveLength(1)
  })

  it('stops at once when it is paused, and at the place where it stopped goes on', async () => {
    const channel = scriptedChannel('telegram')
    await start({ channels: [channel], rates: { telegram: 100 } })
    await addPeople(100)
    const id = await ledger.announce()
    await until(() => channel.sent.length >= 20)
    await ledger.sql`UPDATE announcement SET status = 'paused' WHERE id = ${id}`
    const paused = Date.now()
    await until(() => Date.now() - paused > 800)
    const late = channel.sent.filter(({ at }) => at > paused + 200)
    expect(late).toEqual([])
    await ledger.sql`UPDATE announcement SET status = 'sending' WHERE id = ${id}`
    await done(id)
    expect(new Set(channel.sent.map(({ address }) => address)).size).toBe(100)
    expect(channel.sent).toHaveLength(100)
  })

  it('shares the channel with another that began before it', async () => {
    const channel = scriptedChannel('telegram')
    await start({ channels: [channel], rates: { telegram: 100 } })
    await addPeople(60)
    const ids = [await ledger.announce({ sr: 'jedan' }), await ledger.announce({ sr: 'dva' })]
    for (const id of ids) await done(id)
    const firstOfSecond = channel.sent.findIndex(({ message }) => message.blocks[0]?.text === 'dva')
    expect(firstOfSecond).toBeLessThan(60)
    expect(channel.sent).toHaveLength(120)
  })
})

describe('the rate of a channel', () => {
  it('holds over two instances, and hardly anything of it is lost', async () => {
    const channel = scriptedChannel('telegram')
    await start({ channels: [channel], rates: { telegram: 100 } })
    ledger.startAnother()
    await addPeople(300)
    const id = await ledger.announce()
    await done(id)
    const times = channel.sent.map(({ at }) => at)
    expect(busiest(times, 1000)).toBeLessThanOrEqual(115)
    const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000
    expect(300 / seconds).toBeGreaterThan(60)
  })

  it('counts every request of a message that takes several', async () => {
    const channel = scriptedChannel('telegram', { requests: 4 })
    await start({ channels: [channel], rates: { telegram: 100 } })
    await addPeople(50)
    await done(await ledger.announce())
    expect(
      busiest(
        channel.sent.map(({ at }) => at),
        1000,
      ),
    ).toBeLessThanOrEqual(29)
  })

  it('may be less than one a second', async () => {
    const channel = scriptedChannel('telegram')
    await start({ channels: [channel], rates: { telegram: 0.8 } })
    await addPeople(2)
    await done(await ledger.announce())
    const [first, second] = channel.sent.map(({ at }) => at)
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(1100)
  })

  it('does not hold replies up', async () => {
    const channel = scriptedChannel('telegram')
    await start({ channels: [channel], rates: { telegram: 2 } })
    await addPeople(20)
    const id = await ledger.announce()
    await until(() => channel.sent.length >= 1)
    await ledger.kernel.receive([received('p19', { kind: 'text', text: 'pitanje' }, { channel: 'telegram' })])
    await ledger.kernel.idle()
    const reply = channel.sent.findIndex(({ message }) => message.blocks[0]?.text === 'pitanje')
    expect(reply).toBeGreaterThan(-1)
    expect(reply).toBeLessThan(10)
    await ledger.sql`UPDATE announcement SET status = 'cancelled' WHERE id = ${id}`
  })
})

describe('a channel that asks for silence', () => {
  it('has it from every instance, costs nobody their message, and hears the replies first', async () => {
    let refusals = 1
    const channel = scriptedChannel('telegram', {
      answer: () => (refusals-- > 0 ? failed('throttled', { retryAfterMs: 1500 }) : undefined),
    })
    await start({ channels: [channel], rates: { telegram: 200 } })
    ledger.startAnother()
    await addPeople(40)
    const id = await ledger.announce()
    await until(() => channel.tried.length > 0)
    const silentFrom = channel.tried[0]?.at ?? 0
    await until(() => Date.now() > silentFrom + 300)
    await ledger.kernel.receive([received('p39', { kind: 'text', text: 'pitanje' }, { channel: 'telegram' })])
    await done(id)
    const inside = channel.tried.map(({ at }) => at - silentFrom).filter(ms => ms > 400 && ms < 1450)
    expect(inside).toEqual([])
    const after = channel.sent.filter(({ at }) => at > silentFrom + 1000)
    expect(after[0]?.message.blocks[0]?.text).toBe('pitanje')
    expect(await outcomes(id)).toEqual(Array(40).fill(['sent', null]))
  })

  it('has it from an instance that starts meanwhile', async () => {
    let refusals = 1
    const channel = scriptedChannel('telegram', {
      answer: () => (refusals-- > 0 ? failed('throttled', { retryAfterMs: 2000 }) : undefined),
    })
    await start({ channels: [channel] })
    await addPeople(3)
    const id = await ledger.announce()
    await until(() => channel.tried.length > 0)
    const silentFrom = channel.tried[0]?.at ?? 0
    await ledger.stopKernels()
    ledger.startAnother()
    await done(id)
    const next = channel.tried.filter(({ at }) => at > silentFrom + 400)[0]?.at ?? 0
    expect(next - silentFrom).toBeGreaterThan(1900)
  })
})

describe('a message', () => {
  it('that is refused or whose chat is gone has failed, and that chat is left alone', async () => {
    const channel = scriptedChannel('telegram', {
      answer: address =>
        address === 'a' ? failed('unreachable') : address === 'b' ? failed('rejected') : undefined,
    })
    await start({ channels: [channel] })
    for (const address of ['a', 'b', 'c']) await ledger.addPerson(address)
    const id = await ledger.announce()
    await done(id)
    expect(await outcomes(id)).toEqual([
      ['failed', 'unreachable'],
      ['failed', 'rejected'],
      ['sent', null],
    ])
    const next = await ledger.announce({ sr: 'Druga' })
    await done(next)
    expect((await outcomes(next))[0]).toEqual(['skipped', 'unreachable'])
    await ledger.kernel.receive([received('a', { kind: 'text', text: 'opet tu' }, { channel: 'telegram' })])
    await ledger.kernel.idle()
    const third = await ledger.announce({ sr: 'Treća' })
    await until(async () => (await ledger.deliveries(third)).some(({ channel: id, reason }) => id && !reason))
  })

  it('whose answer was lost is uncertain, and not repeated', async () => {
    const channel = scriptedChannel('telegram', { answer: () => ({ status: 'uncertain', detail: 'reset' }) })
    await start({ channels: [channel] })
    await ledger.addPerson('a')
    const id = await ledger.announce()
    await done(id)
    expect(await outcomes(id)).toEqual([['uncertain', 'no-answer']])
    expect(channel.tried).toHaveLength(1)
  })

  it('of a channel that breaks is uncertain', async () => {
    const channel = scriptedChannel('telegram', { answer: () => Promise.reject(new Error('fault')) })
    await start({ channels: [channel] })
    await ledger.addPerson('a')
    const id = await ledger.announce()
    await done(id)
    expect(await outcomes(id)).toEqual([['uncertain', 'no-answer']])
  })

  it('waits for an outage to end, however often it is tried', async () => {
    let outage = true
    const channel = scriptedChannel('telegram', {
      answer: () => (outage ? failed('not-sent') : undefined),
    })
    await start({ channels: [channel] })
    await addPeople(5)
    const id = await ledger.announce()
    await until(() => channel.tried.length >= 10)
    outage = false
    await done(id)
    expect(await outcomes(id)).toEqual(Array(5).fill(['sent', null]))
    // It rests between the tries instead of hammering.
    expect(channel.tried.length).toBeLessThan(30)
  })

  it('of which a part has arrived goes on there, or is uncertain', async () => {
    const parts = new Map<string, number>()
    const channel = scriptedChannel('telegram', {
      answer(address, { id }) {
        const begun = parts.get(id) ?? 0
        parts.set(id, begun + 1)
        return address === 'a' && begun === 0
          ? failed('throttled', { retryAfterMs: 300, begun: true })
          : undefined
      },
    })
    await start({ channels: [channel] })
    await ledger.addPerson('a')
    const id = await ledger.announce()
    await done(id)
    expect(await outcomes(id)).toEqual([['sent', null]])
    expect([...parts.values()]).toEqual([2])
  })

  it('is given back by a stop when it has not begun, and nobody is left out', async () => {
    const channel = scriptedChannel('telegram')
    await start({ channels: [channel], rates: { telegram: 50 } })
    await addPeople(60)
    const id = await ledger.announce()
    await until(() => channel.sent.length >= 10)
    await ledger.stopKernels()
    expect((await ledger.deliveries(id)).filter(({ status }) => status === 'sending')).toEqual([])
    ledger.startAnother()
    await done(id)
    expect(channel.sent).toHaveLength(60)
  })

  it('in flight when its sender died is uncertain, the rest goes on', async () => {
    await start()
    await addPeople(3)
    const id = await ledger.announce()
    await done(id)
    const [row] = await ledger.sql<{ id: string }>`SELECT id FROM outbox LIMIT 1`
    await ledger.sql`
      UPDATE outbox SET status = 'sending', settled_at = NULL, claimed_at = now() - interval '1 minute' WHERE id = ${row?.id}`
    await ledger.sql`UPDATE delivery SET status = 'sending' WHERE outbox_id = ${row?.id}`
    await until(async () => (await outcomes(id)).some(([status]) => status === 'uncertain'))
    expect(await outcomes(id)).toContainEqual(['uncertain', 'abandoned'])
  })

  it('is not sent beside another that is on its way to the same chat', async () => {
    const channel = scriptedChannel('telegram')
    await start({ channels: [channel] })
    await ledger.addPerson('a')
    await ledger.addPerson('b')
    await ledger.sql`
      INSERT INTO outbox (address_id, lane, status, message, created_at, claimed_at)
      SELECT id, 'reply', 'sending', '{"blocks":[],"buttons":[]}', now(), now() FROM address WHERE external_id = 'a'`
    const id = await ledger.announce()
    await until(() => channel.sent.length === 1)
    expect(channel.sent[0]?.address).toBe('b')
    await ledger.sql`UPDATE outbox SET status = 'sent', settled_at = now() WHERE lane = 'reply'`
    await done(id)
    expect(channel.sent.map(({ address }) => address)).toEqual(['b', 'a'])
  })
})

describe('a channel that can tell many at once', () => {
  const sent: BroadcastResult = { status: 'sent', externalIds: ['5'] }
  const broadcastTo = (
    calls: string[][],
    answer: (address: string) => BroadcastResult = () => sent,
    fits = true,
  ) =>
    scriptedChannel('viber', {
      receipts: true,
      broadcast: {
        max: 4,
        fits: () => fits,
        async send(to) {
          calls.push(to.map(({ externalId }) => externalId))
          return to.map(({ externalId }) => answer(externalId))
        },
      },
    })
  const addOnViber = async (count: number) => {
    for (let n = 0; n < count; n++)
      await ledger.addPerson(`v${n}`, { channel: 'viber', script: n % 2 ? 'cyrl' : 'latn' })
  }

  it('tells those with the same message together', async () => {
    const calls: string[][] = []
    const channel = broadcastTo(calls)
    await start({ channels: [channel] })
    await addOnViber(10)
    const id = await ledger.announce()
    await done(id)
    expect(calls.flat().sort()).toEqual(Array.from({ length: 10 }, (_, n) => `v${n}`).sort())
    for (const call of calls) expect(new Set(call.map(address => Number(address.slice(1)) % 2)).size).toBe(1)
    expect(calls.length).toBeLessThanOrEqual(8)
    expect(channel.tried).toEqual([])
    expect(await ledger.sql`SELECT count(*)::int AS n FROM receipt`).toEqual([{ n: 10 }])
  })

  it('tells alone whom it can’t tell together, and keeps apart what became of each', async () => {
    const calls: string[][] = []
    const answers: Record<string, BroadcastResult> = {
      v0: { status: 'singly', detail: 'old app' },
      v1: failed('unreachable'),
      v2: { status: 'uncertain', detail: 'lost' },
    }
    const channel = broadcastTo(calls, address => answers[address] ?? sent)
    await start({ channels: [channel] })
    await addOnViber(4)
    const id = await ledger.announce()
    await done(id)
    expect(await outcomes(id)).toEqual([
      ['sent', null],
      ['failed', 'unreachable'],
      ['uncertain', 'no-answer'],
      ['sent', null],
    ])
    expect(channel.tried.map(({ addresses }) => addresses)).toEqual([['v0']])
    expect(calls.flat().sort()).toEqual(['v0', 'v1', 'v2', 'v3'])
  })

  it('tells everybody alone what doesn’t fit into one request', async () => {
    const calls: string[][] = []
    const channel = broadcastTo(calls, () => sent, false)
    await start({ channels: [channel] })
    await addOnViber(3)
    await done(await ledger.announce())
    expect(calls).toEqual([])
    expect(channel.sent).toHaveLength(3)
  })

  it('moves a message that did not arrive after all to the failed ones', async () => {
    const channel = broadcastTo([])
    await start({ channels: [channel] })
    await addOnViber(1)
    const id = await ledger.announce()
    await done(id)
    const { createReceipts } = await import('../../../src/delivery/index.ts')
    await createReceipts(ledger.sql)([
      { channel: 'viber', externalId: '5', address: 'v0', kind: 'failed', at: Date.now(), detail: 'gone' },
    ])
    expect(await outcomes(id)).toEqual([['failed', 'undelivered']])
    expect(await ledger.statusOf(id)).toBe('done')
  })
})

describe('a channel that bills', () => {
  it('is sent to only as long as there is money; who wrote lately costs nothing', async () => {
    const channel = scriptedChannel('viber', { sessionMs: 24 * 3_600_000 })
    const viberBudget = { price: 2, monthly: 5, currency: 'EUR' }
    await start({ channels: [channel], settings: { viberBudget } })
    for (let n = 0; n < 4; n++) await ledger.addPerson(`cold${n}`, { channel: 'viber', wroteHoursAgo: 30 })
    await ledger.addPerson('warm', { channel: 'viber', wroteHoursAgo: 2 })
    const id = await ledger.announce()
    await done(id)
    const cold = (await outcomes(id)).slice(0, 4).map(([status, reason]) => reason ?? status)
    expect(cold.sort()).toEqual(['budget', 'budget', 'sent', 'sent'])
    expect((await outcomes(id))[4]).toEqual(['sent', null])
    const next = await ledger.announce({ sr: 'Druga' })
    await done(next)
    expect((await outcomes(next)).map(([status]) => status)).toEqual([
      'skipped',
      'skipped',
      'skipped',
      'skipped',
      'sent',
    ])
  })
})
