// Polls and surveys in announcements: what one shows of them, and which an author may choose.
import type { Knowledge } from '../../core/step.ts'
import { readId } from '../../staff/index.ts'
import type { Plugs } from '../announcements/index.ts'
import { announcementBlocks } from './messages.ts'
import { findPoll, listPolls } from './store.ts'

/** Polls as announcements carry them: those that are open. */
export function pollPlugs(knowledge: () => Knowledge): Plugs {
  return {
    async poll(sql, id) {
      const number = readId(id)
      const poll = number ? await findPoll(sql, number) : undefined
      if (poll?.status !== 'open') return undefined
      return language => ({ blocks: announcementBlocks(poll, language, knowledge()), buttons: [] })
    },
    async polls(sql) {
      const open = (await listPolls(sql)).filter(({ status }) => status === 'open')
      return open.map(({ id, title }) => ({ id: String(id), title }))
    },
  }
}
