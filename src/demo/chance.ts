// Chance that falls the same way every time, so that the demo is the same month on every machine.

export interface Chance {
  /** From 0 up to, not including, 1. */
  next(): number
  /** A whole number from 0 up to, not including, `below`. */
  upTo(below: number): number
  /** True this often, of 1. */
  happens(share: number): boolean
  pick<Item>(items: readonly Item[]): Item
  /** Early items come up far more often than late ones. */
  pickEarly<Item>(items: readonly Item[]): Item
}

/** The same seed gives the same sequence. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const at = <Item>(items: readonly Item[], share: number): Item => {
    const item = items[Math.floor(share * items.length)]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }
  return {
    next,
    upTo: below => Math.floor(next() * below),
    happens: share => next() < share,
    pick: items => at(items, next()),
    pickEarly: items => at(items, next() ** 3),
  }
}
