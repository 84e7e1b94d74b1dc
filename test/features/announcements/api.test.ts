// Announcements at the interface for programs, sent by a running bot.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SendResult } from '../../../src/channels/channel.ts'
import { type Staff, startStaff } from '../../support/announcement-staff.ts'
import {
  type Ledger,
  type ScriptedChannel,
  scriptedChannel,
  startLedger,
  until,
} from '../../support/ledger.ts'

let ledger: Ledger
let staff: Staff
let channel: ScriptedChannel
let answers: Record<string, SendResult>
beforeEach(async () => {
  answers = {}
  channel = scriptedChannel('telegram', { answer: address => answers[address] })
  const viber = scriptedChannel('viber', { sessionMs: 24 * 3_600_000 })
  ledger = await startLedger({ channels: [channel, viber] })
  staff = await startStaff(ledger.parts)
})
afterEach(async () => {
  await staff.stop()
  await ledger.stop()
})

type Program = Awaited<ReturnType<Staff['program']>>
const DRAFT = { audience: { all: true }, message: { sr: 'Radionica je u subotu' } }
const draft = async (program: Program, more: object = {}) => {
  const { body } = await program.post('/announcements', { ...DRAFT, ...more })
  return String(body.id)
}
const statusOf = async (program: Program, id: string) =>
  (await program.get(`/announcements/${id}`)).body.status
const done = (program: Program, id: string) => until(async () => (await statusOf(program, id)) === 'done')
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
/** A moment of tomorrow in the city. */
const tomorrowAt = (time: string) => {
  const day = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
  return `${day}T${time}:00Z`
}

describe('a draft', () => {
  it('says to how many people it goes, and is sent to nobody', async () => {
    await ledger.addPerson('a')
    await ledger.addPerson('b', { channel: 'viber', wroteHoursAgo: 1 })
    await ledger.addPerson('c', { reachable: false })
    const author = await staff.program()
    const { status, body } = await author.post('/announcements', DRAFT)
    expect(status).toBe(201)
    expect(body).toMatchObject({
      status: 'draft',
      recipients: 3,
      byChannel: { telegram: 1, viber: 1 },
      unreachable: 1,
      warnings: [],
    })
    expect(await author.get(`/announcements/${body.id}`)).toMatchObject({
      status: 200,
      body: { id: body.id, status: 'draft', total: 0, planned: 0, sent: 0, message: DRAFT.message },
    })
    expect(channel.tried).toEqual([])
  })

  it('is kept in Latin script', async () => {
    const author = await staff.program()
    const id = await draft(author, { message: { sr: 'Радионица' } })
    expect((await author.get(`/announcements/${id}`)).body.message).toEqual({ sr: 'Radionica' })
  })

  it.each<[string, object]>([
    ['no text', { message: {} }],
    ['an empty text', { message: { sr: ' ' } }],
    ['a text that is too long', { message: { sr: 'a'.repeat(4001) } }],
    ['no audience', { audience: undefined }],
    ['a strange audience', { audience: { cities: ['x'] } }],
    ['a strange channel', { audience: { channels: ['sms'] } }],
    ['a moment that is none', { sendAt: 'sutra' }],
    ['a strange field', { subject: 'x' }],
    ['an unknown topic', { audience: { topics: ['x'] } }],
    ['an unknown workshop', { audience: { workshop: { id: 'w', is: 'attended' } } }],
    ['an unknown poll', { pollId: 'x' }],
    ['an unknown workshop to carry', { workshopId: 'x' }],
    ['an unknown clip', { clipId: 'x' }],
    ['an unknown file', { mediaId: 'x' }],
  ])('with %s is refused', async (_name, more) => {
    const author = await staff.program()
    const { status, body } = await author.post('/announcements', { ...DRAFT, ...more })
    expect(status).toBe(422)
    expect(body.detail).toEqual(expect.any(String))
  })

  it('may be changed until it starts', async () => {
    await ledger.addPerson('a')
    const author = await staff.program()
    const id = await draft(author)
    const changed = await author.patch(`/announcements/${id}`, { message: { sr: 'Drugačije' } })
    expect(changed).toMatchObject({ status: 200, body: { recipients: 1 } })
    await author.post(`/announcements/${id}/start`)
    const late = await author.patch(`/announcements/${id}`, { message: { sr: 'Prekasno' } })
    expect(late).toMatchObject({ status: 409, body: { code: 'state' } })
    await done(author, id)
    expect(channel.sent.map(({ message }) => message.blocks[0]?.text)).toEqual(['Drugačije'])
  })

  it('warns of the same text within two days, in whatever spelling', async () => {
    const author = await staff.program()
    const first = await draft(author)
    expect((await author.post('/announcements', DRAFT)).body.warnings).toEqual([])
    await author.post(`/announcements/${first}/start`)
    const again = await author.post('/announcements', { ...DRAFT, message: { sr: 'Радионица је у суботу!' } })
    expect(again.body.warnings).toEqual([
      { code: 'same-text', announcement: first, at: expect.stringMatching(/^\d{4}-/) },
    ])
    const started = await author.post(`/announcements/${again.body.id}/start`)
    expect(started.body.warnings).toHaveLength(1)
    await ledger.sql`UPDATE announcement SET started_at = now() - interval '49 hours'`
    expect((await author.post('/announcements', DRAFT)).body.warnings).toEqual([])
  })
})

