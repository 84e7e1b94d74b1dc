// Announcements in the console, by injected requests, sent by a running bot.
import sharp from 'sharp'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SendResult } from '../../../src/channels/channel.ts'
import type { Knowledge } from '../../../src/core/step.ts'
import { announcementPages, draftAnnouncement } from '../../../src/features/announcements/index.ts'
import { codeHash } from '../../../src/features/linking/code.ts'
import { type Staff, startStaff } from '../../support/announcement-staff.ts'
import { realKnowledge } from '../../support/bot.ts'
import {
  type Ledger,
  type ScriptedChannel,
  scriptedChannel,
  startLedger,
  until,
} from '../../support/ledger.ts'

let knowledge: Knowledge
let ledger: Ledger
let staff: Staff
let channel: ScriptedChannel
let answers: Record<string, SendResult>
beforeAll(async () => {
  knowledge = await realKnowledge()
})
beforeEach(async () => {
  answers = {}
  channel = scriptedChannel('telegram', { answer: address => answers[address] })
  ledger = await startLedger({ channels: [channel], knowledge })
  staff = await startStaff(ledger.parts)
})
afterEach(async () => {
  await staff.stop()
  await ledger.stop()
})

type Editor = Awaited<ReturnType<Staff['browser']>>
const LIST = '/console/announcements'
const TEXT = 'Radionica o budžetu je u subotu'

/** Saves a draft; resolves to its address. */
async function draft(editor: Editor, fields: Record<string, string | string[]> = {}): Promise<string> {
  const { headers, body } = await editor.post(LIST, { sr: TEXT, ...fields })
  expect(body).toBe('')
  return String(headers.location).split('?')[0] ?? ''
}
const statusOf = (address: string) => ledger.statusOf(address.split('/').at(-1) ?? '')
const done = (address: string) => until(async () => (await statusOf(address)) === 'done')

