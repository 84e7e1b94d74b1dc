// From the console back into the files.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fileShapeOf } from '../../../src/content/file-shape.ts'
import { loadContent } from '../../../src/content/load.ts'
import { withValues } from '../../../src/content/yaml-edit.ts'
import { matchingHash } from '../../../src/features/answers/index.ts'
import { pullRevisions } from '../../../src/features/curation/index.ts'
import { emptyItem, type Item, isEntry } from '../../../src/features/curation/item.ts'
import { listAll } from '../../../src/features/curation/overview.ts'
import { publishedRevisions } from '../../../src/features/curation/store.ts'
import { storeVersion, wantVersion } from '../../../src/features/curation/version-store.ts'
import { CONTENT_DIR } from '../../support/bot.ts'
import { answering, type Instance, live, saveAndPublish, soon, startCuration } from './support.ts'

const FILE = 'faq/powers/street-lighting.yaml'

let curation: Awaited<ReturnType<typeof startCuration>>
let desk: Instance
beforeEach(async () => {
  curation = await startCuration()
  desk = await curation.start()
})
afterEach(() => curation.end())

const pull = () => pullRevisions(curation.database.sql, curation.folder)
const textOf = (file: string) => readFileSync(path.join(curation.folder, file), 'utf8')

describe('pulling', () => {
  it('then loading gives what people got, and the revisions count as merged', async () => {
    const entry = emptyItem('entry', 'brand-new', { category: 'youth', today: '2026-12-01' })
    await saveAndPublish(
      desk,
      answering(live(desk, 'street-lighting'), 'Prvi red.\nDrugi red: sa "znacima".'),
    )
    await saveAndPublish(desk, answering(live(desk, 'passport'), 'Sasvim nov tekst.'))
    await saveAndPublish(desk, {
      ...answering(entry, 'Novi odgovor.'),
      owner: 'informisanje',
      reviewBy: '2027-12-01',
      sources: [{ name: 'Sajt: grada', url: 'https://grad.example/a' }],
      texts: filled(entry),
    } as Item)
    await soon(() => live(desk, 'brand-new') !== undefined)
    const { written, conflicts } = await pull()
    expect(written).toEqual([
      'faq/youth/brand-new.yaml',
      'redirects/passport.yaml',
      'faq/powers/street-lighting.yaml',
    ])
    expect(conflicts).toEqual([])

    const loaded = await loadContent(curation.folder)
    expect(loaded.issues).toEqual([])
    const { entries, negatives } = desk.knowledge().content
    expect(loaded.content.entries).toEqual(entries)
    expect(loaded.content.negatives).toEqual(negatives)
    expect(matchingHash(loaded.content)).toBe(matchingHash(desk.knowledge().content))

    const restarted = await curation.start()
    expect(restarted.knowledge().content.entries).toEqual(entries)
    expect((await publishedRevisions(curation.database.sql)).map(({ merged }) => merged)).toEqual([
      true,
      true,
      true,
    ])
    expect(await pull()).toMatchObject({ written: [], conflicts: [] })
  })

  it('moves the file of an answer that has another category now', async () => {
    await saveAndPublish(desk, { ...live(desk, 'street-lighting'), category: 'youth' } as Item)
    expect((await pull()).written).toEqual(['faq/youth/street-lighting.yaml'])
    const { issues, content } = await loadContent(curation.folder)
    expect([issues, content.entries.filter(({ id }) => id === 'street-lighting').length]).toEqual([[], 1])
  })

  it('leaves later changes of the files alone', async () => {
    await saveAndPublish(desk, answering(live(desk, 'street-lighting'), 'Iz konzole.'))
    await pull()
    await curation.start()
    curation.editFile(FILE, text => text.replace('Iz konzole.', 'Kasnije u datoteci.'))
    const restarted = await curation.start()
    expect(live(restarted, 'street-lighting')?.texts.sr.answer).toBe('Kasnije u datoteci.')
    const [line] = (await listAll(restarted, new Date())).filter(({ item }) => item.id === 'street-lighting')
    expect(line?.health).not.toContain('conflict')
  })

  it('writes nothing over a file that somebody changed', async () => {
    await saveAndPublish(desk, answering(live(desk, 'street-lighting'), 'Iz konzole.'))
    curation.editFile(FILE, text => text.replace('informisanje', 'neko drugi'))
    const before = textOf(FILE)
    expect(await pull()).toMatchObject({ written: [], conflicts: ['street-lighting'] })
    expect(textOf(FILE)).toBe(before)
  })

  it('brings the cut-offs along that were computed for this content', async () => {
    const { sql } = curation.database
    await saveAndPublish(desk, answering(live(desk, 'street-lighting'), 'Iz konzole.'))
    await soon(() => live(desk, 'street-lighting')?.texts.sr.answer === 'Iz konzole.')
    expect((await pull()).thresholds).toBe(false)
    const hash = matchingHash(desk.knowledge().content)
    await wantVersion(sql, hash)
    await storeVersion(sql, hash, COMPUTED(hash))
    expect((await pull()).thresholds).toBe(true)
    const { content, issues } = await loadContent(curation.folder)
    expect([issues, content.thresholds?.sr]).toEqual([
      [],
      { answer: 0.9, margin: 0.05, suggest: 0.2, contentHash: hash },
    ])
  })
})

