// The pages of the answers and the interface for programs, as the application serves them.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type App, startApp } from '../../../src/app.ts'
import { readConfig } from '../../../src/config.ts'
import type { Entry } from '../../../src/core/model/content.ts'
import { RETENTION_DAYS } from '../../../src/core/model/retention.ts'
import { createLog } from '../../../src/platform/log.ts'
import { enforceRetention } from '../../../src/retention.ts'
import { type SignedIn, signIn } from '../../support/console-client.ts'
import { testDatabase } from '../../support/database.ts'

const PATH = '/console/answers'
/** How soon other instances know is told by other tests; a machine that runs many at once is slow now and then. */
const PATIENT = { timeout: 20_000 }
const EVIL = '<script>alert("x")</script><img src=x onerror=alert(1)>'

let database: Awaited<ReturnType<typeof testDatabase>>
let dataDir: string
let app: App
const people = {} as Record<'editor' | 'second' | 'inbox' | 'monitor' | 'events', SignedIn>

beforeAll(async () => {
  database = await testDatabase(16)
  dataDir = mkdtempSync(path.join(tmpdir(), 'komsija-pages-'))
  const env = { DATABASE_URL: database.url, DATA_DIR: dataDir, PORT: '0', ROLE: 'web' }
  app = await startApp(readConfig(env), createLog('silent'))
  const add = (role: 'editor' | 'inbox' | 'monitor' | 'events') => signIn(database.sql, app.url, { role })
  people.editor = await add('editor')
  people.second = await add('editor')
  people.inbox = await add('inbox')
  people.monitor = await add('monitor')
  people.events = await add('events')
})
afterAll(async () => {
  await app.stop()
  await database.drop()
  rmSync(dataDir, { recursive: true })
})

const html = async (response: Promise<Response>) => (await response).text()
const stampOf = (page: string) => /name="stamp" value="([\d.]*)"/.exec(page)?.[1] ?? ''
const stampOfItem = async (id: string) => stampOf(await html(people.editor.get(`${PATH}/${id}`)))

/** The fields of the form as a browser would send them. */
async function formOf(id: string): Promise<Record<string, string | string[]>> {
  const { served } = (await (await people.editor.api('GET', `/answers/${id}`)).json()) as { served: Entry }
  const texts = Object.entries(served.texts).flatMap(([language, text]) => [
    [`${language}.title`, text.title],
    [`${language}.answer`, text.answer],
    [`${language}.steps`, text.steps.join('\r\n')],
    [`${language}.phrasings`, text.phrasings.join('\r\n')],
    [`${language}.keywords`, text.keywords.join(', ')],
  ])
  const sources = served.sources.flatMap((source, place) =>
    Object.entries(source).map(([name, value]) => [`source.${place}.${name}`, value]),
  )
  const { category, status, owner, lastChecked, reviewBy, facts, gaps, related } = served
  return {
    ...Object.fromEntries([...texts, ...sources]),
    ...{ id, kind: 'entry', category, status, owner, lastChecked, reviewBy },
    ...{ fact: facts, gap: gaps, related },
    stamp: await stampOfItem(id),
  }
}

async function addMiss(question: string, times = 1): Promise<string> {
  let last = ''
  for (let time = 0; time < times; time++) {
    const [row] = await database.sql<{ id: string }>`
      INSERT INTO miss (question, language, channel, candidates, at) VALUES (${question}, 'sr', 'web', '{}', now())
      RETURNING id::text`
    last = row?.id ?? ''
  }
  return last
}

