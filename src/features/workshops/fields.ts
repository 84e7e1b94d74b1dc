// What staff say about a workshop, and whether it makes sense. Pure; forms and programs come through here.
import type { Community } from '../../core/model/content.ts'
import type { LocalText, Workshop } from '../../core/model/workshop.ts'

/** Times in milliseconds. `offerMinutes`: how long a freed seat is held. */
export type WorkshopFields = Pick<
  Workshop,
  | 'title'
  | 'description'
  | 'agenda'
  | 'accessibility'
  | 'community'
  | 'place'
  | 'lat'
  | 'lon'
  | 'startsAt'
  | 'endsAt'
  | 'capacity'
  | 'guestsMax'
  | 'languages'
  | 'opensAt'
  | 'closesAt'
> & { offerMinutes: number }

export const NO_TEXT: LocalText = { sr: '' }
export const GUESTS_DEFAULT = 2

const TITLE_MAX = 120
const TEXT_MAX = 2000
const PLACE_MAX = 120
const CAPACITY_MAX = 5000
const GUESTS_MAX = 10
const LONGEST_MS = 7 * 86_400_000
const OFFER_MINUTES = { least: 15, most: 1440 }

/** What is wrong with a workshop; each has a sentence in the console and in the interface for programs. */
export const FIELD_PROBLEMS = {
  title: 'The title is missing in Serbian, or a title has more than 120 characters.',
  text: 'A text has more than 2000 characters.',
  script: 'Serbian and Bosnian texts and the place must be in Latin script; Cyrillic is made from it.',
  community: 'There is no such local community.',
  place: 'The place is missing or has more than 120 characters.',
  pin: 'Latitude (-90 to 90) and longitude (-180 to 180) belong together.',
  time: 'The workshop must end after it begins, within a week.',
  capacity: 'The capacity must be a whole number from 1 to 5000.',
  guests: 'The number of guests must be a whole number from 0 to 10.',
  registration: 'Registration must open before it closes, and close by the beginning of the workshop.',
  offer: 'A freed seat is held for a whole number of minutes from 15 to 1440.',
} as const
export type FieldProblem = keyof typeof FIELD_PROBLEMS

/** Everything that is wrong. */
export function problemsOf(fields: WorkshopFields, communities: readonly Community[]): FieldProblem[] {
  const wrong: Record<FieldProblem, boolean> = {
    title: !fields.title.sr || longest(fields.title) > TITLE_MAX,
    text: longTexts(fields).some(text => longest(text) > TEXT_MAX),
    script: [fields.title, ...longTexts(fields)].some(inCyrillic) || CYRILLIC.test(fields.place),
    community: !communities.some(({ id }) => id === fields.community),
    place: !fields.place || fields.place.length > PLACE_MAX,
    pin: !isPin(fields),
    time: !(fields.endsAt > fields.startsAt && fields.endsAt - fields.startsAt <= LONGEST_MS),
    capacity: !isWhole(fields.capacity, 1, CAPACITY_MAX),
    guests: !isWhole(fields.guestsMax, 0, GUESTS_MAX),
    registration: !isPeriod(fields),
    offer: !isWhole(fields.offerMinutes, OFFER_MINUTES.least, OFFER_MINUTES.most),
  }
  return (Object.keys(wrong) as FieldProblem[]).filter(problem => wrong[problem])
}

const CYRILLIC = /\p{Script=Cyrillic}/u

function inCyrillic({ sr, bs = '' }: LocalText): boolean {
  return CYRILLIC.test(sr + bs)
}

function longTexts({ description, agenda, accessibility }: WorkshopFields): LocalText[] {
  return [description, agenda, accessibility]
}

function longest(text: LocalText): number {
  return Math.max(...Object.values(text).map(({ length }) => length))
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most
}

function isPin({ lat, lon }: WorkshopFields): boolean {
  if (lat === undefined || lon === undefined) return lat === lon
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180
}

function isPeriod({ opensAt, closesAt, startsAt }: WorkshopFields): boolean {
  const closes = closesAt ?? startsAt
  return closes <= startsAt && (opensAt === undefined || opensAt < closes)
}
