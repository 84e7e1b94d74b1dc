// Workshops for tests, made as staff make them.
import { createWorkshop, publishWorkshop } from '../../src/features/workshops/changes.ts'
import type { WorkshopFields } from '../../src/features/workshops/fields.ts'
import type { Database } from '../../src/platform/db/database.ts'

export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS

/** Two weeks ahead of the clock, at a full hour. */
export const inTwoWeeks = () => Math.ceil(Date.now() / HOUR_MS) * HOUR_MS + 14 * DAY_MS

export function fieldsOf(changes: Partial<WorkshopFields> = {}): WorkshopFields {
  const startsAt = changes.startsAt ?? inTwoWeeks()
  return {
    title: { sr: 'Kako radi grad', bs: 'Kako radi grad', en: 'How the city works' },
    description: { sr: 'Jedan dan o gradu.' },
    agenda: { sr: '10:00 Uvod\n12:00 Pitanja' },
    accessibility: { sr: 'Rampa na ulazu.' },
    community: 'mz-01',
    place: 'Dom kulture',
    lat: 43.1367,
    lon: 20.5122,
    startsAt,
    endsAt: startsAt + 4 * HOUR_MS,
    capacity: 30,
    guestsMax: 2,
    languages: ['sr', 'bs'],
    offerMinutes: 120,
    ...changes,
  }
}

/** A published workshop. Resolves to its number. */
export async function aWorkshop(
  { transaction }: Pick<Database, 'transaction'>,
  changes: Partial<WorkshopFields> = {},
  now = new Date(),
): Promise<number> {
  return transaction(async sql => {
    const id = await createWorkshop(sql, fieldsOf(changes), { by: 'mira@grad.rs', now })
    const refused = await publishWorkshop(sql, id, now)
    if (refused) throw new Error(refused)
    return id
  })
}

/** A person with one chat. */
export async function aPerson(
  { sql }: Pick<Database, 'sql'>,
  address: string,
  more: { language?: string; script?: string; channel?: string } = {},
): Promise<{ personId: string; addressId: string }> {
  const { language = 'sr', script = 'latn', channel = 'web' } = more
  const [row] = await sql<{ personId: string; addressId: string }>`
    WITH newcomer AS (INSERT INTO person DEFAULT VALUES RETURNING id)
    INSERT INTO address (person_id, channel, external_id, language, script, state, last_inbound_at)
    SELECT id, ${channel}, ${address}, ${language}, ${script}, '{}', now() FROM newcomer
    RETURNING person_id AS "personId", id AS "addressId"`
  if (!row) throw new Error('no person')
  return row
}
