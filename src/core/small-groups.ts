// Groups so small that a number would point at somebody: their counts are hidden, also from subtraction.

/** Fewer than this is a small group. */
export const GROUP_MIN = 10

export type Group<Id = string> = { id: Id; count: number }
/** null: hidden. */
export type ShownGroup<Id = string> = { id: Id; count: number | null }

/**
 * Hides small groups of a whole whose total is known. A hidden count that could be computed from the others is
 * protected by hiding the next larger groups too, until what is hidden together is no small group.
 */
export function hideSmall<Id>(groups: readonly Group<Id>[], min = GROUP_MIN): ShownGroup<Id>[] {
  const hidden = new Set(groups.filter(({ count }) => count > 0 && count < min))
  const rest = groups.filter(({ count }) => count >= min).toSorted((a, b) => a.count - b.count)
  while (hidden.size > 0 && rest.length > 0 && !protects([...hidden], min)) {
    const next = rest.shift()
    if (next) hidden.add(next)
  }
  return groups.map(group => ({ id: group.id, count: hidden.has(group) ? null : group.count }))
}

function protects(hidden: readonly Group<unknown>[], min: number): boolean {
  return hidden.length > 1 && hidden.reduce((sum, { count }) => sum + count, 0) >= min
}
