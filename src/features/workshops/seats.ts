// Giving, freeing and keeping seats. Everything here runs in a transaction that holds the workshop's row: who
// comes at the same time waits for it, on this instance or another. A transaction that holds a person takes the
// workshop after them; one that takes several workshops takes them in the order of their ids.
import type { WorkshopDeed } from '../../core/model/effect.ts'
import type { RegistrationStatus, WorkshopStatus } from '../../core/model/workshop.ts'
import { newCode, readCode } from '../../core/text/code.ts'
import type { Database, Sql } from '../../platform/db/database.ts'
import { enqueue } from './notice-queue.ts'
import { CHANGES, freedSeat, guestsAllowed, isDoorOpen, isOpen, seatsOf } from './rules.ts'

/** Symbols of the code that somebody shows at the door: four million. */
export const TICKET_LENGTH = 5
/** Symbols of the code that stands at the door. */
export const DOOR_LENGTH = 4

/** A workshop that this transaction holds. Times in milliseconds. */
export type Held = {
  id: number
  status: WorkshopStatus
  startsAt: number
  endsAt: number
  opensAt?: number
  closesAt?: number
  capacity: number
  guestsMax: number
  offerMinutes: number
  doorCode: string
  walkIns: number
}

/** Holds a workshop until the transaction ends. */
export async function holdWorkshop(sql: Sql, id: number): Promise<Held | undefined> {
  const [row] = await sql<
    Omit<Held, 'startsAt' | 'endsAt' | 'opensAt' | 'closesAt'> & {
      startsAt: Date
      endsAt: Date
      opensAt: Date | null
      closesAt: Date | null
    }
  >`
    SELECT id, status, starts_at AS "startsAt", ends_at AS "endsAt", opens_at AS "opensAt",
      closes_at AS "closesAt", capacity, guests_max AS "guestsMax", offer_minutes AS "offerMinutes",
      door_code AS "doorCode", walk_ins AS "walkIns"
    FROM workshop WHERE id = ${id} FOR NO KEY UPDATE`
  return (
    row && {
      ...row,
      startsAt: row.startsAt.getTime(),
      endsAt: row.endsAt.getTime(),
      opensAt: row.opensAt?.getTime(),
      closesAt: row.closesAt?.getTime(),
    }
  )
}

/** Whose registration it is, and where they are told about it. */
export type Participant = { personId: string; addressId: string }

/** A registration as the rules see it. */
type Seat = { id: string; status: RegistrationStatus; guests: number; position: number | null }

/**
 * Signs somebody up, or changes how many they are. Fewer keep what they have; more are a new wish: who has a
 * seat gets more only from free ones, who waits goes to the end.
 */
export async function join(
  sql: Sql,
  held: Held,
  who: Participant,
  { guests, group, now }: { guests: number; group: boolean; now: Date },
): Promise<WorkshopDeed> {
  if (!isOpen(held, now.getTime())) return 'closed'
  if (guests < 0 || guests > guestsAllowed(held, group)) return 'too-many'
  const seat = await seatOf(sql, held.id, who.personId)
  switch (seat?.status) {
    case 'attended':
      return 'already'
    case 'confirmed':
    case 'offered':
      return resize(sql, held, seat, guests, now)
    case 'waiting':
      return requeue(sql, held, who, seat, guests, now)
    default:
      return enter(sql, held, who, guests, now)
  }
}

/** Takes free seats if nobody waits for them, else the end of the waiting list. */
async function enter(
  sql: Sql,
  held: Held,
  who: Participant,
  guests: number,
  now: Date,
): Promise<WorkshopDeed> {
  const free = await freeSeats(sql, held)
  const open = freedSeat(held, now.getTime()).kind === 'open' || !(await somebodyWaits(sql, held))
  const gets = open && free >= seatsOf({ guests })
  await write(sql, held, who, { status: gets ? 'confirmed' : 'waiting', guests, now })
  return gets ? 'joined' : 'queued'
}

async function requeue(
  sql: Sql,
  held: Held,
  who: Participant,
  seat: Seat,
  guests: number,
  now: Date,
): Promise<WorkshopDeed> {
  if (freedSeat(held, now.getTime()).kind === 'open') {
    const free = await freeSeats(sql, held)
    if (free >= seatsOf({ guests })) return enter(sql, held, who, guests, now)
  }
  if (guests === seat.guests) return 'already'
  if (guests > seat.guests) {
    await write(sql, held, who, { status: 'waiting', guests, now })
  } else {
    await sql`UPDATE registration SET guests = ${guests} WHERE id = ${seat.id}`
  }
  await promote(sql, held, now)
  return 'queued'
}