describe('a draft', () => {
  it('says how many get it and what it looks like in every script', async () => {
    await ledger.addPerson('a')
    await ledger.addPerson('b', { reachable: false })
    const editor = await staff.browser()
    const address = await draft(editor, { look: 'sr-cyrl', bs: 'Radionica je u subotu' })
    const { statusCode, body } = await editor.get(`${address}?look=sr-cyrl`)
    expect(statusCode).toBe(200)
    expect(body).toContain('Dobija ga ljudi: 2')
    expect(body).toContain('nedostižno: 1')
    expect(body.match(/Радионица о буџету је у суботу/g)).toHaveLength(4)
    expect((await editor.get(LIST)).body).toContain(TEXT)
    expect(channel.tried).toEqual([])
  })

  it('is shown as it is typed, with what to look at once more', async () => {
    const editor = await staff.browser()
    const typed = { sr: 'Radionica je [dan]', topics: ['workshops'], look: 'sr-latn' }
    const { body } = await editor.post(`${LIST}/preview`, typed)
    expect(body).toContain('Izgleda kao da nešto nije popunjeno (srpski)')
    expect(body).toContain('ne bi dobio niko')
    expect(body).toMatch(/value="workshops" checked/)
  })

  it('keeps the choice of people and the moment through every change', async () => {
    const editor = await staff.browser()
    const fields = {
      topics: ['workshops', 'polls'],
      languages: ['bs'],
      channels: ['telegram', 'viber'],
      sendAt: '2030-05-01T10:30',
    }
    const address = await draft(editor, fields)
    const { body } = await editor.get(address)
    for (const value of ['workshops', 'polls', 'bs', 'telegram', 'viber'])
      expect(body).toMatch(new RegExp(`value="${value}" checked`))
    expect(body).toContain('value="2030-05-01T10:30"')
    const [row] = await ledger.sql<{ sent: Date }>`SELECT send_at AS sent FROM announcement`
    expect(row?.sent.toISOString()).toBe('2030-05-01T08:30:00.000Z')
  })

  it.each([
    ['Napišite tekst na srpskom', { sr: ' ' }],
    ['predugačak', { en: 'a'.repeat(4001) }],
    ['koji postoje', { sendAt: 'sutra' }],
    ['već prošli', { sendAt: '2020-05-01T10:30' }],
    ['više ne postoji', { topics: ['golf'] }],
    ['više ne postoji', { workshopId: 'nema' }],
  ])('with something wrong is not saved and not lost: %s', async (said, fields) => {
    const editor = await staff.browser()
    const { statusCode, body } = await editor.post(LIST, { sr: TEXT, bs: 'Tekst koji ostaje', ...fields })
    expect(statusCode).toBe(422)
    expect(body).toContain(said)
    expect(body).toContain('Tekst koji ostaje')
    expect(await ledger.sql`SELECT 1 FROM announcement`).toEqual([])
  })

  it('takes a picture of any phone, which goes with the text as one message', async () => {
    await ledger.addPerson('a')
    const editor = await staff.browser()
    const address = await draft(editor)
    const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#083' } })
      .png()
      .toBuffer()
    expect((await editor.upload(`${address}/picture`, 'picture', bytes)).statusCode).toBe(303)
    expect((await editor.get(address)).body).toContain('Uz tekst ide slika')
    // The form keeps it.
    const mediaId = /name="mediaId" value="([^"]+)"/.exec((await editor.get(address)).body)?.[1] ?? ''
    await editor.post(address, { sr: TEXT, mediaId })
    await editor.post(`${address}/start`)
    await done(address)
    expect(channel.sent[0]?.message.blocks).toMatchObject([{ kind: 'image', text: TEXT, mediaId }])
  })

  it('takes no file that is no picture', async () => {
    const editor = await staff.browser()
    const address = await draft(editor)
    const answer = await editor.upload(`${address}/picture`, 'picture', Buffer.from('MZ program'))
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('Izaberite sliku')
  })

  it('of another feature is a draft like any other', async () => {
    const editor = await staff.browser()
    const account = { id: editor.id, email: editor.email, role: 'editor', language: 'sr-Latn' } as const
    const address = await draftAnnouncement(ledger.parts, account, { message: { sr: TEXT }, attached: {} })
    expect((await editor.get(address)).body).toContain(TEXT)
  })

  it('may carry and choose by what other features offer', async () => {
    const workshop = { id: 'w1', title: { sr: 'Radionica u Paricama' } }
    const plugs = { workshops: async () => [workshop] }
    const other = await startStaff(ledger.parts, announcementPages({ ...ledger.parts, plugs }))
    const { body } = await (await other.browser()).get(`${LIST}/new?workshop=w1`)
    expect(body).toContain('<option value="w1" selected>Radionica u Paricama</option>')
    expect(body).toContain('<option value="w1 attended" >Radionica u Paricama: bili su</option>')
    await other.stop()
  })
})

describe('a test', () => {
  /** Somebody asks in their own chat for a code. */
  async function makeCode(): Promise<void> {
    const personId = await ledger.addPerson('own', { script: 'cyrl', subscribed: false })
    await ledger.sql`
      INSERT INTO link_code (address_id, salt, hash, created_at, expires_at)
      SELECT id, 's', ${codeHash('s', 'ADEF2346')}, now(), now() + interval '5 minutes' FROM address
      WHERE person_id = ${personId}`
  }

  it('goes to the chat in which the code was made, and to nobody else', async () => {
    await ledger.addPerson('a')
    const editor = await staff.browser()
    await makeCode()
    const address = await draft(editor)
    expect((await editor.post(`${address}/test`)).body).toContain('prvo povežite svoj razgovor')
    expect((await editor.post(`${address}/chat`, { code: 'AAAA-AAAA' })).statusCode).toBe(422)
    expect((await editor.post(`${address}/chat`, { code: 'adef-2346' })).statusCode).toBe(303)
    expect((await editor.post(`${address}/chat`, { code: 'adef-2346' })).statusCode, 'once').toBe(422)
    await editor.post(`${address}/test`, { which: 'all' })
    await until(() => channel.sent.length === 4)
    expect(new Set(channel.sent.map(({ address }) => address))).toEqual(new Set(['own']))
    expect(channel.sent.map(({ message }) => message.blocks[0]?.text)).toContain(
      'Радионица о буџету је у суботу',
    )
    await editor.post(`${address}/chat/forget`)
    expect((await editor.post(`${address}/test`)).statusCode).toBe(422)
    expect(await ledger.sql`SELECT 1 FROM delivery`).toEqual([])
  })
})

