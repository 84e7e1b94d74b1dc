// Viber from end to end: signed callbacks, the real database, answers by way of the outbox.
import { afterEach, expect, test } from 'vitest'
import { isSessionOpen } from '../../../src/channels/viber/index.ts'
import { createReceipts } from '../../../src/delivery/index.ts'
import { startKernel } from '../../../src/kernel.ts'
import { createLog } from '../../../src/platform/log.ts'
import { type TestDatabase, testDatabase } from '../../support/database.ts'
import { echoKnowledge } from '../../support/echo.ts'
import { sign } from './fake-viber.ts'
import { type Harness, startHarness, until } from './harness.ts'

let ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.reverse()) await end()
  ends = []
})

async function start(): Promise<Harness & { database: TestDatabase }> {
  const database = await testDatabase()
  ends.push(() => database.drop())
  let receive: ReturnType<typeof startKernel>['receive'] | undefined
  const harness = await startHarness({
    onReceive: batch => receive?.(batch),
    onReceipts: createReceipts(database.sql),
  })
  ends.push(() => harness.end())
  const log = createLog('silent')
  const kernel = startKernel({ database, channels: [harness.channel], knowledge: () => echoKnowledge(), log })
  ends.push(() => kernel.stop())
  receive = kernel.receive
  return { ...harness, database }
}

type Row = { status: string; reason: string | null; detail: string | null }
const outbox = ({ database }: { database: TestDatabase }) => database.sql<Row>`
  SELECT status, reason, detail FROM outbox ORDER BY id`
const settled = async (visit: { database: TestDatabase }, count: number) => {
  await until(async () => {
    const rows = await visit.database.sql`SELECT 1 FROM outbox WHERE settled_at IS NOT NULL`
    return rows.length === count
  })
  return outbox(visit)
}
const address = async ({ database }: { database: TestDatabase }) => {
  const [row] = await database.sql<{ reachable: boolean; lastInboundAt: Date }>`
    SELECT reachable, last_inbound_at AS "lastInboundAt" FROM address`
  return row
}

const said = ({ fake }: Harness, user: string) => fake.sent(user).map(({ text }) => text)

test('a person opens the chat, writes, presses a key and leaves', async () => {
  const visit = await start()
  const { fake, database } = visit
  fake.addUser('vera', { subscribed: false })
  await fake.open('vera')
  expect(said(visit, 'vera')).toEqual(['dobrodošlica sr bez povoda'])
  expect(await database.sql`SELECT 1 FROM person`).toEqual([])

  await fake.say('vera', 'Gde je opština?')
  await until(() => fake.sent('vera').length === 2)
  await fake.press('vera', 'First')
  await until(() => fake.sent('vera').length === 3)
  expect(said(visit, 'vera').slice(1)).toEqual(['Gde je opština?', 'press'])

  await fake.unsubscribe('vera')
  await until(async () => (await address(visit))?.reachable === false)
})

test('a callback delivered three times is answered once', async () => {
  const visit = await start()
  const { fake, database } = visit
  fake.addUser('vera')
  const sender = { id: 'vera', language: 'sr', api_version: 10 }
  const fields = JSON.stringify({ sender, message: { type: 'text', text: 'jednom' } }).slice(1)
  const body = `{"event":"message","timestamp":1,"message_token":5741311803571721087,${fields}`
  // Its neighbour is the same number once both are rounded.
  const neighbour = body.replace('721087', '721086').replace('jednom', 'drugi')
  for (const callback of [body, body, neighbour, body]) {
    expect(await fake.post(callback, sign(fake.token, callback))).toMatchObject({ status: 200 })
  }
  await until(() => fake.sent('vera').length === 2)
  expect(said(visit, 'vera')).toEqual(['jednom', 'drugi'])
  const rows = await database.sql<{ id: string }>`SELECT external_id AS id FROM inbox ORDER BY id`
  expect(rows).toEqual([{ id: 'message 5741311803571721086' }, { id: 'message 5741311803571721087' }])
})

