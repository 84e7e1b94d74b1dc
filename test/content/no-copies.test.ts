// The hand-written questions measure the matcher only as long as the content was not copied from them.
import { beforeAll, expect, it } from 'vitest'
import { loadContent } from '../../src/content/load.ts'
import { LANGUAGES } from '../../src/core/model/content.ts'
import { fold } from '../../src/core/text/fold.ts'
import { CONTENT_DIR } from '../support/bot.ts'

/** Two texts this alike (Dice coefficient of letter trigrams) are one text with a letter changed. */
const COPY = 0.9
/** Everybody writes two words the same way. */
const WORDS_MIN = 4

let phrasings: string[]
let gold: string[]
beforeAll(async () => {
  const { content, gold: asked } = await loadContent(CONTENT_DIR)
  gold = asked.map(({ q }) => q)
  const classes = [...content.entries, ...content.negatives]
  phrasings = classes.flatMap(({ texts }) => LANGUAGES.flatMap(language => texts[language].phrasings))
})

function trigrams(text: string): Set<string> {
  const padded = ` ${fold(text)} `
  return new Set(Array.from({ length: Math.max(0, padded.length - 2) }, (_, at) => padded.slice(at, at + 3)))
}

function alike(a: Set<string>, b: Set<string>): number {
  let common = 0
  for (const gram of a) if (b.has(gram)) common++
  return (2 * common) / (a.size + b.size)
}

it('no phrasing is a copy of a question that measures the matcher', () => {
  const questions = gold
    .filter(q => fold(q).split(' ').length >= WORDS_MIN)
    .map(q => ({ q, grams: trigrams(q) }))
  expect(questions.length).toBeGreaterThan(250)
  const copies: string[] = []
  for (const phrasing of phrasings) {
    if (fold(phrasing).split(' ').length < WORDS_MIN) continue
    const grams = trigrams(phrasing)
    for (const question of questions) {
      const sizes = [grams.size, question.grams.size]
      if (Math.min(...sizes) / Math.max(...sizes) < 0.8) continue
      if (alike(grams, question.grams) >= COPY) copies.push(`${phrasing} | ${question.q}`)
    }
  }
  expect(copies).toEqual([])
})