async function resize(sql: Sql, held: Held, seat: Seat, guests: number, now: Date): Promise<WorkshopDeed> {
  const more = guests - seat.guests
  if (more === 0) return 'already'
  if (more > 0 && ((await somebodyWaits(sql, held)) || (await freeSeats(sql, held)) < more)) return 'too-many'
  await sql`UPDATE registration SET guests = ${guests} WHERE id = ${seat.id}`
  if (more < 0) await promote(sql, held, now)
  return 'joined'
}

/** Gives the seat back, or leaves the waiting list. */
export async function leave(sql: Sql, held: Held, personId: string, now: Date): Promise<WorkshopDeed> {
  const gone = await sql`
    UPDATE registration SET status = 'cancelled', offered_until = NULL, changed_at = ${now}
    WHERE workshop_id = ${held.id} AND person_id = ${personId}
      AND status IN ('confirmed', 'offered', 'waiting') RETURNING id`
  if (gone.length === 0) return 'no-seat'
  await promote(sql, held, now)
  return 'left'
}

/** Says yes to a seat that is held. */
export async function accept(sql: Sql, held: Held, personId: string, now: Date): Promise<WorkshopDeed> {
  if (held.status !== 'published') return 'closed'
  const seat = await seatOf(sql, held.id, personId)
  if (seat?.status === 'confirmed' || seat?.status === 'attended') return 'already'
  const taken = await sql`
    UPDATE registration SET status = 'confirmed', offered_until = NULL, changed_at = ${now}
    WHERE workshop_id = ${held.id} AND person_id = ${personId} AND status = 'offered' AND offered_until > ${now}
    RETURNING id`
  if (taken.length) return 'accepted'
  return seat ? 'too-late' : 'no-seat'
}

/**
 * Gives what is free to the first who wait, in their order, as far as it suffices; they are told. Whatever frees
 * a seat or shortens the list calls this.
 */
export async function promote(sql: Sql, held: Held, now: Date): Promise<void> {
  if (held.status !== 'published') return
  const freed = freedSeat(held, now.getTime())
  if (freed.kind === 'open') return
  const free = await freeSeats(sql, held)
  if (free <= 0) return
  const status = freed.kind === 'given' ? 'confirmed' : 'offered'
  const until = freed.kind === 'offered' ? new Date(freed.until) : null
  const next = await sql<{ id: string }>`
    UPDATE registration r SET status = ${status}, offered_until = ${until}, changed_at = ${now}
    FROM (
      SELECT id, sum(1 + guests) OVER (ORDER BY position) AS seats
      FROM registration WHERE workshop_id = ${held.id} AND status = 'waiting') line
    WHERE r.id = line.id AND line.seats <= ${free} RETURNING r.id`
  const kind = freed.kind === 'given' ? 'seat' : 'offer'
  const registrationIds = next.map(({ id }) => id)
  await enqueue(sql, { registrationIds, kind, about: now.toISOString(), now })
}

/** Takes back seats that nobody said yes to in time, and gives them to the next. Resolves to their number. */
export async function expireOffers(database: Database, now: Date): Promise<number> {
  const due = await database.sql<{ workshopId: number }>`
    SELECT DISTINCT workshop_id AS "workshopId" FROM registration
    WHERE status = 'offered' AND offered_until <= ${now} ORDER BY 1`
  let count = 0
  for (const { workshopId } of due) {
    count += await database.transaction(async sql => {
      const held = await holdWorkshop(sql, workshopId)
      return held ? expireIn(sql, held, now) : 0
    })
  }
  return count
}

async function expireIn(sql: Sql, held: Held, now: Date): Promise<number> {
  const late = await sql<{ id: string }>`
    UPDATE registration SET status = 'cancelled', offered_until = NULL, changed_at = ${now}
    WHERE workshop_id = ${held.id} AND status = 'offered' AND offered_until <= ${now} RETURNING id`
  const registrationIds = late.map(({ id }) => id)
  if (held.status === 'published') {
    await enqueue(sql, { registrationIds, kind: 'expired', about: now.toISOString(), now })
  }
  await promote(sql, held, now)
  return late.length
}

/** Checks somebody in by the code that stands at the door. */
export async function checkInSelf(
  sql: Sql,
  held: Held,
  personId: string,
  { code, now }: { code: string; now: Date },
): Promise<WorkshopDeed> {
  if (readCode(code, DOOR_LENGTH) !== held.doorCode) return 'wrong-code'
  if (!isDoorOpen(held, now.getTime())) return 'not-now'
  const seat = await seatOf(sql, held.id, personId)
  if (!seat) return 'no-seat'
  const { kind } = await letIn(sql, held, seat, now)
  if (kind === 'welcome') return 'checked-in'
  return kind === 'already' ? 'already' : 'no-seat'
}

/** What staff at the door see when somebody shows a code. */
export type Arrival =
  | { kind: 'welcome' | 'already'; registrationId: string; guests: number }
  /** On the waiting list, and no seat is free. */
  | { kind: 'full' }
  | { kind: 'cancelled' }
  | { kind: 'unknown' }