test('messages of many people are answered, each their own, in order', async () => {
  const visit = await start()
  const { fake } = visit
  const users = Array.from({ length: 40 }, (_, index) => `u${index}`)
  for (const user of users) fake.addUser(user)
  const talk = async (user: string) => {
    for (let index = 0; index < 5; index++) await fake.say(user, `${user} ${index}`)
  }
  await Promise.all(users.map(talk))
  await until(() => users.every(user => fake.sent(user).length === 5), 20_000)
  for (const user of users)
    expect(said(visit, user)).toEqual([0, 1, 2, 3, 4].map(index => `${user} ${index}`))
})

test('what Viber tells later is found at the message it is about, to the last digit', async () => {
  const visit = await start()
  const { fake, database } = visit
  fake.addUser('vera')
  const sender = { id: 'vera', language: 'sr', api_version: 10 }
  const fields = JSON.stringify({ sender, message: { type: 'text', text: 'Dobar dan' } }).slice(1)
  await fake.post(`{"event":"message","timestamp":1,"message_token":1,${fields}`)
  expect(await settled(visit, 1)).toMatchObject([{ status: 'sent' }])

  const [token, neighbour] = ['5741311803571721087', '5741311803571721086']
  for (const told of [token, neighbour]) {
    expect(await fake.receipt('delivered', 'vera', told)).toMatchObject({ status: 200, body: '' })
    await fake.receipt('delivered', 'vera', told)
  }
  await fake.receipt('seen', 'vera', token)
  const rows = await database.sql`
    SELECT external_id AS id, outbox_id IS NOT NULL AS known, delivered_at IS NOT NULL AS delivered,
      seen_at IS NOT NULL AS seen FROM receipt ORDER BY external_id`
  expect(rows).toEqual([
    { id: neighbour, known: false, delivered: true, seen: false },
    { id: token, known: true, delivered: true, seen: true },
  ])

  await fake.receipt('failed', 'vera', token, 'message validation failed')
  expect(await outbox(visit)).toEqual([
    { status: 'failed', reason: 'undelivered', detail: 'message validation failed' },
  ])
})

test('a failure that is told before the message counts as sent is not lost', async () => {
  const visit = await start()
  const { fake } = visit
  fake.addUser('vera')
  fake.script('send_message', 'failed-first')
  await fake.say('vera', 'Dobar dan')
  expect(await settled(visit, 1)).toEqual([{ status: 'failed', reason: 'undelivered', detail: 'too fast' }])
})

test('somebody who is not subscribed any more is left alone until they write', async () => {
  const visit = await start()
  const { fake } = visit
  fake.addUser('vera')
  fake.script('send_message', { status: 6, message: 'notSubscribed' })
  await fake.say('vera', 'Dobar dan')
  expect(await settled(visit, 1)).toEqual([
    { status: 'failed', reason: 'unreachable', detail: '6 notSubscribed' },
  ])
  expect(await address(visit)).toMatchObject({ reachable: false })
  await fake.say('vera', 'Opet ja')
  await settled(visit, 2)
  expect(await address(visit)).toMatchObject({ reachable: true })
})

test('a message that Viber has no time for waits its turn', async () => {
  const visit = await start()
  const { fake } = visit
  fake.addUser('vera')
  fake.script('send_message', { status: 12 })
  await fake.say('vera', 'Dobar dan')
  await until(async () => (await outbox(visit))[0]?.status === 'queued')
  const [row] = await visit.database.sql<{ attempts: number; seconds: number }>`
    SELECT attempts, extract(epoch FROM not_before - now())::int AS seconds FROM outbox`
  expect(row?.attempts).toBe(0)
  expect(row?.seconds).toBeGreaterThan(5)
})

test('every message of a person opens another day of free ones, and what the others cost is kept', async () => {
  const visit = await start()
  const { fake, database } = visit
  const isOpen = async () => isSessionOpen((await address(visit))?.lastInboundAt.getTime(), Date.now())
  fake.addUser('vera')
  await fake.say('vera', 'Dobar dan')
  await settled(visit, 1)
  expect(await isOpen()).toBe(true)
  await database.sql`UPDATE address SET last_inbound_at = now() - interval '24 hours 1 second'`
  expect(await isOpen()).toBe(false)
  fake.bill(5)
  await fake.press('vera', 'First')
  await settled(visit, 2)
  expect(await isOpen()).toBe(true)
  const bills = await database.sql`SELECT billing FROM receipt ORDER BY outbox_id`
  expect(bills).toEqual([{ billing: 1 }, { billing: 5 }])
})
