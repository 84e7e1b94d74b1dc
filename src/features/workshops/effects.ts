// What chats do about workshops, inside the turn's transaction. The turn holds the person; each deed then holds
// the workshop.
import type { Effect, EffectContext, Outcome, WorkshopDeed } from '../../core/model/effect.ts'
import type { Sql } from '../../platform/db/database.ts'
import { urlOf } from '../../platform/media/info.ts'
import { writeMedia } from '../../platform/media/rows.ts'
import { qrPng } from '../../platform/qr.ts'
import { askFor, comment, rate } from './feedback.ts'
import { accept, checkInSelf, type Held, holdWorkshop, join, leave } from './seats.ts'
import { readWorkshop, readWorkshops } from './store.ts'

type Of<Kind extends Effect['kind']> = Extract<Effect, { kind: Kind }>

export const workshopEffects = {
  'join-workshop': (sql: Sql, effect: Of<'join-workshop'>, context: EffectContext): Promise<Outcome> =>
    onWorkshop(sql, effect, context, held => join(sql, held, context, { ...effect, now: context.now })),

  'leave-workshop': (sql: Sql, effect: Of<'leave-workshop'>, context: EffectContext): Promise<Outcome> =>
    onWorkshop(sql, effect, context, held => leave(sql, held, context.personId, context.now)),

  'accept-seat': (sql: Sql, effect: Of<'accept-seat'>, context: EffectContext): Promise<Outcome> =>
    onWorkshop(sql, effect, context, held => accept(sql, held, context.personId, context.now)),

  'check-in': (sql: Sql, effect: Of<'check-in'>, context: EffectContext): Promise<Outcome> =>
    onWorkshop(sql, effect, context, held =>
      checkInSelf(sql, held, context.personId, { ...effect, now: context.now }),
    ),

  'rate-workshop': (sql: Sql, effect: Of<'rate-workshop'>, context: EffectContext): Promise<Outcome> =>
    onWorkshop(sql, effect, context, () => rate(sql, { ...context, ...effect })),

  'comment-workshop': (sql: Sql, effect: Of<'comment-workshop'>, context: EffectContext): Promise<Outcome> =>
    onWorkshop(sql, effect, context, () => comment(sql, { ...context, ...effect })),

  'make-ticket': makeTicket,

  'ask-for-workshop': (sql: Sql, effect: Of<'ask-for-workshop'>, context: EffectContext): Promise<Outcome> =>
    askFor(sql, { ...context, ...effect }),
}

/** Runs a deed on a held workshop and tells what the workshop is like afterwards. Drafts don't exist for chats. */
async function onWorkshop(
  sql: Sql,
  { workshopId }: { workshopId: number },
  { personId }: EffectContext,
  deed: (held: Held) => Promise<WorkshopDeed>,
): Promise<Outcome> {
  const held = await holdWorkshop(sql, workshopId)
  if (!held || held.status === 'draft') return { kind: 'workshop', did: 'closed' }
  const did = await deed(held)
  const workshop = await readWorkshop(sql, workshopId, personId)
  return { kind: 'workshop', did, workshop }
}

/** Nobody needs the picture once the workshop is over. */
const KEPT_AFTER_MS = 24 * 3_600_000

/** The ticket as a picture that only its owner's link opens. */
async function makeTicket(
  sql: Sql,
  { workshopId }: Of<'make-ticket'>,
  { personId, publicUrl, now }: EffectContext,
): Promise<Outcome> {
  const workshop = await readWorkshop(sql, workshopId, personId)
  const { own } = workshop ?? {}
  if (!workshop || own?.status !== 'confirmed') return { kind: 'workshop', did: 'no-seat', workshop }
  const expiresAt = new Date(Math.max(workshop.endsAt, now.getTime()) + KEPT_AFTER_MS)
  const name = `qr-${workshopId}-${own.code}.png`
  const known = await keepLonger(sql, { personId, name, expiresAt })
  if (known) return { kind: 'ticket', workshop, mediaId: known.id, url: publicUrl + urlOf(known) }
  const bytes = await qrPng(ticketText(publicUrl, workshopId, own.code))
  const picture = { name, mime: 'image/png', bytes, personId, now, expiresAt }
  const info = await writeMedia(sql, picture)
  return { kind: 'ticket', workshop, mediaId: info.id, url: publicUrl + urlOf(info) }
}

/** Whoever asks again gets the same picture. */
async function keepLonger(
  sql: Sql,
  { personId, name, expiresAt }: { personId: string; name: string; expiresAt: Date },
): Promise<{ id: string; name: string } | undefined> {
  const [known] = await sql<{ id: string; name: string }>`
    UPDATE media SET expires_at = ${expiresAt} WHERE person_id = ${personId} AND name = ${name} RETURNING id, name`
  return known
}

/** What the picture says: opened by any phone of the staff, it checks in; door pages read its last part. */
export function ticketText(publicUrl: string, workshopId: number, code: string): string {
  return `${publicUrl}/console/workshops/${workshopId}/door?code=${code}`
}

/** Answers what the topic must know. */
export const workshopLoaders = {
  workshops: async (sql: Sql, { personId, now }: EffectContext) => ({
    workshops: await readWorkshops(sql, { personId, statuses: ['published'], endsAfter: now }),
  }),
  workshop: async (sql: Sql, { personId }: EffectContext, { workshopId }: { workshopId: number }) => {
    const found = await readWorkshop(sql, workshopId, personId)
    return { workshop: found && found.status !== 'draft' ? found : null }
  },
}
