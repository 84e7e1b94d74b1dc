// What only the whole application joins.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { startApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { createLog } from '../src/platform/log.ts'
import { newToken, tokenHash } from '../src/staff/secrets.ts'
import { csrfToken } from '../src/staff/sessions.ts'
import { sign } from './channels/viber/fake-viber.ts'
import { cookieOf, openStream, post } from './channels/web/client.ts'
import { type TestDatabase, testDatabase } from './support/database.ts'

const TOKEN = '445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9'

let ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.reverse()) await end()
  ends = []
})

it('stores what Viber tells of messages before it says so', async () => {
  const database = await testDatabase()
  const dataDir = mkdtempSync(path.join(tmpdir(), 'komsija-app-'))
  ends.push(async () => rmSync(dataDir, { recursive: true }))
  ends.push(() => database.drop())
  const env = { DATABASE_URL: database.url, DATA_DIR: dataDir, PORT: '0', VIBER_AUTH_TOKEN: TOKEN }
  const app = await startApp(readConfig({ ...env, ROLE: 'web' }), createLog('silent'))
  ends.push(() => app.stop())
  await database.sql`
    WITH newcomer AS (INSERT INTO person DEFAULT VALUES RETURNING id)
    INSERT INTO address (person_id, channel, external_id, language, script, state, last_inbound_at)
    SELECT id, 'viber', 'vera', 'sr', 'latn', '{}', now() FROM newcomer`

  const body = '{"event":"seen","timestamp":1,"message_token":5741311803571721087,"user_id":"vera"}'
  const headers = { 'x-viber-content-signature': sign(TOKEN, body) }
  const response = await fetch(`${app.url}/webhooks/viber`, { method: 'POST', headers, body })
  expect(response.status).toBe(200)
  const rows = await database.sql`SELECT external_id AS id FROM receipt WHERE seen_at IS NOT NULL`
  expect(rows).toEqual([{ id: '5741311803571721087' }])
})

it('a setting changed at one instance holds at another without a restart', async () => {
  const database = await testDatabase()
  ends.push(() => database.drop())
  const start = async () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'komsija-app-'))
    ends.push(async () => rmSync(dataDir, { recursive: true }))
    const app = await startApp(
      readConfig({ DATABASE_URL: database.url, DATA_DIR: dataDir, PORT: '0', ROLE: 'web' }),
      createLog('silent'),
    )
    ends.push(() => app.stop())
    return app
  }
  const [one, other] = [await start(), await start()]
  const admin = await signInAt(one.url, database)
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 16)
  const notice = { sr: 'Voda nije za piće.', until: tomorrow }
  await admin.change('notice', notice)
  await admin.change('paused', { web: 'on' })
  const days = { outbox: '11', inbox: '12', miss: '33', case: '222', delivery: '333', participation: '444' }
  await admin.change('retentionDays', days)
  const privacy = async () => (await fetch(`${other.url}/privacy`)).text()
  await expect.poll(privacy, { timeout: 30_000, interval: 20 }).toMatch(/Voda nije za piće[\s\S]*444 dana/)
  const cookie = cookieOf(await post(other.url, { text: 'šta je zbor građana' }))
  const stream = await openStream(other.url, { cookie })
  expect(JSON.stringify(await stream.until(1))).toMatch(/Voda nije za piće.*privremeno isključio/)
  stream.close()
})

/** An admin's browser at one instance. */
async function signInAt(url: string, { sql }: TestDatabase) {
  const token = newToken()
  await sql`
    WITH account AS (INSERT INTO staff_account (email, role) VALUES ('mira@grad.example', 'admin') RETURNING id)
    INSERT INTO staff_session (hash, account_id, stage, device)
    SELECT ${tokenHash(token)}, id, 'full', '' FROM account`
  const headers = { cookie: `komsija_console=${token}` }
  return {
    async change(key: string, fields: Record<string, string>) {
      const page = await (await fetch(`${url}/console/settings`, { headers })).text()
      const base = new RegExp(`settings/${key}#[\\s\\S]*?name="base" value="([^"]+)"`).exec(page)?.[1] ?? ''
      const body = new URLSearchParams({ _csrf: csrfToken(token), base, do: 'save', ...fields })
      const answer = await fetch(`${url}/console/settings/${key}`, {
        method: 'POST',
        headers,
        body,
        redirect: 'manual',
      })
      expect(answer.status).toBe(303)
    },
  }
}
