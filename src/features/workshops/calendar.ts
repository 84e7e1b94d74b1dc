// Workshops as iCalendar (RFC 5545). Times are in UTC, which every calendar shows in its reader's zone and no
// change of clocks moves. SEQUENCE and STATUS tell calendars what replaces and what cancels.
import { ICalCalendar, ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import { textIn, type Workshop } from '../../core/model/workshop.ts'
import { placeWords, type Speaker } from './words.ts'

/** Calendars that subscribe ask again after this many seconds. */
const REFRESH_S = 3600

export type CalendarOptions = {
  speaker: Speaker
  /** Brings Serbian texts into the reader's script. */
  inScript(text: string): string
  publicUrl: string
}

/** The feed of these workshops. */
export function calendarOf(workshops: readonly Workshop[], options: CalendarOptions): string {
  const { speaker, inScript } = options
  // The generator doesn't escape the name: it holds no comma.
  const name = inScript(`${speaker.t('workshop.feed')} – ${speaker.content.city.name[speaker.language]}`)
  const calendar = calendarWith({ name, ttl: REFRESH_S, method: ICalCalendarMethod.PUBLISH })
  for (const workshop of workshops) addEvent(calendar, workshop, options)
  return written(calendar)
}

/** One workshop as a file; of a cancelled one, a file that takes it out of calendars. */
export function eventFile(workshop: Workshop, options: CalendarOptions): string {
  const cancelled = workshop.status === 'cancelled'
  const calendar = calendarWith({
    method: cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
  })
  addEvent(calendar, workshop, options)
  return written(calendar)
}

/** The generator leaves the last line without its end. */
function written(calendar: ICalCalendar): string {
  return `${calendar.toString()}\r\n`
}

function calendarWith(data: ConstructorParameters<typeof ICalCalendar>[0]): ICalCalendar {
  return new ICalCalendar({ ...data, prodId: { company: 'Komsija', product: 'workshops' } })
}

function addEvent(
  calendar: ICalCalendar,
  workshop: Workshop,
  { speaker, inScript, publicUrl }: CalendarOptions,
): void {
  const { id, status, startsAt, endsAt, sequence, changedAt, title, lat, lon } = workshop
  const { language } = speaker
  const { hostname } = new URL(publicUrl)
  const url = `${publicUrl}/workshops/${id}`
  const texts = [workshop.description, workshop.agenda, workshop.accessibility]
  const description = texts.map(text => textIn(text, language)).filter(Boolean)
  calendar.createEvent({
    id: `workshop-${id}@${hostname}`,
    sequence,
    stamp: new Date(changedAt),
    lastModified: new Date(changedAt),
    start: new Date(startsAt),
    end: new Date(endsAt),
    summary: inScript(textIn(title, language)),
    description: inScript([...description, url].join('\n\n')),
    location: {
      title: inScript(placeWords(workshop, speaker)),
      ...(lat !== undefined && lon !== undefined && { geo: { lat, lon } }),
    },
    url,
    organizer: { name: inScript(speaker.content.city.name[language]), email: `noreply@${hostname}` },
    status: status === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  })
}
