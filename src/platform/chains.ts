// Order and width: one piece of work at a time per key, at most `width` at a time in this process.
// Without the gate a burst of turns waits inside the connection pool until it times out.

export interface Chains {
  /** Runs `work` after everything queued before it under the same key. Its errors are its own affair. */
  add(key: string, work: () => Promise<void>): void
  /** Resolves when nothing is queued or running. */
  idle(): Promise<void>
  /** Whether something is queued or running under this key. */
  has(key: string): boolean
}

/** Builds chains with a common gate; `onError` hears of work that threw. */
export function createChains(width: number, onError: (error: unknown) => void): Chains {
  const chains = new Map<string, (() => Promise<void>)[]>()
  const ready: string[] = []
  let running = 0
  const idleListeners: (() => void)[] = []

  function pump(): void {
    while (running < width) {
      const key = ready.shift()
      if (key === undefined) return
      running++
      void runFirst(key)
    }
  }

  async function runFirst(key: string): Promise<void> {
    const chain = chains.get(key)
    try {
      await chain?.[0]?.()
    } catch (error) {
      onError(error)
    }
    running--
    chain?.shift()
    if (chain?.length) ready.push(key)
    else chains.delete(key)
    pump()
    if (chains.size === 0) {
      for (const listener of idleListeners.splice(0)) listener()
    }
  }

  return {
    add(key, work) {
      const chain = chains.get(key)
      if (chain) {
        chain.push(work)
        return
      }
      chains.set(key, [work])
      ready.push(key)
      pump()
    },
    idle: () => (chains.size === 0 ? Promise.resolve() : new Promise(resolve => idleListeners.push(resolve))),
    has: key => chains.has(key),
  }
}
