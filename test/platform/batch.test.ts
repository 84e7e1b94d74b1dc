import { expect, it } from 'vitest'
import { batched } from '../../src/platform/batch.ts'

/** Doubles numbers; remembers its batches; refuses batches with a 13. */
function doubling() {
  const batches: number[][] = []
  const double = batched<number, number>(async items => {
    batches.push(items)
    await new Promise(resolve => setTimeout(resolve, 5))
    if (items.includes(13)) throw new Error('unlucky')
    return items.map(item => item * 2)
  })
  return { double, batches }
}

it('gives each item its own result', async () => {
  const { double } = doubling()
  const items = Array.from({ length: 50 }, (_, index) => index + 20)
  expect(await Promise.all(items.map(double))).toEqual(items.map(item => item * 2))
})

it('puts together what arrives while a batch runs', async () => {
  const { double, batches } = doubling()
  const first = double(1)
  await new Promise(resolve => setTimeout(resolve, 2))
  await Promise.all([first, double(2), double(3), double(4)])
  expect(batches).toEqual([[1], [2, 3, 4]])
})

it('lets one bad item harm no other', async () => {
  const { double } = doubling()
  const results = await Promise.allSettled([1, 13, 2].map(double))
  expect(results.map(result => (result.status === 'fulfilled' ? result.value : 'refused'))).toEqual([
    2,
    'refused',
    4,
  ])
})

it('never makes a batch of more than 200', async () => {
  const { double, batches } = doubling()
  await Promise.all(Array.from({ length: 450 }, (_, index) => double(index + 20)))
  expect(batches.map(batch => batch.length)).toEqual([200, 200, 50])
})
