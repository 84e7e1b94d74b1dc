// Pages, files and suggestions.
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ScriptWords } from '../../../src/channels/web/browser/view.js'
import { viewMessage } from '../../../src/channels/web/browser/view.js'
import { markup } from '../../../src/channels/web/markup.ts'
import { loadPrivacyNotices } from '../../../src/content/privacy.ts'
import type { Block, Button } from '../../../src/core/model/message.ts'
import { RETENTION_DAYS } from '../../../src/core/model/retention.ts'
import { textBlock } from '../../../src/core/text/rich.ts'
import { CONTENT_DIR } from '../../support/bot.ts'
import { cookieOf, post } from './client.ts'
import { type Chat, startChat, text } from './harness.ts'

let chat: Chat
beforeAll(async () => {
  chat = await startChat({ origins: ['https://www.novipazar.rs'] })
})
afterAll(() => chat.stop())

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${chat.url}${path}`, { headers })
const page = async (path: string, headers: Record<string, string> = {}) => (await get(path, headers)).text()

const WORDS: ScriptWords = {
  locale: 'sr-Latn-RS',
  timeZone: 'Europe/Belgrade',
  bot: 'Komšija',
  you: 'Vi',
  choices: 'Mogući odgovori',
  openUntil: 'Otvoreno do',
  map: 'Mapa',
  calendar: 'Kalendar',
  captions: 'Titl',
  sourceLabels: ['Izvor:'],
  privacyUrl: 'https://komsija.example/privacy',
  offline: '',
  refused: '',
  photoSending: '',
  photoFailed: '',
  photoName: '',
  suggestions: '',
}

function shown(blocks: Block[], buttons: Button[] = []): string {
  return markup(viewMessage({ seq: 1, at: '2026-11-24T10:00:00Z', blocks, buttons }, WORDS)).toString()
}

describe('the chat page', () => {
  test('shows the conversation of its browser and of nobody else', async () => {
    const cookie = cookieOf(await post(chat.url, { text: 'moja poruka' }))
    expect(await page('/', { cookie })).toContain('Čuo sam: moja poruka')
    expect(await page('/')).not.toContain('moja poruka')
  })

  test('shows the newest part of a long conversation, in order', async () => {
    const cookie = cookieOf(await post(chat.url, { text: 'početak' }))
    const address = chat.received.at(-1)?.address ?? ''
    for (let index = 0; index < 60; index++) await chat.say(address, `broj ${index}.`)
    const numbers = [...(await page('/', { cookie })).matchAll(/broj (\d+)\./g)].map(match =>
      Number(match[1]),
    )
    expect(numbers).toEqual(Array.from({ length: 50 }, (_, index) => index + 10))
  })

  test.each([
    ['sr', 'sr-Latn', 'Šta vas zanima'],
    ['sr-Cyrl', 'sr-Cyrl', 'Шта вас занима'],
    ['bs', 'bs', 'Svaki odgovor je provjeren'],
    ['en', 'en', 'What would you like'],
    ['xx', 'sr-Latn', 'Šta vas zanima'],
  ])('?lang=%s is %s and is remembered if we have it', async (lang, tag, words) => {
    const response = await get(`/?lang=${lang}`)
    const content = await response.text()
    expect(content).toContain(`<html lang="${tag}">`)
    expect(content).toContain(words)
    expect(response.headers.get('set-cookie') ?? '').toMatch(lang === 'xx' ? /^$/ : new RegExp(`=${tag};`))
  })

  test('is never cached and runs no script but its own', async () => {
    const { headers } = await get('/')
    expect(headers.get('cache-control')).toBe('no-store')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).not.toContain('unsafe')
    expect(policy).toContain("frame-ancestors 'self' https://www.novipazar.rs")
  })

  test.each(['<script>alert(1)</script>', '" onmouseover="alert(1)', "'><img src=x onerror=alert(1)>"])(
    'a start link can’t smuggle in markup: %s',
    async start => {
      expect(
        await page(`/?start=${encodeURIComponent(start)}&problem=${encodeURIComponent(start)}`),
      ).not.toContain('alert(1)')
    },
  )
})

describe('a message on the page', () => {
  test('is text, never markup', () => {
    const evil = '<img src=x onerror=alert(1)>'
    const everywhere = shown(
      [
        textBlock({ text: evil, style: 'bold' }, evil),
        { kind: 'card', text: '', title: evil, body: evil },
        { kind: 'list', text: '', items: [{ title: evil, body: evil, token: evil }] },
        { kind: 'image', text: '', mediaId: '', url: '/a"b', alt: `"${evil}` },
      ],
      [{ label: evil, token: '"><script>' }],
    )
    expect(everywhere).not.toContain('<img src=x')
    expect(everywhere).not.toContain('<script')
    expect(everywhere).not.toMatch(/alt=""</)
  })

  test.each(['javascript:alert(1)', 'data:text/html,x', '//evil.example', ' https://x'])(
    'never leads to %s',
    href => {
      const link = textBlock({ text: 'ovde', href })
      expect(shown([link], [{ label: 'Dugme', href }])).not.toContain(href.trim())
    },
  )

  test('keeps bold, italic and links where they are', () => {
    const made = shown([
      textBlock(['a ', { text: 'b', style: 'bold' }, ' ', { text: 'c', href: 'https://x.rs/?a=1&b=2' }]),
    ])
    expect(made).toContain('a <strong>b</strong> <a href="https://x.rs/?a=1&amp;b=2"')
  })

  test('shows overlapping styles', () => {
    const spans = [
      { from: 0, to: 4, style: 'bold' as const },
      { from: 2, to: 6, style: 'italic' as const },
    ]
    expect(shown([{ kind: 'text', text: 'abcdef', spans }])).toContain(
      '<strong>ab</strong><strong><em>cd</em></strong><em>ef</em>',
    )
  })

  test('has its heading, list and small print', () => {
    const made = shown([
      textBlock({ text: 'Naslov', style: 'bold' }, '', 'Tekst', '• prvo', '• drugo', '', 'Izvor: Zakon'),
    ])
    expect(made).toContain(
      '<p class="title"><strong>Naslov</strong></p><p>Tekst</p><ul><li>prvo</li><li>drugo</li></ul>',
    )
    expect(made).toContain('<p class="small">Izvor: Zakon</p>')
  })

  test.each([
    ['Vidi https://novipazar.rs/a_b.', 'href="https://novipazar.rs/a_b"'],
    ['(https://novipazar.rs/a)', 'href="https://novipazar.rs/a"'],
    ['Odjava: /odjava.', 'value="/odjava"'],
    ['/moji_podaci – izvoz', 'value="/moji_podaci"'],
  ])('links what can be followed: %s', (content, link) => {
    expect(shown([text(content).blocks[0] as Block])).toContain(link)
  })

  test.each(['7/8 i/ili km/h', 'čl. 24/25', 'a/b/c'])(
    'leaves alone what only looks like a command: %s',
    content => {
      expect(shown([text(content).blocks[0] as Block])).not.toContain('<button')
    },
  )

  test('shows a video with its still and captions, and its link to browsers that have no videos', () => {
    const video: Block = {
      kind: 'video',
      text: 'Snimak',
      mediaId: 'clip-0123456789ab',
      url: '/media/clip-0123456789ab/clip.mp4',
      posterUrl: '/media/still-0123456789ab/clip.jpg',
      seconds: 61.4,
      bytes: 5_000_000,
      captionsUrl: '/media/captions-0123456789ab/clip.vtt',
      title: 'Šta odlučuje grad',
    }
    expect(shown([video])).toContain(
      '<video controls preload="none" playsinline poster="/media/still-0123456789ab/clip.jpg" ' +
        'src="/media/clip-0123456789ab/clip.mp4" aria-label="Šta odlučuje grad">' +
        '<track kind="captions" src="/media/captions-0123456789ab/clip.vtt" srclang="sr" label="Titl" default>' +
        '<a href="/media/clip-0123456789ab/clip.mp4">Šta odlučuje grad</a></video>' +
        '<figcaption>Šta odlučuje grad · 1:01 · 5.0 MB</figcaption>',
    )
  })

  test.each(['', '?prefer=sr-Cyrl'])('puts the line on privacy below the buttons%s', query => {
    const notice = `Šta se čuva: ${WORDS.privacyUrl}${query}`
    const made = shown(
      [text('Odgovor').blocks[0] as Block, { kind: 'text', text: notice }],
      [{ label: 'Da', token: 'y' }],
    )
    expect(made.indexOf('Da</button>')).toBeLessThan(made.indexOf('Šta se čuva'))
  })

  test('tells times in the city’s zone', () => {
    const poll: Block = {
      kind: 'poll',
      text: '',
      id: 'p',
      question: 'Q',
      options: [],
      multi: false,
      closesAt: '2026-12-01T20:00:00Z',
    }
    expect(shown([poll])).toMatch(/Otvoreno do 1\. 12\. 21:00/)
  })
})

