// Proposals: from the chat to the desk and back to the chat, and to the public page only when an editor says so.
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FetchedFile } from '../../src/channels/channel.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../src/core/model/settings.ts'
import { fetchPhotos } from '../../src/features/feedback/photos.ts'
import { personalTables } from '../../src/features/index.ts'
import { enforceRetention } from '../../src/retention.ts'
import { buttonsOf, textOf } from '../support/bot.ts'
import { startConsole } from '../support/bot-and-console.ts'

const settings: Settings = {
  ...DEFAULT_SETTINGS,
  departments: [
    { id: 'roads', name: { sr: 'Odeljenje za puteve', bs: 'Odjeljenje za puteve', en: 'Roads office' } },
  ],
}
let files: FetchedFile[]
let desk: Awaited<ReturnType<typeof startConsole>>
let clerk: Awaited<ReturnType<typeof desk.signIn>>
beforeEach(async () => {
  files = []
  desk = await startConsole({
    settings: () => settings,
    fetchFile: async () => files.shift() ?? { status: 'not-now' },
  })
  clerk = await desk.signIn('inbox')
})
afterEach(() => desk.stop())

const say = (text: string, address = 'a') => desk.tell(address, { kind: 'text', text })
const press = (token: string, address = 'a') => desk.tell(address, { kind: 'press', token })
const photo = (more: object = {}, address = 'a') =>
  desk.tell(address, { kind: 'attachment', attachment: 'photo', file: { ref: 'file-1' }, ...more })
const labels = (said: Awaited<ReturnType<typeof say>>) => buttonsOf(said).map(({ label }) => label)
const rows = () =>
  desk.database.sql<
    Record<string, unknown> & { id: number; reference: string }
  >`SELECT * FROM proposal ORDER BY id`
const told = async () => {
  const sent = await desk.database.sql<{ text: string }>`
    SELECT message->'blocks'->0->>'text' AS text FROM outbox WHERE lane = 'bulk' ORDER BY id`
  return sent.map(({ text }) => text)
}

const WORDS = 'Na uglu kod pijace treba ležeći policajac, zovite 064 123 4567.'
async function propose(address = 'a', text = WORDS) {
  await press('ok:f:new', address)
  await press('f:c:traffic', address)
  await say(text, address)
  return press('f:send', address)
}

describe('writing a proposal', () => {
  it.each(['/predlog', '/предлог', '/prijedlog', '/proposal'])(
    'begins with %s, says who reads it, asks for consent',
    async command => {
      const said = textOf(await say(command))
      expect(said).toMatch(/čita gradska služba|чита градска служба/)
      expect(said).toMatch(/Da čuvam\?|Да чувам\?/)
      expect(await rows()).toEqual([])
    },
  )

  it('asks what it is about, for the words, shows all of it once more, and gives a number', async () => {
    expect(labels(await press('ok:f:new'))).toContain('Saobraćaj i prevoz')
    expect(textOf(await press('f:c:traffic'))).toContain('Napišite predlog')
    expect(textOf(await say('kratko'))).toContain('prekratko')
    expect(textOf(await say('x'.repeat(1501)))).toContain('1500 znakova')
    const check = await say(WORDS)
    expect(textOf(check)).toContain('Saobraćaj i prevoz')
    expect(labels(check)).toEqual([
      'Pošalji gradu',
      'Dodaj sliku',
      'Izaberi mesnu zajednicu',
      'Napiši drugačije',
      'Odustani',
    ])
    expect(await rows()).toEqual([])
    const sent = await press('f:send')
    const [row] = await rows()
    expect(row).toMatchObject({ category: 'traffic', text: WORDS, state: 'received', channel: 'web' })
    expect(row?.reference).toMatch(/^[ADEFGKLMNRSTUV2346789]{6}$/)
    expect(textOf(sent)).toContain(`${row?.reference.slice(0, 3)}-${row?.reference.slice(3)}`)
  })

  it('is sent once, however often the button is pressed', async () => {
    await propose()
    expect(textOf(await press('f:send'))).toContain('ne pišete nijedan predlog')
    expect(await rows()).toHaveLength(1)
  })

  it('takes the local community somebody has chosen, or another, or none', async () => {
    await press('ch:c:mz-01')
    await press('ok:f:new')
    await press('f:c:roads')
    expect(textOf(await say(WORDS))).toContain('Mesna zajednica: Parice')
    expect(labels(await press('f:mz'))).toEqual(['Parice', 'Ni na jednu / ne znam'])
    expect(textOf(await press('f:mz:none'))).not.toContain('Parice')
    expect(textOf(await press('f:mz:mz-02'))).toContain('više ne važi')
    await press('f:mz:mz-01')
    await press('f:send')
    expect(await rows()).toMatchObject([{ community: 'mz-01' }])
  })

  it('can be given up, and then nothing is kept', async () => {
    await press('ok:f:new')
    await press('f:c:other')
    await say(WORDS)
    expect(textOf(await press('f:no'))).toContain('ništa nije poslato')
    expect(textOf(await press('f:send'))).toContain('ne pišete')
    const [chat] = await desk.database.sql<{ state: string }>`SELECT state::text FROM address`
    expect(chat?.state).not.toContain('pijace')
    expect(await rows()).toEqual([])
  })

  it('a question in between is answered, and the draft waits', async () => {
    await press('ok:f:new')
    await press('f:c:other')
    await say(WORDS)
    expect(textOf(await say('ko popravlja uličnu rasvetu'))).toContain('rasvet')
    await press('f:send')
    expect(await rows()).toHaveLength(1)
  })

  it('is kind about the fourth of a day', async () => {
    for (let turn = 0; turn < 3; turn++) await propose()
    expect(textOf(await propose())).toContain('Danas ste poslali tri predloga')
    expect(await rows()).toHaveLength(3)
    await desk.database.sql`UPDATE proposal SET created_at = created_at - interval '25 hours'`
    expect(textOf(await press('f:send'))).toContain('Hvala, predlog je poslat')
  })

  it.each(['f:', 'f:c:nonsense', 'f:w:OOOOOO', 'f:mz:<b>', 'f:send:1', 'f:x'])(
    'refuses the forged token %s',
    async token => {
      await press('ok:m:menu')
      expect(textOf(await press(token))).toContain('više ne važi')
      expect(await rows()).toEqual([])
    },
  )
})