const COMPUTED = (contentHash: string) => {
  const thresholds = { answer: 0.9, margin: 0.05, suggest: 0.2, contentHash }
  const gold = {
    n: 0,
    top1: 0,
    recall3: 0,
    mrr: 0,
    answered: 0,
    answeredRight: 0,
    offeredRight: 0,
    outside: 0,
    outsideAnswered: 0,
  }
  return { thresholds: { sr: thresholds, en: thresholds }, gold, confusable: [] }
}

function filled(item: Item) {
  if (!isEntry(item)) throw new Error('no answer')
  const text = (language: string) => ({
    title: `Naslov ${language}: „pod navodnicima“`,
    phrasings: ['2020', 'ima li: nečega', "- 'crtica'", '# taraba', 'null', 'Ћирилица'],
    keywords: ['a, b', 'c]'],
    answer: 'Dugačak odgovor. '.repeat(20).trim(),
    steps: ['Prvi korak: idite.', 'Drugi'],
  })
  return { sr: text('sr'), bs: text('bs'), en: text('en') }
}

describe('a file that is written again', () => {
  it('with the same values stays as it is, every file of the city', async () => {
    const { content, where } = await loadContent(CONTENT_DIR)
    for (const item of [...content.entries, ...content.negatives]) {
      const text = readFileSync(path.join(CONTENT_DIR, '..', where(item).file), 'utf8').normalize('NFC')
      expect(withValues(text, fileShapeOf(item)) === text, item.id).toBe(true)
    }
  })

  it('keeps order, folding and the style of lists where values change', async () => {
    const before = `# a remark
id: a
facts: [x, y]
sr:
  title: 'Naslov'
  phrasings:
    - "prvo: pitanje"
    # beside
    - drugo
  answer: >-
    Jedan dva tri četiri pet šest sedam osam devet deset
    jedanaest.
owner: neko
`
    const after = withValues(before, {
      id: 'a',
      owner: 'neko',
      facts: ['y', 'z'],
      sr: { title: 'Naslov', phrasings: ['prvo: pitanje', 'drugo', 'treće'], answer: 'Kratko.' },
    })
    expect(after).toBe(`# a remark
id: a
facts: [y, z]
sr:
  title: 'Naslov'
  phrasings:
    - "prvo: pitanje"
    - drugo
    - treće
  answer: >-
    Kratko.
owner: neko
`)
  })

  it('gets a field it didn’t have beside those that files have before it', () => {
    const after = withValues('id: a\nowner: b\n', { id: 'a', related: ['x'], owner: 'b', gaps: [] })
    expect(after).toBe('id: a\nrelated: [x]\nowner: b\n')
  })

  it.each(['a: [', '- 1\n- 2\n', '{a: 1, b: {c: 2}}\n', ''])(
    'is written anew when %j has no layout to keep',
    text => {
      expect(withValues(text, { a: 'x', b: { c: 'y' } })).toBe('a: x\nb:\n  c: y\n')
    },
  )
})
