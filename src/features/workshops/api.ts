// Workshops for programs.
import { z } from 'zod'
import { LANGUAGES } from '../../core/model/content.ts'
import type { Settings } from '../../core/model/settings.ts'
import type { Knowledge } from '../../core/step.ts'
import { momentIn } from '../../core/time/zoned.ts'
import type { Database } from '../../platform/db/database.ts'
import {
  type Account,
  type ApiReply,
  type ApiRoute,
  apiRoute,
  notFound,
  problem,
  type Refused,
  success,
} from '../../staff/index.ts'
import type { Refusal } from './changes.ts'
import { type Actor, cancelAs, changeAs, createAs, publishAs } from './deeds.ts'
import { FIELD_PROBLEMS, GUESTS_DEFAULT, NO_TEXT, problemsOf, type WorkshopFields } from './fields.ts'
import { readRegistrations } from './registrations.ts'
import { readWorkshop, readWorkshops, type WorkshopRecord } from './store.ts'

export type ApiParts = { database: Database; knowledge(): Knowledge; settings(): Settings }

const text = z.strictObject({
  sr: z.string().trim(),
  bs: z.string().trim().optional(),
  en: z.string().trim().optional(),
})
/** With an offset, or as a clock in the city shows it. */
const moment = z.iso.datetime({ offset: true, local: true })
const status = z.enum(['draft', 'published', 'cancelled', 'done'])

const optional = {
  description: text.optional(),
  agenda: text.optional(),
  accessibility: text.optional(),
  lat: z.number().nullish(),
  lon: z.number().nullish(),
  guests: z.int().optional(),
  languages: z.array(z.enum(LANGUAGES)).optional(),
  registrationOpens: moment.nullish(),
  registrationCloses: moment.nullish(),
  offerMinutes: z.int().optional(),
}
const Body = z.strictObject({
  title: text,
  community: z.string(),
  place: z.string().trim(),
  start: moment,
  end: moment,
  capacity: z.int(),
  ...optional,
})
const Patch = Body.partial()

const Reply = z.object({
  id: z.string(),
  status,
  title: text,
  description: text,
  agenda: text,
  accessibility: text,
  community: z.string(),
  place: z.string(),
  lat: z.number().optional(),
  lon: z.number().optional(),
  start: z.string(),
  end: z.string(),
  capacity: z.number(),
  guests: z.number(),
  languages: z.array(z.string()),
  registrationOpens: z.string().optional(),
  registrationCloses: z.string().optional(),
  offerMinutes: z.number(),
  sequence: z.number(),
  free: z.number(),
  confirmed: z.number(),
  offered: z.number(),
  waiting: z.number(),
  attended: z.number(),
  walkIns: z.number(),
})
const Changed = z.object({ id: z.string(), status })

const MAY_READ = ['editor', 'events', 'monitor'] as const
const MAY_WRITE = ['events'] as const
const PROBLEMS = ['not-found', 'workshop', 'state', 'past', 'taken']

