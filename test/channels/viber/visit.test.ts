// Viber from end to end: signed callbacks, the real database, answers by way of the outbox.
import { afterEach, expect, test } from 'vitest'
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
  const harness = await startHarness({ onReceive: batch => receive?.(batch) })
  ends.push(() => harness.end())
  const log = createLog('silent')
  const kernel = startKernel({ database, channels: [harness.channel], knowledge: echoKnowledge(), log })
  ends.push(() => kernel.stop())
  receive = kernel.receive
  return { ...harness, database }
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
  await until(async () => {
    const [address] = await database.sql<{ reachable: boolean }>`SELECT reachable FROM address`
    return address?.reachable === false
  })
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
