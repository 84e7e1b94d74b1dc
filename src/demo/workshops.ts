// Workshops of the demo: held, cancelled, full, coming and still being written; who signed up, who came and what
// they thought of it; and workshops that people ask for.
import {
  type Actor,
  addWalkInsAs,
  cancelAs,
  closeAs,
  createAs,
  markAs,
  publishAs,
  saveMinutesAs,
} from '../features/workshops/deeds.ts'
import type { WorkshopFields } from '../features/workshops/fields.ts'
import { workshopJob } from '../features/workshops/index.ts'
import { settleRequestAs } from '../features/workshops/requests.ts'
import type { Refused } from '../staff/index.ts'
import { momentToBe } from './age.ts'
import { STAFF } from './office.ts'
import { peopleBy, pressing, type Someone } from './people.ts'
import { PLANS, type Plan, REMARKS, REQUESTS } from './workshop-plans.ts'
import { type Chapter, DAYS, type Deed, type World } from './world.ts'

export const workshops: Chapter = () => [
  ...PLANS.flatMap(deedsOf),
  ...REQUESTS.flatMap(requestDeeds),
  // Reminders, seats that become free, thanks.
  ...Array.from({ length: DAYS }, (_, daysAgo) => ({
    daysAgo,
    run: ({ parts }: World) => workshopJob(parts).run(),
  })),
]

/** A plan on its way; the number comes with the first deed. */
type Course = { plan: Plan; id: number; participants: Someone[] }

function deedsOf(plan: Plan): Deed[] {
  const course: Course = { plan, id: 0, participants: [] }
  const { planned, held, fate } = plan
  const write: Deed = { daysAgo: planned, run: world => writeDown(world, course) }
  if (fate === 'draft') return [write]
  const days = signUpDays(plan)
  const signUps = days.map(
    (daysAgo, index): Deed => ({ daysAgo, run: world => signUp(world, course, [index, days.length]) }),
  )
  const leaving: Deed = { daysAgo: days.at(-1) ?? 0, run: world => leave(world, course) }
  if (fate === 'coming') return [write, ...signUps, leaving]
  if (fate === 'cancelled')
    return [
      write,
      ...signUps,
      { daysAgo: held + 2, run: world => refusing(cancelAs(actorIn(world), course.id)) },
    ]
  // Its beginning has surely passed on the day after.
  const after = held - 1
  return [
    write,
    ...signUps,
    leaving,
    { daysAgo: after, run: world => close(world, course) },
    { daysAgo: after - 1, run: world => hearBack(world, course) },
    { daysAgo: after - 2, run: world => publishMinutes(world, course) },
  ]
}

/** People sign up on three days, the last of them before the beginning and not before today. */
function signUpDays({ planned, held }: Plan): number[] {
  const last = Math.max(held + 2, 0)
  return [planned - 1, Math.round((planned + last) / 2), last].filter(
    (day, index, all) => day < planned && day >= 0 && all.indexOf(day) === index,
  )
}

function actorIn({ parts }: World): Actor {
  return { database: parts.database, by: STAFF.events, now: new Date() }
}

async function refusing(outcome: Promise<Refused | undefined>): Promise<void> {
  const refused = await outcome
  if (refused) throw new Error(`a deed at a workshop was refused: ${refused.reason}`)
}

async function writeDown(world: World, course: Course): Promise<void> {
  const { plan } = course
  course.id = await createAs(actorIn(world), fieldsOf(plan, world))
  if (plan.fate !== 'draft') await refusing(publishAs(actorIn(world), course.id))
}

function fieldsOf(plan: Plan, { parts }: World): WorkshopFields {
  const { timeZone } = parts.knowledge().content.city
  const startsAt = momentToBe(timeZone, { daysAgo: plan.held, time: plan.begins, ages: plan.planned })
  const { title, description, agenda, accessibility, community, place, capacity } = plan
  const [lat, lon] = plan.position
  return {
    ...{ title, description, agenda, accessibility, community, place, lat, lon, capacity },
    startsAt,
    endsAt: startsAt + plan.hours * 3_600_000,
    guestsMax: 2,
    languages: ['sr', 'bs'],
    offerMinutes: 120,
  }
}

