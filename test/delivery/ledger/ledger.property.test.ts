// The statements of the ledger move deliveries as its states say, in whatever order things happen: the
// database and the table of moves are driven side by side.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createReceipts, type DeliveryEvent, type DeliveryStatus, move } from '../../../src/delivery/index.ts'
import { claimDeliveries, giveBack } from '../../../src/delivery/ledger/store.ts'
import { settleAwaiting } from '../../../src/delivery/receipts.ts'
import { releaseAbandoned, settleAll } from '../../../src/delivery/store.ts'
import { countAsSent, sendAgain } from '../../../src/features/announcements/decisions.ts'
import type { AnnouncementDeps } from '../../../src/features/announcements/index.ts'
import { type Ledger, scriptedChannel, startLedger } from '../../support/ledger.ts'

const PEOPLE = 4
const channel = scriptedChannel('viber', { receipts: true })
const account = { id: '', email: 'author@grad.rs', role: 'editor', language: 'sr-Latn' } as const

let ledger: Ledger
let deps: AnnouncementDeps
beforeAll(async () => {
  // Held: nothing goes out but what the test itself does.
  ledger = await startLedger({ channels: [channel], settings: { paused: ['viber'] } })
  await ledger.stopKernels()
  for (let n = 0; n < PEOPLE; n++) await ledger.addPerson(`v${n}`, { channel: 'viber' })
  deps = { ...ledger.parts, plugs: {} }
})
afterAll(() => ledger.stop())

type Row = {
  id: string
  outbox: string | null
  status: DeliveryStatus
  reason: string | null
  address: string
}
const rowsOf = (announcementId: string) => ledger.sql<Row>`
  SELECT d.id::text, d.outbox_id::text AS outbox, d.status, d.reason, a.external_id AS address
  FROM delivery d JOIN address a ON a.person_id = d.person_id
  WHERE d.announcement_id = ${announcementId} ORDER BY a.external_id`

/** Nobody has an outbox row: what happens to messages can't happen to them. */
type Deed = {
  name: string
  event: DeliveryEvent
  needsMessage: boolean
  run(row: Row, id: string): Promise<unknown>
}

const settled = (row: Row, status: 'failed' | 'uncertain', reason: string) =>
  settleAll(ledger.sql, [{ id: row.outbox ?? '0', status, reason, detail: 'x' }])
const number = (row: Row) => `${row.outbox}-1`

const DEEDS: Deed[] = [
  {
    name: 'the channel takes it',
    event: 'take',
    needsMessage: true,
    run: row =>
      settleAwaiting(ledger.sql, [{ id: row.outbox ?? '0', status: 'sent', externalIds: [number(row)] }]),
  },
  {
    name: 'the channel refuses it',
    event: 'refuse',
    needsMessage: true,
    run: row => settled(row, 'failed', 'rejected'),
  },
  {
    name: 'its sender dies',
    event: 'lose',
    needsMessage: true,
    async run(row) {
      await ledger.sql`UPDATE outbox SET claimed_at = now() - interval '1 hour' WHERE id = ${row.outbox}`
      await releaseAbandoned(ledger.sql, 15_000)
    },
  },
  {
    name: 'it is given back',
    event: 'return',
    needsMessage: true,
    run: row => giveBack(ledger.sql, [{ id: row.outbox ?? '0', reason: 'throttled' }]),
  },
  {
    name: 'it did not arrive after all',
    event: 'undeliver',
    needsMessage: true,
    run: row =>
      createReceipts(ledger.sql)([
        { channel: 'viber', externalId: number(row), address: row.address, kind: 'failed', at: Date.now() },
      ]),
  },
  {
    name: 'staff count it as sent',
    event: 'confirm',
    needsMessage: false,
    run: (row, id) => countAsSent(deps, account, id, [row.id]),
  },
  {
    name: 'staff have it sent again',
    event: 'again',
    needsMessage: false,
    run: (row, id) =>
      row.status === 'failed' || row.status === 'skipped' || row.status === 'uncertain'
        ? sendAgain(deps, account, id, { status: row.status, ids: [row.id] })
        : Promise.resolve(),
  },
  {
    name: 'the person is not to have it',
    event: 'skip',
    needsMessage: false,
    async run(row, id) {
      await ledger.sql`UPDATE address SET reachable = false WHERE external_id = ${row.address}`
      await claim(id)
      await ledger.sql`UPDATE address SET reachable = true WHERE external_id = ${row.address}`
    },
  },
]

/** Everybody whose turn it is. */
const claim = (id: string) =>
  claimDeliveries(ledger.sql, { announcementId: id, channel: 'viber', people: PEOPLE, together: false })

const CLAIM = -1
const deed = fc.oneof(
  { weight: 1, arbitrary: fc.constant(CLAIM) },
  { weight: 3, arbitrary: fc.nat(DEEDS.length - 1) },
)
const steps = fc.array(fc.record({ who: fc.nat(PEOPLE - 1), deed }), {
  minLength: 15,
  maxLength: 40,
  size: 'max',
})

it('any order of events leaves every delivery where its states say', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async happenings => {
      const id = await plannedAnnouncement()
      const model: DeliveryStatus[] = Array(PEOPLE).fill('planned')
      for (const { who, deed } of happenings) {
        const before = await rowsOf(id)
        const event = DEEDS[deed]
        if (event) await happen(event, { row: before[who] as Row, who, id, model })
        else await claimAll(id, model)
        expect((await rowsOf(id)).map(({ status }) => status)).toEqual(model)
      }
    }),
    { numRuns: 60 },
  )
}, 120_000)

async function plannedAnnouncement(): Promise<string> {
  await ledger.sql`DELETE FROM announcement`
  await ledger.sql`DELETE FROM outbox`
  const id = await ledger.announce()
  const messages = { 'sr-latn': { blocks: [{ kind: 'text', text: 'Vest' }], buttons: [] } }
  await ledger.sql`
    UPDATE announcement SET rendered = ${JSON.stringify(messages)}::jsonb, planned_at = now() WHERE id = ${id}`
  await ledger.sql`
    INSERT INTO delivery (announcement_id, person_id, channel, status, at)
    SELECT ${id}, person_id, channel, 'planned', now() FROM address`
  return id
}

async function claimAll(id: string, model: DeliveryStatus[]): Promise<void> {
  await claim(id)
  for (const [who, status] of model.entries()) model[who] = move(status, 'claim') ?? status
}

/** Numbers of messages that the platform said did not arrive, maybe before it was known that it took them. */
const lost = new Set<string>()

type Case = { row: Row; who: number; id: string; model: DeliveryStatus[] }

async function happen({ event, needsMessage, run }: Deed, { row, who, id, model }: Case): Promise<void> {
  const status = model[who] as DeliveryStatus
  // Only of what was given up as a crash's leftover may its sender still tell.
  const toldLate = status === 'uncertain' && row.reason !== 'abandoned'
  await run(row, id)
  // What staff have decided about one in doubt stays.
  const follows = row.outbox !== null && !toldLate && row.reason !== 'confirmed'
  const canHappen = !needsMessage || follows
  if (event === 'undeliver') lost.add(number(row))
  // A receipt is about a message that the channel took; one that comes early counts when that is known.
  const heardOf = event !== 'undeliver' || status === 'sent'
  const known = event === 'take' && lost.has(number(row)) ? 'refuse' : event
  if (canHappen && heardOf) model[who] = move(status, known) ?? status
  // To skip one, everybody is claimed.
  if (event === 'skip')
    for (const [other, was] of model.entries()) if (other !== who) model[other] = move(was, 'claim') ?? was
}
