// The inbox of the console and the routes of cases, by injected requests.
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Settings } from '../../src/core/model/settings.ts'
import type { Knowledge } from '../../src/core/step.ts'
import { shownReference } from '../../src/features/cases/reference.ts'
import { deliverReplies } from '../../src/features/cases/replies.ts'
import type { Role } from '../../src/staff/index.ts'
import { startBot } from '../support/bot.ts'
import { caseKnowledge, chatWith } from '../support/cases.ts'
import { type StaffMember, startConsole, type TestConsole } from '../support/console.ts'

let knowledge: Knowledge
let settings: Settings
beforeAll(async () => {
  knowledge = await caseKnowledge()
})

let bot: Awaited<ReturnType<typeof startBot>>
let office: TestConsole
let mira: StaffMember
let sava: StaffMember
let reference: string
beforeEach(async () => {
  settings = knowledge.settings
  bot = await startBot({ knowledge })
  office = await startConsole({ database: bot.database, knowledge, settings: () => settings })
  mira = await office.signIn('inbox', { email: 'mira@grad.rs' })
  sava = await office.signIn('inbox', { email: 'sava@grad.rs' })
  reference = await chatWith(bot, 'a').ask('Zašto nema klupa u parku?')
})
afterEach(async () => {
  await office.stop()
  await bot.stop()
})

const address = () => `/console/inbox/${reference}`
const sql = () => bot.database.sql
const caseRow = async () => (await sql()`SELECT * FROM citizen_case WHERE reference = ${reference}`)[0]
const audits = () =>
  sql()<{ actor: string; action: string; target: string; details: object }>`
    SELECT actor, action, target, details FROM audit ORDER BY id`
