// What only the whole application joins.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { startApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { createLog } from '../src/platform/log.ts'
import { sign } from './channels/viber/fake-viber.ts'
import { testDatabase } from './support/database.ts'

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