export function workshopRoutes(parts: ApiParts): ApiRoute[] {
  const { database } = parts
  return [
    apiRoute({
      method: 'GET',
      path: '/workshops',
      roles: MAY_READ,
      summary: 'Workshops in the order of time.',
      query: z.object({ status: status.optional(), community: z.string().optional() }),
      reply: z.object({ items: z.array(Reply) }),
      async handle({ query, account }) {
        const { status, community } = query
        const found = await readWorkshops(database.sql, { community, ...(status && { statuses: [status] }) })
        return success({ items: found.filter(workshop => maySee(account, workshop)).map(replyOf) })
      },
    }),
    apiRoute({
      method: 'POST',
      path: '/workshops',
      roles: MAY_WRITE,
      summary:
        'Writes a draft. Seats in `capacity` count guests; `start` and `end` have an offset or are in the city’s time.',
      body: Body,
      reply: Changed,
      status: 201,
      problems: ['workshop'],
      handle: ({ body, account, now }) => create(parts, { database, by: account.email, now }, body),
    }),
    apiRoute({
      method: 'GET',
      path: '/workshops/:id',
      roles: MAY_READ,
      summary: 'One workshop.',
      reply: Reply,
      handle: async ({ params, account }) => {
        const workshop = await readWorkshop(database.sql, idOf(params))
        return workshop && maySee(account, workshop) ? success(replyOf(workshop)) : notFound()
      },
    }),
    apiRoute({
      method: 'PATCH',
      path: '/workshops/:id',
      roles: MAY_WRITE,
      summary:
        'Changes what is given; null takes a value away. Another time or place is told to those who signed up, several quick changes as one.',
      body: Patch,
      reply: Changed,
      problems: PROBLEMS,
      handle: ({ params, body, account, now }) =>
        change(parts, { database, by: account.email, now }, idOf(params), body),
    }),
    changing(parts, 'publish', 'Opens a draft to everybody.', publishAs),
    changing(
      parts,
      'cancel',
      'Calls it off; everybody who has a seat, is offered one or waits is told.',
      cancelAs,
    ),
    apiRoute({
      method: 'GET',
      path: '/workshops/:id/registrations',
      roles: MAY_WRITE,
      summary:
        'Who signed up, in the order of coming. There are no names: chats as their channels number them.',
      reply: z.object({ items: z.array(Registration) }),
      handle: ({ params }) => registrations(database, idOf(params)),
    }),
  ]
}

/** The monitor reads what is public or was. */
function maySee({ role }: Account, { told }: WorkshopRecord): boolean {
  return role !== 'monitor' || told !== undefined
}

const Registration = z.object({
  person: z.string().nullable(),
  channel: z.string().nullable(),
  address: z.string().nullable(),
  status: z.enum(['confirmed', 'waiting', 'offered', 'cancelled', 'attended', 'absent']),
  place: z.number().optional(),
  guests: z.number(),
  at: z.string(),
})

type Deed = (actor: Actor, id: number) => Promise<Refused<Refusal> | undefined>

function changing({ database }: ApiParts, verb: 'publish' | 'cancel', summary: string, deed: Deed): ApiRoute {
  return apiRoute({
    method: 'POST',
    path: `/workshops/:id/${verb}`,
    roles: MAY_WRITE,
    summary,
    reply: Changed,
    problems: PROBLEMS,
    async handle({ params, account, now }) {
      const id = idOf(params)
      return changedOr(database, id, await deed({ database, by: account.email, now }, id))
    },
  })
}

async function create(
  { knowledge, settings }: ApiParts,
  actor: Actor,
  body: z.output<typeof Body>,
): Promise<ApiReply> {
  const { content } = knowledge()
  const empty = {
    description: NO_TEXT,
    agenda: NO_TEXT,
    accessibility: NO_TEXT,
    guestsMax: GUESTS_DEFAULT,
    languages: [],
    offerMinutes: settings().workshopOfferMinutes,
  }
  const fields = merged(empty, body, content.city.timeZone)
  const wrong = problemsOf(fields, content.communities)
  if (wrong.length) return problem(422, 'workshop', wrong.map(name => FIELD_PROBLEMS[name]).join(' '))
  const id = await createAs(actor, fields)
  return success({ id: String(id), status: 'draft' })
}

async function change(
  { database, knowledge }: ApiParts,
  actor: Actor,
  id: number,
  body: z.output<typeof Patch>,
): Promise<ApiReply> {
  const before = await readWorkshop(database.sql, id)
  if (!before) return notFound()
  const { content } = knowledge()
  const fields = merged(before, body, content.city.timeZone)
  const wrong = problemsOf(fields, content.communities)
  if (wrong.length) return problem(422, 'workshop', wrong.map(name => FIELD_PROBLEMS[name]).join(' '))
  return changedOr(database, id, await changeAs(actor, id, fields))
}

