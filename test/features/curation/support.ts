// The curation on a real database, without a server around it. Contents are small copies that a test may change.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'vitest'
import { publishDraft, saveDraft, stampOf } from '../../../src/features/curation/deeds.ts'
import { type Desk, served } from '../../../src/features/curation/desk.ts'
import { createWorkbench, type Workbench } from '../../../src/features/curation/index.ts'
import { type Item, itemOf } from '../../../src/features/curation/item.ts'
import { isOpen, revisionsOf } from '../../../src/features/curation/store.ts'
import { readFiles } from '../../../src/knowledge.ts'
import { followKnowledge, type Live } from '../../../src/live.ts'
import { createLog } from '../../../src/platform/log.ts'
import { Refused } from '../../../src/staff/index.ts'
import { PUBLIC_URL } from '../../support/bot.ts'
import { type TestDatabase, testDatabase } from '../../support/database.ts'

const GOOD = path.join(import.meta.dirname, '../../content/fixtures/good')
const log = createLog('silent')

export type Instance = Desk & { live: Live; stop(): Promise<void> }

/** Starts on a content folder as the application does. */
export async function startInstance(
  database: TestDatabase,
  contentDir: string,
  bench?: Workbench,
): Promise<Instance> {
  const files = await readFiles({ contentDir, publicUrl: PUBLIC_URL })
  const live = await followKnowledge(files, { database, databaseUrl: database.url, log })
  const workbench = bench ?? createWorkbench(files.loaded)
  return {
    database,
    knowledge: live.knowledge,
    files: files.loaded,
    workbench,
    publicUrl: PUBLIC_URL,
    live,
    async stop() {
      await workbench.close()
      await live.stop()
    },
  }
}

/** Everything a test needs; `end` takes it apart. */
export async function startCuration() {
  const database = await testDatabase()
  const folder = mkdtempSync(path.join(tmpdir(), 'komsija-curation-'))
  cpSync(GOOD, folder, { recursive: true })
  const instances: Instance[] = []
  const start = async (bench?: Workbench) => {
    const instance = await startInstance(database, folder, bench)
    instances.push(instance)
    return instance
  }
  return {
    database,
    folder,
    start,
    /** Changes a file of the content, as somebody with an editor would. */
    editFile(file: string, change: (text: string) => string) {
      const whole = path.join(folder, file)
      writeFileSync(whole, change(readFileSync(whole, 'utf8')))
    },
    async end() {
      for (const instance of instances) await instance.stop()
      await database.drop()
      rmSync(folder, { recursive: true })
    },
  }
}

/** What people get under this id now. */
export function live(desk: Desk, id: string): Item | undefined {
  return itemOf(served(desk), id)
}

/** What an item would be with another answer in Serbian. */
export function answering(item: Item | undefined, answer: string): Item {
  if (!item) throw new Error('no such item')
  return { ...item, texts: { ...item.texts, sr: { ...item.texts.sr, answer } } } as Item
}

export async function stampIn(desk: Desk, contentId: string): Promise<string> {
  return stampOf(await revisionsOf(desk.database.sql, contentId))
}

/** Saves on top of whatever there is. */
export async function save(desk: Desk, item: Item, actor = 'mira@grad.example') {
  return saveDraft(desk, { item, note: '', actor, stamp: await stampIn(desk, item.id) })
}

/** Publishes the open revision, whoever wrote it. */
export async function publish(desk: Desk, contentId: string, actor = 'safet@grad.example') {
  return publishDraft(desk, { contentId, actor, stamp: await stampIn(desk, contentId) })
}

/** Saves by one, publishes by the other. */
export async function saveAndPublish(desk: Desk, item: Item): Promise<void> {
  expect(await save(desk, item)).not.toBeInstanceOf(Refused)
  expect(await publish(desk, item.id)).not.toBeInstanceOf(Refused)
}

/** Waits until what was published has reached an instance. */
export async function soon(isSo: () => boolean): Promise<void> {
  await expect.poll(isSo, { timeout: 30_000, interval: 10 }).toBe(true)
}

export async function states(desk: Desk, contentId: string): Promise<string[]> {
  return (await revisionsOf(desk.database.sql, contentId)).map(({ number, state }) => `${number} ${state}`)
}

export async function openOf(desk: Desk, contentId: string) {
  return (await revisionsOf(desk.database.sql, contentId)).find(isOpen)
}
