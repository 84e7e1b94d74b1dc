// What editors publish, what files say, and who wins.
import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as deeds from '../../../src/features/curation/deeds.ts'
import { emptyItem, type Item, isEntry, restsOnLaw } from '../../../src/features/curation/item.ts'
import { countWaiting, listAll } from '../../../src/features/curation/overview.ts'
import { revisionsOf } from '../../../src/features/curation/store.ts'
import { Refused } from '../../../src/staff/index.ts'
import {
  answering,
  type Instance,
  live,
  openOf,
  publish,
  save,
  saveAndPublish,
  soon,
  stampIn,
  startCuration,
  states,
} from './support.ts'

const MIRA = 'mira@grad.example'
const SAFET = 'safet@grad.example'
const ID = 'street-lighting'
const FILE = 'faq/powers/street-lighting.yaml'

let curation: Awaited<ReturnType<typeof startCuration>>
let desk: Instance
beforeEach(async () => {
  curation = await startCuration()
  desk = await curation.start()
})
afterEach(() => curation.end())

const answerOf = (on: Instance, id = ID) => live(on, id)?.texts.sr.answer
const reason = (outcome: unknown) => (outcome instanceof Refused ? outcome.reason : 'done')
const deed = async (actor: string, contentId = ID) => ({
  contentId,
  actor,
  stamp: await stampIn(desk, contentId),
})
/** Not a legal one: no source of it is a law. */
const plain = (item: Item | undefined) =>
  item && isEntry(item) ? { ...item, sources: [{ name: 'Sajt grada' }] } : item

describe('publishing', () => {
  it('reaches every instance within two seconds, without a restart', async () => {
    const other = await curation.start()
    await saveAndPublish(desk, answering(live(desk, ID), 'Novo.'))
    await soon(() => answerOf(desk) === 'Novo.' && answerOf(other) === 'Novo.')
  })

  it('keeps what else is known: settings, the order of the answers', async () => {
    const before = desk.knowledge()
    await saveAndPublish(desk, answering(live(desk, ID), 'Novo.'))
    await soon(() => answerOf(desk) === 'Novo.')
    const ids = (instance: typeof before) => instance.content.entries.map(({ id }) => id)
    expect(ids(desk.knowledge())).toEqual(ids(before))
    expect(desk.knowledge().settings).toEqual(before.settings)
  })

  it('counts on an instance that starts later', async () => {
    await saveAndPublish(desk, answering(live(desk, ID), 'Novo.'))
    expect(answerOf(await curation.start())).toBe('Novo.')
  })

  it('of something new gives people what no file has, until it is withdrawn', async () => {
    const begun = emptyItem('redirect', 'sea', { category: '', today: '2026-12-01' })
    await saveAndPublish(desk, answering(begun, 'More je daleko.'))
    await soon(() => answerOf(desk, 'sea') === 'More je daleko.')
    await deeds.withdraw(desk, await deed(SAFET, 'sea'))
    await soon(() => live(desk, 'sea') === undefined)
    const lines = await listAll(desk, new Date())
    expect(lines.filter(({ item }) => item.id === 'sea').map(line => line.live)).toEqual([false])
  })

  it('replaces what was published before', async () => {
    await saveAndPublish(desk, answering(live(desk, ID), 'Prvo.'))
    await saveAndPublish(desk, answering(live(desk, ID), 'Drugo.'))
    expect(await states(desk, ID)).toEqual(['2 published', '1 superseded'])
  })

  it('leaves a row in the audit log that holds no text', async () => {
    await saveAndPublish(desk, answering(live(desk, ID), 'Tajno.'))
    const rows = await curation.database.sql`SELECT actor, action, target, details FROM audit ORDER BY id`
    expect(rows).toEqual([
      { actor: MIRA, action: 'answer.save', target: `answer ${ID}`, details: { revision: 1 } },
      { actor: SAFET, action: 'answer.publish', target: `answer ${ID}`, details: { revision: 1 } },
    ])
  })
})

