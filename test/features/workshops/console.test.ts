// Workshops in the console, asked by injected requests.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { holdWorkshop, join } from '../../../src/features/workshops/seats.ts'
import { type StaffMember, startConsole, type TestConsole } from '../../support/console.ts'
import { aPerson, aWorkshop, HOUR_MS } from '../../support/workshops.ts'

let console: TestConsole
let mira: StaffMember
beforeAll(async () => {
  console = await startConsole()
  mira = await console.signIn('events')
})
afterAll(() => console.stop())
beforeEach(async () => {
  const { sql } = console.database
  await sql`TRUNCATE workshop, workshop_request CASCADE`
  // Truncating people would truncate the accounts of staff, which may name a chat.
  await sql`DELETE FROM person`
})

const FORM = {
  'title-sr': 'Kako radi grad',
  'title-en': 'How the city works',
  'description-sr': 'Prvi red\r\ndrugi red',
  community: 'mz-01',
  place: 'Dom kulture',
  lat: '43,1367',
  lon: '20.5122',
  startsAt: '2030-06-15T10:00',
  endsAt: '2030-06-15T14:00',
  capacity: '2',
  guestsMax: '1',
  offerMinutes: '60',
  'language-sr': 'on',
}
const at = '/console/workshops'

async function signUp(id: number, name: string, guests = 0): Promise<void> {
  const person = await aPerson(console.database, name)
  await console.database.transaction(async sql => {
    const held = await holdWorkshop(sql, id)
    if (held) await join(sql, held, person, { guests, group: false, now: new Date() })
  })
}
const registrations = () => console.database.sql<{ id: string; status: string; code: string }>`
  SELECT id, status, code FROM registration ORDER BY id`
const log = async () => {
  const rows = await console.database.sql<{ action: string }>`SELECT action FROM audit ORDER BY id`
  return rows.map(({ action }) => action)
}

describe('the form', () => {
  it('writes a draft with what was typed, times as the city’s clock shows them', async () => {
    const response = await mira.post(at, FORM)
    expect(response.statusCode).toBe(303)
    expect(response.headers.location).toMatch(
      /^\/console\/workshops\/\d+\?done=console\.workshops\.done\.created$/,
    )
    const [row] = await console.database.sql`
      SELECT status, title, description, starts_at, lat, guests_max AS guests, languages, created_by FROM workshop`
    expect(row).toEqual({
      status: 'draft',
      title: { sr: 'Kako radi grad', en: 'How the city works' },
      description: { sr: 'Prvi red\ndrugi red' },
      starts_at: new Date('2030-06-15T08:00:00Z'),
      lat: 43.1367,
      guests: 1,
      languages: ['sr'],
      created_by: mira.email,
    })
  })

  it.each([
    [{ 'title-sr': '' }, 'Naslov na srpskom nedostaje'],
    [{ endsAt: '' }, 'Kraj mora biti posle početka'],
    [{ startsAt: '2030-03-31T02:30', endsAt: '2030-03-31T06:00' }, 'jedan sat nedostaje'],
    [{ community: 'mz-99' }, 'Izaberite mesnu zajednicu'],
    [{ capacity: 'mnogo' }, 'Broj mesta je ceo broj'],
    [{ lat: '' }, 'idu zajedno'],
    [{ place: 'Дом' }, 'pišu se latinicom'],
    [{ closesAt: '2030-06-16T10:00' }, 'Prijave moraju početi'],
    [{ offerMinutes: '5' }, 'od 15 do 1440'],
  ])('says what is wrong with %j and keeps what was typed', async (change, sentence) => {
    const response = await mira.post(at, { ...FORM, ...change })
    expect(response.statusCode).toBe(422)
    expect(response.body).toContain(sentence)
    expect(response.body).toContain('How the city works')
    expect(await console.database.sql`SELECT 1 FROM workshop`).toEqual([])
  })

  it('shows a workshop as it is and changes it', async () => {
    const id = await aWorkshop(console.database, { startsAt: Date.parse('2030-12-14T09:00:00Z') })
    const form = (await mira.get(`${at}/${id}/edit`)).body
    expect(form).toContain('value="2030-12-14T10:00"')
    expect(form).toContain('value="43.1367"')
    expect((await mira.post(`${at}/${id}`, { ...FORM, capacity: '7' })).statusCode).toBe(303)
    const [row] = await console.database.sql`SELECT capacity, sequence FROM workshop`
    expect(row).toEqual({ capacity: 7, sequence: 1 })
  })

  it('copies a workshop as a draft whose time is to be chosen', async () => {
    const id = await aWorkshop(console.database, { capacity: 7 })
    const response = await mira.post(`${at}/${id}/duplicate`)
    expect(response.headers.location).toContain('/edit?done=console.workshops.done.duplicated')
    const rows = await console.database.sql`SELECT status, capacity, sequence FROM workshop ORDER BY id`
    expect(rows[1]).toEqual({ status: 'draft', capacity: 7, sequence: 0 })
  })
})

