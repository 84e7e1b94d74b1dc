// The settings of the whole system: who reads them, who changes them, and what a wrong value is told.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { DEFAULT_SETTINGS, type SettingKey } from '../../src/core/model/settings.ts'
import { readSettings } from '../../src/settings/index.ts'
import { auditRows } from '../../src/staff/audit.ts'
import { type Fields, startConsole, type TestConsole } from '../support/console.ts'

type Browser = Awaited<ReturnType<TestConsole['signIn']>>

let console_: TestConsole
let admin: Browser
beforeAll(async () => {
  console_ = await startConsole()
  admin = await console_.signIn('admin')
})
afterAll(() => console_.stop())
afterEach(() => console_.database.sql`TRUNCATE setting, audit`)

const settings = () => readSettings(console_.database.sql)

/** The card of a section, as somebody sees it. */
async function card(key: SettingKey, browser = admin, page?: string): Promise<string> {
  const body = page ?? (await browser.get('/console/settings')).body
  return new RegExp(`<section class="card" id="${key}">[\\s\\S]*?</section>`).exec(body)?.[0] ?? ''
}

const baseOf = (html: string) => /name="base" value="([^"]+)"/.exec(html)?.[1] ?? ''

/** Sends a section's form as the page made it. */
async function send(key: SettingKey, fields: Fields, action = 'save') {
  const base = baseOf(await card(key))
  return admin.post(`/console/settings/${key}`, { base, do: action, ...fields })
}

/** What stands beside a field that was filled in wrongly. */
const problemAt = (body: string, key: SettingKey, name: string) =>
  new RegExp(`id="${key}-${name.replace('.', '\\.')}-problem">([^<]*)<`).exec(body)?.[1]

const inFuture = (hours: number) => {
  const at = new Date(Date.now() + hours * 3_600_000)
  return at.toLocaleString('sv-SE', { timeZone: 'Europe/Belgrade' }).slice(0, 16).replace(' ', 'T')
}

describe('who sees what', () => {
  test('an admin sees every setting with its form', async () => {
    const { body } = await admin.get('/console/settings')
    for (const key of Object.keys(DEFAULT_SETTINGS)) {
      expect(body, key).toContain(`<section class="card" id="${key}">`)
      expect(body, key).toContain(`action="/console/settings/${key}#${key}"`)
    }
  })

  test.each([
    ['inbox', 'cannedReplies', 'viberBudget'],
    ['events', 'silence', 'cannedReplies'],
    ['monitor', 'retentionDays', 'departments'],
  ] as const)('%s reads %s, not %s, and changes nothing', async (role, concerned, other) => {
    const browser = await console_.signIn(role)
    const { body } = await browser.get('/console/settings')
    expect(await card(concerned, browser, body)).not.toBe('')
    expect(await card(other, browser, body)).toBe('')
    expect(body).not.toContain('name="base"')
    expect((await browser.post(`/console/settings/${concerned}`, { do: 'end' })).statusCode).toBe(403)
  })

  test('an unknown setting is missing', async () => {
    expect((await admin.post('/console/settings/constructor', {})).statusCode).toBe(404)
  })
})

