// Attacks on published numbers: what could somebody compute who knows the rule and everything that is shown?
import { type Published, protect, type Tally } from '../../../src/features/polls/protect.ts'

/** People who gave the same answer, live in the same community (undefined: told none) and used the same channel. */
export type Atom = { answer: readonly string[]; community?: string; channel: string }
export type Population = { atoms: readonly Atom[]; sizes: readonly number[]; options: readonly string[] }

/** What the program counts of these people. */
export function tallyOf({ atoms, sizes, options }: Population): Tally {
  const n = sizes.reduce((total, size) => total + size, 0)
  const count = (matches: (atom: Atom) => boolean) =>
    sizes.reduce((total, size, at) => total + (atoms[at] && matches(atoms[at]) ? size : 0), 0)
  const perOption = (inside: (atom: Atom) => boolean) =>
    Object.fromEntries(options.map(id => [id, count(atom => inside(atom) && atom.answer.includes(id))]))
  const communities = [...new Set(atoms.flatMap(({ community }) => community ?? []))]
  const channels = [...new Set(atoms.map(({ channel }) => channel))]
  const of = (community: string) => (atom: Atom) => atom.community === community
  return {
    n,
    options: perOption(() => true),
    max: Math.max(...atoms.map(({ answer }) => answer.length)),
    channels: Object.fromEntries(channels.map(id => [id, count(atom => atom.channel === id)])),
    communities: Object.fromEntries(
      communities
        .map(id => [id, { n: count(of(id)), options: perOption(of(id)) }] as const)
        .filter(([, { n }]) => n > 0),
    ),
  }
}

/** Each number that is shown: which atoms it counts. */
function shownSets({ atoms }: Population, published: Published): boolean[][] {
  const set = (matches: (atom: Atom) => boolean) => atoms.map(matches)
  const named = published.communities.map(({ id }) => id)
  const sets = [set(() => true)]
  for (const [id, count] of Object.entries(published.options))
    if (count !== null) sets.push(set(({ answer }) => answer.includes(id)))
  for (const [id, count] of Object.entries(published.channels))
    if (count !== null) sets.push(set(({ channel }) => channel === id))
  for (const { id: row, options } of published.communities) {
    const inside = ({ community }: Atom) =>
      row === null ? !named.includes(community ?? '') : community === row
    sets.push(set(inside))
    for (const [id, count] of Object.entries(options))
      if (count !== null) sets.push(set(atom => inside(atom) && atom.answer.includes(id)))
  }
  return sets
}

const PRIME = 1_000_003

/**
 * Groups of one to nine people whose size follows by adding and subtracting from what is shown; where nobody is
 * counted, every part is known to be empty.
 */
export function smallGroupsBySubtraction(population: Population, publish = protect): number[] {
  const { sizes, atoms } = population
  const sets = shownSets(population, publish(tallyOf(population)))
  const sizeOf = (set: readonly boolean[]) =>
    sizes.reduce((total, size, at) => total + (set[at] ? size : 0), 0)
  const empty = atoms.map((_, at) => sets.some(set => set[at] && sizeOf(set) === 0))
  const rows = reduced(sets.map(set => set.map((member, at) => (member && !empty[at] ? 1 : 0))))
  const open = atoms.flatMap((_, at) => (empty[at] ? [] : [at]))
  const found: number[] = []
  for (let mask = 1; mask < 2 ** open.length; mask++) {
    const chosen = open.filter((_, bit) => mask & (1 << bit))
    const size = chosen.reduce((total, at) => total + (sizes[at] ?? 0), 0)
    if (isSmall(size, sizes) && isCombination(rows, chosen, atoms.length)) found.push(size)
  }
  return found
}

/** How many people answered is said in any case. */
function isSmall(size: number, sizes: readonly number[]): boolean {
  return size >= 1 && size < 10 && size !== sizes.reduce((total, one) => total + one, 0)
}

type Row = { pivot: number; values: number[] }

/** Gauss–Jordan over a prime field: exact for matrices of zeros and ones this small. */
function reduced(matrix: number[][]): Row[] {
  const rows: Row[] = []
  for (const values of matrix) {
    const rest = rows.reduce((row, known) => without(row, known), [...values])
    const pivot = rest.findIndex(value => value !== 0)
    if (pivot < 0) continue
    const inverse = power(rest[pivot] ?? 1, PRIME - 2)
    const row = { pivot, values: rest.map(value => (value * inverse) % PRIME) }
    for (const known of rows) known.values = without(known.values, row)
    rows.push(row)
  }
  return rows
}

function without(values: number[], { pivot, values: row }: Row): number[] {
  const factor = values[pivot] ?? 0
  if (factor === 0) return values
  return values.map((value, at) => (((value - factor * (row[at] ?? 0)) % PRIME) + PRIME) % PRIME)
}

function power(base: number, exponent: number): number {
  let result = 1
  for (let at = exponent, square = base % PRIME; at > 0; at = Math.floor(at / 2)) {
    if (at % 2) result = (result * square) % PRIME
    square = (square * square) % PRIME
  }
  return result
}

function isCombination(rows: Row[], chosen: number[], length: number): boolean {
  const wanted = Array.from({ length }, (_, at): number => (chosen.includes(at) ? 1 : 0))
  return rows.reduce((rest, row) => without(rest, row), wanted).every(value => value === 0)
}

/**
 * Tries every population of these atoms with `n` people: those that look the same once published can't be told
 * apart by anybody, whatever they know of the rule. Returns the groups of one to nine people that all of them
 * agree on, and how many populations were tried.
 */
export function smallGroupsByElimination(
  atoms: readonly Atom[],
  options: readonly string[],
  n: number,
  publish = protect,
): { tried: number; found: string[] } {
  const alike = new Map<string, { sums: Map<number, number | 'differs'> }>()
  let tried = 0
  for (const sizes of compositions(n, atoms.length)) {
    tried++
    const key = JSON.stringify(publish(tallyOf({ atoms, sizes, options })))
    const known = alike.get(key)
    const entry = known ?? { sums: new Map<number, number | 'differs'>() }
    if (!known) alike.set(key, entry)
    for (let mask = 1; mask < 2 ** atoms.length; mask++) {
      const size = sizes.reduce((total, size, at) => total + (mask & (1 << at) ? size : 0), 0)
      const before = entry.sums.get(mask)
      if (before === undefined) entry.sums.set(mask, size)
      else if (before !== size) entry.sums.set(mask, 'differs')
    }
  }
  const found = [...alike].flatMap(([key, { sums }]) =>
    [...sums].flatMap(([mask, size]) =>
      typeof size === 'number' && isSmall(size, [n])
        ? [`${size} people (group ${mask.toString(2)}) from ${key}`]
        : [],
    ),
  )
  return { tried, found }
}

function* compositions(n: number, parts: number): Generator<number[]> {
  if (parts === 1) {
    yield [n]
    return
  }
  for (let first = 0; first <= n; first++)
    for (const rest of compositions(n - first, parts - 1)) yield [first, ...rest]
}