describe('an answer that rests on a law', () => {
  it('is published by a second person', async () => {
    await save(desk, answering(live(desk, ID), 'Novo.'))
    expect(reason(await publish(desk, ID, MIRA))).toBe('second')
    expect(reason(await publish(desk, ID, SAFET))).toBe('done')
  })

  it('needs one also when the law is taken out of it', async () => {
    await save(desk, answering(plain(live(desk, ID)), 'Novo.'))
    expect(reason(await publish(desk, ID, MIRA))).toBe('second')
  })

  it('needs none for what it is only found by', async () => {
    const item = live(desk, ID)
    if (!item) throw new Error('no item')
    const sr = { ...item.texts.sr, phrasings: [...item.texts.sr.phrasings, 'mrkli mrak u sokaku'] }
    await save(desk, { ...item, texts: { ...item.texts, sr } } as Item)
    expect(reason(await publish(desk, ID, MIRA))).toBe('done')
  })

  it('belongs to whoever wrote its text, also when another adds how it is asked for', async () => {
    await save(desk, answering(live(desk, ID), 'Novo.'))
    const open = await openOf(desk, ID)
    if (!open) throw new Error('no draft')
    const sr = { ...open.item.texts.sr, phrasings: [...open.item.texts.sr.phrasings, 'mrkli mrak'] }
    await save(desk, { ...open.item, texts: { ...open.item.texts, sr } } as Item, SAFET)
    expect((await openOf(desk, ID))?.author).toBe(MIRA)
    expect(reason(await publish(desk, ID, MIRA))).toBe('second')
    expect(reason(await publish(desk, ID, SAFET))).toBe('done')
  })
})

describe('an answer without a law', () => {
  it('may be published by its author', async () => {
    await saveAndPublish(desk, plain(live(desk, ID)) as Item)
    await soon(() => !restsOnLaw(live(desk, ID)))
    await save(desk, answering(live(desk, ID), 'Novo.'))
    expect(reason(await publish(desk, ID, MIRA))).toBe('done')
  })
})

describe('two editors', () => {
  it('who save at once: the second is told, and nothing is lost', async () => {
    const stamp = await stampIn(desk, ID)
    const item = live(desk, ID)
    const [first, second] = await Promise.all(
      [MIRA, SAFET].map(actor =>
        deeds.saveDraft(desk, { item: answering(item, `Od ${actor}.`), note: '', actor, stamp }),
      ),
    )
    expect([reason(first), reason(second)].sort()).toEqual(['changed', 'done'])
    expect(await states(desk, ID)).toEqual(['1 draft'])
  })

  it('one after the other: what the first wrote stays in the history', async () => {
    await save(desk, answering(live(desk, ID), 'Prvo.'), MIRA)
    await save(desk, answering(live(desk, ID), 'Drugo.'), SAFET)
    expect(await states(desk, ID)).toEqual(['2 draft', '1 superseded'])
  })

  it('cannot publish what was changed since they looked at it', async () => {
    await save(desk, answering(live(desk, ID), 'Prvo.'), MIRA)
    const stamp = await stampIn(desk, ID)
    await save(desk, answering(live(desk, ID), 'Podmetnuto.'), MIRA)
    expect(reason(await deeds.publishDraft(desk, { contentId: ID, actor: SAFET, stamp }))).toBe('changed')
  })

  it('who saw an older published text don’t bring it back unseen', async () => {
    const stamp = await stampIn(desk, ID)
    await saveAndPublish(desk, answering(live(desk, ID), 'Drugo.'))
    const stale = { item: answering(live(desk, ID), 'Prvo.'), note: '', actor: MIRA, stamp }
    expect(reason(await deeds.saveDraft(desk, stale))).toBe('changed')
  })
})