describe('publishing, moving and cancelling', () => {
  it('show the message before, and how many it concerns', async () => {
    await mira.post(at, FORM)
    const [row] = await console.database.sql<{ id: number }>`SELECT id FROM workshop`
    const id = row?.id ?? 0
    const look = (await mira.get(`${at}/${id}/publish`)).body
    expect(look).toContain('subota, 15. 6. 2030., 10:00–14:00')
    expect(look).toContain('Prijavi me')
    await mira.post(`${at}/${id}/publish`)
    await signUp(id, 'a', 1)
    await signUp(id, 'b')
    expect((await mira.get(`${at}/${id}/cancel`)).body).toContain('Prijava: 2.')
    await mira.post(`${at}/${id}`, { ...FORM, place: 'Škola' })
    const detail = (await mira.get(`${at}/${id}`)).body
    expect(detail).toContain('Prijavljeni će to saznati')
    expect(detail).toContain('Novo mesto: Škola, MZ Parice')
    await mira.post(`${at}/${id}/tell`)
    expect((await mira.get(`${at}/${id}`)).body).not.toContain('Prijavljeni će to saznati')
    await mira.post(`${at}/${id}/cancel`)
    const notices = await console.database.sql<{ kind: string; count: number }>`
      SELECT kind, count(*)::int AS count FROM workshop_notice GROUP BY kind ORDER BY kind`
    expect(notices).toEqual([
      { kind: 'cancelled', count: 2 },
      { kind: 'moved', count: 2 },
    ])
    const twice = await mira.post(`${at}/${id}/cancel`)
    expect([twice.statusCode, twice.body]).toEqual([409, expect.stringContaining('U ovom stanju')])
  })

  it('leave rows in the log that hold no person', async () => {
    expect((await log()).filter(action => action.startsWith('workshop.'))).toContain('workshop.cancel')
    const rows = await console.database.sql<{ row: string }>`SELECT audit::text AS row FROM audit`
    expect(rows.map(({ row }) => row).join()).not.toMatch(/person|web|Kako radi/)
  })
})

describe('the door', () => {
  it('lets in whoever shows their code once, in any script, and says why not', async () => {
    const id = await aWorkshop(console.database, { capacity: 2 })
    for (const name of ['a', 'b', 'waits']) await signUp(id, name)
    const [first, second, third] = await registrations()
    const show = async (code = '') => (await mira.post(`${at}/${id}/door`, { code })).body
    expect(await show('AAAAA')).toContain('Takvog koda')
    expect(await show(first?.code.toLowerCase())).toContain('Dobro došli!')
    expect(await show(`${first?.code.slice(0, 2)}-${first?.code.slice(2)}`)).toContain('već zabeležena')
    expect(await show(third?.code)).toContain('na listi čekanja')
    await mira.post(`${at}/${id}/registrations/${second?.id}`, { status: 'cancelled' })
    expect(await show(second?.code)).toContain('otkazana')
    expect(await show(third?.code)).toContain('Dobro došli!')
  })

  it('is filled in by a code that a phone’s camera opened, and changes nothing by that', async () => {
    const id = await aWorkshop(console.database)
    await signUp(id, 'a')
    const [row] = await registrations()
    expect((await mira.get(`${at}/${id}/door?code=${row?.code}`)).body).toContain(`value="${row?.code}"`)
    expect((await registrations())[0]?.status).toBe('confirmed')
  })

  it('answers a part of the page to a script', async () => {
    const id = await aWorkshop(console.database)
    const part = await mira.post(`${at}/${id}/door`, { code: 'AAAAA' }, { 'hx-request': 'true' })
    expect(part.body).toMatch(/^<section id="door"/)
  })

  it('counts people without a registration, never below none', async () => {
    const id = await aWorkshop(console.database)
    for (const count of ['5', '1', '-1', '-9', '1', 'x']) await mira.post(`${at}/${id}/walk-ins`, { count })
    const [row] = await console.database.sql`SELECT walk_ins FROM workshop`
    expect(row).toEqual({ walk_ins: 1 })
  })
})

