import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkFolder } from '../../src/cli/content-check.ts'
import { sentenceKeyModule } from '../../src/cli/content-keys.ts'
import { checkContent } from '../../src/content/check.ts'
import { loadContent } from '../../src/content/load.ts'
import { loadLocales } from '../../src/content/locales.ts'
import type { Entry } from '../../src/core/model/content.ts'

const FIXTURES = path.join(import.meta.dirname, 'fixtures')
const ROOT = path.join(import.meta.dirname, '../..')
const TODAY = '2026-12-01'

const lines = (issues: { file: string; line: number; message: string }[]) =>
  issues.map(({ file, line, message }) => `${file}:${line} ${message}`).toSorted()

describe('loading', () => {
  test('good content has no mistakes and says where everything stands', async () => {
    const loaded = await loadContent(path.join(FIXTURES, 'good'))
    expect(loaded.issues).toEqual([])
    expect(loaded.content.entries.map(entry => entry.id)).toEqual(['assembly', 'street-lighting', 'waste'])
    expect(loaded.content.entries[1]).toMatchObject({ category: 'powers', status: 'published', gaps: [] })
    expect(loaded.content.negatives.map(({ id, kind }) => `${kind} ${id}`)).toEqual([
      'redirect passport',
      'smalltalk greeting',
    ])
    expect(loaded.facts).toHaveLength(4)
    const entry = loaded.content.entries[1] as Entry
    expect(loaded.where(entry, ['sr', 'title'])).toEqual({
      file: 'good/faq/powers/street-lighting.yaml',
      line: 13,
    })
    expect(checkContent(loaded, TODAY)).toEqual([])
  })

  test('every mistake is named with file and line, and the rest is loaded', async () => {
    const { content, issues } = await loadContent(path.join(FIXTURES, 'bad'))
    expect(lines(issues)).toEqual(
      [
        'bad/city.yaml:1 the file is missing',
        'bad/facts/powers.yaml:2 0.confidence: must be V, V-old, V-2nd, B or GAP',
        'bad/faq/powers/broken.yaml:3 Nested mappings are not allowed in compact mappings',
        'bad/faq/powers/incomplete.yaml:1 en is missing',
        'bad/faq/powers/incomplete.yaml:1 owner is missing',
        'bad/faq/powers/incomplete.yaml:2 status: must be draft or published',
        'bad/faq/powers/incomplete.yaml:4 lastChecked: must be a day like 2026-11-23',
        'bad/faq/powers/incomplete.yaml:8 sr: unknown field titel',
        'bad/faq/powers/incomplete.yaml:8 sr.title is missing',
      ].toSorted(),
    )
    expect(content.entries.map(entry => entry.id)).toEqual(['wrong'])
  })

  test('a folder that does not exist is empty', async () => {
    const { content, facts } = await loadContent(path.join(FIXTURES, 'nowhere'))
    expect([content.entries, content.negatives, facts]).toEqual([[], [], []])
  })

  test('the hash changes with the content and not with the reading', async () => {
    const good = await loadContent(path.join(FIXTURES, 'good'))
    const again = await loadContent(path.join(FIXTURES, 'good'))
    const bad = await loadContent(path.join(FIXTURES, 'bad'))
    expect(again.content.hash).toBe(good.content.hash)
    expect(bad.content.hash).not.toBe(good.content.hash)
  })
})

describe('cross checks', () => {
  test('name what does not fit together', async () => {
    const loaded = await loadContent(path.join(FIXTURES, 'bad'))
    expect(lines(checkContent(loaded, TODAY))).toEqual(
      [
        'bad/faq/powers/wrong.yaml:13 2 phrasings, fewer than 6',
        'bad/faq/powers/wrong.yaml:15 Cyrillic letters in a Latin text: Kаda',
        'bad/faq/powers/wrong.yaml:15 in none of its facts: 30',
        'bad/faq/powers/wrong.yaml:15 in none of its facts: Zakonu o javnim putevima',
        'bad/faq/powers/wrong.yaml:18 2 phrasings, fewer than 6',
        'bad/faq/powers/wrong.yaml:17 longer than 90 characters',
        'bad/faq/powers/wrong.yaml:23 1 phrasings, fewer than 6',
        'bad/faq/powers/wrong.yaml:24 50 characters too long (at most 600)',
        'bad/faq/powers/wrong.yaml:3 is V, but its weakest fact is V-2nd',
        'bad/faq/powers/wrong.yaml:5 the last check is in the future',
        'bad/faq/powers/wrong.yaml:6 the review is overdue',
        'bad/faq/powers/wrong.yaml:6 the review is due before the last check',
        'bad/faq/powers/wrong.yaml:7 a published answer needs a source',
        'bad/faq/powers/wrong.yaml:8 no fact no-such-fact',
        'bad/faq/powers/wrong.yaml:9 no answer no-such-answer',
        'bad/redirects/other.yaml:1 the id wrong exists twice',
        "bad/redirects/other.yaml:1 the id wrong is not the file's name",
        'bad/redirects/other.yaml:3 “ko čisti sneg” is a phrasing of wrong too',
      ].toSorted(),
    )
  })

  test('thresholds of other content are out of date', async () => {
    const issues = await checkFolder(path.join(FIXTURES, 'good'), TODAY)
    expect(lines(issues)).toEqual(['good/thresholds.yaml:1 out of date: run npm run content:thresholds'])
  })

  // Each of some 25,000 phrasings is asked once.
  test('the real content has no errors', { timeout: 180_000 }, async () => {
    const issues = await checkFolder(path.join(ROOT, 'content'), TODAY)
    expect(lines(issues.filter(issue => issue.severity === 'error'))).toEqual([])
  })
})

describe('sentences', () => {
  test('are filled in, pluralised and never escaped', async () => {
    const { translator, keys, issues } = await loadLocales(path.join(FIXTURES, 'good/locales'))
    expect(issues).toEqual([])
    expect(keys).toEqual(['count', 'hello'])
    const sentence = (language: 'sr' | 'en', key: string, values: Record<string, string | number>) =>
      Reflect.apply(translator(language), undefined, [key, values])
    expect(sentence('sr', 'hello', { name: 'A & B <i>' })).toBe('Dobar dan, A & B <i>')
    expect(sentence('sr', 'count', { count: 3 })).toBe('3 pitanja')
    expect(sentence('en', 'count', { count: 1 })).toBe('1 question')
  })

  test('that are missing or differ are named; Serbian stands in', async () => {
    const { translator, issues } = await loadLocales(path.join(FIXTURES, 'bad/locales'))
    expect(lines(issues)).toEqual(
      [
        'bad/locales/bs.yaml:1 the sentence nested.deep is missing',
        'bad/locales/bs.yaml:1 hello: placeholders differ from the Serbian sentence: {{name}}',
        'bad/locales/bs.yaml:2 extra: no such sentence in Serbian',
        'bad/locales/en.yaml:1 the file is missing',
        'bad/locales/en.yaml:1 the sentence hello is missing',
        'bad/locales/en.yaml:1 the sentence nested.deep is missing',
      ].toSorted(),
    )
    expect(Reflect.apply(translator('bs'), undefined, ['nested.deep'])).toBe('Duboko')
  })

  test('the type of keys is made from the Serbian sentences', async () => {
    const { keys, issues } = await loadLocales(path.join(ROOT, 'content/locales'))
    expect(lines(issues)).toEqual([])
    const source = await readFile(path.join(ROOT, 'src/core/model/sentence-key.ts'), 'utf8')
    expect(source).toBe(sentenceKeyModule(keys))
  })
})