const fieldOf = (page: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''
/** The form of the page as its writer sees it. */
async function formOf(member: StaffMember) {
  const { body } = await member.get(address())
  return { version: fieldOf(body, 'version'), key: fieldOf(body, 'key'), seen: fieldOf(body, 'seen') }
}

describe('the list', () => {
  it('shows what waits for the city, and counts it in the navigation', async () => {
    const { body } = await mira.get('/console/inbox')
    expect(body).toContain('Zašto nema klupa u parku?')
    expect(body).toContain(shownReference(reference))
    expect(body).toContain('<span class="count">1<')
    expect(body).toContain('hx-trigger="every 5s"')
  })

  it('has a way of looking for every state and for whose a case is', async () => {
    const shows = async (show: string) => {
      const { body } = await mira.part(`/console/inbox?show=${show}`)
      return body.includes('Zašto nema klupa')
    }
    const all = async () => {
      const seen: string[] = []
      for (const show of ['open', 'mine', 'unassigned', 'waiting', 'passed', 'closed']) {
        if (await shows(show)) seen.push(show)
      }
      return seen
    }
    expect(await all()).toEqual(['open', 'unassigned'])
    await mira.post(`${address()}/claim`)
    expect(await all()).toEqual(['open', 'mine'])
    await mira.post(`${address()}/wait`, await formOf(mira))
    expect(await all()).toEqual(['mine', 'waiting'])
    await mira.post(`${address()}/pass`, { ...(await formOf(mira)), department: 'urban' })
    expect(await all()).toEqual(['mine', 'passed'])
    await mira.post(`${address()}/assign`, { to: '' })
    await mira.post(`${address()}/close`, { ...(await formOf(mira)), reason: 'other' })
    expect(await all()).toEqual(['closed'])
  })

  it('is narrowed to a department, finds numbers, and marks what is late', async () => {
    await mira.post(`${address()}/pass`, { ...(await formOf(mira)), department: 'urban' })
    const seen = async (query: string) => (await mira.part(`/console/inbox?show=passed&${query}`)).body
    expect(await seen('department=urban')).toContain('Zašto nema klupa')
    expect(await seen('department=communal')).not.toContain('Zašto nema klupa')
    expect(await seen('')).not.toContain('badge bad')
    await sql()`UPDATE citizen_case SET expected_on = '2026-01-05'`
    expect(await seen('')).toContain('Rok je prošao')
    expect(await seen(`q=${reference.slice(0, 4)}`)).toContain('Zašto nema klupa')
    const whole = await mira.get(`/console/inbox?q=${shownReference(reference)}`)
    expect(whole.headers.location).toBe(address())
    expect((await mira.get('/console/inbox?q=999-999')).body).toContain('Ovde nema pitanja')
  })

  it('goes page by page', async () => {
    await sql()`
      INSERT INTO citizen_case (reference, address_id, state, opened_at, expected_on, updated_at)
      SELECT (222222 + n)::text, address_id, 'open', now(), '2027-01-01', now()
      FROM citizen_case, generate_series(1, 60) n`
    await sql()`
      INSERT INTO case_message (reference, kind, text, at)
      SELECT reference, 'asker', 'još jedno', now() FROM citizen_case WHERE expected_on = '2027-01-01'`
    expect((await mira.get('/console/inbox')).body).toContain('page=1')
    const second = (await mira.get('/console/inbox?page=1')).body
    expect(second.match(/još jedno/g)).toHaveLength(11)
    expect(second).not.toContain('page=2')
  })
})

describe('roles', () => {
  it.each<[Role, number]>([
    ['inbox', 200],
    ['admin', 200],
    ['editor', 403],
    ['events', 403],
    ['monitor', 403],
  ])('%s gets %i, and who gets none sees no text', async (role, status) => {
    const member = await office.signIn(role)
    for (const url of ['/console/inbox', address(), `/console/inbox?q=${reference}`]) {
      const answer = await member.get(url)
      if (status === 403) {
        expect(answer.statusCode).toBe(403)
        expect(answer.body).not.toContain('klupa')
      } else expect(answer.statusCode).toBeLessThan(400)
    }
    const deed = await member.post(`${address()}/claim`)
    expect(deed.statusCode).toBe(status === 200 ? 303 : 403)
    for (const url of ['/cases', `/cases/${reference}`]) {
      const answer = await member.api('GET', url)
      expect(answer.statusCode).toBe(status)
      if (status === 403) expect(answer.body).not.toContain('klupa')
    }
    expect((await member.api('POST', `/cases/${reference}/replies`, { text: 'Da.' })).statusCode).toBe(
      status === 200 ? 201 : 403,
    )
  })

  it('the count of waiting cases is told only to those who may see them', async () => {
    const monitor = await office.signIn('monitor')
    expect((await monitor.get('/console/audit')).body).not.toContain('class="count"')
  })

  it('a form of another site changes nothing', async () => {
    const answer = await mira.post(`${address()}/claim`, { _csrf: 'guessed' })
    expect(answer.statusCode).toBe(403)
    expect(await caseRow()).toMatchObject({ assignee_id: null })
  })
})

describe('answering', () => {
  it('goes out, takes the case over, and is noted without its text', async () => {
    const form = { ...(await formOf(mira)), text: 'Biće na proleće.', after: 'waiting' }
    const answer = await mira.post(`${address()}/reply`, form)
    expect(answer.headers.location).toBe(`${address()}?done=console.inbox.done.reply`)
    expect(await caseRow()).toMatchObject({ state: 'waiting', assignee_id: mira.accountId })
    expect(await audits()).toEqual([
      {
        actor: 'mira@grad.rs',
        action: 'case.reply',
        target: `case ${reference}`,
        details: { after: 'waiting' },
      },
    ])
    const page = (await mira.get(address())).body
    expect(page).toContain('Biće na proleće.')
    expect(page).toContain('Na putu')
    expect(page).toContain('Odgovoreno')
  })

  it('shows before sending how it will arrive', async () => {
    const chat = chatWith(bot, 'a')
    await chat.say('/jezik ћирилица')
    const form = { ...(await formOf(mira)), text: 'Biće.', after: 'closed' }
    const part = (await mira.post(`${address()}/preview`, form)).body
    expect(part).toContain('Одговор града на питање')
    expect(part).toContain('Биће.')
    expect(part).toContain('Питање је овим затворено')
    expect(part).toContain('data-keep="dirty"')
    expect(await caseRow()).toMatchObject({ state: 'open' })
  })

  it('adds a ready-made text in the asker’s language to what is typed', async () => {
    await chatWith(bot, 'a').say('/jezik en')
    const form = { ...(await formOf(mira)), text: 'Dear neighbour,', canned: 'thanks' }
    const { body } = await mira.post(`${address()}/canned`, form)
    expect(body).toContain('Dear neighbour,\n\nThank you for the question.</textarea>')
  })

  it.each(['', '   ', '\0'])('refuses the empty text %j and keeps the page', async text => {
    const answer = await mira.post(`${address()}/reply`, { ...(await formOf(mira)), text, after: 'waiting' })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('Napišite tekst')
    expect(await audits()).toEqual([])
  })

  it('by two people at once: the second sees what happened before sending, and keeps the draft', async () => {
    const [first, second] = [await formOf(mira), await formOf(sava)]
    await mira.post(`${address()}/reply`, { ...first, text: 'Mirin odgovor', after: 'open' })
    const stopped = await sava.post(`${address()}/reply`, { ...second, text: 'Savin odgovor', after: 'open' })
    expect(stopped.statusCode).toBe(409)
    expect(stopped.body).toContain('U međuvremenu se nešto dogodilo')
    expect(stopped.body).toMatch(/class="text reply fresh"[\s\S]*Mirin odgovor/)
    expect(stopped.body).toContain('Savin odgovor</textarea>')
    expect(await sql()`SELECT 1 FROM case_message WHERE kind = 'reply'`).toHaveLength(1)
    const again = {
      version: fieldOf(stopped.body, 'version'),
      key: fieldOf(stopped.body, 'key'),
      text: 'Savin odgovor',
      after: 'open',
    }
    expect(stopped.body).toMatch(/Odgovoreno<\/span>[\s\S]*u međuvremenu/)
    expect(again.key).toBe(second.key)
    expect((await sava.post(`${address()}/reply`, again)).statusCode).toBe(303)
    expect(await sql()`SELECT 1 FROM case_message WHERE kind = 'reply'`).toHaveLength(2)
  })

  it('is stopped by what the citizen wrote in between', async () => {
    const form = await formOf(mira)
    const chat = chatWith(bot, 'a')
    await chat.press(`case:add:${reference}`)
    await chat.say('Rešilo se samo.')
    const stopped = await mira.post(`${address()}/reply`, {
      ...form,
      text: 'Poslaćemo nekoga.',
      after: 'open',
    })
    expect(stopped.statusCode).toBe(409)
    expect(stopped.body).toMatch(/fresh"[\s\S]*Rešilo se samo\./)
  })

  it('sent twice by an impatient click is one reply', async () => {
    const form = { ...(await formOf(mira)), text: 'Biće.', after: 'waiting' }
    const answers = await Promise.all([1, 2, 3].map(() => mira.post(`${address()}/reply`, form)))
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303, 303])
    expect(await sql()`SELECT 1 FROM case_message WHERE kind = 'reply'`).toHaveLength(1)
    expect(await audits()).toHaveLength(1)
  })

  it('says before and after when nobody can be reached, and where it goes instead', async () => {
    const [home, other] = [chatWith(bot, 'a'), chatWith(bot, 'b')]
    await home.tell({ kind: 'blocked' })
    expect((await mira.get(address())).body).toContain('Osobi trenutno ne može da se piše')
    await mira.post(`${address()}/reply`, { ...(await formOf(mira)), text: 'Biće.', after: 'open' })
    expect((await mira.get(address())).body).toMatch(/Nije poslato[\s\S]*blokirala ili napustila/)
    await other.say('zdravo')
    await sql()`UPDATE address SET person_id = (SELECT person_id FROM address WHERE external_id = 'a') WHERE external_id = 'b'`
    expect((await mira.get(address())).body).toContain(
      'Odgovor ide u drugi razgovor iste osobe (veb-stranica)',
    )
    await deliverReplies(sql(), knowledge)
    expect((await mira.get(address())).body).toContain('Poslato u drugi razgovor iste osobe')
  })

  it.each([
    ['queued', 'channel-off', null, /Na putu[\s\S]*Kanal je isključen/],
    [
      'queued',
      'misconfigured',
      '23 no free messages',
      /Na putu[\s\S]*zatvoren prozor[\s\S]*<code>23 no free messages/,
    ],
    ['failed', 'unreachable', '403 blocked', /Nije isporučeno[\s\S]*blokirala[\s\S]*<code>403 blocked/],
    ['failed', 'rejected', '400 bad', /Nije isporučeno[\s\S]*nije primio/],
    ['uncertain', 'uncertain', 'lost', /Ne zna se da li je stiglo[\s\S]*ne ponavlja se/],
    ['sent', null, null, /Poslato/],
  ])('tells what became of it: %s, %s', async (status, reason, detail, words) => {
    await bot.kernel.stop()
    await mira.post(`${address()}/reply`, { ...(await formOf(mira)), text: 'Biće.', after: 'open' })
    await sql()`UPDATE outbox SET status = ${status}, reason = ${reason}, detail = ${detail} WHERE message::text LIKE '%Biće.%'`
    expect((await mira.part(address())).body).toMatch(words)
  })

  it('tells delivered and seen where the channel gives receipts, and remembers after the outbox forgot', async () => {
    await mira.post(`${address()}/reply`, { ...(await formOf(mira)), text: 'Biće.', after: 'open' })
    await expect
      .poll(() => sql()`SELECT 1 FROM case_message WHERE outcome = 'sent'`, { timeout: 30_000 })
      .toHaveLength(1)
    const thread = async () => (await mira.part(address())).body
    await sql()`
      INSERT INTO receipt (address_id, external_id, outbox_id, noted_at, delivered_at)
      SELECT address_id, '1', id, now(), now() FROM outbox WHERE message::text LIKE '%Biće.%'`
    expect(await thread()).toContain('Isporučeno')
    await sql()`UPDATE receipt SET seen_at = now()`
    expect(await thread()).toContain('Viđeno')
    await sql()`DELETE FROM outbox`
    expect(await thread()).toContain('Poslato')
  })
})

