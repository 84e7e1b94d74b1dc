import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import type { SendResult } from '../src/channels/channel.ts'
import { startKernel } from '../src/kernel.ts'
import { createLog } from '../src/platform/log.ts'
import { received, startBot, textOf } from './support/bot.ts'
import { echoKnowledge } from './support/echo.ts'

let bot: Awaited<ReturnType<typeof startBot>>
afterEach(() => bot.stop())

const start = async (results: SendResult[] = []) => {
  bot = await startBot({ results, knowledge: echoKnowledge() })
}
const texts = () => bot.channel.sent.map(({ message }) => textOf([message]))
const outbox = () => bot.database.sql<{ status: string; reason: string | null; attempts: number }>`
  SELECT status, reason, attempts FROM outbox ORDER BY id`
const text = (address: string, said: string, externalId: string = randomUUID()) =>
  received(address, { kind: 'text', text: said }, { externalId })

/** Lets the next sweep find rows at once that would otherwise wait. */
const makeDue = () => bot.database.sql`
  UPDATE outbox SET not_before = now() - interval '1 s' WHERE settled_at IS NULL AND status = 'queued'`

async function until(condition: () => Promise<boolean> | boolean, ms = 10_000): Promise<void> {
  for (let waited = 0; !(await condition()); waited += 50) {
    if (waited > ms) throw new Error('not in time')
    await sleep(50)
  }
}

describe('receiving', () => {
  it('answers one update once, however often it is delivered', async () => {
    await start()
    const update = text('a', 'hello')
    await Promise.all(Array.from({ length: 20 }, () => bot.kernel.receive([update])))
    await bot.kernel.idle()
    expect(texts()).toEqual(['hello'])
  })

  it('answers one update once when two instances receive it together', async () => {
    await start()
    const other = startKernel({
      database: bot.database,
      channels: [bot.channel],
      knowledge: () => echoKnowledge(),
      log: createLog('silent'),
    })
    const updates = Array.from({ length: 20 }, (_, n) => text('a', `m${n}`, 'same'))
    await Promise.all(updates.map((update, n) => (n % 2 ? other : bot.kernel).receive([update])))
    await Promise.all([bot.kernel.idle(), other.idle()])
    await other.stop()
    expect(texts()).toHaveLength(1)
  })

  it('answers twenty messages of one person in their order, also over two instances', async () => {
    await start()
    const other = startKernel({
      database: bot.database,
      channels: [bot.channel],
      knowledge: () => echoKnowledge(),
      log: createLog('silent'),
    })
    for (let n = 0; n < 20; n++) await (n % 2 ? other : bot.kernel).receive([text('a', `m${n}`)])
    await until(async () => texts().length === 20)
    await other.stop()
    expect(texts()).toEqual(Array.from({ length: 20 }, (_, n) => `m${n}`))
  })

  it('keeps chats apart and answers 300 of them at once', async () => {
    await start()
    await Promise.all(Array.from({ length: 300 }, (_, n) => bot.kernel.receive([text(`chat ${n}`, `m${n}`)])))
    await bot.kernel.idle()
    const byChat = new Map(bot.channel.sent.map(({ address, message }) => [address, textOf([message])]))
    expect(byChat.size).toBe(300)
    for (const [address, said] of byChat) expect(said).toBe(address.replace('chat ', 'm'))
  })

  it('accepts texts that the database could not hold as they are', async () => {
    await start()
    await bot.tell('a', { kind: 'text', text: 'a\0b \ud800 c' })
    expect(texts()).toEqual(['ab \ufffd c'])
  })

  it('forgets what was written as soon as it is answered', async () => {
    await start()
    await bot.tell('a', { kind: 'text', text: 'my secret' })
    const rows = await bot.database.sql`SELECT received FROM inbox`
    expect(rows).toEqual([{ received: null }])
  })
})

describe('a newcomer', () => {
  it('is answered in the script of the page before they have written a word', async () => {
    await start()
    await bot.tell('a', { kind: 'start' }, { language: 'sr', script: 'cyrl' })
    await bot.tell('b', { kind: 'start' }, { language: 'sr' })
    expect(texts()).toEqual(['старт', 'start'])
  })
})

describe('a turn that breaks', () => {
  it('is tried three times, then the person is told and the message is kept', async () => {
    await start()
    await bot.kernel.receive([text('a', 'boom')])
    await bot.kernel.idle()
    for (let attempt = 0; attempt < 2; attempt++) {
      await bot.database.sql`UPDATE inbox SET received_at = now() - interval '1 minute'`
      await until(async () => {
        const [row] = await bot.database.sql<{ attempts: number }>`SELECT attempts FROM inbox`
        return (row?.attempts ?? 0) >= attempt + 2
      })
      await bot.kernel.idle()
    }
    expect(texts()).toEqual(['welcome.failed'])
    const [row] = await bot.database.sql`SELECT failed, received->'event'->>'text' AS text FROM inbox`
    expect(row).toEqual({ failed: true, text: 'boom' })
    await bot.tell('a', { kind: 'text', text: 'next' })
    expect(texts().at(-1)).toBe('next')
  })

  it('leaves nothing half done', async () => {
    await start()
    await bot.kernel.receive([text('a', 'boom')])
    await bot.kernel.idle()
    expect(await bot.database.sql`SELECT state, version FROM address`).toEqual([{ state: {}, version: 0 }])
    expect(await bot.database.sql`SELECT 1 FROM outbox`).toHaveLength(0)
    expect(await bot.database.sql`SELECT 1 FROM inbox WHERE done_at IS NULL`).toHaveLength(1)
  })
})