describe('sending', () => {
  it('is followed on the announcement’s page, person by person and as a table', async () => {
    answers.b = { status: 'failed', reason: 'rejected', detail: 'no' }
    await ledger.addPerson('a')
    await ledger.addPerson('b')
    const editor = await staff.browser()
    const address = await draft(editor)
    expect((await editor.post(`${address}/start`)).headers.location).toContain('done.started')
    await done(address)
    const { body } = await editor.get(address)
    expect(body).toContain('Obrađeno 2 od 2')
    expect(body).toContain('kanal je odbio poruku')
    const failed = await editor.get(`${address}/deliveries?status=failed`)
    expect(failed.body.match(/name="delivery"/g)).toHaveLength(1)
    const file = await editor.get(`${address}/deliveries.csv`)
    expect(file.headers['content-type']).toContain('text/csv')
    expect(file.body.split('\r\n').filter(Boolean)).toHaveLength(3)
    expect(file.body).not.toContain(TEXT)
  })

  it('stops, goes on and ends as staff say', async () => {
    await ledger.addPerson('a')
    const editor = await staff.browser()
    const address = await draft(editor, { sendAt: '2030-05-01T10:30' })
    expect((await editor.post(`${address}/start`)).headers.location).toContain('done.scheduled')
    expect((await editor.get(address)).body).toContain('Zakazano')
    await editor.post(`${address}/pause`)
    expect(await statusOf(address)).toBe('paused')
    await editor.post(`${address}/resume`)
    expect(await statusOf(address)).toBe('scheduled')
    await editor.post(`${address}/cancel`)
    expect(await statusOf(address)).toBe('cancelled')
    const { statusCode, body } = await editor.post(`${address}/pause`)
    expect(statusCode).toBe(409)
    expect(body).toContain('„Otkazano“')
    expect(channel.tried).toEqual([])
  })

  it('in quiet hours says from when on it may, and goes when staff insist', async () => {
    await ledger.addPerson('a')
    const editor = await staff.browser()
    const address = await draft(editor, { sendAt: '2030-05-01T22:30' })
    const refused = await editor.post(`${address}/start`)
    expect(refused.body).toContain('mirno vreme')
    expect(refused.body).toContain('08:00')
    expect((await editor.post(`${address}/start`, { override: 'yes' })).statusCode).toBe(303)
  })

  it('to many needs somebody else, and starts when they agree', async () => {
    ledger.settings.approvalAbove = 0
    await ledger.addPerson('a')
    const author = await staff.browser()
    const other = await staff.browser()
    const address = await draft(author)
    const asked = await author.post(`${address}/start`)
    expect(asked.body).toContain('saglasnost drugog naloga')
    expect((await author.get(address)).body).not.toContain(`action="${address}/approve"`)
    expect((await author.post(`${address}/approve`)).body).toContain('koji ga nije pisao')
    const shown = (await other.get(address)).body
    expect(shown).toContain(`action="${address}/approve"`)
    expect(shown, 'it is among what waits').toContain('<span class="count"')
    expect((await author.get(address)).body).not.toContain('<span class="count"')
    expect((await other.post(`${address}/approve`)).statusCode).toBe(303)
    await done(address)
    expect(channel.sent).toHaveLength(1)
  })
})