describe('other deeds', () => {
  it('are each noted with who did them', async () => {
    await mira.post(`${address()}/claim`)
    await mira.post(`${address()}/note`, { text: 'Pitati komunalce za Petra', key: 'note-key-1' })
    await mira.post(`${address()}/assign`, { to: sava.accountId })
    await mira.post(`${address()}/pass`, { ...(await formOf(mira)), department: 'communal' })
    await mira.post(`${address()}/wait`, await formOf(mira))
    await mira.post(`${address()}/close`, { ...(await formOf(mira)), reason: 'not-city' })
    await mira.post(`${address()}/reopen`, await formOf(mira))
    const rows = await audits()
    expect(rows.map(({ action, details }) => [action, details])).toEqual([
      ['case.claim', {}],
      ['case.note', {}],
      ['case.assign', { to: 'sava@grad.rs' }],
      ['case.pass', { department: 'communal' }],
      ['case.wait', {}],
      ['case.close', { reason: 'not-city' }],
      ['case.reopen', {}],
    ])
    expect(JSON.stringify(rows)).not.toMatch(/Petra|klupa/)
    const page = (await mira.get(address())).body
    expect(page).toContain('Prosleđeno: Komunalni poslovi')
    expect(page).toContain('Dodeljeno: sava@grad.rs')
  })

  it('tell the citizen what they should know, and nothing of notes', async () => {
    const chat = chatWith(bot, 'a')
    await mira.post(`${address()}/note`, { text: 'tajna beleška', key: 'note-key-1' })
    await mira.post(`${address()}/pass`, { ...(await formOf(mira)), department: 'communal' })
    await mira.post(`${address()}/close`, { ...(await formOf(mira)), reason: 'not-city' })
    await mira.post(`${address()}/reopen`, await formOf(mira))
    await expect
      .poll(() => chat.received().slice(-3), { timeout: 30_000 })
      .toEqual([
        expect.stringContaining('prosleđeno: Komunalni poslovi'),
        expect.stringContaining('Razlog: nije u nadležnosti grada.'),
        expect.stringContaining('ponovo otvoreno'),
      ])
    expect(chat.received().join()).not.toContain('tajna')
  })

  it('a case that somebody has is not claimed, only handed over', async () => {
    await mira.post(`${address()}/claim`)
    expect((await sava.post(`${address()}/claim`)).statusCode).toBe(422)
    expect(await caseRow()).toMatchObject({ assignee_id: mira.accountId })
    await mira.post(`${address()}/assign`, { to: sava.accountId })
    expect(await caseRow()).toMatchObject({ assignee_id: sava.accountId })
  })

  it.each([
    ['pass', { department: 'nonsense' }],
    ['close', { reason: 'nonsense' }],
    ['assign', { to: '00000000-0000-0000-0000-000000000001' }],
    ['wait', { version: '99' }],
  ])('%s with nonsense changes nothing', async (verb, fields) => {
    const form = { ...(await formOf(mira)), ...fields }
    const answer = await mira.post(`${address()}/${verb}`, form)
    expect([409, 422]).toContain(answer.statusCode)
    expect(await audits()).toEqual([])
  })

  it.each(['999999', 'abc', '..%2f', '23456'])(
    'on the case %s that doesn’t exist are a missing page',
    async id => {
      for (const answer of [
        await mira.get(`/console/inbox/${id}`),
        await mira.post(`/console/inbox/${id}/reply`, { text: 'Da', after: 'open', version: '0' }),
        await mira.post(`/console/inbox/${id}/claim`),
        await mira.api('GET', `/cases/${id}`),
        await mira.api('POST', `/cases/${id}/replies`, { text: 'Da' }),
      ])
        expect(answer.statusCode).toBe(404)
    },
  )
})