describe('starting', () => {
  it('sends it, once, however often it is asked for', async () => {
    for (const address of ['a', 'b', 'c']) await ledger.addPerson(address)
    const author = await staff.program()
    const id = await draft(author)
    const starts = await Promise.all(
      Array.from({ length: 5 }, () => author.post(`/announcements/${id}/start`)),
    )
    expect(starts.map(({ status }) => status)).toEqual(Array(5).fill(200))
    await done(author, id)
    expect(channel.sent).toHaveLength(3)
    expect((await author.get(`/announcements/${id}`)).body).toMatchObject({ total: 3, sent: 3, planned: 0 })
    const { body } = await author.get(`/announcements/${id}/deliveries?status=sent`)
    const items = body.items as {
      person: string
      channel: string
      address: string
      status: string
      at: string
    }[]
    expect(items.map(({ address }) => address).sort()).toEqual(['a', 'b', 'c'])
    expect(items[0]).toMatchObject({ channel: 'telegram', status: 'sent', person: expect.any(String) })
    expect(await author.post(`/announcements/${id}/start`)).toMatchObject({
      status: 409,
      body: { code: 'state' },
    })
  })

  it('above the limit needs another account, once there are two; what was asked for starts then', async () => {
    ledger.settings.approvalAbove = 2
    for (const address of ['a', 'b', 'c']) await ledger.addPerson(address)
    const author = await staff.program()
    const alone = await draft(author)
    expect(await author.post(`/announcements/${alone}/start`)).toMatchObject({ status: 200 })
    const second = await staff.program('events')
    const id = await draft(author)
    expect(await author.post(`/announcements/${id}/start`)).toMatchObject({
      status: 409,
      body: { code: 'approval-required', recipients: 3 },
    })
    expect(await author.post(`/announcements/${id}/approve`)).toMatchObject({
      status: 409,
      body: { code: 'own-announcement' },
    })
    expect(await second.post(`/announcements/${id}/approve`)).toMatchObject({ status: 200 })
    expect(await author.post(`/announcements/${id}/start`)).toMatchObject({ status: 200 })
    await done(author, id)
  })

  it('waits for being asked after an approval; a change takes the approval back', async () => {
    ledger.settings.approvalAbove = 0
    await ledger.addPerson('a')
    const [author, second] = [await staff.program(), await staff.program()]
    const id = await draft(author)
    expect(await second.post(`/announcements/${id}/approve`)).toMatchObject({ body: { status: 'draft' } })
    await author.patch(`/announcements/${id}`, { message: { sr: 'Nešto drugo' } })
    expect(await author.post(`/announcements/${id}/start`)).toMatchObject({
      body: { code: 'approval-required' },
    })
  })

  it('in quiet hours is for what is scheduled only, and can be insisted on', async () => {
    const author = await staff.program()
    ledger.settings.quietHours = { from: '00:00', to: '23:59' }
    const sendAt = tomorrowAt('12:00')
    const id = await draft(author, { sendAt })
    const refused = await author.post(`/announcements/${id}/start`)
    expect(refused).toMatchObject({ status: 409, body: { code: 'quiet-hours' } })
    expect(Date.parse(String(refused.body.allowedFrom))).toBeGreaterThan(Date.parse(sendAt))
    expect(await author.post(`/announcements/${id}/start`, { override: true })).toMatchObject({
      body: { status: 'scheduled' },
    })
    await ledger.addPerson('a')
    const now = await draft(author, { message: { sr: 'Odmah' } })
    expect(await author.post(`/announcements/${now}/start`)).toMatchObject({ body: { status: 'sending' } })
    await done(author, now)
  })

  it('on a silent day is refused', async () => {
    ledger.settings.silence = [{ from: '2000-01-01', to: '2099-12-31', reason: 'izbori' }]
    const author = await staff.program()
    const id = await draft(author)
    expect(await author.post(`/announcements/${id}/start`)).toMatchObject({ body: { code: 'silence' } })
  })

  it('at a later moment waits for it', async () => {
    await ledger.addPerson('a')
    ledger.settings.quietHours = { from: '03:00', to: '03:01' }
    const author = await staff.program()
    const id = await draft(author, { sendAt: inHours(5) })
    expect(await author.post(`/announcements/${id}/start`)).toMatchObject({ body: { status: 'scheduled' } })
    expect(await statusOf(author, id)).toBe('scheduled')
    await ledger.sql`UPDATE announcement SET send_at = now() WHERE id = ${id}`
    await done(author, id)
    expect(channel.sent).toHaveLength(1)
  })

  it('rests in quiet hours if it was scheduled, and goes on when they end', async () => {
    await ledger.addPerson('a')
    ledger.settings.quietHours = { from: '03:00', to: '03:01' }
    const author = await staff.program()
    const id = await draft(author, { sendAt: inHours(5) })
    await author.post(`/announcements/${id}/start`)
    ledger.settings.quietHours = { from: '00:00', to: '23:59' }
    await ledger.sql`UPDATE announcement SET send_at = now() WHERE id = ${id}`
    await until(async () => (await author.get(`/announcements/${id}`)).body.planned === 1)
    expect(channel.tried).toEqual([])
    ledger.settings.quietHours = { from: '03:00', to: '03:01' }
    await done(author, id)
  })

  it('of something whose attachment has gone is refused', async () => {
    const author = await staff.program()
    const kept = await ledger.parts.media.keep({
      ...{ name: 'program.pdf', mime: 'application/pdf', now: new Date() },
      bytes: Buffer.from('%PDF-1.7 program'),
    })
    const id = await draft(author, { mediaId: kept.status === 'kept' ? kept.info.id : '' })
    await ledger.sql`DELETE FROM media`
    expect(await author.post(`/announcements/${id}/start`)).toMatchObject({
      status: 409,
      body: { code: 'gone' },
    })
  })
})

