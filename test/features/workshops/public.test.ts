// What everybody sees of workshops: pages and calendars.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  cancelWorkshop,
  changeWorkshop,
  closeWorkshop,
  createWorkshop,
  saveMinutes,
} from '../../../src/features/workshops/changes.ts'
import { holdWorkshop } from '../../../src/features/workshops/seats.ts'
import { startConsole, type TestConsole } from '../../support/console.ts'
import { type Component, propertyIn, readCalendar } from '../../support/icalendar.ts'
import { aWorkshop, DAY_MS, fieldsOf, HOUR_MS } from '../../support/workshops.ts'

let site: TestConsole
let moved: number
let cancelled: number
let draft: number
let unnamed: number
let past: number
beforeAll(async () => {
  site = await startConsole()
  const { database } = site
  const now = new Date()
  /** The Sunday in spring on which clocks change. */
  const startsAt = Date.parse('2030-03-31T08:00:00Z')
  const title = { sr: 'Budžet; kako, zašto \\ „sve“\ndrugi red', en: 'Budget' }
  moved = await aWorkshop(database, { title, startsAt: startsAt - DAY_MS })
  await database.transaction(sql =>
    changeWorkshop(sql, moved, fieldsOf({ title, startsAt, description: { sr: 'šđčćž '.repeat(60) } }), now),
  )
  cancelled = await aWorkshop(database, { title: { sr: 'Otkazana' } })
  await database.transaction(sql => cancelWorkshop(sql, cancelled, now))
  draft = await database.transaction(sql =>
    createWorkshop(sql, fieldsOf({ title: { sr: 'Tajni nacrt' } }), { by: 'a', now }),
  )
  unnamed = await aWorkshop(database, { community: 'mz-02', title: { sr: 'Bez imena' } })
  past = await aWorkshop(database, { title: { sr: 'Održana' }, startsAt: now.getTime() + 1000 })
  await database.transaction(async sql => {
    const held = await holdWorkshop(sql, past)
    if (!held) return
    const later = new Date(now.getTime() + 2000)
    await closeWorkshop(sql, held, later)
    await saveMinutes(sql, held, { minutes: { sr: 'Zaključili smo.' }, publish: true, now: later })
    await sql`UPDATE workshop SET starts_at = now() - interval '2 days', ends_at = now() - interval '1 day' WHERE id = ${past}`
  })
})
afterAll(() => site.stop())

const page = async (url: string) => {
  const response = await site.app.inject({ url, headers: { 'accept-language': 'sr-Latn' } })
  return { status: response.statusCode, body: response.body, headers: response.headers }
}
const calendar = async (url: string) => readCalendar((await page(url)).body)
const eventOf = ({ components }: Component, id: number) => {
  const found = components.find(event => propertyIn(event, 'UID') === `workshop-${id}@komsija.example`)
  if (!found) throw new Error(`no event of workshop ${id}`)
  return found
}

describe('the feed', () => {
  it('has every workshop that was ever public, in a form that every calendar reads', async () => {
    const { headers } = await page('/workshops.ics')
    expect(headers['content-type']).toBe('text/calendar; charset=utf-8')
    const feed = await calendar('/workshops.ics')
    expect(propertyIn(feed, 'METHOD')).toBe('PUBLISH')
    expect(propertyIn(feed, 'X-WR-CALNAME')).toBe('Radionice – Novi Pazar')
    expect(feed.components).toHaveLength(4)
    expect(() => eventOf(feed, draft)).toThrow()
  })

  it('tells times in UTC, so that they are right before and after clocks change', async () => {
    const event = eventOf(await calendar('/workshops.ics'), moved)
    expect(propertyIn(event, 'DTSTART')).toBe('20300331T080000Z')
    expect(propertyIn(event, 'DTEND')).toBe('20300331T120000Z')
    expect((await page(`/workshops/${moved}`)).body).toContain('nedelja, 31. 3. 2030., 10:00–14:00')
  })

  it('says by SEQUENCE what replaces, and by STATUS what cancels', async () => {
    const feed = await calendar('/workshops.ics')
    expect(propertyIn(eventOf(feed, moved), 'SEQUENCE')).toBe('1')
    expect(propertyIn(eventOf(feed, moved), 'STATUS')).toBe('CONFIRMED')
    expect(propertyIn(eventOf(feed, cancelled), 'SEQUENCE')).toBe('1')
    expect(propertyIn(eventOf(feed, cancelled), 'STATUS')).toBe('CANCELLED')
  })

  it('keeps what staff wrote, whatever characters it has', async () => {
    const event = eventOf(await calendar('/workshops.ics'), moved)
    expect(propertyIn(event, 'SUMMARY')).toBe('Budžet; kako, zašto \\ „sve“\ndrugi red')
    expect(propertyIn(event, 'DESCRIPTION')).toContain('šđčćž '.repeat(60))
    expect(propertyIn(event, 'LOCATION')).toBe('Dom kulture, MZ Parice')
    expect(propertyIn(event, 'GEO')).toBe('43.1367;20.5122')
  })

  it('is in the language and script that is asked for', async () => {
    const english = await calendar('/workshops.ics?prefer=en')
    expect(propertyIn(eventOf(english, moved), 'SUMMARY')).toBe('Budget')
    const cyrillic = await calendar('/workshops.ics?prefer=sr-Cyrl')
    expect(propertyIn(eventOf(cyrillic, cancelled), 'SUMMARY')).toBe('Отказана')
    expect(propertyIn(cyrillic, 'X-WR-CALNAME')).toBe('Радионице – Нови Пазар')
  })
})

