import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { protect, type Tally } from '../../../src/features/polls/protect.ts'
import { type Atom, smallGroupsByElimination, smallGroupsBySubtraction } from './attack.ts'

const tally = (options: Record<string, number>, more: Partial<Tally> = {}): Tally => ({
  n: Object.values(options).reduce((sum, count) => sum + count, 0),
  options,
  max: 1,
  channels: {},
  communities: {},
  ...more,
})

describe('what is published', () => {
  it('shows groups of ten and more, and that nobody chose an option', () => {
    expect(protect(tally({ a: 12, b: 30, c: 0 })).options).toEqual({ a: 12, b: 30, c: 0 })
  })

  it('hides a small group, and the smallest other one with it', () => {
    expect(protect(tally({ a: 12, b: 3, c: 40, d: 0 })).options).toEqual({ a: null, b: null, c: 40, d: 0 })
    expect(protect(tally({ a: 12, b: 9, c: 40, d: 12 })).options).toEqual({
      a: null,
      b: null,
      c: 40,
      d: null,
    })
  })

  it('hides the whole table where nothing large is left to hide', () => {
    expect(protect(tally({ a: 4, b: 5, c: 0 })).options).toEqual({ a: null, b: null, c: null })
    expect(protect(tally({ a: 4, b: 90 })).options).toEqual({ a: null, b: null })
  })

  it('counts who did not choose an option as a group, where several may be chosen', () => {
    const counts = protect(tally({ a: 95, b: 40, c: 50 }, { n: 100, max: 3 })).options
    expect(counts).toEqual({ a: null, b: null, c: 50 })
  })

  it('gives away neither few second choices nor few unused ones', () => {
    expect(protect(tally({ a: 30, b: 40, c: 35 }, { n: 100, max: 2 })).options).toEqual({
      a: null,
      b: 40,
      c: null,
    })
    expect(protect(tally({ a: 70, b: 40, c: 85 }, { n: 100, max: 2 })).options).toEqual({
      a: null,
      b: null,
      c: 85,
    })
  })

  it('names communities of ten and more, and puts the others into a row of ten and more', () => {
    const named = (sizes: Record<string, number>, n: number) =>
      protect(
        tally(
          { a: n, b: 0 },
          {
            communities: Object.fromEntries(Object.entries(sizes).map(([id, n]) => [id, { n, options: {} }])),
          },
        ),
      ).communities.map(({ id, n }) => [id, n])
    expect(named({ x: 20, y: 30, z: 9 }, 70)).toEqual([
      ['y', 30],
      ['x', 20],
      [null, 20],
    ])
    expect(named({ x: 20, y: 30, z: 9 }, 59)).toEqual([
      ['y', 30],
      [null, 29],
    ])
    expect(named({ x: 20, y: 30 }, 50)).toEqual([
      ['y', 30],
      ['x', 20],
    ])
    expect(named({ x: 20, z: 5 }, 25)).toEqual([])
  })

  it('shows what a community answered only if nothing small follows for it or for the rest', () => {
    const of = (x: [number, number], rest: [number, number]) =>
      protect(
        tally(
          { a: x[0] + rest[0], b: x[1] + rest[1] },
          { communities: { x: { n: x[0] + x[1], options: { a: x[0], b: x[1] } } } },
        ),
      ).communities[0]?.options
    expect(of([10, 15], [20, 20])).toEqual({ a: 10, b: 15 })
    expect(of([9, 15], [20, 20])).toEqual({ a: null, b: null })
    expect(of([10, 15], [20, 3])).toEqual({ a: null, b: null })
    expect(of([0, 25], [20, 20])).toEqual({ a: null, b: null })
  })
})

const answers = (options: string[], places: (string | undefined)[], channels = ['web']): Atom[] =>
  options.flatMap(option =>
    places.flatMap(community => channels.map(channel => ({ answer: [option], community, channel }))),
  )

describe('an attacker', () => {
  const sizes = (count: number) =>
    fc.array(fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 40 })), {
      minLength: count,
      maxLength: count,
    })

  it.each([
    ['options and communities', answers(['a', 'b', 'c'], ['x', 'y', undefined]), ['a', 'b', 'c']],
    [
      'options, communities and channels',
      answers(['a', 'b'], ['x', undefined], ['web', 'viber']),
      ['a', 'b'],
    ],
    [
      'several choices',
      [['a'], ['b'], ['c'], ['a', 'b'], ['a', 'c'], ['b', 'c']].map(answer => ({ answer, channel: 'web' })),
      ['a', 'b', 'c'],
    ],
  ] as [string, Atom[], string[]][])(
    'finds no small group by subtraction among %s',
    (_name, atoms, options) => {
      fc.assert(
        fc.property(sizes(atoms.length), sizes => {
          expect(smallGroupsBySubtraction({ atoms, sizes, options })).toEqual([])
        }),
        { numRuns: 400 },
      )
    },
  )

  it.each([
    ['two options', answers(['a', 'b'], [undefined]), ['a', 'b'], [1, 9, 10, 18, 19, 20, 28, 30, 45]],
    [
      'three options',
      answers(['a', 'b', 'c'], [undefined]),
      ['a', 'b', 'c'],
      [9, 18, 20, 28, 29, 31, 35, 40],
    ],
    ['two communities', answers(['a', 'b'], ['x', 'y']), ['a', 'b'], [12, 20, 30, 41]],
    ['a community and the rest', answers(['a', 'b'], ['x', undefined]), ['a', 'b'], [12, 20, 30, 41]],
    ['two channels', answers(['a', 'b'], [undefined], ['web', 'viber']), ['a', 'b'], [12, 20, 30]],
    [
      'two choices of three',
      [['a'], ['b'], ['c'], ['a', 'b'], ['a', 'c'], ['b', 'c']].map(answer => ({ answer, channel: 'web' })),
      ['a', 'b', 'c'],
      [20, 21, 22],
    ],
  ] as [string, Atom[], string[], number[]][])(
    'who knows the rule and tries every possible vote is sure of no small group: %s',
    (_name, atoms, options, people) => {
      for (const n of people) expect(smallGroupsByElimination(atoms, options, n).found).toEqual([])
    },
  )

  it('succeeds where only the small number itself is hidden', () => {
    const naive = (tally: Tally) => {
      const hiding = Object.entries(tally.options).map(([id, count]) => [
        id,
        count > 0 && count < 10 ? null : count,
      ])
      return { ...protect(tally), options: Object.fromEntries(hiding) }
    }
    const atoms = answers(['a', 'b', 'c'], [undefined])
    const options = ['a', 'b', 'c']
    expect(smallGroupsBySubtraction({ atoms, sizes: [20, 5, 30], options }, naive)).toEqual([5])
    expect(smallGroupsByElimination(atoms, options, 30, naive).found).not.toEqual([])
  })
})
