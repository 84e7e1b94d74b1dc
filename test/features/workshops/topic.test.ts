// The pure parts: tokens, links, words, the blocks of an announcement.
import { beforeAll, describe, expect, it } from 'vitest'
import { TOKEN_MAX } from '../../../src/core/model/message.ts'
import type { WorkshopView } from '../../../src/core/model/workshop.ts'
import { greet, type Knowledge } from '../../../src/core/step.ts'
import { WISHED_TOKEN_MAX } from '../../../src/features/consent/index.ts'
import { announcementOf } from '../../../src/features/workshops/index.ts'
import { betterOf, freedSeat, guestsAllowed } from '../../../src/features/workshops/rules.ts'
import {
  doorPayload,
  groupToken,
  linkPayload,
  wishOf,
  wishOfLink,
} from '../../../src/features/workshops/tokens.ts'
import { deepLinks, distanceKm, whenWords } from '../../../src/features/workshops/words.ts'
import { realKnowledge } from '../../support/bot.ts'
import { fieldsOf, HOUR_MS } from '../../support/workshops.ts'

let knowledge: Knowledge
beforeAll(async () => {
  knowledge = await realKnowledge()
})

describe('tokens', () => {
  it.each([
    ['w:l', { kind: 'list', page: 0 }],
    ['w:l:2', { kind: 'list', page: 2 }],
    ['w:m', { kind: 'mine' }],
    ['w:n', { kind: 'near' }],
    ['w:c:mz-01', { kind: 'in-community', community: 'mz-01' }],
    ['w:ask', { kind: 'ask' }],
    ['w:ask:other', { kind: 'ask-in', community: 'other' }],
    ['w:12', { kind: 'open', id: 12 }],
    ['w:12:s:2', { kind: 'join', id: 12, guests: 2, group: false }],
    ['w:12:g', { kind: 'group', id: 12 }],
    ['w:12:g:25', { kind: 'join', id: 12, guests: 24, group: true }],
    ['w:12:x', { kind: 'leave', id: 12 }],
    ['w:12:y', { kind: 'accept', id: 12 }],
    ['w:12:r:5', { kind: 'rate', id: 12, rating: 5 }],
  ])('%s is understood', (token, wish) => {
    expect(wishOf(token)).toEqual(wish)
  })

  it.each([
    'w',
    'w:',
    'w:l:x',
    'w:12:s',
    'w:12:s:x',
    'w:12:r:6',
    'w:12:r:0',
    'w:12:z',
    'w:12:constructor',
    'w:12:s:1:1',
    'w:1234567890',
    'x:12',
  ])('%s is nobody’s', token => {
    expect(wishOf(token)).toBeUndefined()
  })

  it('are short enough, also with the question for consent in front', () => {
    const longest = ['w:999999999:s:99', groupToken(999_999_999, 5000), 'w:ask:mz-26', 'w:999999999:r:5']
    for (const token of longest) expect(token.length).toBeLessThanOrEqual(WISHED_TOKEN_MAX)
    expect(WISHED_TOKEN_MAX).toBeLessThan(TOKEN_MAX)
  })
})

describe('links', () => {
  it('open a workshop or check in, and nothing else', () => {
    expect(wishOfLink(linkPayload(12))).toEqual({ kind: 'open', id: 12 })
    expect(wishOfLink(doorPayload(12, 'ADEF'))).toEqual({ kind: 'arrive', id: 12, code: 'ADEF' })
    for (const payload of [undefined, '', 'w-', 'w-a', 'w-12-ADEF', 'wd-12', 'xw-12', 'faq-w-12'])
      expect(wishOfLink(payload), payload).toBeUndefined()
  })

  it('lead to every channel that has a name', () => {
    expect(deepLinks({}, 'https://x.rs', 'w-1')).toEqual({ web: 'https://x.rs/?start=w-1' })
    expect(deepLinks({ bots: { telegram: 'komsija_bot', viber: 'komsija' } }, 'https://x.rs', 'w-1')).toEqual(
      {
        web: 'https://x.rs/?start=w-1',
        telegram: 'https://t.me/komsija_bot?start=w-1',
        viber: 'viber://pa?chatURI=komsija&context=w-1',
      },
    )
  })

  it('greet with the way to the workshop where a chat does not exist yet', () => {
    const welcome = greet(knowledge, 'telegram', 'sr', 'w-12')
    expect(welcome.buttons).toEqual([{ label: 'Otvori radionicu', token: 'w:12' }])
  })
})