describe('the page of a case', () => {
  const NASTY = `</textarea><script>alert(1)</script>" onmouseover="x" '\u202Eהשלמה <img src=x onerror=alert(2)>`

  it('shows what people wrote as text, whatever it is', async () => {
    reference = await chatWith(bot, 'nasty').ask(NASTY)
    await mira.post(`${address()}/note`, { text: NASTY, key: 'note-key-1' })
    const preview = { ...(await formOf(mira)), text: NASTY, after: 'open' }
    for (const { body } of [
      await mira.get('/console/inbox'),
      await mira.get(address()),
      await mira.post(`${address()}/preview`, preview),
    ]) {
      expect(body).not.toContain('<script>alert')
      expect(body).not.toContain('<img src=x')
      expect(body).not.toContain('" onmouseover="x"')
      expect(body).toContain('&lt;script&gt;')
    }
  })

  it('shows what the bot said about the question, nothing else of the chat and nothing of others', async () => {
    const chat = chatWith(bot, 'c')
    await chatWith(bot, 'd').say('sta je mesna zajednica')
    await chat.say('sta je zbor gradjana')
    const code = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(
      (await chat.say('/povezi')).map(it => it.blocks[0]?.text).join(),
    )?.[0]
    await chat.say('/moji_podaci')
    await chat.press('case:send')
    await chat.say('Nešto što ipak ne šaljem?')
    await chat.press('case:no')
    reference = await chat.ask('Zašto nema klupa?')
    const { body } = await mira.get(address())
    expect(body).toContain('Šta je bot rekao pre pitanja')
    expect(body).toContain('zbor građana')
    expect(body).not.toContain(code)
    expect(body).not.toContain('moji-podaci')
    expect(body).not.toContain('ipak ne šaljem')
    expect(body).not.toContain('Mesna zajednica je')
  })

  it('leads to an answer made of it, without personal data in the address', async () => {
    reference = await chatWith(bot, 'c').ask('Zovite me na 064 123 4567 & zašto?')
    const { body } = await mira.get(address())
    const href = /href="(\/console\/answers\/new\?question=[^"]*)"/.exec(body)?.[1] ?? ''
    expect(decodeURIComponent(href.split('=')[1] ?? '')).toBe('Zovite me na [telefon] & zašto?')
  })

  it('reads in every language and script of the console', async () => {
    for (const [language, words] of [
      ['sr-Cyrl', 'Пошаљи одговор'],
      ['bs', 'Interna bilješka'],
      ['en', 'Send the reply'],
    ] as const) {
      const member = await office.signIn('inbox', { language })
      const { body } = await member.get(address())
      expect(body).toContain(words)
      expect(body).not.toMatch(/console\.inbox\.|case\.states/)
    }
  })

  it('writes no text into a log', async () => {
    await mira.get(address())
    await mira.post(`${address()}/reply`, { ...(await formOf(mira)), text: 'Tajni odgovor', after: 'open' })
    expect(office.logged.join('')).not.toMatch(/klupa|Tajni/)
  })
})