/** Lets in whoever shows this code, as typed or scanned. */
export async function checkInByTicket(sql: Sql, held: Held, typed: string, now: Date): Promise<Arrival> {
  const code = readCode(typed, TICKET_LENGTH)
  if (!code) return { kind: 'unknown' }
  const [seat] = await sql<Seat>`
    SELECT id, status, guests, position FROM registration WHERE workshop_id = ${held.id} AND code = ${code}`
  return seat ? letIn(sql, held, seat, now) : { kind: 'unknown' }
}

/** Who still waits may come in if a seat is free. */
async function letIn(sql: Sql, held: Held, seat: Seat, now: Date): Promise<Arrival> {
  const { id, status, guests } = seat
  if (status === 'attended') return { kind: 'already', registrationId: id, guests }
  if (status === 'cancelled') return { kind: 'cancelled' }
  if (status === 'waiting' && (await freeSeats(sql, held)) < seatsOf(seat)) return { kind: 'full' }
  await change(sql, held, id, 'attended', now)
  return { kind: 'welcome', registrationId: id, guests }
}

/** Carries out what staff decided about one registration; resolves to whether that was possible. */
export async function setStatus(
  sql: Sql,
  held: Held,
  { registrationId, status, now }: { registrationId: string; status: keyof typeof CHANGES; now: Date },
): Promise<boolean> {
  const [seat] = await sql<Seat>`
    SELECT id, status, guests, position FROM registration
    WHERE id = ${registrationId} AND workshop_id = ${held.id}`
  const from: readonly RegistrationStatus[] = CHANGES[status]
  if (!seat || !from.includes(seat.status)) return false
  await change(sql, held, seat.id, status, now)
  return true
}

async function change(
  sql: Sql,
  held: Held,
  registrationId: string,
  status: keyof typeof CHANGES,
  now: Date,
): Promise<void> {
  await sql`
    UPDATE registration SET status = ${status}, offered_until = NULL, changed_at = ${now}
    WHERE id = ${registrationId}`
  const told = { registrationIds: [registrationId], now }
  // Who is found on the list only afterwards is thanked like the others, once.
  if (status === 'attended' && held.status === 'done')
    await enqueue(sql, { ...told, kind: 'thanks', about: '' })
  if (status !== 'cancelled' || held.status !== 'published') return
  await enqueue(sql, { ...told, kind: 'dropped', about: now.toISOString() })
  await promote(sql, held, now)
}

/** Seats that nobody holds. */
export async function freeSeats(sql: Sql, { id, capacity, walkIns }: Held): Promise<number> {
  const [row] = await sql<{ taken: number }>`
    SELECT coalesce(sum(1 + guests), 0)::int AS taken FROM registration
    WHERE workshop_id = ${id} AND status IN ('confirmed', 'offered', 'attended', 'absent')`
  return capacity - walkIns - (row?.taken ?? 0)
}

async function somebodyWaits(sql: Sql, { id }: Held): Promise<boolean> {
  const rows = await sql`SELECT 1 FROM registration WHERE workshop_id = ${id} AND status = 'waiting' LIMIT 1`
  return rows.length > 0
}

async function seatOf(sql: Sql, workshopId: number, personId: string): Promise<Seat | undefined> {
  const [seat] = await sql<Seat>`
    SELECT id, status, guests, position FROM registration
    WHERE workshop_id = ${workshopId} AND person_id = ${personId}`
  return seat
}

/** A code is kept when somebody comes back; the place in the line is always the last. */
async function write(
  sql: Sql,
  { id }: Held,
  { personId, addressId }: Participant,
  { status, guests, now }: { status: 'confirmed' | 'waiting'; guests: number; now: Date },
): Promise<void> {
  const code = await freshTicket(sql, id)
  await sql`
    INSERT INTO registration (workshop_id, person_id, address_id, status, guests, position, code,
      created_at, changed_at)
    SELECT ${id}, ${personId}, ${addressId}, ${status}, ${guests},
      (SELECT coalesce(max(position), 0) + 1 FROM registration WHERE workshop_id = ${id}), ${code}, ${now}, ${now}
    ON CONFLICT (workshop_id, person_id) DO UPDATE SET status = excluded.status, guests = excluded.guests,
      position = excluded.position, address_id = excluded.address_id, offered_until = NULL,
      code = coalesce(registration.code, excluded.code), created_at = excluded.created_at,
      changed_at = excluded.changed_at`
}

/** The workshop is held, so nobody draws the same code at the same time. */
async function freshTicket(sql: Sql, workshopId: number): Promise<string> {
  const code = newCode(TICKET_LENGTH)
  const taken = await sql`SELECT 1 FROM registration WHERE workshop_id = ${workshopId} AND code = ${code}`
  return taken.length ? freshTicket(sql, workshopId) : code
}
