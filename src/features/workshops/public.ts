// What everybody may see: the list, one workshop, and both as calendars.
import type { Knowledge } from '../../core/step.ts'
import type { Database } from '../../platform/db/database.ts'
import { qrSvg } from '../../platform/qr.ts'
import type { PublicAnswer, PublicPage, PublicVisit } from '../../site/index.ts'
import { type CalendarOptions, calendarOf, eventFile } from './calendar.ts'
import { coverageOf } from './coverage.ts'
import { listView, type Reader, type Way, workshopView } from './public-views.ts'
import { readWorkshop, readWorkshops, type WorkshopRecord } from './store.ts'
import { linkPayload } from './tokens.ts'
import { deepLinks } from './words.ts'

export type PublicParts = { database: Database; knowledge(): Knowledge; publicUrl: string }

const DAY_MS = 86_400_000
/** Calendars forget what was longer ago. */
const FEED_PAST_MS = 90 * DAY_MS
const FEED_MAX_AGE_S = 300
const PAST_MAX = 50

export function workshopPublicPages(parts: PublicParts): PublicPage[] {
  return [
    { path: '/workshops', handle: visit => showList(parts, visit) },
    { path: '/workshops.ics', handle: visit => giveFeed(parts, visit) },
    { path: '/workshops/:id', handle: visit => showOne(parts, visit) },
  ]
}

async function showList(parts: PublicParts, visit: PublicVisit): Promise<PublicAnswer> {
  const { content } = parts.knowledge()
  const { sql } = parts.database
  const community = content.communities.find(({ id }) => id === visit.query.community)?.id
  const coming = await readWorkshops(sql, { statuses: ['published'], endsAfter: visit.now, community })
  const past = await readWorkshops(sql, {
    statuses: ['published', 'done'],
    endedBy: visit.now,
    community,
    limit: PAST_MAX,
  })
  const coverage = await coverageOf(sql, content.communities, visit.now)
  const reader = readerOf(parts, visit)
  return {
    kind: 'page',
    title: visit.t('workshopsPage.title'),
    description: visit.t('workshopsPage.lead'),
    body: listView(reader, { coming, past, community, coverage, publicUrl: parts.publicUrl }),
  }
}

async function showOne(parts: PublicParts, visit: PublicVisit): Promise<PublicAnswer> {
  const [, id, ending] = /^(\d{1,9})(\.ics)?$/.exec(visit.params.id ?? '') ?? []
  const workshop = id && (await readWorkshop(parts.database.sql, Number(id)))
  if (!workshop || !isPublic(workshop)) return { kind: 'missing' }
  const reader = readerOf(parts, visit)
  if (ending) {
    const bytes = eventFile(workshop, calendarOptions(parts, reader))
    return { kind: 'file', name: `radionica-${id}.ics`, mime: ICS, bytes }
  }
  return {
    kind: 'page',
    title: reader.text(workshop.title),
    body: workshopView(reader, workshop, await waysTo(parts, workshop)),
  }
}

const ICS = 'text/calendar; charset=utf-8'

async function giveFeed(parts: PublicParts, visit: PublicVisit): Promise<PublicAnswer> {
  const endsAfter = new Date(visit.now.getTime() - FEED_PAST_MS)
  const statuses = ['published', 'cancelled', 'done'] as const
  const workshops = await readWorkshops(parts.database.sql, { statuses, endsAfter })
  const bytes = calendarOf(workshops.filter(isPublic), calendarOptions(parts, readerOf(parts, visit)))
  return { kind: 'file', name: 'workshops.ics', mime: ICS, bytes, inline: true, maxAge: FEED_MAX_AGE_S }
}

/** What was never published stays unseen, also when it is cancelled. */
function isPublic({ status, told }: WorkshopRecord): boolean {
  return status !== 'draft' && told !== undefined
}

function readerOf({ knowledge }: PublicParts, { contentLanguage, t, inScript, now }: PublicVisit): Reader {
  const { content, sentences } = knowledge()
  const speaker = { language: contentLanguage, content, t: sentences(contentLanguage) }
  const text: Reader['text'] = local => inScript(local[contentLanguage] || local.sr)
  return { speaker, t, inScript, text, now: now.getTime() }
}

function calendarOptions({ publicUrl }: PublicParts, { speaker, inScript }: Reader): CalendarOptions {
  return { speaker, inScript, publicUrl }
}

/** How to sign up on each channel, each with a picture for phones. */
async function waysTo({ knowledge, publicUrl }: PublicParts, { id }: WorkshopRecord): Promise<Way[]> {
  const links = deepLinks(knowledge().content.city, publicUrl, linkPayload(id))
  const ways: Way[] = []
  for (const channel of ['web', 'telegram', 'viber'] as const) {
    const href = links[channel]
    const own = channel === 'web' ? href?.slice(publicUrl.length) : href
    if (href && own) ways.push({ channel, href: own, picture: await qrSvg(href) })
  }
  return ways
}
