// What every page of the console gets from the shell: forms that only our pages can send, answers in their
// frame, sentences that can't be put into its mouth.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { html } from '../../src/platform/html/html.ts'
import { EVERYONE, type StaffPage } from '../../src/staff/index.ts'
import { startConsole, type TestConsole } from '../support/console.ts'

const seen: Record<string, string>[] = []
const page = (method: 'GET' | 'POST', path: string, more: Partial<StaffPage> = {}): StaffPage => ({
  method,
  path: `/console/trial${path}`,
  roles: EVERYONE,
  async handle(visit) {
    seen.push(visit.form)
    return { kind: 'redirect', to: '/console/account', done: 'console.account.done.devices' }
  },
  ...more,
})
let release: (() => void) | undefined
const PAGES = [
  page('POST', ''),
  page('POST', '/upload', {
    uploadMax: 1000,
    handle: async ({ uploads, form }) => ({
      kind: 'part',
      body: html`${uploads.map(({ name, bytes }) => `${name}:${bytes.length}`).join()} ${form.note ?? ''}`,
    }),
  }),
  page('GET', '/broken', {
    handle: async () => {
      throw new Error('the password is hunter2')
    },
  }),
  page('GET', '/part', { handle: async () => ({ kind: 'part', body: html`<b>${'<i>'}</b>` }) }),
  page('GET', '/file', {
    handle: async () => ({ kind: 'file', name: 'a"\r\nb/š.csv', mime: 'text/csv', bytes: 'a' }),
  }),
  page('POST', '/place', {
    handle: async () => ({
      kind: 'redirect',
      to: '/console/account?a=1#devices',
      done: 'console.account.done.devices',
    }),
  }),
  page('GET', '/live', {
    roles: ['editor'],
    handle: async () => ({
      kind: 'stream',
      async *parts(signal) {
        yield html`<p>one\ntwo</p>`
        await new Promise<void>(resolve => {
          release = resolve
          signal.addEventListener('abort', () => resolve())
        })
      },
    }),
  }),
]

let console_: TestConsole
beforeAll(async () => {
  console_ = await startConsole({ pages: PAGES, console: { heartbeatMs: 30 } })
})
afterAll(() => console_.stop())

describe('a form', () => {
  test('of our own page is taken', async () => {
    const browser = await console_.signIn('monitor')
    seen.length = 0
    expect((await browser.post('/console/trial', { a: '1' })).statusCode).toBe(303)
    expect(seen).toEqual([expect.objectContaining({ a: '1' })])
  })

  test.each([
    ['no token', { _csrf: [] }, {}],
    ['an empty token', { _csrf: '' }, {}],
    ['another token', { _csrf: 'A'.repeat(43) }, {}],
    ['a foreign origin', {}, { origin: 'https://evil.example' }],
    ['no origin to tell', {}, { origin: 'null' }],
    ['an origin that only begins like ours', {}, { origin: 'https://komsija.example.evil.example' }],
    ['our name by http', {}, { origin: 'http://komsija.example' }],
  ])('with %s changes nothing', async (_name, fields, headers) => {
    const browser = await console_.signIn('monitor')
    seen.length = 0
    const answer = await browser.post('/console/trial', fields, headers)
    expect(answer.statusCode).toBe(403)
    expect(answer.body).toContain('Obrazac je zastareo')
    expect(seen).toEqual([])
  })

  test('with the token of somebody else’s session changes nothing', async () => {
    const [own, other] = [await console_.signIn('monitor'), await console_.signIn('monitor')]
    seen.length = 0
    expect((await own.post('/console/trial', { _csrf: other.csrf() })).statusCode).toBe(403)
    expect(seen).toEqual([])
  })

  test.each([
    ['the address it was asked under', { origin: 'http://10.0.0.5:3000', host: '10.0.0.5:3000' }],
    ['the public address, though a proxy asks under another', { origin: 'https://komsija.example' }],
    ['an old browser that names none', {}],
  ])('from %s is ours', async (_name, headers) => {
    const browser = await console_.signIn('monitor')
    expect((await browser.post('/console/trial', {}, headers)).statusCode).toBe(303)
  })

  test('may carry its token as a header, as htmx sends it', async () => {
    const browser = await console_.signIn('monitor')
    const headers = { 'x-csrf-token': browser.csrf(), 'hx-request': 'true' }
    const answer = await browser.post('/console/trial', { _csrf: [] }, headers)
    expect([answer.statusCode, answer.headers['hx-redirect']]).toEqual([
      204,
      '/console/account?done=console.account.done.devices',
    ])
  })

  test('holds no character that the database can’t', async () => {
    const browser = await console_.signIn('monitor')
    seen.length = 0
    await browser.post('/console/trial', { a: 'x\0y' })
    expect(seen[0]?.a).toBe('xy')
    expect((await browser.get('/console/audit?actor=%00&target=%00')).statusCode).toBe(200)
  })
})

