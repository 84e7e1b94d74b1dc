import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DiffPiece, wordDiff } from '../../../src/core/text/word-diff.ts'

const without = (pieces: DiffPiece[], kind: DiffPiece['kind']) =>
  pieces
    .filter(piece => piece.kind !== kind)
    .map(({ text }) => text)
    .join('')

/** Texts that have much in common. */
const sentence = fc
  .array(
    fc.constantFrom('grad', 'ulica', 'rasveta', 'do', '30', 'dana', ',', '.', ' ', '\n', '  ', 'Čć', '🏠'),
    {
      maxLength: 40,
    },
  )
  .map(words => words.join(' '))

describe('the difference of two texts', () => {
  it('holds both texts whole, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.oneof(sentence, fc.string({ unit: 'binary' })),
        fc.oneof(sentence, fc.string()),
        (a, b) => {
          const pieces = wordDiff(a, b)
          expect(without(pieces, 'added')).toBe(a)
          expect(without(pieces, 'removed')).toBe(b)
        },
      ),
    )
  })

  it('has no empty piece, and no two of one kind beside each other', () => {
    fc.assert(
      fc.property(sentence, sentence, (a, b) => {
        const pieces = wordDiff(a, b)
        expect(pieces.every(({ text }) => text.length > 0)).toBe(true)
        expect(pieces.some(({ kind }, place) => kind === pieces[place + 1]?.kind)).toBe(false)
      }),
    )
  })

  it('of a text with itself is nothing', () => {
    fc.assert(
      fc.property(sentence, text => {
        expect(wordDiff(text, text).filter(({ kind }) => kind !== 'same')).toEqual([])
      }),
    )
  })

  it('is never longer than what was removed and added as a whole', () => {
    fc.assert(
      fc.property(sentence, sentence, (a, b) => {
        const changed = wordDiff(a, b).filter(({ kind }) => kind !== 'same')
        const length = changed.reduce((sum, { text }) => sum + text.length, 0)
        expect(length).toBeLessThanOrEqual(a.length + b.length)
      }),
    )
  })

  it('names the words that were exchanged', () => {
    expect(wordDiff('Rok je 15 dana.', 'Rok je 30 radnih dana.')).toEqual([
      { kind: 'same', text: 'Rok je ' },
      { kind: 'removed', text: '15' },
      { kind: 'added', text: '30 radnih' },
      { kind: 'same', text: ' dana.' },
    ])
  })

  it('of very long texts is found quickly, if only as a whole', () => {
    const [a, b] = [1, 2].map(seed => Array.from({ length: 4000 }, (_, n) => `w${n * seed}`).join(' '))
    const pieces = wordDiff(`${a}`, `${b}`)
    expect(without(pieces, 'added')).toBe(a)
    expect(without(pieces, 'removed')).toBe(b)
  })
})
