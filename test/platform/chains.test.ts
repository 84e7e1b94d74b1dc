import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { createChains } from '../../src/platform/chains.ts'

it('keeps the order of one key and runs keys side by side, never more than its width', async () => {
  const chains = createChains(3, () => undefined)
  const done: string[] = []
  let running = 0
  let most = 0
  for (let n = 0; n < 20; n++) {
    for (const key of ['a', 'b', 'c', 'd', 'e']) {
      chains.add(key, async () => {
        running++
        most = Math.max(most, running)
        await sleep(Math.random() * 3)
        running--
        done.push(`${key}${n}`)
      })
    }
  }
  await chains.idle()
  for (const key of ['a', 'b', 'c', 'd', 'e']) {
    expect(done.filter(name => name.startsWith(key))).toEqual(
      Array.from({ length: 20 }, (_, n) => `${key}${n}`),
    )
  }
  expect(most).toBe(3)
})

it('goes on after work that throws, and tells of it', async () => {
  const errors: unknown[] = []
  const chains = createChains(1, error => errors.push(error))
  const done: number[] = []
  chains.add('a', () => Promise.reject(new Error('broken')))
  chains.add('a', async () => void done.push(2))
  await chains.idle()
  expect(done).toEqual([2])
  expect(errors).toHaveLength(1)
  expect(chains.has('a')).toBe(false)
})