describe('afterwards', () => {
  it('attendance is closed, minutes are published and taken back, impressions are summed up from ten on', async () => {
    const id = await aWorkshop(console.database, { startsAt: Date.now() + 1000, capacity: 30 })
    for (let index = 0; index < 11; index++) await signUp(id, `p${index}`)
    await console.database.sql`UPDATE workshop SET starts_at = now() - interval '1 hour'`
    const rows = await registrations()
    for (const { id: number } of rows.slice(0, 10)) {
      await mira.post(`${at}/${id}/registrations/${number}`, { status: 'attended' })
    }
    await mira.post(`${at}/${id}/close`)
    const states = (await registrations()).map(({ status }) => status)
    expect(states).toEqual([...Array(10).fill('attended'), 'absent'])
    await console.database.sql`
      INSERT INTO workshop_feedback (workshop_id, person_id, rating, text, at)
      SELECT ${id}, person_id, 4, CASE WHEN id % 2 = 0 THEN 'Utisak ' || id END, now()
      FROM registration WHERE status = 'attended' LIMIT 9`
    expect((await mira.get(`${at}/${id}`)).body).toContain('od 10 odgovora')
    await console.database.sql`
      INSERT INTO workshop_feedback (workshop_id, rating, at) VALUES (${id}, 5, now())`
    expect((await mira.get(`${at}/${id}`)).body).toContain('<strong>4,1</strong> / 5')
    await mira.post(`${at}/${id}/minutes`, { 'minutes-sr': 'Dogovoreno.', publish: 'yes' })
    const page = async () => (await console.app.inject(`/workshops/${id}`)).body
    expect(await page()).toContain('Dogovoreno.')
    await mira.post(`${at}/${id}/minutes`, { 'minutes-sr': 'Dogovoreno.', publish: '' })
    expect(await page()).not.toContain('Dogovoreno.')
  })
})

describe('requests', () => {
  it('wait in the navigation, are answered into the chat that asked, once', async () => {
    const { personId, addressId } = await aPerson(console.database, 'asks', { script: 'cyrl' })
    await console.database.sql`
      INSERT INTO workshop_request (person_id, address_id, community, text, status, created_at)
      VALUES (${personId}, ${addressId}, 'mz-01', 'Molimo <b>radionicu</b>', 'open', now()),
        (${personId}, ${addressId}, NULL, 'Još jednu', 'open', now())`
    const inbox = (await mira.get(`${at}/requests`)).body
    expect(inbox).toContain('Molimo &lt;b&gt;radionicu&lt;/b&gt;')
    expect(inbox).toMatch(/class="count">2</)
    const [first, second] = await console.database.sql<{
      id: string
    }>`SELECT id FROM workshop_request ORDER BY id`
    await mira.post(`${at}/requests/${first?.id}/reply`, { reply: '' })
    await mira.post(`${at}/requests/${first?.id}/reply`, { reply: 'Dolazimo u martu.' })
    await mira.post(`${at}/requests/${first?.id}/reply`, { reply: 'Dolazimo u aprilu.' })
    await mira.post(`${at}/requests/${second?.id}/close`)
    const rows = await console.database.sql`SELECT status, reply FROM workshop_request ORDER BY id`
    expect(rows).toEqual([
      { status: 'answered', reply: 'Dolazimo u martu.' },
      { status: 'closed', reply: null },
    ])
    const sent = await console.database.sql<{
      text: string
    }>`SELECT message->'blocks'->0->>'text' AS text FROM outbox`
    expect(sent).toEqual([{ text: 'Одговор града на ваш захтев за радионицу:\n\nДолазимо у марту.' }])
    expect((await log()).slice(-2)).toEqual(['workshop-request.reply', 'workshop-request.close'])
  })
})