describe('the file of one workshop', () => {
  it('is one event that replaces the one in the feed', async () => {
    const { headers } = await page(`/workshops/${moved}.ics`)
    expect(headers['content-disposition']).toBe(`attachment; filename="radionica-${moved}.ics"`)
    const file = await calendar(`/workshops/${moved}.ics`)
    expect(propertyIn(file, 'METHOD')).toBe('PUBLISH')
    expect(propertyIn(eventOf(file, moved), 'SEQUENCE')).toBe('1')
  })

  it('of a cancelled one takes it out of calendars', async () => {
    const file = await calendar(`/workshops/${cancelled}.ics`)
    expect(propertyIn(file, 'METHOD')).toBe('CANCEL')
    expect(propertyIn(eventOf(file, cancelled), 'STATUS')).toBe('CANCELLED')
  })

  it('is not there for drafts and for what is no number', async () => {
    for (const url of [
      `/workshops/${draft}.ics`,
      '/workshops/77777.ics',
      '/workshops/a.ics',
      `/workshops/${draft}`,
    ])
      expect((await page(url)).status, url).toBe(404)
  })
})

describe('the list', () => {
  it('shows what is coming and what was held, and nothing that isn’t published', async () => {
    const { body } = await page('/workshops')
    expect(body).toContain('Bez imena')
    expect(body).toContain('Slobodno je 30 mesta od 30')
    expect(body).toMatch(/Održane[\s\S]*Održana/)
    for (const hidden of ['Tajni nacrt', 'Otkazana']) expect(body).not.toContain(hidden)
    expect(body).toContain('webcal://komsija.example/workshops.ics')
    expect(body).toContain('Mesnih zajednica u kojima je grad bio: 1 od 26')
  })

  it('names no community that the city has not confirmed', async () => {
    const { body } = await page('/workshops')
    expect(body).toContain('Dom kulture, mesna zajednica')
    expect(body).not.toContain('mz-02')
    expect((await page(`/workshops/${unnamed}`)).body).not.toMatch(/mz-02|MZ 02/)
  })

  it('can be of one community', async () => {
    const { body } = await page('/workshops?community=mz-01')
    expect(body).not.toContain('Bez imena')
    expect(body).toContain('Budžet')
  })
})

describe('the page of one workshop', () => {
  it('tells everything one must know, and how to sign up', async () => {
    const { body } = await page(`/workshops/${unnamed}`)
    for (const part of ['Jedan dan o gradu.', '10:00 Uvod', 'Rampa na ulazu.', 'srpski, bosanski'])
      expect(body).toContain(part)
    expect(body).toContain(`href="/?start=w-${unnamed}"`)
    expect(body).toContain('QR kod: Na ovoj stranici')
    expect(body).toContain('openstreetmap.org/?mlat=43.1367&amp;mlon=20.5122')
  })

  it('says that it is cancelled, and offers no way to sign up', async () => {
    const { body } = await page(`/workshops/${cancelled}`)
    expect(body).toContain('Ova radionica je otkazana.')
    expect(body).not.toContain('?start=w-')
  })

  it('has the minutes once they are published', async () => {
    const { body } = await page(`/workshops/${past}`)
    expect(body).toContain('Zaključili smo.')
    expect(body).toContain('Ova radionica je održana.')
  })

  it('is read in Cyrillic and English too', async () => {
    expect((await page(`/workshops/${unnamed}?lang=sr-Cyrl`)).body).toContain('Без имена')
    expect((await page(`/workshops/${moved}?lang=en`)).body).toContain('Sunday 31 March 2030, 10:00–14:00')
  })

  it('is reached while registration has not begun, with the moment it does', async () => {
    const startsAt = Date.parse('2030-06-15T08:00:00Z')
    const later = await aWorkshop(site.database, { startsAt, opensAt: startsAt - 48 * HOUR_MS })
    const { body } = await page(`/workshops/${later}`)
    expect(body).toContain('Prijave počinju: četvrtak, 13. 6. 2030. u 10:00')
    expect(body).not.toContain('?start=w-')
  })
})