describe('roles', () => {
  const pages = [
    PATH,
    `${PATH}/street-lighting`,
    `${PATH}/new`,
    `${PATH}/misses`,
    `${PATH}/bench`,
    '/console/lab',
  ]
  it.each([
    ['editor', [200, 200, 200, 200, 200, 200]],
    ['inbox', [200, 200, 403, 403, 200, 200]],
    ['monitor', [200, 200, 403, 403, 403, 403]],
    ['events', [403, 403, 403, 403, 403, 200]],
  ] as const)('%s', async (role, expected) => {
    const found = await Promise.all(pages.map(async page => (await people[role].get(page)).status))
    expect(found).toEqual(expected)
  })

  it('nobody but editors changes anything', async () => {
    for (const role of ['inbox', 'monitor', 'events'] as const) {
      for (const path of [
        'new',
        'street-lighting',
        'street-lighting/publish',
        'street-lighting/withdraw',
        'misses',
        'compute',
      ]) {
        expect((await people[role].post(`${PATH}/${path}`, {})).status).toBe(403)
      }
    }
  })

  it('the monitor sees what people get, and no draft', async () => {
    await people.editor.post(`${PATH}/mayor-role`, {
      ...(await formOf('mayor-role')),
      'sr.answer': 'Tajni nacrt.',
    })
    const page = await html(people.monitor.get(`${PATH}/mayor-role`))
    expect(page).toContain('gradonačelnik')
    expect(page).not.toContain('Tajni nacrt.')
    expect(page).not.toContain('<textarea')
    const draft = { content: await newEntry('only-a-draft'), stamp: '' }
    expect((await people.editor.api('POST', '/answers/only-a-draft/revisions', draft)).status).toBe(201)
    expect((await people.monitor.get(`${PATH}/only-a-draft`)).status).toBe(404)
    expect(await html(people.monitor.get(PATH))).not.toContain('only-a-draft')
    expect(await html(people.inbox.get(PATH))).toContain('only-a-draft')
  })
})

async function newEntry(id: string): Promise<Entry> {
  const { served } = (await (await people.editor.api('GET', '/answers/parking')).json()) as { served: Entry }
  const empty = { title: 'T', phrasings: [], keywords: [], answer: 'A', steps: [] }
  return { ...served, id, sources: [{ name: 'Sajt grada' }], texts: { sr: empty, bs: empty, en: empty } }
}

describe('the list', () => {
  it('finds in any spelling, and is only the lines when a script asks', async () => {
    const found = await html(people.editor.get(`${PATH}?q=ulicna+rasveta`))
    expect(found).toContain('/console/answers/street-lighting"')
    expect(found).not.toContain('/console/answers/mayor-role"')
    const part = await fetch(`${app.url}${PATH}?q=%D1%80%D0%B0%D1%81%D0%B2%D0%B5%D1%82%D0%B0`, {
      headers: { cookie: `komsija_console=${people.editor.token}`, 'hx-request': 'true' },
    })
    const text = await part.text()
    expect(text).toContain('street-lighting')
    expect(text).not.toContain('<html')
  })

  it('begins with what somebody should look at', async () => {
    await people.editor.post(`${PATH}/city-statute`, {
      ...(await formOf('city-statute')),
      do: 'submit',
    })
    const listed = await html(people.editor.get(PATH))
    const first = /class="listing"><li>.*?href="\/console\/answers\/([\w-]+)"/s.exec(listed)?.[1]
    expect(first).toBe('city-statute')
  })

  it('filters by what needs somebody', async () => {
    const unverified = await html(people.editor.get(`${PATH}?health=unverified`))
    expect(unverified).toContain('agriculture-tourism')
    expect(unverified).not.toContain('/console/answers/street-lighting"')
    const kinds = await html(people.editor.get(`${PATH}?kind=redirect`))
    expect(kinds).toContain('/console/answers/passport"')
  })
})

