// The bot with its whole HTTP side, on one database: what people do in the chat and staff at the desk.
import type { HTTPMethods } from 'fastify'
import type { Settings } from '../../src/core/model/settings.ts'
import type { Parts } from '../../src/features/index.ts'
import type { Role } from '../../src/staff/index.ts'
import { startBot } from './bot.ts'
import { startConsole as startHttp } from './console.ts'

/** Everything a member of staff or a reader can ask for. Stop it at the end. */
export async function startConsole(more: Partial<Parts> & { settings?: () => Settings } = {}) {
  const bot = await startBot()
  const http = await startHttp({
    database: bot.database,
    parts: more,
    ...(more.settings && { settings: more.settings }),
  })
  return {
    ...bot,
    ...http,
    /** A program with a key. */
    async program(role: Role) {
      const call = await http.program(role)
      return {
        get: (path: string) => call('GET', path),
        send: (method: HTTPMethods, path: string, body?: object) => call(method, path, body),
      }
    },
    async stop() {
      await http.stop()
      await bot.stop()
    },
  }
}
