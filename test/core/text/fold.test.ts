import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold } from '../../../src/core/text/fold.ts'
import { scriptOf } from '../../../src/core/text/script.ts'
import { toCyrillic } from '../../../src/core/text/transliterate.ts'

const LATIN_LETTERS = [...'abcčćdđefghijklmnoprsštuvzž']
const word = fc
  .array(fc.constantFrom(...LATIN_LETTERS), { minLength: 1, maxLength: 12 })
  .map(it => it.join(''))
const text = fc.array(word, { minLength: 1, maxLength: 8 }).map(it => it.join(' '))

/** What people without a Serbian keyboard type. */
const ascii = (latin: string) =>
  latin.replace(/[čćšž]/g, letter => letter.normalize('NFD').slice(0, 1)).replace(/đ/g, 'dj')

/** Cyrillic letters that look the same put in place of Latin ones. */
const lookAlike = (latin: string) =>
  latin.replace(/[aeopcxj]/g, letter => 'аеорсхј'['aeopcxj'.indexOf(letter)] ?? letter)

test.each([
  ['Општина', 'opstina'],
  ['Opština', 'opstina'],
  ['opshtina', 'opstina'],
  ['OPĆINA', 'opstina'],
  ['K\u0430ko', 'kako'],
  ['oпштинa', 'opstina'],
  ['građani gradjani gradani грађани', 'gradani gradani gradani gradani'],
  ['gdje je vijeće', 'gde je vece'],
  ['mjesna zajednica', 'mesna zajednica'],
  ['prijedlog rješenja', 'predlog resenja'],
  ['sljedeća sjednica', 'sledeca sednica'],
  ['ljeto, liječnik, ljekar', 'leto lecnik lekar'],
  ['komisije i informacije', 'komisije i informacije'],
  ['zbor\u00ADgrađana', 'zborgradana'],
  ['s\u030Cta', 'sta'],
  ['ǆep', 'dzep'],
  ['don’t e-mail', 'dont e mail'],
  ['🙂 !!', ''],
])('fold: %s → %s', (input, folded) => {
  expect(fold(input)).toBe(folded)
})

function sameFold(of: fc.Arbitrary<string>, spelling: (text: string) => string) {
  fc.assert(
    fc.property(of, original => {
      expect(fold(spelling(original))).toBe(fold(original))
    }),
  )
}

describe('the same words fold to the same form', () => {
  test('in Cyrillic', () => {
    sameFold(text, latin => toCyrillic(latin, []))
  })
  test('without diacritics', () => {
    sameFold(text, ascii)
  })
  test('in capital letters', () => {
    sameFold(text, latin => latin.toUpperCase())
  })
  test('decomposed, with invisible characters between letters', () => {
    sameFold(text, latin => [...latin].join('\u200D').normalize('NFD'))
  })
  test('with look-alike letters', () => {
    sameFold(
      text.map(latin => `${latin} gradski`),
      lookAlike,
    )
  })
})

test('folding twice changes nothing', () => {
  sameFold(fc.string({ unit: 'binary' }), fold)
  sameFold(text, fold)
})

test.each([
  ['Kаko da', 'latn'],
  ['Како да', 'cyrl'],
  ['oпштинa', 'cyrl'],
  ['где је PDF', 'cyrl'],
  ['🙂 123', undefined],
])('the script of %s is %s', (input, script) => {
  expect(scriptOf(input)).toBe(script)
})
