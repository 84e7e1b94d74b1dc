// What staff do, each with its row of the audit log in the same transaction; for the console and for programs.
import type { LocalText } from '../../core/model/workshop.ts'
import type { Database, Sql } from '../../platform/db/database.ts'
import { type Note, Refused, withAudit } from '../../staff/index.ts'
import {
  cancelWorkshop,
  changeWorkshop,
  closeWorkshop,
  createWorkshop,
  publishWorkshop,
  type Refusal,
  saveMinutes,
  setWalkIns,
  tellChange,
} from './changes.ts'
import type { WorkshopFields } from './fields.ts'
import type { CHANGES } from './rules.ts'
import { type Arrival, checkInByTicket, type Held, holdWorkshop, setStatus } from './seats.ts'

/** Who does it, and when. */
export type Actor = { database: Database; by: string; now: Date }

const target = (id: number) => `workshop ${id}`

/** Writes a draft; resolves to its number. */
export function createAs({ database, by, now }: Actor, fields: WorkshopFields): Promise<number> {
  return withAudit(database, by, async (sql, note) => {
    const id = await createWorkshop(sql, fields, { by, now })
    await note({ action: 'workshop.create', target: target(id), details: { community: fields.community } })
    return id
  })
}

export function changeAs(
  actor: Actor,
  id: number,
  fields: WorkshopFields,
): Promise<Refused<Refusal> | undefined> {
  return noted(actor, id, 'workshop.change', sql => changeWorkshop(sql, id, fields, actor.now))
}

export function publishAs(actor: Actor, id: number): Promise<Refused<Refusal> | undefined> {
  return noted(actor, id, 'workshop.publish', sql => publishWorkshop(sql, id, actor.now))
}

export function cancelAs(actor: Actor, id: number): Promise<Refused<Refusal> | undefined> {
  return noted(actor, id, 'workshop.cancel', sql => cancelWorkshop(sql, id, actor.now))
}

/** Tells at once what waits to be told. */
export function tellAs(actor: Actor, id: number): Promise<Refused<Refusal> | undefined> {
  return noted(actor, id, 'workshop.tell', async sql => {
    await tellChange(sql, id, actor.now)
    return undefined
  })
}

export function closeAs(actor: Actor, id: number): Promise<Refused<Refusal> | undefined> {
  return onHeld(actor, id, 'workshop.close', (sql, held) => closeWorkshop(sql, held, actor.now))
}

export function saveMinutesAs(
  actor: Actor,
  id: number,
  { minutes, publish }: { minutes: LocalText; publish: boolean },
): Promise<Refused<Refusal> | undefined> {
  const action = publish ? 'workshop.publish-minutes' : 'workshop.save-minutes'
  return onHeld(actor, id, action, async (sql, held) => {
    if (held.status === 'draft' || held.status === 'cancelled') return 'state'
    await saveMinutes(sql, held, { minutes, publish, now: actor.now })
    return undefined
  })
}

/** Adds people who came without a registration; takes some away again when negative. */
export function addWalkInsAs(actor: Actor, id: number, count: number): Promise<Refused<Refusal> | undefined> {
  return onHeld(actor, id, 'workshop.walk-ins', async (sql, held) => {
    await setWalkIns(sql, id, Math.max(0, held.walkIns + count))
    return undefined
  })
}

/** Marks one registration; the log names its number. */
export function markAs(
  actor: Actor,
  id: number,
  { registrationId, status }: { registrationId: string; status: keyof typeof CHANGES },
): Promise<Refused<Refusal> | undefined> {
  return onHeld(
    actor,
    id,
    `registration.${status}`,
    async (sql, held) =>
      (await setStatus(sql, held, { registrationId, status, now: actor.now })) ? undefined : 'state',
    { registration: registrationId },
  )
}

/** Lets somebody in by the code they show; only whoever comes in now is noted. */
export async function admitAs({ database, by, now }: Actor, id: number, code: string): Promise<Arrival> {
  let arrival: Arrival = { kind: 'unknown' }
  await withAudit(database, by, async (sql, note) => {
    const held = await holdWorkshop(sql, id)
    if (held) arrival = await checkInByTicket(sql, held, code, now)
    if (arrival.kind !== 'welcome') return new Refused(arrival.kind)
    const details = { registration: arrival.registrationId }
    await note({ action: 'registration.attended', target: target(id), details })
    return undefined
  })
  return arrival
}

function noted(
  { database, by }: Actor,
  id: number,
  action: string,
  work: (sql: Sql) => Promise<Refusal | undefined>,
  details?: Record<string, unknown>,
): Promise<Refused<Refusal> | undefined> {
  return withAudit(database, by, async (sql: Sql, note: Note) => {
    const refusal = await work(sql)
    if (refusal) return new Refused(refusal)
    await note({ action, target: target(id), ...(details && { details }) })
    return undefined
  })
}

function onHeld(
  actor: Actor,
  id: number,
  action: string,
  work: (sql: Sql, held: Held) => Promise<Refusal | undefined>,
  details?: Record<string, unknown>,
): Promise<Refused<Refusal> | undefined> {
  return noted(
    actor,
    id,
    action,
    async sql => {
      const held = await holdWorkshop(sql, id)
      return held ? work(sql, held) : 'gone'
    },
    details,
  )
}