describe('the editor', () => {
  it('keeps everything of an answer that is sent back unchanged', async () => {
    const { served } = (await (await people.editor.api('GET', '/answers/waste-cleaning')).json()) as {
      served: Entry
    }
    const sent = await people.editor.post(`${PATH}/waste-cleaning`, {
      ...(await formOf('waste-cleaning')),
      do: 'save',
    })
    expect(sent.headers.get('location')).toBe(`${PATH}/waste-cleaning?done=console.answers.done.saved`)
    const read = (await (await people.editor.api('GET', '/answers/waste-cleaning')).json()) as {
      revisions: { content: Entry }[]
    }
    expect(read.revisions[0]?.content).toEqual(served)
  })

  it('says beside its field what the check finds', async () => {
    await people.editor.post(`${PATH}/parking`, {
      ...(await formOf('parking')),
      'sr.answer': `Rok je 977 dana. ${'x'.repeat(600)}`,
      'source.0.url': 'nije veza',
    })
    const page = await html(people.editor.get(`${PATH}/parking`))
    expect(page).toContain('ne stoji ni u jednoj činjenici: 977')
    expect(page).toContain('nije veza')
    const judged = await html(people.editor.get(`${PATH}/parking/judge`))
    expect(judged).toContain('Prvo ispravite greške')
    expect(judged).not.toContain('/parking/publish')
    const refused = await people.second.post(`${PATH}/parking/publish`, {
      stamp: await stampOfItem('parking'),
    })
    expect(refused.status).toBe(409)
  })

  it('takes the confidence from the weakest fact', async () => {
    const form = await formOf('local-roads')
    await people.editor.post(`${PATH}/local-roads`, {
      ...form,
      'fact.add': 'assembly-size  lighting-operator',
    })
    const page = await html(people.editor.get(`${PATH}/local-roads`))
    expect(page).toContain('mora ostati nepotvrđen')
  })

  it('shows what others wrote meanwhile beside what was typed', async () => {
    const form = await formOf('heating')
    await people.second.post(`${PATH}/heating`, { ...form, 'sr.answer': 'Njihov tekst o grejanju.' })
    const late = await people.editor.post(`${PATH}/heating`, {
      ...form,
      'sr.answer': 'Moj tekst o grejanju.',
    })
    expect(late.status).toBe(409)
    const page = await late.text()
    expect(page).toContain('Njihov tekst o grejanju.')
    expect(page).toContain('Moj tekst o grejanju.')
    expect(page.split('class="wording"')).toHaveLength(2)
    const again = { ...form, 'sr.answer': 'Moj tekst o grejanju.', stamp: stampOf(page) }
    expect((await people.editor.post(`${PATH}/heating`, again)).status).toBe(303)
    const history = await html(people.editor.get(`${PATH}/heating/revisions`))
    expect(history).toContain(people.second.email)
    expect(history).toContain('<del>')
  })

  it('previews what was typed on every channel, and saves nothing', async () => {
    const form = { ...(await formOf('water-sewage')), 'sr.answer': 'Probni tekst o vodi.', look: 'sr-Cyrl' }
    const part = await html(people.editor.post(`${PATH}/preview`, form))
    expect(part).toContain('Пробни текст о води.')
    for (const channel of ['telegram', 'viber', 'botframework', 'web'])
      expect(part).toContain(`preview ${channel}`)
    expect(await html(people.editor.get(`${PATH}/water-sewage`))).not.toContain('Probni tekst')
  })

  it('begins a new answer with a question, and a copy with another', async () => {
    const asked = await html(people.editor.get(`${PATH}/new?question=gde+je+bazen+u+gradu`))
    expect(asked).toContain('gde je bazen u gradu')
    const copied = await html(people.editor.get(`${PATH}/new?copy=parking&kind=entry`))
    expect(copied).toContain('parking')
    const taken = await people.editor.post(`${PATH}/new`, { ...(await formOf('parking')), stamp: '' })
    expect(taken.status).toBe(422)
  })
})

describe('texts of strangers', () => {
  it('are text in the editor, the history, the judgement, the list and the preview', async () => {
    const form = {
      ...(await formOf('street-lighting')),
      'sr.title': EVIL,
      'sr.answer': EVIL,
      'sr.phrasings': EVIL,
    }
    await people.editor.post(`${PATH}/street-lighting`, {
      ...form,
      note: EVIL,
      owner: EVIL,
      'source.0.name': EVIL,
    })
    const pages = ['', '/judge', '/revisions'].map(page => `${PATH}/street-lighting${page}`)
    for (const page of [
      ...pages,
      `${PATH}?q=rasveta`,
      `${PATH}/bench?q=${encodeURIComponent(EVIL)}&draft=street-lighting`,
    ]) {
      const text = await html(people.editor.get(page))
      expect(text, page).not.toMatch(/<script>alert|<img src=x/)
    }
  })

  it('are text among the misses', async () => {
    await addMiss(`${EVIL} gde je park / ${EVIL}`)
    const text = await html(people.editor.get(`${PATH}/misses`))
    expect(text).toContain('&lt;script&gt;alert')
    expect(text).not.toMatch(/<script>alert|<img src=x/)
  })
})