describe('each setting is saved from its form', () => {
  const cases: [SettingKey, Fields, unknown][] = [
    ['paused', { viber: 'on', web: 'on' }, ['viber', 'web']],
    ['caseDays', { days: '5' }, 5],
    [
      'openingHours',
      { '0.from': '8:00', '0.to': '16.30', '6.from': '', '6.to': '' },
      [{ from: '08:00', to: '16:30' }, null, null, null, null, null, null],
    ],
    [
      'departments',
      { rows: '2', '0.sr': 'Služba za šah', '0.en': 'Chess office', '1.sr': '' },
      [{ id: 'sluzba-za-sah', name: { sr: 'Služba za šah', bs: 'Služba za šah', en: 'Chess office' } }],
    ],
    [
      'cannedReplies',
      { rows: '1', '0.title': 'Hvala', '0.sr': 'Hvala na pitanju.', '0.bs': 'Hvala za pitanje.' },
      [
        {
          id: 'hvala',
          title: 'Hvala',
          texts: { sr: 'Hvala na pitanju.', bs: 'Hvala za pitanje.', en: 'Hvala na pitanju.' },
        },
      ],
    ],
    ['quietHours', { from: '22:00', to: '7:30' }, { from: '22:00', to: '07:30' }],
    ['approvalAbove', { above: '50' }, 50],
    [
      'silence',
      {
        rows: '2',
        '0.from': '2027-04-10',
        '0.to': '2027-04-12',
        '0.reason': 'Izbori',
        '1.from': '2027-01-05',
        '1.to': '2027-01-05',
        '1.reason': 'Žalost',
      },
      [
        { from: '2027-01-05', to: '2027-01-05', reason: 'Žalost' },
        { from: '2027-04-10', to: '2027-04-12', reason: 'Izbori' },
      ],
    ],
    [
      'extraHolidays',
      { rows: '1', '0.day': '2027-04-09', '0.sr': 'Dan grada' },
      [{ day: '2027-04-09', name: { sr: 'Dan grada', bs: 'Dan grada', en: 'Dan grada' } }],
    ],
    [
      'viberBudget',
      { price: '0,0045', monthly: '100', currency: 'eur' },
      { price: 0.0045, monthly: 100, currency: 'EUR' },
    ],
    [
      'retentionDays',
      { outbox: '14', inbox: '30', miss: '60', case: '180', delivery: '365', participation: '365' },
      { outbox: 14, inbox: 30, miss: 60, case: 180, delivery: 365, participation: 365 },
    ],
  ]

  test.each(cases)('%s', async (key, fields, expected) => {
    const answer = await send(key, fields)
    expect(answer.headers.location, answer.body).toBe(`/console/settings?saved=${key}#${key}`)
    expect((await settings())[key]).toEqual(expected)
    const page = (await admin.get(answer.headers.location as string)).body
    expect(await card(key, admin, page)).toContain('Sačuvano')
    const [row] = await auditRows(console_.database, { limit: 1 })
    expect(row).toMatchObject({ actor: admin.email, action: 'settings.change', target: `setting ${key}` })
  })

  test('the moderation reasons keep their ids when their words change, and one can be removed', async () => {
    const answer = await send('moderationReasons', {
      rows: '5',
      '0.id': 'insult',
      '0.sr': 'Vređa.',
      '1.id': 'personal-data',
      '1.sr': 'Tuđi podaci.',
      '1.remove': 'on',
      '4.sr': 'Vređa.',
    })
    expect(answer.statusCode).toBe(303)
    expect((await settings()).moderationReasons.map(({ id }) => id)).toEqual(['insult', 'vreda'])
    const [row] = await auditRows(console_.database, { limit: 1 })
    expect(row?.details).toEqual({
      added: ['vreda'],
      removed: ['personal-data', 'not-city', 'repeated'],
      changed: ['insult'],
    })
  })

  test('a form shows what is saved, ready to be sent again without a change', async () => {
    await send('departments', { rows: '1', '0.sr': 'Služba „A“ & <B>' })
    const html = await card('departments')
    expect(html).toContain('value="Služba „A“ &amp; &lt;B&gt;"')
    expect(html).toContain('name="0.id" value="sluzba-a-b"')
    expect(html).toContain('name="rows" value="2"')
  })
})

describe('what is wrong', () => {
  test('is told at every field at once, and nothing typed is lost', async () => {
    const answer = await send('notice', { sr: 'Вода', en: 'x'.repeat(601), until: '2020-01-01T10:00' })
    expect(answer.statusCode).toBe(422)
    expect(problemAt(answer.body, 'notice', 'sr')).toContain('latinicom')
    expect(problemAt(answer.body, 'notice', 'en')).toContain('Najviše 600 znakova; sada ih je 601')
    expect(problemAt(answer.body, 'notice', 'until')).toContain('prošlo')
    expect(answer.body).toContain('>\nВода</textarea>')
    expect(answer.body).toContain('aria-invalid="true"')
    expect(answer.body).toContain('Nije sačuvano: 3 polja treba ispraviti')
    expect((await settings()).notice).toBeNull()
    expect(await auditRows(console_.database, { limit: 1 })).toEqual([])
  })

  test.each([
    ['caseDays', { days: '0' }, 'days', 'od 1 do 60'],
    ['caseDays', { days: 'pet' }, 'days', 'od 1 do 60'],
    ['caseDays', { days: '1.5' }, 'days', 'od 1 do 60'],
    ['caseDays', {}, 'days', 'od 1 do 60'],
    ['openingHours', { '2.from': '09:00' }, '2.to', 'vreme'],
    ['openingHours', { '2.from': '15:00', '2.to': '09:00' }, '2.to', 'posle početka'],
    ['openingHours', { '2.from': '25:00', '2.to': '26:00' }, '2.from', 'vreme'],
    ['quietHours', { from: '08:00', to: '08:00' }, 'to', 'isti'],
    ['approvalAbove', { above: '-1' }, 'above', 'broj'],
    [
      'silence',
      { rows: '1', '0.from': '2027-02-30', '0.to': '2027-03-01', '0.reason': 'x' },
      '0.from',
      'dan',
    ],
    [
      'silence',
      { rows: '1', '0.from': '2027-03-02', '0.to': '2027-03-01', '0.reason': 'x' },
      '0.to',
      'pre prvog',
    ],
    ['silence', { rows: '1', '0.from': '2027-03-01', '0.to': '2027-03-01' }, '0.reason', 'Popunite'],
    ['extraHolidays', { rows: '1', '0.day': '2027-03-01' }, '0.sr', 'Popunite'],
    [
      'extraHolidays',
      { rows: '2', '0.day': '2027-03-01', '0.sr': 'A', '1.day': '2027-03-01', '1.sr': 'B' },
      '1.day',
      'već na spisku',
    ],
    ['viberBudget', { price: '1e9', monthly: '10', currency: 'EUR' }, 'price', 'broj'],
    ['viberBudget', { price: '1', monthly: '10', currency: '€' }, 'currency', 'tri slova'],
    [
      'retentionDays',
      { outbox: '6', inbox: '30', miss: '90', case: '365', delivery: '365', participation: '730' },
      'outbox',
      'od 7 do 90',
    ],
    [
      'retentionDays',
      { outbox: '30', inbox: '30', miss: '181', case: '365', delivery: '365', participation: '730' },
      'miss',
      'od 30 do 180',
    ],
    ['cannedReplies', { rows: '1', '0.sr': 'Tekst' }, '0.title', 'Popunite'],
    ['notice', { sr: 'Voda', until: inFuture(24 * 400) }, 'until', 'Najduže 366'],
    ['notice', { sr: 'Voda', until: 'sutra' }, 'until', 'dan i vreme'],
  ] as [SettingKey, Fields, string, string][])('%s %j: %s', async (key, fields, name, words) => {
    const before = (await settings())[key]
    const answer = await send(key, fields)
    expect(answer.statusCode).toBe(422)
    expect(problemAt(answer.body, key, name)).toContain(words)
    expect((await settings())[key]).toEqual(before)
  })

  test('is told in the language and script of the account', async () => {
    await admin.post('/console/account/language', { language: 'sr-Cyrl' })
    const answer = await send('caseDays', { days: '0' })
    expect(problemAt(answer.body, 'caseDays', 'days')).toBe('Упишите број од 1 до 60.')
    await admin.post('/console/account/language', { language: 'sr-Latn' })
  })
})

