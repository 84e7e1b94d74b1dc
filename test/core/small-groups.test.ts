import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import '../support/properties.ts'
import { GROUP_MIN, hideSmall } from '../../src/core/small-groups.ts'

const shown = (...counts: number[]) =>
  hideSmall(counts.map((count, id) => ({ id, count }))).map(({ count }) => count)

describe('small groups', () => {
  it('are hidden, larger ones are shown', () => {
    expect(shown(50, 3, 4, 5)).toEqual([50, null, null, null])
  })

  it('are protected from subtraction by hiding the next larger group', () => {
    expect(shown(50, 20, 3)).toEqual([50, null, null])
    expect(shown(50, 20, 1, 1)).toEqual([50, null, null, null])
    expect(shown(50, 3)).toEqual([null, null])
  })

  it('that are empty tell nothing about anybody', () => {
    expect(shown(50, 0, 20)).toEqual([50, 0, 20])
  })

  it('alone stay hidden', () => {
    expect(shown(3)).toEqual([null])
    expect(shown()).toEqual([])
  })

  it('never can be computed from the total, whatever the counts', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { maxLength: 12 }), counts => {
        const result = shown(...counts)
        const hidden = counts.filter((_, index) => result[index] === null)
        const left = counts.filter((count, index) => count > 0 && result[index] !== null)
        for (const count of left) expect(count).toBeGreaterThanOrEqual(GROUP_MIN)
        const sum = hidden.reduce((all, count) => all + count, 0)
        const isProtected = hidden.length === 0 || (hidden.length > 1 && sum >= GROUP_MIN)
        expect(isProtected || left.length === 0).toBe(true)
      }),
    )
  })
})
