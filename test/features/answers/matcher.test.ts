import path from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadContent } from '../../../src/content/load.ts'
import type { Content } from '../../../src/core/model/content.ts'
import { toCyrillic } from '../../../src/core/text/transliterate.ts'
import { calibrate, matchingHash } from '../../../src/features/answers/calibrate.ts'
import { confusablePairs } from '../../../src/features/answers/index-confusable.ts'
import { createMatcher, type Matcher } from '../../../src/features/answers/matcher.ts'
import { decide } from '../../../src/features/answers/matcher-decide.ts'
import { createSuggester } from '../../../src/features/answers/suggest.ts'

let content: Content
let matcher: Matcher

beforeAll(async () => {
  content = (await loadContent(path.join(import.meta.dirname, '../../content/fixtures/good'))).content
  matcher = createMatcher(content)
})

describe('a question finds its answer', () => {
  test.each([
    ['ko menja sijalice u ulici', 'street-lighting'],
    ['ко мења сијалице', 'street-lighting'],
    ['ko menja sjialice', 'street-lighting'],
    ['kome da prijavim bandre bez svetla', 'street-lighting'],
    ['crkla lampa na stubu', 'street-lighting'],
    ['odvozsmeća', 'waste'],
    ['kad dolazi kamion za smece', 'waste'],
    ['кад одвозе смеће', 'waste'],
    ['shta radi skupshtina', 'assembly'],
    ['koliko vijecnika ima', 'assembly'],
    ['who repairs the street lights', 'street-lighting'],
    ['when is rubbish colected', 'waste'],
  ])('%s → %s', (question, id) => {
    expect(matcher.match(question).top[0]?.id).toBe(id)
  })
})

describe('what no answer is for', () => {
  test('a redirect names who is competent', () => {
    expect(matcher.match('gde da izvadim pasoš')).toMatchObject({
      decision: 'redirect',
      negative: 'passport',
    })
  })
  test('a greeting is small talk', () => {
    expect(matcher.match('Добар дан!')).toMatchObject({
      decision: 'smalltalk',
      negative: 'greeting',
      script: 'cyrl',
    })
  })
  test('an unknown topic goes to a person', () => {
    const match = matcher.match('recept za burek sa sirom')
    expect(match.decision).toBe('handover')
  })
  test.each(['', '🙂', '!!!', '\u200B', ' \n'])('nothing to read in %j', text => {
    expect(matcher.match(text)).toMatchObject({ decision: 'handover', top: [] })
  })
})

test('one vague word asks instead of guessing', () => {
  expect(matcher.match('prijava').decision).toBe('suggest')
})

test('corrections and telling words are reported as typed', () => {
  const match = matcher.match('ko menja sjialice')
  expect(match.corrections).toEqual([['sjialice', 'sijalice']])
  expect(match.top[0]?.words).toContain('sjialice')
})

describe('language', () => {
  test.each([
    ['ko popravlja ulično svetlo', undefined, 'sr'],
    ['gdje da prijavim rasvjetu', undefined, 'bs'],
    ['koliko vijećnika ima skupština', 'sr', 'bs'],
    ['ko menja sijalice', 'bs', 'bs'],
    ['где да пријавим', 'bs', 'sr'],
    ['who repairs the lights', 'sr', 'en'],
    ['smeće', 'en', 'sr'],
  ] as const)('%s, chat in %s → %s', (question, language, expected) => {
    expect(matcher.match(question, { language }).language).toBe(expected)
  })
})

