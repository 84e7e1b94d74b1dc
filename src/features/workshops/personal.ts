// The rights to see and to erase, the merging of two people and the end of a consent's time, for the tables of
// this feature.
import { type LocalText, type RegistrationStatus, textIn } from '../../core/model/workshop.ts'
import { asIs, moment, type PersonalTable, type Words } from '../../people/index.ts'
import type { Sql } from '../../platform/db/database.ts'
import { enqueue } from './notice-queue.ts'
import { betterOf, isActive } from './rules.ts'
import { holdWorkshop, promote } from './seats.ts'

const workshopTitle = {
  label: 'data.registration.workshop' as const,
  say: (title: LocalText, { language, write }: Words) => write(textIn(title, language)),
}

/**
 * Erasing frees the seat for the next who waits. That somebody was there is still counted, without them. Two
 * registrations of people who turn out to be one become one: the better stays, the other frees its seats.
 */
export const registrationTable: PersonalTable<{
  title: LocalText
  starts_at: Date
  status: RegistrationStatus
  guests: number
  code: string | null
  created_at: Date
}> = {
  table: 'registration',
  title: 'data.registration.title',
  columns: {
    title: workshopTitle,
    starts_at: moment('data.registration.starts'),
    status: { label: 'data.registration.status', say: (status, { t }) => t(`workshop.status.${status}`) },
    guests: { label: 'data.registration.guests', say: guests => String(guests) },
    code: { label: 'data.registration.code', say: code => code ?? '' },
    created_at: moment('data.registration.created'),
  },
  export: (sql, personId) => sql`
    SELECT w.title, w.starts_at, r.status, r.guests, r.code, r.created_at
    FROM registration r JOIN workshop w ON w.id = r.workshop_id WHERE r.person_id = ${personId} ORDER BY r.id`,
  async erase(sql, personId) {
    for (const held of await holdAll(sql, personId)) {
      await sql`
        UPDATE registration SET person_id = NULL, address_id = NULL, code = NULL
        WHERE workshop_id = ${held.id} AND person_id = ${personId} AND status = 'attended'`
      await sql`DELETE FROM registration WHERE workshop_id = ${held.id} AND person_id = ${personId}`
      await promote(sql, held, new Date())
    }
  },
  async move(sql, from, to) {
    for (const held of await holdAll(sql, from)) {
      await becomeOne(sql, held.id, from, to)
      await promote(sql, held, new Date())
    }
  },
  async expire(sql, before) {
    await sql`
      UPDATE registration SET person_id = NULL, address_id = NULL, code = NULL
      WHERE created_at < ${before} AND person_id IS NOT NULL AND status = 'attended'`
    await sql`DELETE FROM registration WHERE created_at < ${before} AND status <> 'attended'`
  },
}

/** Holds every workshop the person signed up for, in the order of their ids. */
async function holdAll(sql: Sql, personId: string) {
  const rows = await sql<{ id: number }>`
    SELECT workshop_id AS id FROM registration WHERE person_id = ${personId} ORDER BY 1`
  const held = []
  for (const { id } of rows) held.push(await holdWorkshop(sql, id))
  return held.filter(workshop => workshop !== undefined)
}

type Own = {
  id: string
  personId: string
  status: RegistrationStatus
  guests: number
  position: number | null
}

async function becomeOne(sql: Sql, workshopId: number, from: string, to: string): Promise<void> {
  const [first, second] = await sql<Own>`
    SELECT id, person_id AS "personId", status, guests, position FROM registration
    WHERE workshop_id = ${workshopId} AND person_id = ANY(${[from, to]}::uuid[]) ORDER BY id`
  if (!first) return
  const kept = second ? betterOf(first, second) : first
  if (second) {
    await sql`DELETE FROM registration WHERE id = ${kept === first ? second.id : first.id}`
    const now = new Date()
    const bothCount = isActive(first.status) && isActive(second.status)
    const told = { registrationIds: [kept.id], about: now.toISOString(), now }
    if (bothCount) await enqueue(sql, { ...told, kind: 'merged' })
  }
  await sql`UPDATE registration SET person_id = ${to} WHERE id = ${kept.id}`
}

/** Ratings are still counted once the tie is cut; words go. */
export const feedbackTable: PersonalTable<{
  title: LocalText
  rating: number
  text: string | null
  at: Date
}> = {
  table: 'workshop_feedback',
  title: 'data.workshopFeedback.title',
  columns: {
    title: workshopTitle,
    rating: { label: 'data.workshopFeedback.rating', say: rating => String(rating) },
    text: { label: 'data.workshopFeedback.text', say: text => text ?? '' },
    at: moment('data.workshopFeedback.at'),
  },
  export: (sql, personId) => sql`
    SELECT w.title, f.rating, f.text, f.at
    FROM workshop_feedback f JOIN workshop w ON w.id = f.workshop_id WHERE f.person_id = ${personId}
    ORDER BY f.id`,
  async erase(sql, personId) {
    await sql`DELETE FROM workshop_feedback WHERE person_id = ${personId}`
  },
  async move(sql, from, to) {
    await sql`
      DELETE FROM workshop_feedback earlier USING workshop_feedback later
      WHERE earlier.workshop_id = later.workshop_id
        AND earlier.person_id = ANY(${[from, to]}::uuid[]) AND later.person_id = ANY(${[from, to]}::uuid[])
        AND (earlier.at, earlier.id) < (later.at, later.id)`
    await sql`UPDATE workshop_feedback SET person_id = ${to} WHERE person_id = ${from}`
  },
  async expire(sql, before) {
    await sql`
      UPDATE workshop_feedback SET person_id = NULL, text = NULL
      WHERE at < ${before} AND (person_id IS NOT NULL OR text IS NOT NULL)`
  },
}

export const requestTable: PersonalTable<{
  text: string
  community: string | null
  status: string
  reply: string | null
  created_at: Date
  settled_at: Date | null
}> = {
  table: 'workshop_request',
  title: 'data.workshopRequest.title',
  columns: {
    text: asIs('data.workshopRequest.text'),
    community: {
      label: 'data.workshopRequest.community',
      say: (id, { content, write }) =>
        write(content.communities.find(community => community.id === id)?.name ?? ''),
    },
    status: {
      label: 'data.workshopRequest.status',
      say: (status, { t }) =>
        t(status === 'open' ? 'data.workshopRequest.open' : 'data.workshopRequest.settled'),
    },
    reply: { label: 'data.workshopRequest.reply', say: reply => reply ?? '' },
    created_at: moment('data.workshopRequest.created'),
    settled_at: moment('data.workshopRequest.answered'),
  },
  export: (sql, personId) => sql`
    SELECT text, community, status, reply, created_at, settled_at
    FROM workshop_request WHERE person_id = ${personId} ORDER BY id`,
  async erase(sql, personId) {
    await sql`DELETE FROM workshop_request WHERE person_id = ${personId}`
  },
  async move(sql, from, to) {
    await sql`UPDATE workshop_request SET person_id = ${to} WHERE person_id = ${from}`
  },
  async expire(sql, before) {
    await sql`DELETE FROM workshop_request WHERE created_at < ${before}`
  },
}