describe('the emergency notice', () => {
  const texts = { sr: 'Voda <b>nije</b> za piće.', bs: 'Voda nije za pit.', en: 'Don’t drink.' }
  const shown = async (until: string, path: string) => {
    const other = await startChat({ notice: { id: '1', texts, until }, database: chat.database })
    const body = await (await fetch(other.url + path)).text()
    await other.stop()
    return /<aside class="notice"[^>]*><p>(.*?)<\/p>/.exec(body)?.[1]
  }

  test.each([
    ['/', 'Voda &lt;b&gt;nije&lt;/b&gt; za piće.'],
    ['/privacy', 'Voda &lt;b&gt;nije&lt;/b&gt; za piće.'],
    ['/privacy?lang=sr-Cyrl', 'Вода &lt;б&gt;није&lt;/b&gt; за пиће.'],
    ['/?lang=bs&embed=1', 'Voda nije za pit.'],
    ['/privacy?lang=en', 'Don’t drink.'],
  ])('stands at the top of %s in the reader’s language', async (path, words) => {
    expect(await shown('2099-01-01T00:00:00Z', path)).toBe(words)
  })

  test('is gone when its time is over', async () => {
    expect(await shown('2020-01-01T00:00:00Z', '/privacy')).toBeUndefined()
  })
})