describe('switching', () => {
  const many = async (count: number) => {
    for (let n = 0; n < count; n++) await ledger.addPerson(`p${n}`)
  }

  it('pauses and goes on, each as often as one likes', async () => {
    ledger.settings.paused = ['telegram']
    await many(3)
    const author = await staff.program()
    const id = await draft(author)
    await author.post(`/announcements/${id}/start`)
    for (let turn = 0; turn < 2; turn++)
      expect(await author.post(`/announcements/${id}/pause`)).toMatchObject({ body: { status: 'paused' } })
    ledger.settings.paused = []
    await until(() => true)
    for (let turn = 0; turn < 2; turn++)
      expect(await author.post(`/announcements/${id}/resume`)).toMatchObject({ body: { status: 'sending' } })
    await done(author, id)
    expect(await author.post(`/announcements/${id}/pause`)).toMatchObject({ status: 409 })
  })

  it('cancelled, nobody who was planned gets it, and everybody is accounted for', async () => {
    ledger.settings.paused = ['telegram']
    await many(3)
    const author = await staff.program()
    const id = await draft(author)
    await author.post(`/announcements/${id}/start`)
    await until(async () => (await author.get(`/announcements/${id}`)).body.planned === 3)
    expect(await author.post(`/announcements/${id}/cancel`)).toMatchObject({ body: { status: 'cancelled' } })
    ledger.settings.paused = []
    expect((await author.get(`/announcements/${id}`)).body).toMatchObject({
      total: 3,
      skipped: 3,
      planned: 0,
    })
    expect(await author.post(`/announcements/${id}/resume`)).toMatchObject({ status: 409 })
    expect(channel.tried).toEqual([])
  })

  it('a scheduled one may be paused, resumed and cancelled', async () => {
    ledger.settings.quietHours = { from: '03:00', to: '03:01' }
    const author = await staff.program()
    const id = await draft(author, { sendAt: inHours(5) })
    await author.post(`/announcements/${id}/start`)
    expect((await author.post(`/announcements/${id}/pause`)).body.status).toBe('paused')
    expect((await author.post(`/announcements/${id}/resume`)).body.status).toBe('scheduled')
    expect((await author.post(`/announcements/${id}/cancel`)).body.status).toBe('cancelled')
  })
})

