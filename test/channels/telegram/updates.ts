// Updates as Telegram sends them.
import type { Params } from './fake-rules.ts'

export const FROM = { id: 7, is_bot: false, first_name: 'Mirsad', last_name: 'Begović', language_code: 'sr' }
export const CHAT = { id: 7, first_name: 'Mirsad', type: 'private' }
export const GROUP = { id: -1001234, title: 'Komšiluk', type: 'supergroup' }
/** 2026-11-23T10:00:00Z in seconds, as Telegram counts. */
export const DATE = 1_795_428_000

export function message(fields: Params): Params {
  return { message: { message_id: 5, from: FROM, chat: CHAT, date: DATE, ...fields } }
}

export function groupMessage(fields: Params): Params {
  return message({ chat: GROUP, ...fields })
}

export function press(fields: Params = {}): Params {
  const sent = { message_id: 4, chat: CHAT, date: DATE }
  const query = { id: '4382bfdwdsb', from: FROM, chat_instance: '1', message: sent, data: 'y:budget' }
  return { callback_query: { ...query, ...fields } }
}

export function membership(status: string, fields: Params = {}): Params {
  const user = { id: 123, is_bot: true, first_name: 'Komšija' }
  const change = {
    old_chat_member: { user, status: 'member' },
    new_chat_member: { user, status },
  }
  return { my_chat_member: { chat: CHAT, from: FROM, date: DATE, ...change, ...fields } }
}
