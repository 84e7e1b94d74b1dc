// Two chats that turn out to be one person's: an announcement reaches the person once.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { personalTables } from '../../../src/features/index.ts'
import { mergePeople } from '../../../src/people/index.ts'
import {
  type Ledger,
  type ScriptedChannel,
  scriptedChannel,
  startLedger,
  until,
} from '../../support/ledger.ts'

let ledger: Ledger
let channels: ScriptedChannel[]
let answer: () => void
beforeEach(async () => {
  const answered = new Promise<void>(resolve => (answer = resolve))
  channels = [
    scriptedChannel('telegram', {
      async answer() {
        await answered
        return { status: 'sent', externalIds: ['1'] }
      },
    }),
    scriptedChannel('viber'),
  ]
  ledger = await startLedger({ channels })
})
afterEach(() => ledger.stop())

it('is linked while one delivery is on its way and the other still waits', async () => {
  const older = await ledger.addPerson('a')
  const younger = await ledger.addPerson('b', { channel: 'viber' })
  ledger.settings.paused = ['viber']
  const id = await ledger.announce()
  await until(async () => (await ledger.deliveries(id)).some(({ status }) => status === 'sending'))
  await ledger.database.transaction(sql => mergePeople(sql, personalTables, [older, younger]))
  answer()
  ledger.settings.paused = []
  await until(async () => (await ledger.statusOf(id)) === 'done')
  expect(channels.map(({ sent }) => sent.length)).toEqual([1, 0])
  const rows = await ledger.deliveries(id)
  expect(rows.map(({ status, reason }) => [status, reason]).sort()).toEqual([
    ['sent', null],
    ['skipped', 'linked'],
  ])
})

it('was told in one chat before: the other chat’s turn is left out', async () => {
  const older = await ledger.addPerson('a')
  const younger = await ledger.addPerson('b', { channel: 'viber' })
  ledger.settings.paused = ['telegram']
  const id = await ledger.announce()
  await until(() => channels[1]?.sent.length === 1)
  await ledger.database.transaction(sql => mergePeople(sql, personalTables, [older, younger]))
  ledger.settings.paused = []
  answer()
  await until(async () => (await ledger.statusOf(id)) === 'done')
  expect(channels.map(({ sent }) => sent.length)).toEqual([0, 1])
})
