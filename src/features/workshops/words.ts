// Times, places and languages of workshops in words. Serbian in Latin script; whoever shows it brings it into
// the reader's.
import type { City, Community, Content, Language } from '../../core/model/content.ts'
import type { Position } from '../../core/model/event.ts'
import type { Translate } from '../../core/model/topic.ts'
import type { Workshop } from '../../core/model/workshop.ts'
import { weekday } from '../../core/time/day.ts'
import { wallTimeIn } from '../../core/time/zoned.ts'
import { dayText } from '../answers/index.ts'

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const

export type Speaker = { language: Language; t: Translate; content: Pick<Content, 'city' | 'communities'> }

/** A day with its name in the city's time: subota, 28. 11. 2026. */
export function dayWords(at: number, { language, t, content }: Speaker): string {
  const { day } = wallTimeIn(content.city.timeZone, at)
  const name = t(`workshop.weekday.${WEEKDAYS[weekday(day)] ?? 'sunday'}`)
  return language === 'en' ? `${name} ${dayText(day, language)}` : `${name}, ${dayText(day, language)}`
}

/** A moment: subota, 28. 11. 2026. u 10:00 */
export function momentWords(at: number, speaker: Speaker): string {
  const { time } = wallTimeIn(speaker.content.city.timeZone, at)
  return `${dayWords(at, speaker)} ${speaker.t('workshop.at')} ${time}`
}

/** From when to when: subota, 28. 11. 2026, 10:00–14:00 */
export function whenWords(
  { startsAt, endsAt }: { startsAt: number; endsAt: number },
  speaker: Speaker,
): string {
  const { timeZone } = speaker.content.city
  const from = wallTimeIn(timeZone, startsAt)
  const to = wallTimeIn(timeZone, endsAt)
  if (from.day !== to.day) return `${momentWords(startsAt, speaker)} – ${momentWords(endsAt, speaker)}`
  return `${dayWords(startsAt, speaker)}, ${from.time}–${to.time}`
}

/** The community's name, once the city has confirmed it. */
export function communityName(
  { community }: { community: string },
  communities: readonly Community[],
): string | undefined {
  return communities.find(({ id, confirmed }) => id === community && confirmed)?.name || undefined
}

/** Where it is: Dom kulture, MZ Parice. Names that the city hasn't confirmed are not said. */
export function placeWords(workshop: Pick<Workshop, 'place' | 'community'>, { t, content }: Speaker): string {
  const name = communityName(workshop, content.communities)
  return `${workshop.place}, ${name ? t('workshop.community', { name }) : t('workshop.someCommunity')}`
}

/** What is spoken: srpski, bosanski */
export function languageWords(languages: readonly Language[], t: Translate): string {
  return languages.map(language => t(`workshop.language.${language}`)).join(', ')
}

const EARTH_KM = 6371

/** How far apart two places are, over the ground (km). */
export function distanceKm(a: Position, b: Position): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const haversine = (angle: number) => Math.sin(angle / 2) ** 2
  const h =
    haversine(radians(b.lat - a.lat)) +
    Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * haversine(radians(b.lon - a.lon))
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Where it stands on the map, if that is known. */
export function positionOn({ lat, lon }: Pick<Workshop, 'lat' | 'lon'>): Position | undefined {
  return lat === undefined || lon === undefined ? undefined : { lat, lon }
}

/** The bot's addresses that open something at once, one per channel that has one. */
export type DeepLinks = { web: string; telegram?: string; viber?: string }

export function deepLinks({ bots }: Pick<City, 'bots'>, publicUrl: string, payload: string): DeepLinks {
  return {
    web: `${publicUrl}/?start=${payload}`,
    ...(bots?.telegram && { telegram: `https://t.me/${bots.telegram}?start=${payload}` }),
    ...(bots?.viber && { viber: `viber://pa?chatURI=${bots.viber}&context=${payload}` }),
  }
}
