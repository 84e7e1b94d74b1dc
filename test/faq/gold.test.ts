// How good the matcher is on questions nobody copied into the content. The floors may rise, never fall:
// they are the measured figures less what a few questions weigh.
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { askable, type GoldQuestion } from '../../src/content/gold.ts'
import { loadContent } from '../../src/content/load.ts'
import type { Content } from '../../src/core/model/content.ts'
import { fold } from '../../src/core/text/fold.ts'
import { toCyrillic } from '../../src/core/text/transliterate.ts'
import { evaluate } from '../../src/features/answers/evaluate.ts'
import { createMatcher, type Matcher } from '../../src/features/answers/matcher.ts'
import { type Figures, measure, share } from '../../src/features/answers/measure.ts'
import { HELD_OUT, xsidDraw } from './xsid.ts'

const FLOORS = { top1: 0.92, recall3: 0.97, answered: 0.5 }

let content: Content
let matcher: Matcher
let queries: GoldQuestion[]
let figures: Figures

beforeAll(async () => {
  const loaded = await loadContent(path.join(import.meta.dirname, '../../content'))
  content = loaded.content
  matcher = createMatcher(content)
  queries = askable(loaded.gold, content.entries)
  figures = measure(matcher, queries)
})

describe('questions in scope', () => {
  test('the right answer ranks first', () => {
    expect(figures.n).toBeGreaterThanOrEqual(300)
    expect(figures.top1).toBeGreaterThanOrEqual(FLOORS.top1)
  })
  test('the right answer is among three', () => {
    expect(figures.recall3).toBeGreaterThanOrEqual(FLOORS.recall3)
  })
  test('what is answered directly is right', () => {
    expect(figures.answered).toBeGreaterThanOrEqual(FLOORS.answered)
    expect(figures.answeredRight).toBeGreaterThanOrEqual(0.98)
  })
})

test('questions out of scope are not answered directly', () => {
  expect(figures.outside).toBeGreaterThanOrEqual(90)
  expect(figures.outsideAnswered).toBeLessThanOrEqual(0.02)
})

describe('the ranking does not depend on the spelling', () => {
  const ascii = (text: string) =>
    text
      .replace(/[Đđ]/g, letter => (letter === 'đ' ? 'dj' : 'Dj'))
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
  const lookAlike = (text: string) =>
    text.replace(/[aeopcxj]/g, letter => 'аеорсхј'['aeopcxj'.indexOf(letter)] ?? letter)
  test.each([
    ['Cyrillic', (text: string) => toCyrillic(text, [])],
    ['without diacritics', ascii],
    ['capital letters', (text: string) => text.toUpperCase()],
    ['look-alike letters', lookAlike],
  ])('%s', (_name, spell) => {
    const latin = queries.filter(
      query => query.kind === 'in' && query.lang === 'sr' && query.script !== 'cyrl',
    )
    const same = share(latin, ({ q, lang }) => order(q, lang) === order(spell(q), lang))
    expect(same).toBeGreaterThanOrEqual(0.995)
  })

  function order(q: string, language: GoldQuestion['lang']): string {
    const { top } = matcher.match(q, { language })
    return top.map(({ id }) => id).join(' ')
  }
})

test('no evaluation question stands in the content', () => {
  const written = new Set(
    [...content.entries, ...content.negatives].flatMap(({ texts }) =>
      Object.values(texts).flatMap(text => text.phrasings.map(fold)),
    ),
  )
  // A short question has no other wording.
  const copied = queries.filter(
    ({ q, kind }) => kind === 'in' && fold(q).split(' ').length > 4 && written.has(fold(q)),
  )
  expect(copied.map(({ q }) => q)).toEqual([])
})

test('ten examples per intent teach Serbian intents, and the unknown is told apart', () => {
  const draws = [0, 1, 2, 3, 4]
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const taught = draws.map(draw => {
    const { train, test } = xsidDraw(draw)
    return evaluate(train, test).top1
  })
  const withUnknown = draws.map(draw => {
    const { train, test } = xsidDraw(draw, HELD_OUT)
    return evaluate(train, test).oosAuroc ?? 0
  })
  expect(mean(taught)).toBeGreaterThanOrEqual(0.91)
  expect(mean(withUnknown)).toBeGreaterThanOrEqual(0.94)
})