describe('files', () => {
  const BOUNDARY = 'x-boundary'
  const send = async (fields: Record<string, string>, files: Record<string, string>) => {
    const browser = await console_.signIn('monitor')
    const parts = [
      ...Object.entries({ _csrf: browser.csrf(), ...fields }).map(([name, value]) => [
        `name="${name}"`,
        value,
      ]),
      ...Object.entries(files).map(([name, value]) => [`name="files"; filename="${name}"`, value]),
    ]
    const body = parts.map(
      ([head, value]) => `--${BOUNDARY}\r\ncontent-disposition: form-data; ${head}\r\n\r\n${value}\r\n`,
    )
    return console_.app.inject({
      method: 'POST',
      url: '/console/trial/upload',
      headers: {
        'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
        cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      payload: `${body.join('')}--${BOUNDARY}--\r\n`,
    })
  }

  test('come with the fields beside them', async () => {
    const answer = await send({ note: 'beleška' }, { 'a.txt': 'abc', 'b.txt': 'de' })
    expect(answer.body).toBe('a.txt:3,b.txt:2 beleška')
  })

  test.each([
    ['one file over the limit', { 'a.txt': 'x'.repeat(1001) }],
    ['files over the limit together', { 'a.txt': 'x'.repeat(600), 'b.txt': 'x'.repeat(600) }],
  ])('%s are refused with a sentence', async (_name, files) => {
    const answer = await send({}, files)
    expect(answer.statusCode).toBe(413)
    expect(answer.body).toContain('preveliko')
  })

  test('a form of many long texts is refused before it fills the memory', async () => {
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`t${n}`, 'x'.repeat(100_000)]))
    expect((await send(many, {})).statusCode).toBe(413)
  })

  test('are not taken where a page wants none', async () => {
    const browser = await console_.signIn('monitor')
    const answer = await console_.app.inject({
      method: 'POST',
      url: '/console/trial',
      headers: {
        'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
        cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      payload: `--${BOUNDARY}\r\ncontent-disposition: form-data; name="f"; filename="a"\r\n\r\nabc\r\n--${BOUNDARY}--\r\n`,
    })
    expect(answer.statusCode).toBe(413)
  })
})

describe('what was done', () => {
  const said = async (done: string) => {
    const browser = await console_.signIn('monitor')
    const { body } = await browser.get(`/console/account?done=${encodeURIComponent(done)}`)
    return /<p class="done" role="status">(.*?)<\/p>/.exec(body)?.[1]
  }

  test('is said in a sentence of ours', async () => {
    expect(await said('console.account.done.devices')).toBe('Odjavljeno.')
  })

  test.each([
    'console.signIn.wrong',
    'console.account.done.nothing',
    'call.done.0900-123456',
    'Vaš nalog je ukinut',
    '<script>.done.x',
    'constructor.done.name',
  ])('an address can’t say "%s"', async done => {
    expect(await said(done)).toBeUndefined()
  })

  test('the place on the page stays the end of the address', async () => {
    const browser = await console_.signIn('monitor')
    expect((await browser.post('/console/trial/place')).headers.location).toBe(
      '/console/account?a=1&done=console.account.done.devices#devices',
    )
  })
})

