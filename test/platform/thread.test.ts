import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createThread, type Thread } from '../../src/platform/thread.ts'
import type { SumTasks } from './fixtures/sum-thread.ts'

const FILE = path.join(import.meta.dirname, 'fixtures/sum-thread.ts')

let thread: Thread<SumTasks>
afterEach(() => thread.close())
const start = (idleMs?: number) => {
  thread = createThread<SumTasks>(FILE, { base: 10 }, idleMs)
}

describe('a thread', () => {
  it('does one thing after the other and knows what it was started with', async () => {
    start()
    expect(await Promise.all([thread.ask('sum', [1, 2]), thread.ask('sum', [3])])).toEqual([13, 13])
  })

  it('says what went wrong, and goes on', async () => {
    start()
    await expect(thread.ask('fail', 'no memory')).rejects.toThrow('no memory')
    expect(await thread.ask('sum', [])).toBe(10)
  })

  it('that dies is started anew', async () => {
    start()
    await expect(thread.ask('die', undefined)).rejects.toThrow('the thread has ended')
    expect(await thread.ask('sum', [])).toBe(10)
  })

  it('that is closed answers nobody who still waits', async () => {
    start()
    const refused = expect(thread.ask('wait', undefined)).rejects.toThrow('the thread was closed')
    await thread.close()
    await refused
  })

  it('ends when nobody asks, and is there again for who does', async () => {
    start(1)
    const first = await thread.ask('id', undefined)
    await expect.poll(async () => thread.ask('id', undefined), { interval: 200 }).not.toBe(first)
  })
})
