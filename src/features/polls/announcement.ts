// Polls and surveys in announcements: what one shows of them, and which an author may choose.
import { LANGUAGES, type Language } from '../../core/model/content.ts'
import { textIn } from '../../core/model/poll.ts'
import type { Knowledge } from '../../core/step.ts'
import type { Plugs } from '../announcements/index.ts'
import { announcementBlocks } from './messages.ts'
import { findPoll, listPolls } from './store.ts'

/** Polls as announcements carry them: those that are open. */
export function pollPlugs(knowledge: () => Knowledge): Plugs {
  return {
    async poll(sql, id) {
      const poll = /^\d{1,9}$/.test(id) ? await findPoll(sql, Number(id)) : undefined
      if (poll?.status !== 'open') return undefined
      return language => ({ blocks: announcementBlocks(poll, language, knowledge()), buttons: [] })
    },
    async polls(sql) {
      const open = (await listPolls(sql)).filter(({ status }) => status === 'open')
      return open.map(({ id, title }) => ({ id: String(id), title: inEveryLanguage(title) }))
    },
  }
}

function inEveryLanguage(title: Parameters<typeof textIn>[0]): Record<Language, string> {
  const [sr = '', bs = '', en = ''] = LANGUAGES.map(language => textIn(title, language))
  return { sr, bs, en }
}