describe('afterwards', () => {
  const refused: SendResult = { status: 'failed', reason: 'rejected', detail: '400' }
  const lost: SendResult = { status: 'uncertain', detail: 'reset' }

  it('what failed is sent again, where the person can be reached now', async () => {
    answers.a = { status: 'failed', reason: 'unreachable', detail: '403' }
    const person = await ledger.addPerson('a')
    await ledger.addPerson('b')
    const author = await staff.program()
    const id = await draft(author)
    await author.post(`/announcements/${id}/start`)
    await done(author, id)
    await ledger.addPerson('a-viber', { channel: 'viber', personId: person, wroteHoursAgo: 1 })
    const again = await author.post(`/announcements/${id}/retry`, { status: 'failed' })
    expect(again.body).toEqual({ id, count: 1 })
    await done(author, id)
    expect((await author.get(`/announcements/${id}`)).body).toMatchObject({ total: 2, sent: 2, failed: 0 })
    expect(channel.sent.map(({ address }) => address)).toEqual(['b'])
  })

  it('what is uncertain is counted as sent or sent again, as staff decide, and not by itself', async () => {
    Object.assign(answers, { a: lost, b: lost, c: refused })
    for (const address of ['a', 'b', 'c']) await ledger.addPerson(address)
    const author = await staff.program()
    const id = await draft(author)
    await author.post(`/announcements/${id}/start`)
    await done(author, id)
    const { body } = await author.get(`/announcements/${id}/deliveries?status=uncertain`)
    const items = body.items as { id: string; address: string }[]
    const [first, second] = items.toSorted((one, other) => one.address.localeCompare(other.address))
    expect(await author.post(`/announcements/${id}/confirm`, { deliveries: [first?.id] })).toMatchObject({
      body: { count: 1 },
    })
    delete answers.b
    await author.post(`/announcements/${id}/retry`, { status: 'uncertain', deliveries: [second?.id] })
    await done(author, id)
    expect(channel.sent.map(({ address }) => address)).toEqual(['b'])
    expect((await author.get(`/announcements/${id}`)).body).toMatchObject({
      sent: 2,
      failed: 1,
      uncertain: 0,
    })
  })

  it('a correction goes to those who got it, or may have', async () => {
    Object.assign(answers, { a: lost, c: refused })
    for (const address of ['a', 'b', 'c']) await ledger.addPerson(address)
    const author = await staff.program()
    const id = await draft(author)
    await author.post(`/announcements/${id}/start`)
    await done(author, id)
    const { body } = await author.post('/announcements', {
      audience: { got: id },
      message: { sr: 'Ispravka' },
    })
    expect(body.recipients).toBe(2)
  })

  it('deliveries are read page by page', async () => {
    await ledger.sql`
      WITH newcomer AS (INSERT INTO person (created_at) SELECT now() FROM generate_series(1, 250) RETURNING id)
      INSERT INTO consent (person_id, purpose, version, given_at) SELECT id, 'announcements', '1', now() FROM newcomer`
    await ledger.sql`
      INSERT INTO address (person_id, channel, external_id, language, script, state, last_inbound_at)
      SELECT id, 'telegram', id::text, 'sr', 'latn', '{}', now() FROM person`
    const author = await staff.program()
    const id = await draft(author)
    await author.post(`/announcements/${id}/start`)
    await done(author, id)
    const first = await author.get(`/announcements/${id}/deliveries`)
    const second = await author.get(`/announcements/${id}/deliveries?cursor=${first.body.next}`)
    const people = [first, second].flatMap(({ body }) => body.items as { person: string }[])
    expect(new Set(people.map(({ person }) => person)).size).toBe(250)
    expect(second.body.next).toBeUndefined()
  })
})

describe('who may', () => {
  it.each(['inbox', 'monitor'] as const)('write and send: not %s', async role => {
    const program = await staff.program(role)
    expect((await program.post('/announcements', DRAFT)).status).toBe(403)
    const id = await draft(await staff.program())
    for (const verb of ['start', 'approve', 'pause', 'resume', 'cancel', 'retry', 'confirm'])
      expect((await program.post(`/announcements/${id}/${verb}`, {})).status).toBe(403)
    expect((await program.get(`/announcements/${id}/deliveries`)).status).toBe(403)
  })

  it('read how it stands: the monitor too', async () => {
    const id = await draft(await staff.program())
    const monitor = await staff.program('monitor')
    expect((await monitor.get(`/announcements/${id}`)).status).toBe(200)
    expect((await monitor.get('/announcements')).body.items).toHaveLength(1)
  })

  it('nobody finds what there is not', async () => {
    const author = await staff.program('admin')
    for (const id of ['x', '00000000-0000-4000-8000-000000000000']) {
      expect((await author.get(`/announcements/${id}`)).status).toBe(404)
      expect((await author.post(`/announcements/${id}/start`)).status).toBe(404)
      expect((await author.post(`/announcements/${id}/pause`)).status).toBe(404)
    }
  })

  it('everything is in the audit log, without a text of anybody', async () => {
    await ledger.addPerson('a')
    const author = await staff.program()
    const id = await draft(author)
    await author.post(`/announcements/${id}/start`)
    await done(author, id)
    const rows = await ledger.sql<{ action: string; target: string; actor: string }>`
      SELECT action, target, actor FROM audit ORDER BY id`
    const target = `announcement ${id}`
    expect(rows).toEqual([
      { action: 'announcement.create', target, actor: author.email },
      { action: 'announcement.start', target, actor: author.email },
    ])
  })
})