describe('afterwards', () => {
  it('what is uncertain is decided person by person; nothing is repeated by itself', async () => {
    answers.a = { status: 'uncertain', detail: 'lost' }
    answers.b = { status: 'uncertain', detail: 'lost' }
    await ledger.addPerson('a')
    await ledger.addPerson('b')
    const editor = await staff.browser()
    const address = await draft(editor)
    await editor.post(`${address}/start`)
    await done(address)
    const list = await editor.get(`${address}/deliveries?status=uncertain`)
    const [first = '', second = ''] = [...list.body.matchAll(/name="delivery" value="(\d+)"/g)].map(
      ([, id]) => id ?? '',
    )
    expect((await editor.post(`${address}/confirm`, { single: 'yes' })).body).toContain('Ništa nije izabrano')
    await editor.post(`${address}/confirm`, { single: 'yes', delivery: first })
    expect(channel.tried).toHaveLength(2)
    answers = {}
    await editor.post(`${address}/retry`, { single: 'yes', status: 'uncertain', delivery: second })
    await until(() => channel.sent.length === 1)
    await done(address)
    const rows = await ledger.sql<{ status: string }>`SELECT status FROM delivery`
    expect(rows.map(({ status }) => status)).toEqual(['sent', 'sent'])
  })

  it('what failed is tried again, all of it', async () => {
    answers.a = { status: 'failed', reason: 'rejected', detail: 'no' }
    await ledger.addPerson('a')
    const editor = await staff.browser()
    const address = await draft(editor)
    await editor.post(`${address}/start`)
    await done(address)
    answers = {}
    await editor.post(`${address}/retry`, { status: 'failed' })
    await until(() => channel.sent.length === 1)
  })

  it('a correction goes to those who got it, or may have', async () => {
    answers.b = { status: 'uncertain', detail: 'lost' }
    answers.c = { status: 'failed', reason: 'rejected', detail: 'no' }
    for (const address of ['a', 'b', 'c']) await ledger.addPerson(address)
    const editor = await staff.browser()
    const address = await draft(editor)
    await editor.post(`${address}/start`)
    await done(address)
    await ledger.addPerson('d')
    answers = {}
    const { headers } = await editor.post(`${address}/correction`)
    const correction = String(headers.location).split('?')[0] ?? ''
    const { body } = await editor.get(correction)
    expect(body).toContain('Dobija ga ljudi: 2')
    expect(body).toContain('Isti tekst je već poslat')
    const got = /name="got" value="([^"]+)"/.exec(body)?.[1] ?? ''
    await editor.post(correction, { sr: 'Ispravka: radionica je u nedelju', got })
    await editor.post(`${correction}/start`)
    await done(correction)
    const told = channel.sent.filter(({ message }) => message.blocks[0]?.text.startsWith('Ispravka'))
    expect(told.map(({ address }) => address).sort()).toEqual(['a', 'b'])
  })
})

describe('who may', () => {
  it.each(['inbox', 'monitor'] as const)('write, send and decide: not %s', async role => {
    const author = await staff.browser()
    const address = await draft(author)
    const nobody = await staff.browser(role)
    for (const { method, path, roles } of announcementPages({ ...ledger.parts, plugs: {} })) {
      if (roles.includes(role)) continue
      const url = path.replace(`${LIST}/:id`, address)
      const { statusCode } = method === 'GET' ? await nobody.get(url) : await nobody.post(url, { sr: 'x' })
      expect(statusCode, `${method} ${path}`).toBe(403)
    }
    expect(await statusOf(address)).toBe('draft')
  })

  it('read: the monitor too, and sees nothing to press', async () => {
    await ledger.addPerson('a')
    const author = await staff.browser()
    const address = await draft(author)
    await author.post(`${address}/start`)
    await done(address)
    const monitor = await staff.browser('monitor')
    expect((await monitor.get(LIST)).body).not.toContain('/new')
    const { statusCode, body } = await monitor.get(address)
    expect(statusCode).toBe(200)
    expect(body).not.toContain(`action="${address}`)
    expect(body).not.toContain('/deliveries')
  })

  it('change anything: no form without its token', async () => {
    const author = await staff.browser()
    const address = await draft(author)
    for (const { method, path } of announcementPages({ ...ledger.parts, plugs: {} })) {
      if (method === 'GET') continue
      const answer = await author.post(path.replace(`${LIST}/:id`, address), { _csrf: 'x' })
      expect(answer.statusCode, path).toBe(403)
    }
    expect(await statusOf(address)).toBe('draft')
  })

  it('find what there is not: nobody', async () => {
    const author = await staff.browser()
    for (const id of ['nema', '00000000-0000-4000-8000-000000000000'])
      expect((await author.get(`${LIST}/${id}`)).statusCode).toBe(404)
  })
})