describe('a picture', () => {
  const picture = () =>
    sharp({ create: { width: 60, height: 40, channels: 3, background: '#888' } })
      .jpeg()
      .withExif({ IFD0: { Artist: 'Mirsad Begović' } })
      .toBuffer()

  it('is taken while a proposal is written, with the words as its caption', async () => {
    await press('ok:f:new')
    expect(textOf(await photo())).toContain('ne umem da pročitam')
    await press('f:c:roads')
    const check = await photo({ caption: WORDS })
    expect(textOf(check)).toContain('Sa slikom.')
    expect(textOf(check)).toContain(WORDS)
    expect(textOf(await press('f:send'))).toContain('Slika se dodaje')
    expect(await rows()).toMatchObject([{ photo_ref: 'file-1', text: WORDS }])
  })

  it('is fetched, loses its notes, belongs to the author, and the desk sees it', async () => {
    await press('ok:f:new')
    await press('f:c:roads')
    await photo({ caption: WORDS })
    await press('f:send')
    files.push({ status: 'not-now' }, { status: 'fetched', bytes: await picture() })
    expect(await fetchPhotos(desk.parts)).toBe(0)
    expect(await fetchPhotos(desk.parts)).toBe(1)
    expect(await fetchPhotos(desk.parts)).toBe(0)
    const [media] = await desk.database.sql<{
      id: string
      name: string
      bytes: Buffer
      mime: string
      own: boolean
    }>`
      SELECT id, name, bytes, mime, person_id IS NOT NULL AS own FROM media`
    expect(media).toMatchObject({ mime: 'image/jpeg', own: true })
    expect(media?.bytes.toString('latin1')).not.toContain('Mirsad')
    const [row] = await rows()
    expect(row).toMatchObject({ photo_id: media?.id, photo_ref: null })
    const page = await clerk.get(`/console/feedback/${row?.id}`)
    expect(page.body).toContain(`/media/${media?.id}/`)
    expect((await desk.read(`/media/${media?.id}/${media?.name}`)).statusCode).toBe(200)
    await press('erase:yes')
    expect((await desk.read(`/media/${media?.id}/${media?.name}`)).statusCode).toBe(404)
  })

  it.each([
    [{ status: 'fetched', bytes: Buffer.from('not a picture') }, 'nisam mogao da pročitam'],
    [{ status: 'refused', reason: 'too-large' }, 'veća od 5 MB'],
    [{ status: 'refused', reason: 'gone' }, 'nisam mogao da pročitam'],
    [{ status: 'refused', reason: 'foreign' }, 'nisam mogao da pročitam'],
  ] as [FetchedFile, string][])(
    'that can’t be kept is told, and the proposal stays: %o',
    async (file, words) => {
      await press('ok:f:new')
      await press('f:c:roads')
      await photo({ caption: WORDS })
      await press('f:send')
      files.push(file)
      await fetchPhotos(desk.parts)
      expect((await told())[0]).toContain(words)
      expect(await rows()).toMatchObject([{ photo_ref: null, photo_id: null, text: WORDS }])
    },
  )

  it('of an author who was erased meanwhile is not kept', async () => {
    await press('ok:f:new')
    await press('f:c:roads')
    await photo({ caption: WORDS })
    await press('f:send')
    const bytes = await picture()
    const erasing = {
      ...desk.parts,
      fetchFile: async (): Promise<FetchedFile> => {
        await press('erase:yes')
        return { status: 'fetched', bytes }
      },
    }
    expect(await fetchPhotos(erasing)).toBe(0)
    expect(await desk.database.sql`SELECT 1 FROM media`).toEqual([])
  })

  it('known to be too large, or something else, is refused at once', async () => {
    await press('ok:f:new')
    await press('f:c:roads')
    await say(WORDS)
    expect(textOf(await photo({ file: { ref: 'x', bytes: 6_000_000 } }))).toContain('veća od 5 MB')
    expect(textOf(await desk.tell('a', { kind: 'attachment', attachment: 'video' }))).toContain('samo slika')
    expect(textOf(await photo())).toContain('Slika je primljena')
    expect(textOf(await press('f:nophoto'))).toContain('Bez slike.')
  })
})

