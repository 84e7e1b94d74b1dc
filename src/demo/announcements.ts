// Announcements of the demo: four that went out, to whom they reached and whom they didn’t, one that is scheduled,
// and a draft that waits for a second person.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Channel, SendResult } from '../channels/channel.ts'
import { createDelivery } from '../delivery/index.ts'
import { sendAgain } from '../features/announcements/decisions.ts'
import {
  approveAnnouncement,
  createDraft,
  type Outcome,
  startAnnouncement,
} from '../features/announcements/lifecycle.ts'
import type { Attached, Wish } from '../features/announcements/model.ts'
import { announcementParts, bulkFor } from '../features/index.ts'
import type { Account } from '../staff/index.ts'
import { momentToBe } from './age.ts'
import { ANNOUNCEMENT_PLANS, type AnnouncementPlan } from './announcement-plans.ts'
import { STAFF } from './office.ts'
import type { Chapter, Deed, World } from './world.ts'

export const announcements: Chapter = () => ANNOUNCEMENT_PLANS.map(deedOf)

function deedOf(plan: AnnouncementPlan): Deed {
  return { daysAgo: plan.sent, run: world => announce(world, plan) }
}

async function announce(world: World, plan: AnnouncementPlan): Promise<void> {
  const desk = announcementParts(world.parts)
  const author = await accountOf(world, STAFF.editor)
  const start = { override: false, now: new Date() }
  const id = await createDraft(desk, author, await wishFrom(world, plan))
  const started = await startAnnouncement(desk, author, id, start)
  if (plan.fate === 'waits') return expecting(started, 'approval-required')
  if (started.kind === 'approval-required')
    expecting(await approveAnnouncement(desk, await accountOf(world, STAFF.press), id, new Date()), 'done')
  else expecting(started, 'done')
  if (plan.fate === 'scheduled') return
  await deliver(world, id, plan.troubles)
  if (!plan.again) return
  await sendAgain(desk, author, id, { status: 'failed' })
  await deliver(world, id, [])
}

function expecting(outcome: Outcome, kind: Outcome['kind']): void {
  if (outcome.kind !== kind) throw new Error(`an announcement is ${outcome.kind}, not ${kind}`)
}

async function accountOf({ parts: { database } }: World, email: string): Promise<Account> {
  const [account] = await database.sql<Account>`
    SELECT id, email, role, language FROM staff_account WHERE email = ${email}`
  if (!account) throw new Error('nobody writes announcements')
  return account
}

async function wishFrom(
  world: World,
  { sent, audience, message, carries, inDays }: AnnouncementPlan,
): Promise<Wish> {
  const { timeZone } = world.parts.knowledge().content.city
  const attached = await attachedTo(world, carries)
  if (inDays === undefined) return { audience, message, attached }
  const sendAt = new Date(momentToBe(timeZone, { daysAgo: -inDays, time: '10:00', ages: sent }))
  return { audience, message, attached, sendAt }
}

/** The next workshop, or the poll that is open. */
async function attachedTo(
  { parts: { database } }: World,
  carries: AnnouncementPlan['carries'],
): Promise<Attached> {
  if (!carries) return {}
  const [row] =
    carries === 'workshop'
      ? await database.sql<{ id: number }>`
          SELECT id FROM workshop WHERE status = 'published' AND starts_at > now() ORDER BY starts_at LIMIT 1`
      : await database.sql<{ id: number }>`SELECT id FROM poll WHERE status = 'open' ORDER BY id LIMIT 1`
  if (!row) throw new Error(`there is no ${carries} to announce`)
  const id = String(row.id)
  return carries === 'workshop' ? { workshopId: id } : { pollId: id }
}

/** Sends what is planned, as the lane for bulk does it; for some of the recipients it goes wrong. */
async function deliver(world: World, id: string, troubles: AnnouncementPlan['troubles']): Promise<void> {
  const { parts } = world
  const { database, log } = parts
  const failing = await whomItFails(world, id, troubles)
  const channels = parts.channels.map(channel => failingFor(channel, failing))
  const bulk = bulkFor(parts, Object.fromEntries(channels.map(({ id }) => [id, PER_SECOND])))
  const delivery = createDelivery({ database, channels, bulk, log })
  try {
    while (!(await isDone(world, id))) {
      // Looking also notes that it is done.
      await bulk.agenda()
      await sleep(LOOK_MS)
    }
  } finally {
    delivery.stopBulk()
    await delivery.drained()
    await delivery.stop()
  }
}

const PER_SECOND = 1000
const LOOK_MS = 30

const TROUBLES: Record<AnnouncementPlan['troubles'][number], SendResult> = {
  left: { status: 'failed', reason: 'unreachable', detail: 'the chat was left' },
  refused: { status: 'failed', reason: 'rejected', detail: 'the platform refused it' },
  lost: { status: 'uncertain', detail: 'the answer was lost' },
}

async function whomItFails(
  { parts: { database } }: World,
  id: string,
  troubles: AnnouncementPlan['troubles'],
): Promise<Map<string, SendResult>> {
  const chats = await database.sql<{ externalId: string }>`
    SELECT a.external_id AS "externalId" FROM delivery d
    JOIN address a ON a.person_id = d.person_id AND a.channel = d.channel
    WHERE d.announcement_id = ${id} AND d.status = 'planned' ORDER BY a.external_id LIMIT ${troubles.length}`
  return new Map(
    chats.flatMap(({ externalId }, index) => {
      const trouble = troubles[index]
      return trouble ? [[externalId, TROUBLES[trouble]] as const] : []
    }),
  )
}

function failingFor(channel: Channel, failing: ReadonlyMap<string, SendResult>): Channel {
  return {
    ...channel,
    send: async (to, message) => failing.get(to.externalId) ?? channel.send(to, message),
  }
}

async function isDone({ parts: { database } }: World, id: string): Promise<boolean> {
  const rows = await database.sql`SELECT 1 FROM announcement WHERE id = ${id} AND status = 'done'`
  return rows.length > 0
}