describe('the notice on personal data', () => {
  test.each([
    ['sr', 'Šta Komšija čuva o vama', '87/2018'],
    ['sr-Cyrl', 'Шта Комшија чува о вама', '/moji_podaci'],
    ['bs', 'posljednjih nekoliko pitanja', '/obrisi'],
    ['en', 'What Komšija keeps about you', '/delete'],
  ])('in %s', async (lang, title, detail) => {
    const content = await page(`/privacy?lang=${lang}`)
    expect(content).toContain(title)
    expect(content).toContain(detail)
  })

  test.each(['sr', 'sr-Cyrl', 'bs', 'en'])('tells in %s every period that the program keeps', async lang => {
    const before = await page(`/privacy?lang=${lang}`)
    for (const [name, days] of Object.entries(RETENTION_DAYS)) {
      expect(before).toContain(` ${days} `)
      const other = await startChat({
        retention: { ...RETENTION_DAYS, [name]: 4711 },
        database: chat.database,
      })
      const after = await (await fetch(`${other.url}/privacy?lang=${lang}`)).text()
      await other.stop()
      expect(after.replaceAll('4711', String(days)), name).toBe(before)
      expect(after, name).toContain(' 4711 ')
    }
  })

  test('that names a period the program does not keep stops the start', async () => {
    await expect(
      loadPrivacyNotices(CONTENT_DIR, { inbox: 1, outbox: 1, miss: 1, case: 1, delivery: 1 }),
    ).rejects.toThrow(/\{\{participation\}\} is no period/)
  })

  test('has what each item is about in bold', async () => {
    expect(await page('/privacy?lang=en')).toContain('<li><strong>/my_data</strong> – you receive')
    expect(await page('/privacy?lang=sr')).toContain('<li><strong>Brojanje</strong>: koliko pitanja')
  })
})

describe('suggestions', () => {
  const suggest = async (query: string) => {
    const response = await get(`/chat/suggest?${query}`)
    return { status: response.status, body: (await response.json()) as { id: string; title: string }[] }
  }

  test('are at most five, with id and title', async () => {
    const { status, body } = await suggest('q=a')
    expect(status).toBe(200)
    expect(body).toHaveLength(5)
    expect(Object.keys(body[0] ?? {})).toEqual(['id', 'title'])
  })

  test('come in the script of the page', async () => {
    expect((await suggest('q=zbor&lang=sr-Cyrl')).body[0]?.title).toMatch(/збор/)
  })

  test.each(['', 'q=', 'q=%20', `q=${'a'.repeat(300)}`, 'q=a&q=b'])('are none for %s', async query => {
    expect(await suggest(query)).toEqual({ status: 200, body: [] })
  })
})

describe('the line for other sites', () => {
  test('is small, may be read from everywhere and says its words in every language', async () => {
    const response = await get('/embed.js')
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect(response.headers.get('cache-control')).toBe('public, max-age=3600')
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    const script = await response.text()
    for (const words of ['Preskoči razgovor', 'Прескочи разговор', 'Skip the chat'])
      expect(script).toContain(words)
    expect(gzipSync(script).length).toBeLessThan(2000)
  })
})

describe('the page’s own files', () => {
  test('are kept for ever under their version, packed for whoever understands it', async () => {
    const url = /\/assets\/\w+\/page\.css/.exec(await page('/'))?.[0] ?? ''
    const response = await get(url)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect(response.headers.get('cache-control')).toContain('immutable')
    const plain = await get(url, { 'accept-encoding': 'identity' })
    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(await plain.text()).toBe(await response.text())
  })

  test('of another version are today’s, for now', async () => {
    const response = await get('/assets/000000000000/chat.js')
    expect(response.headers.get('cache-control')).toBe('no-cache')
  })

  test.each(['/assets/x/tsconfig.json', '/assets/x/view.d.ts', '/assets/x/..%2findex.ts'])(
    'are no others: %s',
    async path => {
      expect((await get(path)).status).toBe(404)
    },
  )
})