describe('the desk', () => {
  async function first() {
    await propose()
    const [row] = await rows()
    if (!row) throw new Error('no proposal')
    return row
  }

  it('sees what came, by state and subject, and never who wrote it', async () => {
    const { id, reference } = await first()
    const list = (await clerk.get('/console/feedback?state=received&category=traffic')).body
    expect(list).toContain(`${reference.slice(0, 3)}-${reference.slice(3)}`)
    expect((await clerk.get('/console/feedback?state=answered')).body).not.toContain(reference.slice(0, 3))
    expect(list).toMatch(/Predlozi <span class="count">1/)
    const [person] = await desk.database.sql<{ id: string; address: string }>`
      SELECT p.id, a.id AS address FROM person p JOIN address a ON a.person_id = p.id`
    for (const page of [list, (await clerk.get(`/console/feedback/${id}`)).body]) {
      expect(page).not.toContain(person?.id)
      expect(page).not.toContain(person?.address)
    }
  })

  it('passes on, answers and declines, and the author is told each time in the chat', async () => {
    const { id } = await first()
    await clerk.post(`/console/feedback/${id}/pass`, { department: 'roads' })
    await clerk.post(`/console/feedback/${id}/answer`, { text_sr: 'Biće postavljen u maju.' })
    await clerk.post(`/console/feedback/${id}/decline`, { reason: 'not-city', text_sr: '' })
    const [passed, answered, declined] = await told()
    expect(passed).toContain('Prosleđen je: Odeljenje za puteve')
    expect(answered).toContain('Odgovor grada:\nBiće postavljen u maju.')
    expect(declined).toContain('Nije prihvaćen. Razlog: Nije u nadležnosti grada.')
    expect(textOf(await press('f:mine'))).toContain('Vaši predlozi')
    const [mine] = buttonsOf(await press('f:mine'))
    expect(mine?.label).toContain('Nije prihvaćen')
    expect(textOf(await press(mine && 'token' in mine ? mine.token : ''))).toContain('pijace')
    expect(textOf(await press(mine && 'token' in mine ? mine.token : '', 'stranger'))).toContain(
      'Takav predlog nemate',
    )
  })

  it('tells the author in the language and script they use', async () => {
    await press('lang:sr-Cyrl')
    const { id } = await first()
    await clerk.post(`/console/feedback/${id}/pass`, { department: 'roads' })
    expect((await told())[0]).toContain('Прослеђен је: Одељење за путеве')
  })

  it.each([
    ['pass', { department: 'nobody' }, 'Izaberite službu'],
    ['answer', { text_sr: ' ' }, 'Napišite odgovor'],
    ['decline', { reason: 'whim' }, 'Izaberite razlog'],
    ['publish', { published: ' ' }, 'prazan'],
    ['refuse', { reason: '' }, 'Izaberite razlog'],
  ])('is told what is missing: %s', async (verb, form, words) => {
    const { id } = await first()
    const answer = await clerk.post(`/console/feedback/${id}/${verb}`, form)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain(words)
    expect(await told()).toEqual([])
  })

  it('leaves nothing of citizens in the audit log', async () => {
    const { id, reference } = await first()
    await clerk.post(`/console/feedback/${id}/answer`, { text_sr: 'Tajni odgovor.' })
    await clerk.post(`/console/feedback/${id}/publish`, { published: 'Tajni tekst.' })
    const [log] = await desk.database.sql<{
      text: string
    }>`SELECT string_agg(audit::text, ' ') AS text FROM audit`
    expect(log?.text).toContain(`proposal ${reference}`)
    for (const secret of ['pijace', '064', 'Tajni']) expect(log?.text).not.toContain(secret)
    expect(desk.logged.join()).not.toContain('pijace')
  })

  it.each(['events', 'monitor'] as const)('lets no %s in', async role => {
    const { id } = await first()
    const other = await desk.signIn(role)
    for (const url of ['/console/feedback', `/console/feedback/${id}`, '/console/feedback/proposals.csv'])
      expect((await other.get(url)).statusCode).toBe(403)
    expect((await other.post(`/console/feedback/${id}/pass`, { department: 'roads' })).statusCode).toBe(403)
  })

  it('gives a table without phone numbers, names or formulas', async () => {
    await propose('a', '=HYPERLINK("http://evil") pozovite 064 123 4567')
    const file = await clerk.get('/console/feedback/proposals.csv')
    expect(file.body.startsWith('\uFEFFreference,')).toBe(true)
    expect(file.body).toContain("'=HYPERLINK")
    expect(file.body).toContain('[telefon]')
    expect(file.body).not.toContain('064')
  })
})

