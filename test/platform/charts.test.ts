import { describe, expect, test } from 'vitest'
import { pngOf } from '../../src/platform/charts/png.ts'
import { barChart, lineChart, lines } from '../../src/platform/charts/svg.ts'

const BARS = {
  title: 'Šta prvo?',
  bars: [
    { label: 'Rasveta', value: 3 },
    { label: 'Trotoar', value: null },
  ],
}

describe('a chart', () => {
  test('says every word and number it was given, as text', () => {
    const svg = barChart({ ...BARS, hidden: 'manje od 10', footer: '13 osoba' })
    for (const said of ['Šta prvo?', 'Rasveta', '>3<', 'manje od 10', '13 osoba']) expect(svg).toContain(said)
  })

  test('takes nothing of them as markup', () => {
    expect(barChart({ title: '<b>', bars: [{ label: '"&', value: 1 }] })).toContain('&quot;&amp;')
    expect(barChart({ title: '<b>', bars: [] })).not.toContain('<b>')
  })

  test('of nothing, or of one point, is a chart too', () => {
    expect(pngOf(barChart({ title: 'Ništa', bars: [] })).length).toBeGreaterThan(1000)
    const point = lineChart({ title: 'Dan', labels: ['1.'], series: [{ name: 'a', values: [0] }] })
    expect(pngOf(point).length).toBeGreaterThan(1000)
  })

  // A font that can't be read leaves letters out without a word.
  test.each([['Rasveta šđčćž'], ['Расвета џђљњ']])('has letters in its picture: %s', label => {
    const bars = (text: string) => pngOf(barChart({ title: 'A', bars: [{ label: text, value: 1 }] }))
    expect(bars(label).length).toBeGreaterThan(bars(' '.repeat(label.length)).length + 500)
  })

  test('wraps long labels and breaks words that no line holds, losing no letter', () => {
    const text = `${'dugačko '.repeat(20)}${'š'.repeat(200)}`
    const wrapped = lines(text, 18, 300)
    expect(wrapped.length).toBeGreaterThan(5)
    expect(wrapped.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
  })
})
