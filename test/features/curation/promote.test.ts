// The whole way: a citizen asks in vain, an editor promotes the question on one instance, and the next citizen
// gets the answer on another.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type App, startApp } from '../../../src/app.ts'
import { readConfig } from '../../../src/config.ts'
import { renewIndexes } from '../../../src/features/answers/index.ts'
import { type Kernel, startKernel } from '../../../src/kernel.ts'
import { createLog } from '../../../src/platform/log.ts'
import { CONTENT_DIR, received, recordingChannel, textOf } from '../../support/bot.ts'
import { type SignedIn, signIn } from '../../support/console-client.ts'
import { testDatabase } from '../../support/database.ts'
import { type Instance, startInstance } from './support.ts'

const QUESTION = 'crkla mi je ona svemirska krmača pred kapijom'

let database: Awaited<ReturnType<typeof testDatabase>>
let dataDir: string
let app: App
let other: Instance
let kernel: Kernel
let mira: SignedIn
/** On a machine that runs other tests at the same time everything takes longer. */
let indexMs: number
const channel = recordingChannel()

beforeAll(async () => {
  database = await testDatabase(16)
  dataDir = mkdtempSync(path.join(tmpdir(), 'komsija-promote-'))
  const env = { DATABASE_URL: database.url, DATA_DIR: dataDir, PORT: '0', ROLE: 'web' }
  app = await startApp(readConfig(env), createLog('silent'))
  other = await startInstance(database, CONTENT_DIR)
  kernel = startKernel({
    database,
    channels: [channel],
    knowledge: other.knowledge,
    log: createLog('silent'),
  })
  const from = performance.now()
  await renewIndexes(other.knowledge().content)
  indexMs = performance.now() - from
  mira = await signIn(database.sql, app.url, { role: 'editor' })
})
afterAll(async () => {
  await kernel.stop()
  await other.stop()
  await app.stop()
  await database.drop()
  rmSync(dataDir, { recursive: true })
})

async function ask(address: string, text: string): Promise<string> {
  const before = channel.sent.length
  await kernel.receive([received(address, { kind: 'text', text })])
  await kernel.idle()
  return textOf(channel.sent.slice(before).map(({ message }) => message))
}

it('a question that nobody could answer is answered within two seconds after it was published', async () => {
  await ask('first citizen', QUESTION)
  await ask('first citizen', QUESTION)
  const [miss] = await database.sql<{ id: string; question: string }>`SELECT id::text, question FROM miss`
  expect(miss?.question).toContain('krmača')
  expect(await (await mira.get('/console/answers/misses')).text()).toContain('svemirska krmača')

  const promoted = await mira.post('/console/answers/misses', { miss: miss?.id ?? '', to: 'waste-cleaning' })
  expect(promoted.headers.get('location')).toContain('done=console.misses.done.added')
  const judged = await (await mira.get('/console/answers/waste-cleaning/judge')).text()
  expect(judged).toContain(QUESTION)
  const stamp = /name="stamp" value="([\d.]+)"/.exec(judged)?.[1] ?? ''
  const published = await mira.post('/console/answers/waste-cleaning/publish', { stamp })
  expect(published.headers.get('location')).toContain('done=console.answers.done.published')

  const title =
    other.knowledge().content.entries.find(({ id }) => id === 'waste-cleaning')?.texts.sr.title ?? ''
  const deadline = performance.now() + Math.max(2000, 3 * indexMs)
  let said = ''
  for (let citizen = 0; performance.now() < deadline && !said.includes(title); citizen++) {
    said = await ask(`citizen ${citizen}`, QUESTION)
  }
  expect(said).toContain(title)
  expect(await (await mira.get('/console/answers/misses')).text()).not.toContain('svemirska krmača')
}, 240_000)
