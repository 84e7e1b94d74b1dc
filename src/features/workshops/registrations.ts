// Who signed up, as staff see them: numbers, chats and codes; the bot knows no names.
import type { RegistrationStatus } from '../../core/model/workshop.ts'
import type { Sql } from '../../platform/db/database.ts'

export type RegistrationRow = {
  id: string
  /** Absent once the tie to the person is cut. */
  personId: string | null
  channel: string | null
  address: string | null
  status: RegistrationStatus
  guests: number
  /** On the waiting list, from 1. */
  place: number | null
  offeredUntil: Date | null
  code: string | null
  createdAt: Date
  changedAt: Date
}

/** Everybody who ever signed up, in the order of coming. */
export function readRegistrations(sql: Sql, workshopId: number): Promise<RegistrationRow[]> {
  return sql<RegistrationRow>`
    SELECT r.id, r.person_id AS "personId", a.channel, a.external_id AS address, r.status, r.guests,
      CASE WHEN r.status = 'waiting'
        THEN (row_number() OVER (PARTITION BY r.status ORDER BY r.position))::int END AS place,
      r.offered_until AS "offeredUntil", r.code, r.created_at AS "createdAt", r.changed_at AS "changedAt"
    FROM registration r LEFT JOIN address a ON a.id = r.address_id
    WHERE r.workshop_id = ${workshopId} ORDER BY r.position NULLS LAST, r.id`
}
