// Work that many ask for at once, done in one statement: what arrives while the last statement runs
// goes into the next one together. Alone, an item waits for nobody.

type Waiting<Item, Result> = { item: Item; resolve(result: Result): void; reject(error: unknown): void }

/** The first of a batch waits for the last; longer batches gain nothing more. */
const BATCH_MAX = 200

/**
 * Builds `(item) => result` from `run`, which takes many items and resolves to their results in the
 * same order. When a batch fails, its items are tried one by one, so that one bad item harms no other.
 */
export function batched<Item, Result>(
  run: (items: Item[]) => Promise<Result[]>,
): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = []
  let running = false

  async function drain(): Promise<void> {
    if (running) return
    running = true
    while (waiting.length > 0) await runGroup(waiting.splice(0, BATCH_MAX))
    running = false
  }

  async function runGroup(group: Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await run(group.map(({ item }) => item))
      group.forEach(({ resolve }, index) => {
        resolve(results[index] as Result)
      })
    } catch (error) {
      if (group.length === 1) group[0]?.reject(error)
      else for (const one of group) await runGroup([one])
    }
  }

  return item =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      // After this tick, so that what arrived together goes together.
      setImmediate(() => void drain())
    })
}
