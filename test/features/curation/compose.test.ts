// What is served, from files and revisions alone.
import { describe, expect, it } from 'vitest'
import type { Entry } from '../../../src/core/model/content.ts'
import { compose, type Published, standingOf } from '../../../src/features/curation/compose.ts'
import { differencesBetween } from '../../../src/features/curation/differences.ts'
import { emptyItem, hashOf, type Item, isEntry, itemOf } from '../../../src/features/curation/item.ts'
import { phrasingsFrom } from '../../../src/features/curation/miss-deeds.ts'
import { echoKnowledge } from '../../support/echo.ts'
import { answering } from './support.ts'

const { content: empty } = echoKnowledge()
const entry = (id: string, category = 'powers') =>
  emptyItem('entry', id, { category, today: '2026-12-01' }) as Entry
const files = { ...empty, entries: [entry('b'), entry('d')] }
const published = (item: Item, more: Partial<Published> = {}): Published => ({
  id: '1',
  contentId: item.id,
  number: 1,
  item,
  baseHash: hashOf(itemOf(files, item.id)),
  merged: false,
  ...more,
})

describe('today’s content', () => {
  it('is that of the files as long as nothing is published', () => {
    expect(compose(files, [])).toBe(files)
  })

  it('has what is published in place of what the file says', () => {
    const content = compose(files, [published(answering(entry('b'), 'Novo.'))])
    expect(content.entries.map(({ id, texts }) => [id, texts.sr.answer])).toEqual([
      ['b', 'Novo.'],
      ['d', ''],
    ])
    expect(content.hash).not.toBe(files.hash)
  })

  it('stands in the order that files would have', () => {
    const news = ['e', 'a', 'c'].map(id => published(entry(id)))
    expect(compose(files, news).entries.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e'])
    const other = compose(files, [published(entry('a', 'youth'))])
    expect(other.entries.map(({ id }) => id)).toEqual(['b', 'd', 'a'])
  })

  it('does not depend on the order of the rows', () => {
    const news = ['e', 'a', 'c'].map(id => published(entry(id)))
    expect(compose(files, news)).toEqual(compose(files, news.toReversed()))
  })
})

describe('a published revision', () => {
  const changed = answering(entry('b'), 'Iz konzole.')
  const elsewhere = answering(entry('b'), 'Iz datoteke.')

  it.each([
    ['is served while the file is the one it was begun from', published(changed), entry('b'), 'served'],
    ['is in conflict with a file that somebody changed', published(changed), elsewhere, 'conflict'],
    ['is in conflict with a file that is gone', published(changed), undefined, 'conflict'],
    ['is merged when the file says the same', published(changed), changed, 'merged'],
    [
      'stays merged when the file is changed later',
      published(changed, { merged: true }),
      elsewhere,
      'merged',
    ],
    ['without a file is served', published(entry('new')), undefined, 'served'],
    [
      'without a file is in conflict with one that comes later',
      published(entry('new')),
      elsewhere,
      'conflict',
    ],
  ])('%s', (_name, revision, file, standing) => {
    expect(standingOf(revision, file)).toBe(standing)
  })
})

describe('the hash of an item', () => {
  it('doesn’t depend on the order of its keys, nor on fields that are absent', () => {
    const item = { ...entry('b'), sources: [{ name: 'Sajt', url: undefined }] }
    const turned = Object.fromEntries(Object.entries(item).toReversed()) as Entry
    expect(hashOf({ ...turned, sources: [{ name: 'Sajt' }] })).toBe(hashOf(item))
  })
})

describe('the differences of two texts', () => {
  it('name fields and languages, words and lines', () => {
    const before = { ...entry('b'), facts: ['x', 'y'] }
    const sr = { ...before.texts.sr, title: 'Ko gradi put?', phrasings: ['ko gradi put'] }
    const after: Item = { ...before, facts: ['y', 'z'], texts: { ...before.texts, sr } }
    const found = differencesBetween(before, after)
    expect(found.map(({ field, language, kind }) => [field, language, kind])).toEqual([
      ['title', 'sr', 'words'],
      ['phrasings', 'sr', 'lines'],
      ['facts', undefined, 'lines'],
    ])
    expect(found.at(-1)).toMatchObject({ removed: ['x'], added: ['z'] })
  })

  it('show that only an order changed', () => {
    const before = { ...entry('b'), related: ['x', 'y'] }
    expect(differencesBetween(before, { ...before, related: ['y', 'x'] })).toMatchObject([
      { field: 'related', kind: 'words' },
    ])
  })

  it('of redirects have no fields of answers', () => {
    const redirect = emptyItem('redirect', 'r', { category: '', today: '' })
    expect(isEntry(redirect)).toBe(false)
    expect(differencesBetween(undefined, answering(redirect, 'Policija.')).map(({ field }) => field)).toEqual(
      ['answer'],
    )
  })
})

describe('phrasings from a question that nobody answered', () => {
  it.each([
    ['kad se plaća porez / do kad je rok', ['kad se plaća porez', 'do kad je rok']],
    ['zovite [telefon] zbog rupe na putu', ['zovite zbog rupe na putu']],
    ['porez', []],
    ['[ime] / ?? / gde je bazen', ['gde je bazen']],
  ])('%s', (question, phrasings) => {
    expect(phrasingsFrom(question)).toEqual(phrasings)
  })
})