describe('sending', () => {
  it('sends the messages of one turn in their order', async () => {
    await start()
    await bot.tell('a', { kind: 'text', text: 'two' })
    expect(texts()).toEqual(['one', 'two'])
  })

  it('expects no receipts where the channel gives none', async () => {
    await start()
    await bot.tell('a', { kind: 'text', text: 'two' })
    expect(await bot.database.sql`SELECT 1 FROM receipt`).toEqual([])
  })

  it('waits as long as the channel asks, without using up an attempt', async () => {
    await start([{ status: 'failed', reason: 'throttled', retryAfterMs: 1500, detail: '429' }])
    await bot.tell('a', { kind: 'text', text: 'hello' })
    expect(await outbox()).toEqual([{ status: 'queued', reason: 'throttled', attempts: 0 }])
    await until(() => texts().length === 1)
    expect(texts()).toEqual(['hello'])
  })

  it('keeps later messages behind one that must wait', async () => {
    await start([{ status: 'failed', reason: 'not-sent', detail: 'refused' }])
    await bot.tell('a', { kind: 'text', text: 'two' })
    await bot.tell('a', { kind: 'text', text: 'three' })
    expect(texts()).toEqual([])
    await makeDue()
    await until(() => texts().length === 3)
    expect(texts()).toEqual(['one', 'two', 'three'])
  })

  it('repeats a reply once whose outcome is unknown, then leaves it', async () => {
    const uncertain: SendResult = { status: 'uncertain', detail: 'reset' }
    await start([uncertain, uncertain])
    await bot.tell('a', { kind: 'text', text: 'hello' })
    await makeDue()
    await until(async () => (await outbox())[0]?.status === 'uncertain')
    expect(texts()).toEqual([])
    expect((await outbox())[0]?.attempts).toBe(2)
  })

  it('leaves somebody who blocked the bot alone until they write again', async () => {
    await start([{ status: 'failed', reason: 'unreachable', detail: '403' }])
    const reachable = async () => {
      const [row] = await bot.database.sql<{ reachable: boolean }>`SELECT reachable FROM address`
      return row?.reachable
    }
    await bot.tell('a', { kind: 'text', text: 'hello' })
    expect(await reachable()).toBe(false)
    expect((await outbox())[0]).toMatchObject({ status: 'failed', reason: 'unreachable' })
    await bot.tell('a', { kind: 'text', text: 'again' })
    expect(await reachable()).toBe(true)
    expect(texts()).toEqual(['again'])
  })

  it('never repeats what the channel rejected', async () => {
    await start([{ status: 'failed', reason: 'rejected', detail: '400' }])
    await bot.tell('a', { kind: 'text', text: 'hello' })
    expect((await outbox())[0]).toMatchObject({ status: 'failed', reason: 'rejected' })
  })

  it('sends again, once, what a crash left in flight', async () => {
    await start()
    await bot.tell('a', { kind: 'text', text: 'hello' })
    const leaveInFlight = () => bot.database.sql`
      UPDATE outbox SET status = 'sending', settled_at = NULL, claimed_at = now() - interval '1 minute'`
    await leaveInFlight()
    await until(() => texts().length === 2)
    await until(async () => (await outbox())[0]?.status === 'sent')
    await bot.database.sql`UPDATE outbox SET reason = 'abandoned'`
    await leaveInFlight()
    await until(async () => (await outbox())[0]?.status === 'uncertain')
    expect(texts()).toEqual(['hello', 'hello'])
  })

  it('sends after a restart what was stored and not yet answered', async () => {
    await start()
    await bot.kernel.stop()
    await bot.database.sql`
      INSERT INTO inbox (channel, external_id, address, received, received_at)
      VALUES ('web', 'x1', 'a', ${JSON.stringify(text('a', 'left behind'))}::jsonb, now() - interval '1 minute')`
    await bot.restart()
    await until(() => texts().length === 1)
    expect(texts()).toEqual(['left behind'])
  })
})

describe('blocking', () => {
  it('is noted without an answer, and undone by unblocking', async () => {
    await start()
    await bot.tell('a', { kind: 'text', text: 'hello' })
    await bot.tell('a', { kind: 'blocked' })
    expect(await bot.database.sql`SELECT reachable FROM address`).toEqual([{ reachable: false }])
    await bot.tell('a', { kind: 'unblocked' })
    expect(await bot.database.sql`SELECT reachable FROM address`).toEqual([{ reachable: true }])
    expect(texts()).toEqual(['hello'])
  })
})
