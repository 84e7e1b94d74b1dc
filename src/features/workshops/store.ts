// Reading workshops: one query for chats, pages and programs.
import type { Language } from '../../core/model/content.ts'
import type {
  LocalText,
  OwnSeat,
  RegistrationStatus,
  WorkshopStatus,
  WorkshopView,
} from '../../core/model/workshop.ts'
import type { Sql } from '../../platform/db/database.ts'

/** What those who signed up know of time and place. */
export type Told = { startsAt: number; endsAt: number; place: string }

/** A workshop with everything its staff know. */
export type WorkshopRecord = WorkshopView & {
  offerMinutes: number
  doorCode: string
  told?: Told
  tellAt?: number
  walkIns: number
  minutes?: LocalText
  createdBy: string
  /** Seats by the state of their registrations. */
  seats: Record<RegistrationStatus, number>
}

export type WorkshopFilter = {
  id?: number
  /** Adds what this person has to do with it. */
  personId?: string
  statuses?: readonly WorkshopStatus[]
  community?: string
  /** Only those that end after this moment. */
  endsAfter?: Date
  /** Only those that ended by this moment; newest first. */
  endedBy?: Date
  limit?: number
}

const LIMIT = 200

/** Workshops in the order of time. */
export async function readWorkshops(sql: Sql, filter: WorkshopFilter): Promise<WorkshopRecord[]> {
  const { id = null, personId = null, community = null, statuses = null } = filter
  const { endsAfter = null, endedBy = null, limit = LIMIT } = filter
  const rows = await sql<Row>`
    SELECT w.id, w.status, w.title, w.description, w.agenda, w.accessibility, w.community, w.place, w.lat, w.lon,
      w.starts_at AS "startsAt", w.ends_at AS "endsAt", w.capacity, w.guests_max AS "guestsMax", w.languages,
      w.opens_at AS "opensAt", w.closes_at AS "closesAt", w.sequence, w.changed_at AS "changedAt",
      w.minutes, w.minutes_at IS NOT NULL AS "hasMinutes", w.offer_minutes AS "offerMinutes",
      w.door_code AS "doorCode", w.told, w.tell_at AS "tellAt", w.walk_ins AS "walkIns",
      w.created_by AS "createdBy", line.seats, line.waiting, own.own
    FROM workshop w
    CROSS JOIN LATERAL (
      SELECT coalesce(jsonb_object_agg(status, seats), '{}') AS seats,
        coalesce(sum(parties) FILTER (WHERE status = 'waiting'), 0)::int AS waiting
      FROM (
        SELECT status, sum(1 + guests)::int AS seats, count(*)::int AS parties
        FROM registration WHERE workshop_id = w.id GROUP BY status) by_status
    ) line
    LEFT JOIN LATERAL (
      SELECT jsonb_build_object('status', r.status, 'guests', r.guests, 'code', r.code,
        'offeredUntil', extract(epoch FROM r.offered_until) * 1000, 'rating', f.rating,
        'place', CASE WHEN r.status = 'waiting' THEN (
          SELECT count(*) FROM registration before
          WHERE before.workshop_id = w.id AND before.status = 'waiting' AND before.position <= r.position) END
      ) AS own
      FROM registration r
      LEFT JOIN workshop_feedback f ON f.workshop_id = w.id AND f.person_id = r.person_id
      WHERE r.workshop_id = w.id AND r.person_id = ${personId}::uuid
    ) own ON true
    WHERE (${id}::int IS NULL OR w.id = ${id}) AND (${community}::text IS NULL OR w.community = ${community})
      AND (${statuses}::text[] IS NULL OR w.status = ANY(${statuses}))
      AND (${endsAfter}::timestamptz IS NULL OR w.ends_at > ${endsAfter})
      AND (${endedBy}::timestamptz IS NULL OR w.ends_at <= ${endedBy})
    ORDER BY CASE WHEN ${endedBy}::timestamptz IS NULL THEN extract(epoch FROM w.starts_at)
      ELSE -extract(epoch FROM w.starts_at) END, w.id
    LIMIT ${limit}`
  return rows.map(recordOf)
}

/** One workshop, if there is one. */
export async function readWorkshop(
  sql: Sql,
  id: number,
  personId?: string,
): Promise<WorkshopRecord | undefined> {
  const [found] = await readWorkshops(sql, { id, personId })
  return found
}

type Row = {
  id: number
  status: WorkshopStatus
  title: LocalText
  description: LocalText
  agenda: LocalText
  accessibility: LocalText
  community: string
  place: string
  lat: number | null
  lon: number | null
  startsAt: Date
  endsAt: Date
  capacity: number
  guestsMax: number
  languages: Language[]
  opensAt: Date | null
  closesAt: Date | null
  sequence: number
  changedAt: Date
  minutes: LocalText | null
  hasMinutes: boolean
  offerMinutes: number
  doorCode: string
  told: Told | null
  tellAt: Date | null
  walkIns: number
  createdBy: string
  seats: Partial<Record<RegistrationStatus, number>>
  waiting: number
  own: { [Key in keyof OwnSeat]: OwnSeat[Key] | null } | null
}

const NO_SEATS: Record<RegistrationStatus, number> = {
  confirmed: 0,
  waiting: 0,
  offered: 0,
  cancelled: 0,
  attended: 0,
  absent: 0,
}

function recordOf({ own, ...row }: Row): WorkshopRecord {
  const seats = { ...NO_SEATS, ...row.seats }
  const taken = seats.confirmed + seats.offered + seats.attended + seats.absent
  return {
    ...row,
    seats,
    free: Math.max(0, row.capacity - row.walkIns - taken),
    startsAt: row.startsAt.getTime(),
    endsAt: row.endsAt.getTime(),
    changedAt: row.changedAt.getTime(),
    lat: row.lat ?? undefined,
    lon: row.lon ?? undefined,
    opensAt: row.opensAt?.getTime(),
    closesAt: row.closesAt?.getTime(),
    told: row.told ?? undefined,
    tellAt: row.tellAt?.getTime(),
    minutes: row.minutes ?? undefined,
    own: own ? ownFrom(own) : undefined,
  }
}

function ownFrom(own: NonNullable<Row['own']>): OwnSeat {
  return {
    status: own.status ?? 'cancelled',
    guests: own.guests ?? 0,
    code: own.code ?? '',
    place: own.place ?? undefined,
    offeredUntil: own.offeredUntil ?? undefined,
    rating: own.rating ?? undefined,
  }
}