describe('files', () => {
  it('the registrations come as numbers only', async () => {
    const id = await aWorkshop(console.database, { capacity: 1 })
    for (const name of ['tajni-razgovor-a', 'tajni-razgovor-b']) await signUp(id, name)
    const { body, headers } = await mira.get(`${at}/${id}/registrations.csv`)
    expect(headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(body.startsWith('\ufeffnumber,status,seats,place,channel,signed_up,changed\r\n')).toBe(true)
    expect(body).toMatch(/,confirmed,1,,web,.*\r\n\d+,waiting,1,1,web,/)
    expect(body).not.toContain('tajni')
  })

  it.each(['sr-Latn', 'sr-Cyrl', 'bs', 'en'] as const)(
    'poster and door sheets are printed in %s',
    async language => {
      const member = await console.signIn('events', { language })
      const id = await aWorkshop(console.database, { title: { sr: 'Žuti šešir: ђ '.slice(0, 12) } })
      await signUp(id, `printed ${language}`)
      for (const [what, pages] of [
        ['poster', 1],
        ['door-sheet', 2],
      ] as const) {
        const { rawPayload, headers } = await member.get(`${at}/${id}/${what}`)
        expect(headers['content-type']).toBe('application/pdf')
        expect(rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
        const [, count] = /\/Type \/Pages\n\/Count (\d+)/.exec(rawPayload.toString('latin1')) ?? []
        expect(Number(count), what).toBe(pages)
      }
    },
  )
})

describe('roles', () => {
  it('editors read and see no codes; the monitor and the inbox see nothing', async () => {
    const startsAt = Date.now() + 100 * HOUR_MS
    const id = await aWorkshop(console.database, { startsAt })
    await signUp(id, 'a')
    const [row] = await registrations()
    const editor = await console.signIn('editor')
    const page = await editor.get(`${at}/${id}`)
    expect(page.statusCode).toBe(200)
    expect(page.body).not.toContain(row?.code)
    expect(page.body).not.toContain('Poništi prijavu')
    const reading = ['', '/coverage', '/requests', `/${id}`, `/${id}/poster`]
    const writing = [
      '/new',
      `/${id}/edit`,
      `/${id}/cancel`,
      `/${id}/door`,
      `/${id}/door-sheet`,
      `/${id}/registrations.csv`,
    ]
    for (const path of reading) expect((await editor.get(at + path)).statusCode, path).toBe(200)
    for (const path of writing) expect((await editor.get(at + path)).statusCode, path).toBe(403)
    expect((await editor.post(`${at}/${id}/cancel`)).statusCode).toBe(403)
    for (const role of ['monitor', 'inbox'] as const) {
      const member = await console.signIn(role)
      for (const path of [...reading, ...writing])
        expect((await member.get(at + path)).statusCode, path).toBe(403)
    }
  })

  it('no form works without its token, and no number leads astray', async () => {
    const id = await aWorkshop(console.database)
    expect((await mira.post(`${at}/${id}/cancel`, { _csrf: 'x' })).statusCode).toBe(403)
    for (const path of ['/abc', '/99999', '/1e3', `/${id}/registrations/1`])
      expect((await mira.get(at + path)).statusCode, path).toBe(404)
    expect((await mira.post(`${at}/${id}/registrations/1`, { status: 'king' })).statusCode).toBe(404)
    expect((await mira.post(`${at}/${id}/registrations/1`, { status: 'attended' })).statusCode).toBe(409)
  })
})
