// The whole bot behind the Bot Framework: asked and answered over HTTP, and able to write first.
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Kernel, startKernel } from '../../../src/kernel.ts'
import { createLog } from '../../../src/platform/log.ts'
import { realKnowledge } from '../../support/bot.ts'
import { testDatabase } from '../../support/database.ts'
import { CONVERSATION, type Harness, startHarness } from './harness.ts'

type Json = Record<string, unknown>

describe('a conversation', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>
  let kernel: Kernel
  let harness: Harness

  beforeEach(async () => {
    database = await testDatabase()
    harness = await startHarness({ onReceive: async batch => void (await kernel.receive(batch)) })
    await start()
  })
  afterEach(async () => {
    await kernel.stop()
    await harness.end()
    await database.drop()
  })

  async function start(): Promise<void> {
    const knowledge = await realKnowledge()
    kernel = startKernel({
      database,
      channels: [harness.channel],
      knowledge: () => knowledge,
      log: createLog('silent'),
    })
  }

  async function say(change: Json): Promise<Json[]> {
    const before = harness.fake.sent(CONVERSATION).length
    const heard = await harness.fake.deliver(harness.activity({ id: randomUUID(), ...change }))
    expect(heard.status).toBe(200)
    await kernel.idle()
    return harness.fake.sent(CONVERSATION).slice(before)
  }

  const stored = async () => {
    const [row] = await database.sql<{
      reference: Json
      reachable: boolean
    }>`SELECT reference, reachable FROM address`
    return row
  }

  /** Something the bot says on its own, such as a reminder. */
  async function writeFirst(): Promise<void> {
    const message = { blocks: [{ kind: 'text', text: 'Rok ističe sutra.' }], buttons: [] }
    await database.sql`
      INSERT INTO outbox (address_id, lane, status, message, created_at)
      SELECT id, 'bulk', 'queued', ${JSON.stringify(message)}::jsonb, now() FROM address`
  }

  const arrived = (text: string) => harness.fake.sent(CONVERSATION).some(activity => activity.text === text)

  test('answers a question, and a button pressed below it', async () => {
    const answers = await say({ text: 'ko je zaduzen za vodovod' })
    expect(answers.map(({ text }) => text).join('\n')).toMatch(/vod/i)
    const data = /"data":(\{"token":"[^"]+")/.exec(JSON.stringify(answers))?.[1]
    expect(data).toBeDefined()
    expect(await say({ text: undefined, value: JSON.parse(`${data}}`) })).not.toEqual([])
  })

  test('answers once what is delivered twice', async () => {
    const change = { id: 'twice', text: 'šta je zbor građana' }
    expect(await say(change)).not.toEqual([])
    expect(await say(change)).toEqual([])
  })

  test('greets once, whoever joins', async () => {
    const joined = (id: string) =>
      say({ type: 'conversationUpdate', text: undefined, membersAdded: [{ id }] })
    expect(await joined('28:bot')).not.toEqual([])
    expect(await joined('29:person-1')).toEqual([])
  })

  test('can be begun by the bot after a restart', async () => {
    await say({ text: 'šta je zbor građana' })
    await kernel.stop()
    await writeFirst()
    await start()
    await expect.poll(() => arrived('Rok ističe sutra.'), { timeout: 30_000 }).toBe(true)
  })

  test('moves where the connector moves', async () => {
    await say({ text: 'šta je zbor građana' })
    expect((await stored())?.reference).toMatchObject({ channelId: 'msteams', serviceUrl: harness.fake.url })
    // A slash more is another URL, and the token says so too.
    const serviceUrl = `${harness.fake.url}/`
    const token = harness.fake.token({ claims: { serviceurl: serviceUrl } })
    await harness.fake.deliver(
      harness.activity({ id: 'moved', text: 'hvala', serviceUrl }),
      `Bearer ${token}`,
    )
    await kernel.idle()
    expect((await stored())?.reference).toMatchObject({ serviceUrl })
    expect(harness.fake.posts.at(-1)?.activity.serviceUrl).toBe(serviceUrl)
  })

  test('ends when the bot is removed, and goes on when the person writes', async () => {
    await say({ text: 'šta je zbor građana' })
    await say({ type: 'installationUpdate', text: undefined, action: 'remove' })
    expect((await stored())?.reachable).toBe(false)
    await say({ text: 'šta je zbor građana' })
    expect((await stored())?.reachable).toBe(true)
  })

  test('that the connector no longer knows is not written to again', async () => {
    await say({ text: 'šta je zbor građana' })
    harness.fake.close(CONVERSATION)
    await writeFirst()
    const settled = async () => {
      const [row] = await database.sql<{ status: string; reason: string }>`
        SELECT status, reason FROM outbox ORDER BY id DESC LIMIT 1`
      return row
    }
    await expect.poll(settled, { timeout: 30_000 }).toEqual({ status: 'failed', reason: 'unreachable' })
    expect((await stored())?.reachable).toBe(false)
  })

  test('confirms an erasure to the chat that asked for it', async () => {
    await say({ text: 'šta je zbor građana' })
    const asked = await say({ text: '/obrisi' })
    const tokens = [...JSON.stringify(asked).matchAll(/"data":\{"token":"([^"]+)"/g)].map(
      ([, token]) => token,
    )
    expect(tokens.length).toBeGreaterThan(0)
    const receipt = await say({ text: undefined, value: { token: tokens[0] } })
    expect(receipt.map(({ text }) => text).join()).toMatch(/\d{10}/)
  })
})
