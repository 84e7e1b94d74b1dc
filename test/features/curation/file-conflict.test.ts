// Somebody changes a file of the content while an editor writes in the console: both are shown, nothing is lost.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type App, startApp } from '../../../src/app.ts'
import { readConfig } from '../../../src/config.ts'
import type { Entry } from '../../../src/core/model/content.ts'
import { createLog } from '../../../src/platform/log.ts'
import { CONTENT_DIR } from '../../support/bot.ts'
import { type SignedIn, signIn } from '../../support/console-client.ts'
import { testDatabase } from '../../support/database.ts'

const PAGE = '/console/answers/parking'
const FILE = 'faq/powers/parking.yaml'

let database: Awaited<ReturnType<typeof testDatabase>>
let folder: string
let app: App
/** Another account after every start, so that each may publish what the one before wrote. */
let editor: SignedIn

beforeAll(async () => {
  database = await testDatabase(16)
  folder = mkdtempSync(path.join(tmpdir(), 'komsija-conflict-'))
  cpSync(CONTENT_DIR, path.join(folder, 'content'), { recursive: true })
  await start()
})
afterAll(async () => {
  await app.stop()
  await database.drop()
  rmSync(folder, { recursive: true })
})

async function start(): Promise<void> {
  const env = {
    DATABASE_URL: database.url,
    DATA_DIR: path.join(folder, 'data'),
    CONTENT_DIR: path.join(folder, 'content'),
    PORT: '0',
    ROLE: 'web',
  }
  app = await startApp(readConfig(env), createLog('silent'))
  editor = await signIn(database.sql, app.url, { role: 'editor' })
}

/** Writes another title into the file and starts on it. */
async function changeFile(title: string): Promise<void> {
  await app.stop()
  const file = path.join(folder, 'content', FILE)
  writeFileSync(file, readFileSync(file, 'utf8').replace(/title: .*/, `title: ${title}`))
  await start()
}

async function saveAnswer(answer: string): Promise<void> {
  const read = await (await editor.api('GET', '/answers/parking')).json()
  const { served, stamp } = read as { served: Entry; stamp: string }
  const content = { ...served, texts: { ...served.texts, sr: { ...served.texts.sr, answer } } }
  expect((await editor.api('POST', '/answers/parking/revisions', { content, stamp })).status).toBe(201)
}

const publish = () => editor.api('POST', '/answers/parking/publish', {})
const pageOf = async (to: string) => (await editor.get(to)).text()
/** Presses one of the buttons that change something at once. */
async function press(verb: string, fields: Record<string, string> = {}): Promise<void> {
  const stamp = /name="stamp" value="([\d.]+)"/.exec(await pageOf(PAGE))?.[1] ?? ''
  expect((await editor.post(`${PAGE}/${verb}`, { stamp, ...fields })).status).toBe(303)
}

it('a file that changes under a draft and after publishing is shown beside it until somebody decides', async () => {
  await saveAnswer('Parkiranje po konzoli.')
  await changeFile('Parking po datoteci')
  const underDraft = await pageOf(PAGE)
  expect(underDraft).toContain('class="card conflict"')
  for (const text of ['Parking po datoteci', 'Parkiranje po konzoli.']) expect(underDraft).toContain(text)
  expect(await (await publish()).json()).toMatchObject({ code: 'conflict' })

  await press('accept')
  expect((await publish()).status).toBe(200)
  await changeFile('Parking po novoj datoteci')
  const read = await (await editor.api('GET', '/answers/parking')).json()
  expect(read).toMatchObject({ served: { texts: { sr: { title: 'Parking po novoj datoteci' } } } })
  expect(await pageOf('/console/answers?health=conflict')).toContain(`href="${PAGE}"`)
  const afterwards = await pageOf(PAGE)
  for (const text of ['Parking po novoj datoteci', 'Parkiranje po konzoli.'])
    expect(afterwards).toContain(text)

  await press('restore', { number: '1' })
  expect(await pageOf(PAGE)).not.toContain('class="card conflict"')
  expect(await pageOf(PAGE)).toContain('Parkiranje po konzoli.')
}, 120_000)
