// The baseline: grammY as its guide shows it, its session in PostgreSQL (one read, one upsert per
// update), a fixed reply. Told by environment: DATABASE_URL, API_ROOT, TOKEN, SECRET. Prints its port.
import { createServer } from 'node:http'
import { Bot, type Context, type SessionFlavor, session, webhookCallback } from 'grammy'
import pg from 'pg'

const { DATABASE_URL, API_ROOT = '', TOKEN = '', SECRET = '' } = process.env
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 16 })
await pool.query('CREATE TABLE IF NOT EXISTS bench_session (key text PRIMARY KEY, value jsonb NOT NULL)')

type Session = { messages: number }
const bot = new Bot<Context & SessionFlavor<Session>>(TOKEN, {
  client: { apiRoot: API_ROOT },
  botInfo: {
    id: 1,
    is_bot: true,
    first_name: 'Bench',
    username: 'bench_bot',
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
  } as never,
})
bot.use(
  session<Session, Context & SessionFlavor<Session>>({
    initial: () => ({ messages: 0 }),
    storage: {
      async read(key) {
        const { rows } = await pool.query('SELECT value FROM bench_session WHERE key = $1', [key])
        return rows[0]?.value
      },
      async write(key, value) {
        await pool.query(
          'INSERT INTO bench_session VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
          [key, value],
        )
      },
      async delete(key) {
        await pool.query('DELETE FROM bench_session WHERE key = $1', [key])
      },
    },
  }),
)
bot.on('message', async context => {
  context.session.messages++
  await context.reply('A fixed reply, as long as a short answer would be. It always says the same.')
})

const server = createServer(webhookCallback(bot, 'http', { secretToken: SECRET }))
server.listen(0, '127.0.0.1', () => console.log(`port ${(server.address() as { port: number }).port}`))
process.once('SIGTERM', () => process.exit(0))