describe('an answer', () => {
  test('a part has no frame and what is not markup is text', async () => {
    const browser = await console_.signIn('monitor')
    expect((await browser.get('/console/trial/part')).body).toBe('<b>&lt;i&gt;</b>')
  })

  test('a file’s name is plain', async () => {
    const browser = await console_.signIn('monitor')
    const { headers } = await browser.get('/console/trial/file')
    expect(headers['content-disposition']).toBe('attachment; filename="a___b__.csv"')
  })

  test('every page is for this reader alone, loads only our files and is shown in no other page', async () => {
    const browser = await console_.signIn('monitor')
    for (const path of [
      '/console/account',
      '/console/sign-in',
      '/console/nothing',
      '/console/trial/broken',
    ]) {
      const { headers } = await browser.get(path)
      expect(headers['cache-control'], path).toBe('no-store')
      expect(headers['content-security-policy'], path).toContain("frame-ancestors 'none'")
      expect(headers['content-security-policy'], path).not.toContain('unsafe')
    }
  })
})

describe('a fault', () => {
  test('tells the reader a kind sentence and nothing of itself, and is recorded without what was sent', async () => {
    const browser = await console_.signIn('monitor')
    const answer = await browser.get('/console/trial/broken?secret=1')
    expect(answer.statusCode).toBe(500)
    expect(answer.body).toContain('Nešto je zapelo')
    expect(answer.body).not.toContain('hunter2')
    expect(console_.logged.join()).not.toMatch(/hunter2|secret=1/)
    expect(console_.logged.join()).toContain('/console/trial/broken')
  })

  test('a page that isn’t there says so within the console', async () => {
    const browser = await console_.signIn('monitor')
    const answer = await browser.get('/console/nothing/at/all')
    expect(answer.statusCode).toBe(404)
    expect(answer.body).toContain('Ove stranice nema')
    expect(answer.body).toContain('href="/console/audit"')
  })

  test('a stranger learns nothing about which pages there are', async () => {
    const browser = console_.browser()
    for (const path of ['/console/nothing', '/console/audit', '/console/trial/broken']) {
      expect((await browser.get(path)).headers.location).toBe(
        `/console/sign-in?to=${encodeURIComponent(path)}`,
      )
    }
  })

  test('a part of a page that needs signing in sends the whole page there', async () => {
    const answer = await console_.browser().get('/console/account', { 'hx-request': 'true' })
    expect([answer.statusCode, answer.headers['hx-redirect'], answer.body]).toEqual([
      401,
      '/console/sign-in',
      '',
    ])
  })
})

describe('a live part', () => {
  const open = async (role: 'editor' | 'monitor') => {
    const browser = await console_.signIn(role)
    const answer = browser.get('/console/trial/live')
    return { browser, answer }
  }

  test('is sent as it comes and ends with its source', async () => {
    const { answer } = await open('editor')
    await expect.poll(() => release).toBeDefined()
    release?.()
    release = undefined
    const { body, headers } = await answer
    expect(headers['content-type']).toBe('text/event-stream; charset=utf-8')
    expect(body).toMatch(/^data: <p>one\ndata: two<\/p>\n\n/)
  })

  test.each([
    ['is disabled', 'disabled_at = now()'],
    ['gets another role', `role = 'monitor'`],
  ])('ends when its reader %s', async (_name, change) => {
    const { browser, answer } = await open('editor')
    await expect.poll(() => release).toBeDefined()
    release = undefined
    await console_.database.prisma.$executeRawUnsafe(
      `UPDATE staff_account SET ${change} WHERE email = '${browser.email}'`,
    )
    expect((await answer).body).toContain('data: ')
  })

  test('ends when its reader signs out elsewhere', async () => {
    const { browser, answer } = await open('editor')
    await expect.poll(() => release).toBeDefined()
    release = undefined
    await console_.database.sql`DELETE FROM staff_session WHERE account_id = ${browser.accountId}`
    expect((await answer).body).toContain('data: ')
  })
})
