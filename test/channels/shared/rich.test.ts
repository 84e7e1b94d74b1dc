import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bold,
  joinRich,
  linkTo,
  plain,
  type Rich,
  spellOutLinks,
  splitRich,
} from '../../../src/channels/shared/rich.ts'
import type { Span } from '../../../src/core/model/message.ts'
import { anySpans, anyText, essence } from './arbitrary.ts'

const anyRich = anyText.chain(text => anySpans(text).map(spans => plain(text, spans)))

/** Every visible character with the styles on it, in order. */
function styledCharacters(pieces: readonly Rich[]): string[] {
  return pieces.flatMap(({ text, spans }) =>
    Array.from({ length: text.length }, (_, at) => [text[at] ?? '', stylesAt(spans, at)] as const)
      .filter(([character]) => !/\s/.test(character))
      .map(([character, styles]) => character + styles),
  )
}

function stylesAt(spans: readonly Span[], at: number): string {
  const over = spans.filter(({ from, to }) => from <= at && at < to)
  return [...new Set(over.map(({ style, href = '' }) => ` ${style}${href}`))].toSorted().join('')
}

describe('splitting', () => {
  test('keeps every character with its styles, in pieces that fit', () => {
    fc.assert(
      fc.property(anyRich, fc.integer({ min: 2, max: 600 }), (rich, max) => {
        const pieces = splitRich(rich, max)
        for (const { text, spans } of pieces) {
          expect(text.length).toBeLessThanOrEqual(max)
          expect(text).toBe(text.trim())
          expect(text).not.toBe('')
          expect(text.isWellFormed()).toBe(true)
          for (const { from, to } of spans) expect(0 <= from && from < to && to <= text.length).toBe(true)
        }
        expect(styledCharacters(pieces)).toEqual(styledCharacters([rich]))
      }),
      { numRuns: 500 },
    )
  })

  const cut = (text: string, max: number, spans: Span[] = []) =>
    splitRich(plain(text, spans), max).map(piece => piece.text)

  test.each([
    ['at a paragraph rather than a line', 'aaaa\nbb\n\ncc dd ee', 14, ['aaaa\nbb', 'cc dd ee']],
    ['at a line rather than a sentence', 'aaaa bbb\ncc. dd ee ff', 14, ['aaaa bbb', 'cc. dd ee ff']],
    ['at a sentence rather than a word', 'aaaa bb. cc dd ee', 12, ['aaaa bb.', 'cc dd ee']],
    ['at a word', 'aaaa bbbb cccc', 10, ['aaaa bbbb', 'cccc']],
    ['exactly at the limit', 'aaaa bbbb', 4, ['aaaa', 'bbbb']],
    ['anywhere if there is no place', 'aaaaaaaa', 3, ['aaa', 'aaa', 'aa']],
    ['never inside a character', '😀😀😀', 3, ['😀', '😀', '😀']],
    ['not before an accent', 'abcde\u0301f', 5, ['abcd', 'e\u0301f']],
    ['not inside a joined emoji', 'aaaa👩‍🚀', 6, ['aaaa', '👩‍🚀']],
    ['not at all if it fits', 'aaaa bbbb', 9, ['aaaa bbbb']],
    ['nothing into nothing', ' \n ', 9, []],
  ])('cuts %s', (_name, text, max, pieces) => {
    expect(cut(text, max)).toEqual(pieces)
  })

  test('a styled range stays whole if it fits into a piece', () => {
    expect(cut('aaaa bbbb cccc', 12, [{ from: 5, to: 14, style: 'bold' }])).toEqual(['aaaa', 'bbbb cccc'])
  })

  test('a link longer than a piece stays a link in both', () => {
    const link: Span = { from: 0, to: 8, style: 'link', href: 'https://a.rs' }
    expect(splitRich(plain('aaaabbbb', [link]), 4).map(({ spans }) => spans)).toEqual([
      [{ ...link, from: 0, to: 4 }],
      [{ ...link, from: 0, to: 4 }],
    ])
  })
})

describe('joining', () => {
  test('moves the styles along and leaves no gap for what is empty', () => {
    expect(joinRich([bold('ab'), plain(' '), bold('cd')], '\n')).toEqual({
      text: 'ab\ncd',
      spans: [
        { from: 0, to: 2, style: 'bold' },
        { from: 3, to: 5, style: 'bold' },
      ],
    })
  })
})

describe('writing out links', () => {
  const none = () => false

  test('puts the address behind the words and moves the other styles', () => {
    const rich = joinRich([linkTo('http://a', 'ovde'), bold('i'), linkTo('http://b', 'tamo')], ' ')
    expect(spellOutLinks(rich, none)).toEqual({
      text: 'ovde (http://a) i tamo (http://b)',
      spans: [{ from: 16, to: 17, style: 'bold' }],
    })
  })

  test('says an address once that is the text of its link', () => {
    expect(spellOutLinks(linkTo('http://a'), none)).toEqual({ text: 'http://a', spans: [] })
  })

  test('a style around the link covers the address too', () => {
    const link: Span = { from: 1, to: 2, style: 'link', href: 'http://a' }
    const rich = plain('abc', [link, { from: 0, to: 3, style: 'bold' }])
    expect(spellOutLinks(rich, none)).toEqual({
      text: 'ab (http://a)c',
      spans: [{ from: 0, to: 14, style: 'bold' }],
    })
  })

  test('leaves alone what the platform carries', () => {
    const rich = linkTo('https://a.rs', 'a')
    expect(spellOutLinks(rich, href => href.startsWith('https:'))).toEqual(rich)
  })

  test('loses neither text nor address', () => {
    fc.assert(
      fc.property(anyRich, rich => {
        const { text } = spellOutLinks(rich, none)
        for (const { style, href = '' } of rich.spans) {
          if (style === 'link') expect(essence(text)).toContain(essence(href))
        }
        expect(text.length).toBeGreaterThanOrEqual(rich.text.length)
      }),
    )
  })
})

describe('a plain text', () => {
  test('has no control characters and no half characters, at the same offsets', () => {
    expect(plain('a\u0000b\tc\r\n\ud83cd').text).toBe('a b c \n\ufffdd')
  })

  test('drops ranges that lie outside', () => {
    expect(
      plain('abc', [
        { from: 2, to: 9, style: 'bold' },
        { from: 1, to: 1, style: 'bold' },
      ]).spans,
    ).toEqual([])
  })
})