describe('misses', () => {
  it('that are ignored don’t come back, nor do new ones like them', async () => {
    const id = await addMiss('koja je najbolja picerija u gradu', 2)
    expect(await html(people.editor.get(`${PATH}/misses`))).toContain('najbolja picerija')
    await people.editor.post(`${PATH}/misses`, { miss: id, do: 'ignore' })
    expect(await html(people.editor.get(`${PATH}/misses`))).not.toContain('najbolja picerija')
    await addMiss('koja je najbolja piceria u gradu')
    expect(await html(people.editor.get(`${PATH}/misses`))).not.toContain('piceria')
    const rows = await database.sql`SELECT action, details FROM audit WHERE action LIKE 'misses.%'`
    expect(rows).toEqual([{ action: 'misses.ignored', details: { questions: 1, misses: 2 } }])
  })

  it('are remembered no longer than anything that people wrote', async () => {
    const id = await addMiss('ko je najbolji frizer u gradu')
    await people.editor.post(`${PATH}/misses`, { miss: id, do: 'ignore' })
    await database.sql`UPDATE miss_decision SET at = now() - interval '91 days' WHERE questions[1] LIKE '%frizer%'`
    await enforceRetention(database.sql, RETENTION_DAYS)
    const texts = await database.sql<{
      question: string
    }>`SELECT unnest(questions) AS question FROM miss_decision`
    expect(texts.map(({ question }) => question)).not.toContain('ko je najbolji frizer u gradu')
  })

  it('that were not ticked stay', async () => {
    const taken = await addMiss('gde se prijavljuje rad na crno')
    await addMiss('gde se prijavljuje rad na crno kod kuće')
    await people.editor.post(`${PATH}/misses`, { miss: taken, do: 'ignore' })
    const page = await html(people.editor.get(`${PATH}/misses`))
    expect(page).toContain('rad na crno kod kuće')
  })

  it('become phrasings in the draft of an answer or a redirect', async () => {
    const id = await addMiss('za koliko dana stigne nova putna knjižica / pošaljite [telefon]')
    await people.editor.post(`${PATH}/misses`, { miss: id, other: 'passport', do: 'other' })
    const page = await html(people.editor.get(`${PATH}/passport`))
    expect(page).toContain('za koliko dana stigne nova putna knjižica')
    expect(page).not.toContain('[telefon]')
    expect(await html(people.editor.get(`${PATH}/misses`))).toContain('/console/answers/passport/judge')
  })

  it('lead to a new answer, and are dealt with once it is saved', async () => {
    const id = await addMiss('kad grad dodeljuje bicikle na korišćenje')
    const led = await people.editor.post(`${PATH}/misses`, { miss: id, do: 'entry' })
    const to = led.headers.get('location') ?? ''
    expect(to).toBe(`${PATH}/new?kind=entry&misses=${id}`)
    const form = await html(people.editor.get(to))
    expect(form).toContain('kad grad dodeljuje bicikle na korišćenje')
    expect(await html(people.editor.get(`${PATH}/misses`))).toContain('dodeljuje bicikle')
    const saved = await people.editor.post(`${PATH}/new`, {
      ...(await formOf('parking')),
      ...{ id: 'city-bicycles', stamp: '', miss: id, do: 'save' },
    })
    expect(saved.status).toBe(303)
    expect(await html(people.editor.get(`${PATH}/misses`))).not.toContain('dodeljuje bicikle')
  })

  it('need a tick and a place', async () => {
    expect((await people.editor.post(`${PATH}/misses`, { do: 'ignore' })).status).toBe(422)
    const id = await addMiss('porez')
    expect((await people.editor.post(`${PATH}/misses`, { miss: id, to: 'parking' })).status).toBe(422)
    expect((await people.editor.post(`${PATH}/misses`, { miss: id, to: 'no-such-answer' })).status).toBe(422)
  })
})