describe('the public page', () => {
  it('shows what was approved, as the editor left it, with its state and answer; nothing else', async () => {
    await propose()
    await propose('b', 'Drugi predlog koji niko nije odobrio.')
    const [row] = await rows()
    const page = () => desk.read('/proposals').then(({ body }) => body)
    expect(await page()).toContain('Još nema objavljenih predloga')
    expect((await clerk.get(`/console/feedback/${row?.id}`)).body).toContain('zovite [telefon].')
    await clerk.post(`/console/feedback/${row?.id}/publish`, {
      published: 'Na uglu kod pijace treba ležeći policajac.',
    })
    expect((await told())[0]).toContain('Objavljen je, bez podatka o vama: https://komsija.example/proposals')
    await clerk.post(`/console/feedback/${row?.id}/answer`, { text_sr: 'Biće.', text_en: 'It will be.' })
    expect(await page()).toContain('ležeći policajac')
    expect(await page()).toContain('Biće.')
    expect(await page()).not.toMatch(/064|Drugi predlog/)
    expect((await desk.read('/proposals?lang=en')).body).toContain('It will be.')
    expect((await desk.read('/proposals?category=green')).body).not.toContain('ležeći')
    await clerk.post(`/console/feedback/${row?.id}/refuse`, { reason: 'personal-data' })
    expect(await page()).not.toContain('ležeći')
    expect((await told()).at(-1)).toContain('Neće biti objavljen. Razlog: Sadrži lične podatke')
  })

  it('loses what an erased author wrote, and keeps what was published when only the time is over', async () => {
    await propose('a')
    await propose('b', 'Drugi predlog, takođe objavljen.')
    for (const { id, text } of await rows())
      await clerk.post(`/console/feedback/${id}/publish`, { published: String(text) })
    await press('erase:yes', 'a')
    const erased = (await desk.read('/proposals')).body
    expect(erased).not.toContain('pijace')
    expect(erased).toContain('Drugi predlog')
    await desk.database.sql`UPDATE proposal SET created_at = created_at - interval '800 days'`
    await enforceRetention(desk.database.sql, DEFAULT_SETTINGS.retentionDays, personalTables)
    expect(await rows()).toMatchObject([
      { person_id: null, text: null, published: 'Drugi predlog, takođe objavljen.' },
    ])
    expect((await desk.read('/proposals')).body).toContain('Drugi predlog')
  })
})
