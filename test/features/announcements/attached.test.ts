// What announcements carry of workshops, polls and clips, as people get it and act on it.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Sendable } from '../../../src/channels/channel.ts'
import { type Staff, startStaff } from '../../support/announcement-staff.ts'
import { realKnowledge } from '../../support/bot.ts'
import {
  type Ledger,
  type ScriptedChannel,
  scriptedChannel,
  startLedger,
  until,
} from '../../support/ledger.ts'
import { choicesIn, closePoll, openPoll } from '../../support/polls.ts'
import { aWorkshop } from '../../support/workshops.ts'

let ledger: Ledger
let staff: Staff
let channel: ScriptedChannel
beforeAll(async () => {
  channel = scriptedChannel('telegram')
  ledger = await startLedger({ channels: [channel], knowledge: await realKnowledge() })
  staff = await startStaff(ledger.parts)
  await ledger.addPerson('a')
})
afterAll(async () => {
  await staff.stop()
  await ledger.stop()
})

/** Sends it to everybody; resolves to what the person got. */
async function announce(attached: object): Promise<Sendable> {
  const author = await staff.program()
  const before = channel.sent.length
  const { body } = await author.post('/announcements', {
    audience: { all: true },
    message: { sr: 'Grad vas poziva.' },
    ...attached,
  })
  expect((await author.post(`/announcements/${body.id}/start`, { override: true })).status).toBe(200)
  await until(() => channel.sent.length > before)
  const [sent] = channel.sent.slice(before)
  if (!sent) throw new Error('nothing was sent')
  return sent.message
}

const tokensOf = (message: Sendable) =>
  choicesIn([message]).flatMap(button => ('token' in button ? [button.token] : []))
const kindsOf = ({ blocks }: Sendable) => blocks.map(({ kind }) => kind)

it('a workshop comes with its card, its day in a calendar and the way to sign up', async () => {
  const id = await aWorkshop(ledger.database, { title: { sr: 'Budžet mog kraja' } })
  const message = await announce({ workshopId: String(id) })
  expect(JSON.stringify(message.blocks)).toContain('Budžet mog kraja')
  expect(kindsOf(message)).toEqual(expect.arrayContaining(['card', 'calendar']))
  expect(tokensOf(message)).toContain(`w:${id}`)
})

it('an open poll comes with its options', async () => {
  const id = await openPoll(ledger.database, [{ kind: 'single', labels: ['Park', 'Most'] }])
  const message = await announce({ pollId: String(id) })
  expect(tokensOf(message)).toEqual(expect.arrayContaining([`p:${id}:1`, `p:${id}:2`]))
})

it('a clip comes as a video with its question, to whoever reads Cyrillic in that edition', async () => {
  await ledger.addPerson('b', { script: 'cyrl' })
  const before = channel.sent.length
  const message = await announce({ clipId: 'who-is-who' })
  expect(kindsOf(message)).toContain('video')
  expect(tokensOf(message)).toContain('cq:who-is-who')
  await until(() => channel.sent.length === before + 2)
  const films = channel.sent.slice(before).map(({ address, message: { blocks } }) => {
    const film = blocks.find(block => block.kind === 'video')
    return `${address} ${film && 'url' in film ? /sr-(?:Latn|Cyrl)/.exec(film.url)?.[0] : 'none'}`
  })
  expect(films.sort()).toEqual(['a sr-Latn', 'b sr-Cyrl'])
})

it('a poll that is closed, a workshop that there is not: the draft says so', async () => {
  const author = await staff.program()
  const id = await openPoll(ledger.database, [{ kind: 'yesno' }])
  await closePoll(ledger.database, id)
  for (const attached of [{ pollId: String(id) }, { workshopId: '999' }, { clipId: 'nema' }]) {
    const answer = await author.post('/announcements', {
      audience: { all: true },
      message: { sr: 'Grad vas poziva.' },
      ...attached,
    })
    expect(answer.status, JSON.stringify(attached)).toBe(422)
  }
})