/** What is given over what there was; undefined keeps, null takes away. */
function merged(
  before: Partial<WorkshopFields> &
    Pick<
      WorkshopFields,
      'description' | 'agenda' | 'accessibility' | 'guestsMax' | 'languages' | 'offerMinutes'
    >,
  body: z.output<typeof Patch>,
  timeZone: string,
): WorkshopFields {
  const moments = momentReader(timeZone)
  return {
    title: body.title ?? before.title ?? NO_TEXT,
    description: body.description ?? before.description,
    agenda: body.agenda ?? before.agenda,
    accessibility: body.accessibility ?? before.accessibility,
    community: body.community ?? before.community ?? '',
    place: body.place ?? before.place ?? '',
    lat: orNothing(body.lat, before.lat),
    lon: orNothing(body.lon, before.lon),
    startsAt: moments(body.start) ?? before.startsAt ?? Number.NaN,
    endsAt: moments(body.end) ?? before.endsAt ?? Number.NaN,
    capacity: body.capacity ?? before.capacity ?? 0,
    guestsMax: body.guests ?? before.guestsMax,
    languages: body.languages ?? before.languages,
    opensAt: orNothing(nullOr(body.registrationOpens, moments), before.opensAt),
    closesAt: orNothing(nullOr(body.registrationCloses, moments), before.closesAt),
    offerMinutes: body.offerMinutes ?? before.offerMinutes,
  }
}

function orNothing(given: number | null | undefined, before: number | undefined): number | undefined {
  return given === null ? undefined : (given ?? before)
}

function nullOr(
  given: string | null | undefined,
  read: (moment: string) => number | undefined,
): number | null | undefined {
  return given === null || given === undefined ? given : read(given)
}

/** Reads moments with an offset, and those that a clock in the city shows. */
function momentReader(timeZone: string): (moment: string | undefined) => number | undefined {
  return moment => {
    if (moment === undefined) return undefined
    const local = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?$/.exec(moment)
    if (!local) return Date.parse(moment)
    return momentIn(timeZone, { day: local[1] ?? '', time: local[2] ?? '' }) ?? Number.NaN
  }
}

const REFUSALS: Record<Exclude<Refusal, 'gone'>, string> = {
  state: 'In its state this is not possible.',
  past: 'It would begin in the past.',
  taken: 'More seats than that are given already.',
  early: 'It has not begun yet.',
}

async function changedOr(
  { sql }: Database,
  id: number,
  refused: Refused<Refusal> | undefined,
): Promise<ApiReply> {
  if (refused?.reason === 'gone') return notFound()
  if (refused) return problem(409, refused.reason, REFUSALS[refused.reason])
  const workshop = await readWorkshop(sql, id)
  return workshop ? success({ id: String(id), status: workshop.status }) : notFound()
}

async function registrations({ sql }: Database, id: number): Promise<ApiReply> {
  if (!(await readWorkshop(sql, id))) return notFound()
  const rows = await readRegistrations(sql, id)
  const items = rows.map(({ personId, channel, address, status, guests, place, createdAt }) => ({
    person: personId,
    channel,
    address,
    status,
    ...(place !== null && { place }),
    guests,
    at: createdAt.toISOString(),
  }))
  return success({ items })
}

function replyOf(workshop: WorkshopRecord): z.output<typeof Reply> {
  const { id, startsAt, endsAt, guestsMax, opensAt, closesAt, seats, ...rest } = workshop
  const { status, title, description, agenda, accessibility, community, place, lat, lon } = rest
  const { capacity, languages, offerMinutes, sequence, free, waiting, walkIns } = rest
  return {
    id: String(id),
    status,
    title,
    description,
    agenda,
    accessibility,
    community,
    place,
    ...(lat !== undefined && { lat }),
    ...(lon !== undefined && { lon }),
    start: iso(startsAt),
    end: iso(endsAt),
    capacity,
    guests: guestsMax,
    languages,
    ...(opensAt !== undefined && { registrationOpens: iso(opensAt) }),
    ...(closesAt !== undefined && { registrationCloses: iso(closesAt) }),
    offerMinutes,
    sequence,
    free,
    confirmed: seats.confirmed,
    offered: seats.offered,
    waiting,
    attended: seats.attended,
    walkIns,
  }
}

function iso(at: number): string {
  return new Date(at).toISOString()
}

function idOf({ id = '' }: Record<string, string>): number {
  return /^\d{1,9}$/.test(id) ? Number(id) : 0
}