describe('restoring', () => {
  it('makes a new revision of an old text', async () => {
    await saveAndPublish(desk, answering(live(desk, ID), 'Prvo.'))
    await soon(() => answerOf(desk) === 'Prvo.')
    await saveAndPublish(desk, answering(live(desk, ID), 'Drugo.'))
    expect(reason(await deeds.restore(desk, { ...(await deed(MIRA)), from: 1 }))).toBe('done')
    expect(await states(desk, ID)).toEqual(['3 draft', '2 published', '1 superseded'])
    await publish(desk, ID)
    await soon(() => answerOf(desk) === 'Prvo.')
  })

  it('keeps an open draft in the history', async () => {
    await saveAndPublish(desk, answering(live(desk, ID), 'Prvo.'))
    await save(desk, answering(live(desk, ID), 'U radu.'))
    await deeds.restore(desk, { ...(await deed(SAFET)), from: 1 })
    expect(await states(desk, ID)).toEqual(['3 draft', '2 superseded', '1 published'])
  })
})

describe('a file that changes', () => {
  const changeFile = () =>
    curation.editFile(FILE, text => text.replace('reviewBy:', 'reviewBy: 2030-01-01 #'))

  it('after publishing wins, and the conflict waits for a decision', async () => {
    await saveAndPublish(desk, answering(live(desk, ID), 'Iz konzole.'))
    changeFile()
    const restarted = await curation.start()
    expect(answerOf(restarted)).not.toBe('Iz konzole.')
    expect(await countWaiting(restarted)).toBe(1)
    const [line] = (await listAll(restarted, new Date())).filter(({ item }) => item.id === ID)
    expect(line?.health).toContain('conflict')
    // Nothing is lost: the other instance still has the old file and serves what was written for it.
    expect(answerOf(desk)).toBe('Iz konzole.')
    const [published] = await revisionsOf(curation.database.sql, ID)
    expect(published?.item.texts.sr.answer).toBe('Iz konzole.')
  })

  it('after publishing: the text of the console can be taken on', async () => {
    await saveAndPublish(desk, answering(live(desk, ID), 'Iz konzole.'))
    changeFile()
    const restarted = await curation.start()
    await deeds.restore(restarted, { ...(await deed(MIRA)), from: 1 })
    await publish(restarted, ID)
    await soon(() => answerOf(restarted) === 'Iz konzole.')
  })

  it('under an open draft keeps it from being published until somebody has seen it', async () => {
    await save(desk, answering(live(desk, ID), 'U radu.'))
    changeFile()
    const restarted = await curation.start()
    expect(reason(await publish(restarted, ID))).toBe('conflict')
    expect((await openOf(restarted, ID))?.item.texts.sr.answer).toBe('U radu.')
    await deeds.acceptFile(restarted, await deed(MIRA))
    expect(reason(await publish(restarted, ID))).toBe('done')
    await soon(() => answerOf(restarted) === 'U radu.')
  })

  it('in its layout alone changes nothing', async () => {
    await saveAndPublish(desk, answering(live(desk, ID), 'Iz konzole.'))
    curation.editFile(FILE, text => `# a remark\n${text}`)
    expect(answerOf(await curation.start())).toBe('Iz konzole.')
  })

  it('by being deleted is a conflict too', async () => {
    await saveAndPublish(desk, answering(live(desk, ID), 'Iz konzole.'))
    rmSync(`${curation.folder}/${FILE}`)
    const restarted = await curation.start()
    expect(live(restarted, ID)).toBeUndefined()
    expect(await countWaiting(restarted)).toBe(1)
  })
})

describe('an id', () => {
  it.each(['new', 'misses', 'Nije-Id', 'a--b', '../x', ''])('is not %j', async id => {
    const begun = emptyItem('entry', id, { category: 'basics', today: '2026-12-01' })
    expect(reason(await save(desk, begun))).toBe('taken')
  })

  it('belongs to one kind', async () => {
    const begun = emptyItem('redirect', ID, { category: '', today: '2026-12-01' })
    expect(reason(await save(desk, begun))).toBe('taken')
  })
})

it('a draft that is deleted is gone, and people get what they got', async () => {
  const before = answerOf(desk)
  await save(desk, answering(live(desk, ID), 'U radu.'))
  await deeds.deleteDraft(desk, await deed(MIRA))
  expect(await states(desk, ID)).toEqual([])
  expect(answerOf(desk)).toBe(before)
})