/** One part of those who want to come, each in their chat, in which they agree first. */
async function signUp(world: World, course: Course, [part, parts]: [number, number]): Promise<void> {
  const { plan, id } = course
  const known = peopleBy(Math.max(plan.held, 0) + 3)
  const share = (which: number) => Math.round((plan.wanted * which) / parts)
  const places = Array.from({ length: share(part + 1) - share(part) }, (_, index) => share(part) + index)
  const comers = places.flatMap(place => known[(place * 7 + id * 13) % known.length] ?? [])
  const newcomers = [...new Set(comers)].filter(who => !course.participants.includes(who))
  course.participants.push(...newcomers)
  // Where not all find a seat everybody comes alone, so that the same number gets one each time.
  const guests = (index: number) => (plan.wanted < plan.capacity && index % 5 === 2 ? 1 : 0)
  await world.tell(
    newcomers.map((who, index) => ({ who, event: { kind: 'press', token: `w:${id}:s:${guests(index)}` } })),
  )
  await world.tell(pressing(world, newcomers, /^ok:w:/))
}

/** Two can't come after all. */
function leave(world: World, { id, participants }: Course): Promise<void> {
  return world.tell(
    participants.slice(0, 2).map(who => ({ who, event: { kind: 'press', token: `w:${id}:x` } })),
  )
}

/** The day at the door: most come, a few bring somebody who never signed up. */
async function close(world: World, { id }: Course): Promise<void> {
  const seats = await world.parts.database.sql<{ id: string }>`
    SELECT r.id FROM registration r JOIN address a ON a.id = r.address_id
    WHERE r.workshop_id = ${id} AND r.status = 'confirmed' ORDER BY a.external_id`
  for (const [place, { id: registrationId }] of seats.entries()) {
    if (place % 6 === 5) continue
    await refusing(markAs(actorIn(world), id, { registrationId, status: 'attended' }))
  }
  await refusing(addWalkInsAs(actorIn(world), id, 3))
  await refusing(closeAs(actorIn(world), id))
}

async function hearBack(world: World, { id, participants }: Course): Promise<void> {
  const answering = participants.filter((_, place) => place % 3 !== 1)
  const rating = (place: number) => [5, 4, 5, 3, 5, 4, 2][place % 7]
  await world.tell(
    answering.map((who, place) => ({ who, event: { kind: 'press', token: `w:${id}:r:${rating(place)}` } })),
  )
  const talkative = answering.filter((_, place) => place % 3 === 0)
  await world.tell(talkative.map(who => ({ who, event: { kind: 'press', token: `w:${id}:t` } })))
  await world.tell(
    talkative.map((who, place) => {
      const remarks = REMARKS[who.language]
      return { who, event: { kind: 'text', text: remarks[place % remarks.length] ?? '' } }
    }),
  )
}

async function publishMinutes(world: World, { plan, id }: Course): Promise<void> {
  if (plan.minutes)
    await refusing(saveMinutesAs(actorIn(world), id, { minutes: plan.minutes, publish: true }))
}

function requestDeeds(
  { asked, community, text, reply, closed }: (typeof REQUESTS)[number],
  place: number,
): Deed[] {
  const ask = async (world: World) => {
    const who = peopleBy(asked).filter(({ language }) => language !== 'en')[place * 11]
    if (!who) throw new Error('nobody asks')
    await world.tell([{ who, event: { kind: 'press', token: `w:ask:${community}` } }])
    await world.tell(pressing(world, [who], /^ok:w:ask/))
    await world.tell([{ who, event: { kind: 'text', text } }])
  }
  const settle = async (world: World) => {
    const [row] = await world.parts.database.sql<{ id: string }>`
      SELECT id FROM workshop_request WHERE text = ${text}`
    await refusing(settleRequestAs(actorIn(world), row?.id ?? '', { reply, ...world.parts.knowledge() }))
  }
  return reply || closed
    ? [
        { daysAgo: asked, run: ask },
        { daysAgo: asked - 2, run: settle },
      ]
    : [{ daysAgo: asked, run: ask }]
}