describe('a freed seat', () => {
  const startsAt = Date.parse('2030-06-15T08:00:00Z')
  const freedAt = (hours: number, offerMinutes = 120) =>
    freedSeat({ startsAt, offerMinutes }, startsAt - hours * HOUR_MS)

  it('is given more than a day ahead, then offered, at last anybody’s', () => {
    expect(freedAt(24.01)).toEqual({ kind: 'given' })
    expect(freedAt(24)).toEqual({ kind: 'offered', until: startsAt - 22 * HOUR_MS })
    expect(freedAt(3)).toEqual({ kind: 'offered', until: startsAt - 2 * HOUR_MS })
    expect(freedAt(2.25)).toEqual({ kind: 'offered', until: startsAt - 2 * HOUR_MS })
    expect(freedAt(2.2)).toEqual({ kind: 'open' })
    expect(freedAt(-1)).toEqual({ kind: 'open' })
    expect(freedAt(10, 30)).toEqual({ kind: 'offered', until: startsAt - 9.5 * HOUR_MS })
  })

  it('never lets a single person bring more than the room holds', () => {
    expect(guestsAllowed({ capacity: 30, guestsMax: 2 }, false)).toBe(2)
    expect(guestsAllowed({ capacity: 2, guestsMax: 2 }, false)).toBe(1)
    expect(guestsAllowed({ capacity: 30, guestsMax: 2 }, true)).toBe(29)
  })
})

it('of two registrations the better stays', () => {
  const one = (status: 'confirmed' | 'waiting' | 'absent', guests: number, position: number) => ({
    status,
    guests,
    position,
  })
  expect(betterOf(one('waiting', 0, 1), one('confirmed', 0, 9))).toMatchObject({ status: 'confirmed' })
  expect(betterOf(one('waiting', 5, 4), one('waiting', 0, 3))).toMatchObject({ position: 3 })
  expect(betterOf(one('confirmed', 1, 1), one('confirmed', 2, 2))).toMatchObject({ guests: 2 })
})

describe('words', () => {
  it('tell times as the city’s clock shows them, over midnight with both days', () => {
    const speaker = { language: 'sr' as const, content: knowledge.content, t: knowledge.sentences('sr') }
    const startsAt = Date.parse('2030-10-26T20:00:00Z')
    expect(whenWords({ startsAt, endsAt: startsAt + HOUR_MS }, speaker)).toBe(
      'subota, 26. 10. 2030., 22:00–23:00',
    )
    // The night in which the clock goes back: seven hours later it shows four o'clock.
    expect(whenWords({ startsAt, endsAt: startsAt + 7 * HOUR_MS }, speaker)).toBe(
      'subota, 26. 10. 2030. u 22:00 – nedelja, 27. 10. 2030. u 04:00',
    )
  })

  it('tell distances over the ground', () => {
    const [pazar, belgrade] = [
      { lat: 43.1367, lon: 20.5122 },
      { lat: 44.8125, lon: 20.4612 },
    ]
    expect(distanceKm(pazar, pazar)).toBe(0)
    expect(distanceKm(pazar, belgrade)).toBeCloseTo(186, 0)
  })
})

it('an announcement is the card, the place, the calendar and the way in, without anybody’s own state', () => {
  const workshop: WorkshopView = {
    ...fieldsOf({ startsAt: Date.parse('2030-06-15T08:00:00Z') }),
    id: 12,
    status: 'published',
    sequence: 0,
    changedAt: 0,
    hasMinutes: false,
    free: 7,
    waiting: 0,
    own: { status: 'confirmed', guests: 0, code: 'SECRET' },
  }
  const voice = {
    language: 'en' as const,
    script: 'latn' as const,
    content: knowledge.content,
    t: knowledge.sentences('en'),
    publicUrl: 'https://x.rs',
    now: 0,
  }
  const { blocks, buttons } = announcementOf(workshop, voice)
  expect(blocks.map(({ kind }) => kind)).toEqual(['card', 'location', 'calendar'])
  expect(buttons).toEqual([{ label: 'Open the workshop', token: 'w:12' }])
  expect(JSON.stringify(blocks)).not.toContain('SECRET')
  expect(blocks.at(-1)).toMatchObject({ icsUrl: 'https://x.rs/workshops/12.ics?prefer=en' })
})