describe('a change by two', () => {
  test('nobody writes over what they have not seen', async () => {
    const base = baseOf(await card('caseDays'))
    await admin.post('/console/settings/caseDays', { base, do: 'save', days: '7' })
    const late = await admin.post('/console/settings/caseDays', { base, do: 'save', days: '9' })
    expect(late.statusCode).toBe(422)
    expect(late.body).toContain('Neko je u međuvremenu')
    expect(late.body).toContain('7 radnih dana')
    expect(late.body).toContain('value="9"')
    expect((await settings()).caseDays).toBe(7)
    const again = await admin.post('/console/settings/caseDays', {
      base: baseOf(late.body.split('id="caseDays"')[1] ?? ''),
      do: 'save',
      days: '9',
    })
    expect(again.statusCode).toBe(303)
  })

  test('of two at once one is told', async () => {
    const base = baseOf(await card('caseDays'))
    const answers = await Promise.all(
      ['4', '5', '6'].map(days => admin.post('/console/settings/caseDays', { base, do: 'save', days })),
    )
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([303, 422, 422])
  })
})

describe('the emergency notice', () => {
  const words = { sr: 'Česma na Trgu nije za piće.', en: 'Don’t drink the water.' }

  test('is looked at in every language and script before it is saved', async () => {
    const answer = await send('notice', { ...words, until: inFuture(5) }, 'preview')
    expect(answer.statusCode).toBe(200)
    expect(answer.body).toContain('Još nije sačuvano')
    expect(answer.body).toContain('<dd lang="sr-Cyrl" class="said">Чесма на Тргу није за пиће.</dd>')
    expect(answer.body).toContain('<dd lang="bs" class="said">Česma na Trgu nije za piće.</dd>')
    expect(answer.body).toContain('data-keep="dirty"')
    expect((await settings()).notice).toBeNull()
  })

  test('keeps its id when only its end changes, and gets another with other words', async () => {
    const until = inFuture(5)
    await send('notice', { ...words, until })
    const first = (await settings()).notice
    expect(first?.texts).toEqual({ sr: words.sr, bs: words.sr, en: words.en })
    expect(Date.parse(first?.until ?? '') - Date.now()).toBeGreaterThan(4.9 * 3_600_000)
    expect(await card('notice')).toContain(`value="${until}"`)
    await send('notice', { ...words, until: inFuture(9) })
    expect((await settings()).notice?.id).toBe(first?.id)
    await send('notice', { ...words, sr: 'Voda je ponovo ispravna.', until })
    expect((await settings()).notice?.id).not.toBe(first?.id)
  })

  test('is taken back by one press', async () => {
    await send('notice', { ...words, until: inFuture(5) })
    expect(await card('notice')).toContain('value="end"')
    await send('notice', {}, 'end')
    expect((await settings()).notice).toBeNull()
    expect(await card('notice')).not.toContain('value="end"')
    expect((await auditRows(console_.database, { limit: 5 })).length).toBe(2)
  })
})

test('the interface tells all settings', async () => {
  const key = await console_.key('monitor')
  const answer = await console_.app.inject({
    url: '/api/v1/settings',
    headers: { authorization: `Bearer ${key}` },
  })
  expect(answer.json()).toEqual(DEFAULT_SETTINGS)
})
