// Cut-offs and figures belong to a version of the content and are computed once, later, by one.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { matchingHash, renewIndexes } from '../../../src/features/answers/index.ts'
import type { Workbench } from '../../../src/features/curation/index.ts'
import type { Item } from '../../../src/features/curation/item.ts'
import { computeVersion } from '../../../src/features/curation/jobs.ts'
import {
  claimVersion,
  readVersion,
  thresholdsFor,
  wantVersion,
} from '../../../src/features/curation/version-store.ts'
import { answering, type Instance, live, saveAndPublish, soon, startCuration } from './support.ts'

const ID = 'street-lighting'

/** Knows the result at once, and how often it was asked. */
function readyBench(answer = 0.5): Workbench & { asked: number } {
  const bench = {
    asked: 0,
    ask: () => Promise.reject(new Error('not asked for')),
    close: async () => undefined,
    async compute(content: Parameters<Workbench['compute']>[0]) {
      bench.asked++
      const thresholds = { answer, margin: 0.05, suggest: 0.2, contentHash: matchingHash(content) }
      return { thresholds: { sr: thresholds, en: thresholds }, gold: FIGURES, confusable: [] }
    },
  }
  return bench
}

const FIGURES = {
  n: 1,
  top1: 1,
  recall3: 1,
  mrr: 1,
  answered: 1,
  answeredRight: 1,
  offeredRight: 0,
  outside: 1,
  outsideAnswered: 0,
}

let curation: Awaited<ReturnType<typeof startCuration>>
let bench: ReturnType<typeof readyBench>
let desk: Instance
beforeEach(async () => {
  curation = await startCuration()
  bench = readyBench()
  desk = await curation.start(bench)
})
afterEach(() => curation.end())

const hash = () => matchingHash(desk.knowledge().content)

async function publishPhrasing(phrasing: string): Promise<void> {
  const item = live(desk, ID)
  if (!item) throw new Error('no item')
  const sr = { ...item.texts.sr, phrasings: [...item.texts.sr.phrasings, phrasing] }
  await saveAndPublish(desk, { ...item, texts: { ...item.texts, sr } } as Item)
  await soon(() => live(desk, ID)?.texts.sr.phrasings.includes(phrasing) === true)
}

describe('a version', () => {
  it('of the files alone is not computed unless somebody asks', async () => {
    await computeVersion(desk)
    expect(bench.asked).toBe(0)
    await wantVersion(curation.database.sql, hash())
    await computeVersion(desk)
    expect(bench.asked).toBe(1)
  })

  it('is computed once after publishing, however many look', async () => {
    await publishPhrasing('mrkli mrak u sokaku')
    await Promise.all([computeVersion(desk), computeVersion(desk), computeVersion(desk)])
    await computeVersion(desk)
    expect(bench.asked).toBe(1)
    expect((await readVersion(curation.database.sql, hash()))?.computed?.gold).toEqual(FIGURES)
  })

  it('is the same when only the text of an answer changes', async () => {
    const before = hash()
    await saveAndPublish(desk, answering(live(desk, ID), 'Novo.'))
    await soon(() => live(desk, ID)?.texts.sr.answer === 'Novo.')
    expect(hash()).toBe(before)
  })

  it('is taken by another when the one who began it failed', async () => {
    await publishPhrasing('mrkli mrak u sokaku')
    const failing = { ...bench, compute: () => Promise.reject(new Error('no memory')) }
    await expect(computeVersion({ ...desk, workbench: failing })).rejects.toThrow('no memory')
    expect(await claimVersion(curation.database.sql, hash())).toBe(true)
  })

  it('is taken by nobody else while somebody is at it', async () => {
    await wantVersion(curation.database.sql, 'x')
    expect(await claimVersion(curation.database.sql, 'x')).toBe(true)
    expect(await claimVersion(curation.database.sql, 'x')).toBe(false)
  })
})

describe('cut-offs', () => {
  it('reach every instance once they are computed; until then the previous ones hold', async () => {
    const other = await curation.start()
    await publishPhrasing('mrkli mrak u sokaku')
    expect(desk.knowledge().content.thresholds).toBeUndefined()
    await computeVersion(desk)
    const known = (instance: Instance) => instance.knowledge().content.thresholds?.sr
    await soon(() => known(desk)?.answer === 0.5 && known(other)?.answer === 0.5)
    const first = hash()
    await publishPhrasing('još mrkliji mrak')
    expect(hash()).not.toBe(first)
    expect(known(desk)).toMatchObject({ answer: 0.5, contentHash: first })
  })

  it('of the files hold for the files', async () => {
    const own = { answer: 0.7, margin: 0.1, suggest: 0.3, contentHash: 'of-the-files' }
    const files = { ...desk.files.content, thresholds: { sr: own, en: own } }
    await publishPhrasing('mrkli mrak u sokaku')
    await computeVersion(desk)
    expect((await thresholdsFor(curation.database.sql, 'of-the-files', files))?.sr).toEqual(own)
  })
})

describe('indexes', () => {
  it('are kept as long as their texts are the same', async () => {
    const { content } = desk.knowledge()
    const before = { content, indexes: await renewIndexes(content) }
    const [first, ...others] = content.entries
    if (!first) throw new Error('no entry')
    const en = { ...first.texts.en, phrasings: [...first.texts.en.phrasings, 'a new question'] }
    const changed = { ...content, entries: [{ ...first, texts: { ...first.texts, en } }, ...others] }
    const after = await renewIndexes(changed, before)
    expect(after.sr).toBe(before.indexes.sr)
    expect(after.en).not.toBe(before.indexes.en)
  })
})