describe('the interface for programs', () => {
  it('lists cases by state as the contract says', async () => {
    const { items } = (await mira.api('GET', '/cases?state=open')).json()
    expect(items).toEqual([
      {
        id: reference,
        state: 'open',
        question: 'Zašto nema klupa u parku?',
        language: 'sr',
        channel: 'web',
        openedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    ])
    expect((await mira.api('GET', '/cases?state=closed')).json()).toEqual({ items: [] })
    expect((await mira.api('GET', '/cases')).json().items).toHaveLength(1)
    expect((await mira.api('GET', '/cases?state=nonsense')).statusCode).toBe(422)
  })

  it('replies, once per key, and tells what became of it', async () => {
    const reply = { text: '  Biće na proleće.  ', key: 'program-1' }
    const first = await mira.api('POST', `/cases/${reference}/replies`, reply)
    expect(first.statusCode).toBe(201)
    expect(first.json()).toMatchObject({ id: expect.stringMatching(/^\d+$/), status: 'queued' })
    expect((await mira.api('POST', `/cases/${reference}/replies`, reply)).json().id).toBe(first.json().id)
    const whole = (await mira.api('GET', `/cases/${reference}`)).json()
    expect(whole).toMatchObject({ id: reference, state: 'waiting', assignee: 'mira@grad.rs', closedAt: null })
    expect(whole.messages).toMatchObject([
      { kind: 'asker', text: 'Zašto nema klupa u parku?', delivery: null },
      { kind: 'reply', text: 'Biće na proleće.', author: 'mira@grad.rs' },
    ])
    expect(await audits()).toHaveLength(1)
    await expect
      .poll(() => chatWith(bot, 'a').received().at(-1), { timeout: 30_000 })
      .toContain('Biće na proleće.')
  })

  it('takes the same key for another case as another reply', async () => {
    const other = await chatWith(bot, 'b').ask('Zašto nema kanti?')
    for (const id of [reference, other]) {
      const answer = await mira.api('POST', `/cases/${id}/replies`, { text: `Za ${id}`, key: '1' })
      expect(answer.statusCode).toBe(201)
    }
    expect(await sql()`SELECT DISTINCT reference FROM case_message WHERE kind = 'reply'`).toHaveLength(2)
  })

  it('closes and reopens', async () => {
    const closed = await mira.api('POST', `/cases/${reference}/close`, { reason: 'silence' })
    expect(closed.json()).toMatchObject({ state: 'closed', closedAt: expect.any(String) })
    const again = await mira.api('POST', `/cases/${reference}/close`)
    expect([again.statusCode, again.json().code]).toEqual([409, 'case-closed'])
    const late = await mira.api('POST', `/cases/${reference}/replies`, { text: 'Da.' })
    expect([late.statusCode, late.json().code]).toEqual([409, 'case-closed'])
    expect((await mira.api('POST', `/cases/${reference}/reopen`)).json()).toMatchObject({ state: 'open' })
  })

  it.each([{}, { text: '' }, { text: '   ' }, { text: 5 }, { text: 'a'.repeat(4001) }])(
    'refuses %j',
    async body => {
      expect((await mira.api('POST', `/cases/${reference}/replies`, body)).statusCode).toBe(422)
      expect(await audits()).toEqual([])
    },
  )

  it('asks for a key, and is described', async () => {
    const anonymous = await office.app.inject({ url: '/api/v1/cases' })
    expect(anonymous.statusCode).toBe(401)
    const { paths } = (await office.app.inject({ url: '/api/v1/openapi.json' })).json()
    for (const path of [
      '/cases',
      '/cases/{id}',
      '/cases/{id}/replies',
      '/cases/{id}/close',
      '/cases/{id}/reopen',
    ])
      expect(paths[path], path).toBeDefined()
  })
})
