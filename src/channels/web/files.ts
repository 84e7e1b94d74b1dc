// The files of the chat page that browsers load, beside those of every public page.
import path from 'node:path'

const FOLDER = path.join(import.meta.dirname, 'browser')

/** The scripts, entry first. */
export const CHAT_SCRIPTS = [
  'chat.js',
  'view.js',
  'dom.js',
  'memory.js',
  'courier.js',
  'feed.js',
  'suggest.js',
  'photo.js',
] as const

/** Where they are; the last one is for other sites. */
export const CHAT_FILES: readonly string[] = [...CHAT_SCRIPTS, 'embed.js'].map(name =>
  path.join(FOLDER, name),
)