describe('the test bench', () => {
  it('shows ranking, scores, words and the decision, and what would be said', async () => {
    const page = await html(people.editor.get(`${PATH}/bench?q=ko+popravlja+ulicnu+rasvjetuu`))
    expect(page).toContain('Ko popravlja uličnu rasvetu?')
    expect(page).toContain('rasvjetuu → ')
    for (const word of ['Sigurnost / prag', 'Reči (BM25)', 'Za i protiv', 'Šta bi bot rekao']) {
      expect(page).toContain(word)
    }
    expect(await html(people.editor.get(`${PATH}/bench?q=%3F%3F`))).toContain('nema odgovora')
  })

  it('shows a draft beside what people get', async () => {
    const form = await formOf('youth-office')
    const phrasings = `${form['sr.phrasings']}\r\nzvrčalica na točkićima po keju`
    await people.editor.post(`${PATH}/youth-office`, { ...form, 'sr.phrasings': phrasings })
    const page = await html(
      people.editor.get(`${PATH}/bench?q=zvr%C4%8Dalica+na+to%C4%8Dki%C4%87ima+po+keju&draft=youth-office`),
    )
    expect(page).toContain('Sa nacrtom')
    expect(page.match(/badge good">(?:odgovara|nudi izbor|nema odgovora)/g)).toHaveLength(2)
  })
})

describe('the interface for programs', () => {
  it('lists, reads, revises and publishes, by two people where a law is told', async () => {
    const list = (await (await people.monitor.api('GET', '/answers')).json()) as {
      items: { id: string; status: string }[]
    }
    expect(list.items.every(({ status }) => status === 'published')).toBe(true)
    const read = await (await people.editor.api('GET', '/answers/zbor-gradjana')).json()
    const { served, stamp } = read as { served: Entry; stamp: string }
    const content = {
      ...served,
      texts: { ...served.texts, en: { ...served.texts.en, title: 'What is a zbor?' } },
    }
    const saved = await people.editor.api('POST', '/answers/zbor-gradjana/revisions', { content, stamp })
    expect(saved.status).toBe(201)
    const own = await people.editor.api('POST', '/answers/zbor-gradjana/publish', {})
    expect([own.status, ((await own.json()) as { code: string }).code]).toEqual([409, 'second-person'])
    expect((await people.second.api('POST', '/answers/zbor-gradjana/publish', {})).status).toBe(200)
    await expect
      .poll(async () => (await people.monitor.api('GET', '/answers/zbor-gradjana')).json(), PATIENT)
      .toMatchObject({ served: { texts: { en: { title: 'What is a zbor?' } } }, revisions: [] })
  })

  it('refuses what is stale, malformed or not for the role', async () => {
    const { served } = (await (await people.editor.api('GET', '/answers/zbor-gradjana')).json()) as {
      served: Entry
    }
    const stale = { content: served, stamp: '' }
    expect((await people.editor.api('POST', '/answers/zbor-gradjana/revisions', stale)).status).toBe(409)
    const foreign = { content: served, stamp: '' }
    expect((await people.editor.api('POST', '/answers/parking/revisions', foreign)).status).toBe(422)
    expect(
      (await people.editor.api('POST', '/answers/parking/revisions', { content: { id: 1 } })).status,
    ).toBe(422)
    expect((await people.editor.api('POST', '/answers/no-such/publish', {})).status).toBe(404)
    expect((await people.inbox.api('GET', '/misses')).status).toBe(403)
    expect((await people.monitor.api('GET', '/misses')).status).toBe(403)
    expect((await people.editor.api('GET', '/misses')).status).toBe(200)
    expect((await people.monitor.api('POST', '/answers/parking/publish', {})).status).toBe(403)
  })
})