describe('any text', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 800 }),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc
      .array(fc.constantFrom('ko', 'menja', 'сијалице', 'the', 'lights', '🙂', '\u0000', 'ﬁ'), {
        maxLength: 60,
      })
      .map(words => words.join(' ')),
  )
  test('is matched without throwing, twice the same, scores within 0–1', () => {
    fc.assert(
      fc.property(anything, text => {
        const match = matcher.match(text)
        expect(matcher.match(text)).toEqual(match)
        expect(match.top.length).toBeLessThanOrEqual(10)
        for (const { confidence, scores } of match.top) {
          for (const score of [confidence, ...Object.values(scores)]) {
            expect(score).toBeGreaterThanOrEqual(0)
            expect(score).toBeLessThanOrEqual(1)
          }
        }
        const confidences = match.top.map(candidate => candidate.confidence)
        expect(confidences).toEqual(confidences.toSorted((a, b) => b - a))
      }),
    )
  })
  test('ranks the same in Cyrillic', () => {
    const words = [
      'ko',
      'menja',
      'sijalice',
      'odvoz',
      'smeća',
      'građani',
      'vijeće',
      'ćutanje',
      'džep',
      'njiva',
      'xyz',
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 8 }), chosen => {
        const text = `${chosen.join(' ')} kako`
        const ids = (question: string) => matcher.match(question, { language: 'sr' }).top.map(({ id }) => id)
        expect(ids(toCyrillic(text, []))).toEqual(ids(text))
      }),
    )
  })
  test('is read up to a limit', () => {
    const long = `ko menja sijalice ${'bla '.repeat(100_000)}`
    const from = performance.now()
    matcher.match(long)
    expect(performance.now() - from).toBeLessThan(500)
  })
})

describe('the decision', () => {
  const cutOffs = { answer: 0.3, margin: 0.05, suggest: 0.1 }
  const standing = {
    best: 0.5,
    second: 0.2,
    outside: 0,
    outsideKind: undefined,
    tellingWords: 3,
    verbatim: false,
  }
  test.each([
    ['clear', {}, 'answer'],
    ['not sure enough', { best: 0.25 }, 'suggest'],
    ['two alike', { second: 0.48 }, 'suggest'],
    ['hardly anything', { best: 0.05, second: 0.01 }, 'handover'],
    ['a redirect is clearer', { best: 0.1, outside: 0.4, outsideKind: 'redirect' }, 'redirect'],
    [
      'a redirect is about as clear',
      { best: 0.39, second: 0.2, outside: 0.4, outsideKind: 'redirect' },
      'answer',
    ],
    ['one word that fits several', { second: 0.42, tellingWords: 1 }, 'suggest'],
    ['word for word, though others are near', { second: 0.48, verbatim: true }, 'answer'],
  ] as const)('%s', (_name, change, decision) => {
    expect(decide({ ...standing, ...change }, cutOffs)).toBe(decision)
  })
})

test('cut-offs are the same each time and belong to this content', () => {
  const first = calibrate(content)
  expect(calibrate(content)).toEqual(first)
  expect(first.sr.contentHash).toBe(matchingHash(content))
  const entries = content.entries.map(entry => ({ ...entry, owner: 'someone else' }))
  expect(matchingHash({ ...content, entries })).toBe(first.sr.contentHash)
  expect(matchingHash({ ...content, negatives: [] })).not.toBe(first.sr.contentHash)
})

test('answers that sound alike are named', () => {
  const [first, second] = content.entries
  if (!first || !second) throw new Error('the fixture has too few entries')
  const twin = {
    ...second,
    texts: { ...second.texts, sr: { ...second.texts.sr, phrasings: first.texts.sr.phrasings } },
  }
  const pairs = confusablePairs({ ...content, entries: [first, twin] })
  expect(pairs.map(({ id, other }) => [id, other].toSorted())).toContainEqual(
    [first.id, second.id].toSorted(),
  )
  expect(confusablePairs(content)).toEqual([])
})

describe('type-ahead', () => {
  test.each([
    ['ulic', 'sr', 'street-lighting'],
    ['улич', 'sr', 'street-lighting'],
    ['rasvjet', 'bs', 'street-lighting'],
    ['smece', 'sr', 'waste'],
    ['street li', 'en', 'street-lighting'],
  ] as const)('%s (%s) offers %s first', (typed, language, id) => {
    expect(createSuggester(content).suggest(typed, language)[0]?.id).toBe(id)
  })
  test('drafts are not offered, one letter offers nothing', () => {
    const entries = content.entries.map(entry => ({ ...entry, status: 'draft' as const }))
    expect(createSuggester({ ...content, entries }).suggest('smece', 'sr')).toEqual([])
    expect(createSuggester(content).suggest('s', 'sr')).toEqual([])
  })
})
