// The baseline of announcements: the loop that bots grow. grammY's client with a transformer that waits and
// repeats as its auto-retry plugin does, thirty chats in parallel, progress kept as a cursor. Told by
// environment: DATABASE_URL, API_ROOT, TOKEN, TEXT. Prints "done".
import { setTimeout as sleep } from 'node:timers/promises'
import { Api } from 'grammy'
import pg from 'pg'

const { DATABASE_URL, API_ROOT = '', TOKEN = '', TEXT = '' } = process.env
const AT_ONCE = 30
const BATCH = 90

const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 4 })
await pool.query('CREATE TABLE IF NOT EXISTS bench_cursor (id int PRIMARY KEY, chat bigint NOT NULL)')
await pool.query('INSERT INTO bench_cursor VALUES (1, 0) ON CONFLICT DO NOTHING')

const api = new Api(TOKEN, { apiRoot: API_ROOT })
api.config.use(async (previous, method, payload, signal) => {
  for (let attempt = 0; ; attempt++) {
    try {
      const result = await previous(method, payload, signal)
      const retryAfter = result.ok ? undefined : result.parameters?.retry_after
      if (retryAfter === undefined || attempt >= 20) return result
      await sleep(retryAfter * 1000)
    } catch (error) {
      // The plugin tries again after network errors, whatever became of the message.
      if (attempt >= 3) throw error
      await sleep(500)
    }
  }
})

for (;;) {
  const { rows } = await pool.query<{ chat: string }>(
    `SELECT external_id::bigint AS chat FROM address
     WHERE external_id::bigint > (SELECT chat FROM bench_cursor) ORDER BY 1 LIMIT ${BATCH}`,
  )
  const last = rows.at(-1)
  if (!last) break
  const left = rows.map(({ chat }) => Number(chat))
  const work = async () => {
    for (let chat = left.shift(); chat !== undefined; chat = left.shift())
      await api.sendMessage(chat, TEXT).catch(() => undefined)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  await pool.query('UPDATE bench_cursor SET chat = $1', [last.chat])
}
console.log('done')
await pool.end()
