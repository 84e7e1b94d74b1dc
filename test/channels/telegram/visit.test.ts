// Telegram from end to end: updates, the real database, answers by way of the outbox.
import { afterEach, expect, test } from 'vitest'
import { startKernel } from '../../../src/kernel.ts'
import { createLog } from '../../../src/platform/log.ts'
import { type TestDatabase, testDatabase } from '../../support/database.ts'
import { echoKnowledge } from '../../support/echo.ts'
import { type Harness, startHarness, until } from './harness.ts'
import { CHAT, FROM, membership, message, press } from './updates.ts'

let ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.reverse()) await end()
  ends = []
})

async function start(): Promise<Harness & { database: TestDatabase }> {
  const database = await testDatabase()
  ends.push(() => database.drop())
  let receive: ReturnType<typeof startKernel>['receive'] | undefined
  const harness = await startHarness({ onReceive: async batch => void (await receive?.(batch)) })
  ends.push(() => harness.end())
  const log = createLog('silent')
  const kernel = startKernel({ database, channels: [harness.channel], knowledge: () => echoKnowledge(), log })
  ends.push(() => kernel.stop())
  receive = kernel.receive
  await harness.listener.start?.()
  return { ...harness, database }
}

const say = ({ fake }: Harness, said: string, chat = 7) =>
  fake.push(message({ text: said, chat: { ...CHAT, id: chat }, from: { ...FROM, id: chat } }))
const said = ({ fake }: Harness, chat = 7) => fake.sent(chat).map(({ text }) => text)

test('a person writes, is answered under a button, and presses it', async () => {
  const visit = await start()
  say(visit, 'Gde je opština_1?')
  await until(() => said(visit).length === 1)
  visit.fake.push(press({ data: 'e:1' }))
  await until(() => said(visit).length === 2)
  expect(said(visit)).toEqual(['Gde je opština_1?', 'press'])
  expect(visit.fake.callsOf('answerCallbackQuery')).toHaveLength(1)
})

test('whoever is told to wait waits that long, and so do the others', async () => {
  const visit = await start()
  const { fake } = visit
  fake.script('sendMessage', { status: 429, description: 'Too Many Requests', retryAfter: 2 })
  say(visit, 'prvi')
  await until(() => fake.callsOf('sendMessage').length === 1)
  const asked = Date.now()
  say(visit, 'drugi', 8)
  await until(() => said(visit).length === 1 && said(visit, 8).length === 1, 10_000)
  expect(Date.now() - asked).toBeGreaterThan(1900)
  expect(fake.callsOf('sendMessage')).toHaveLength(3)
  expect([...said(visit), ...said(visit, 8)]).toEqual(['prvi', 'drugi'])
})

test('somebody who blocked the bot is left alone until they unblock it', async () => {
  const visit = await start()
  const { fake, database } = visit
  const reachable = async () => {
    const [row] = await database.sql<{ reachable: boolean }>`SELECT reachable FROM address`
    return row?.reachable
  }
  fake.block(7)
  say(visit, 'Dobar dan')
  await expect.poll(reachable, { timeout: 30_000 }).toBe(false)
  expect(await database.sql`SELECT status, reason FROM outbox`).toEqual([
    { status: 'failed', reason: 'unreachable' },
  ])
  fake.unblock(7)
  fake.push(membership('member'))
  await expect.poll(reachable, { timeout: 30_000 }).toBe(true)
})
