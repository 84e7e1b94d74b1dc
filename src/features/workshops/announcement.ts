// Workshops in announcements: what one shows of them, which an author may choose, and whom "those who came" means.
import type { Outbound } from '../../core/model/message.ts'
import type { WorkshopView } from '../../core/model/workshop.ts'
import type { Knowledge } from '../../core/step.ts'
import type { Sql } from '../../platform/db/database.ts'
import { readId } from '../../staff/index.ts'
import type { Plugs } from '../announcements/index.ts'
import { calendarBlock, cardBlock, locationBlocks, type Voice } from './messages.ts'
import { readWorkshop, readWorkshops } from './store.ts'
import { openToken } from './tokens.ts'

/** What everybody may be sent about a workshop; nobody's own state is in it. */
export function announcementOf(workshop: WorkshopView, voice: Voice): Outbound {
  const { own: _own, ...everybodys } = workshop
  return {
    blocks: [
      cardBlock(everybodys, voice),
      ...locationBlocks(everybodys, voice),
      calendarBlock(everybodys, voice),
    ],
    buttons: [{ label: voice.t('workshop.button.open'), token: openToken(workshop.id) }],
  }
}

/** Workshops as announcements carry them: those that are published and not over. */
export function workshopPlugs(knowledge: () => Knowledge): Plugs {
  return {
    async workshop(sql, id) {
      const workshop = await workshopOf(sql, id)
      if (workshop?.status !== 'published') return undefined
      return (language, script) => announcementOf(workshop, voiceIn(knowledge(), { language, script }))
    },
    async workshops(sql) {
      const open = await readWorkshops(sql, { statuses: ['published'], endsAfter: new Date() })
      return open.map(({ id, title }) => ({ id: String(id), title }))
    },
    async workshopPeople(sql, { id, is }) {
      const workshop = await workshopOf(sql, id)
      if (!workshop) return undefined
      const statuses = {
        registered: ['confirmed', 'offered', 'waiting'],
        attended: ['attended'],
        absent: ['absent'],
      }
      const rows = await sql<{ personId: string }>`
        SELECT person_id AS "personId" FROM registration
        WHERE workshop_id = ${workshop.id} AND person_id IS NOT NULL AND status = ANY(${statuses[is]}::text[])`
      return rows.map(({ personId }) => personId)
    },
  }
}

function voiceIn(
  { content, sentences, publicUrl }: Knowledge,
  { language, script }: Pick<Voice, 'language' | 'script'>,
): Voice {
  return { language, script, content, publicUrl, now: Date.now(), t: sentences(language) }
}

async function workshopOf(sql: Sql, id: string): Promise<WorkshopView | undefined> {
  const number = readId(id)
  return number ? readWorkshop(sql, number) : undefined
}
