// Which numbers of a closed poll may be published, so that nobody learns what a handful of people answered.
//
// The rule, as the page of results tells it:
// 1. A group of one to nine people is not shown.
// 2. Nor is what would give it away by subtraction: together with small numbers the smallest of the others is
//    hidden too, and all that are equal to it. Where there is no other, the whole table is hidden and only the
//    number of people who answered remains. So any hidden number may be the small one or the other.
// 3. Where several options may be chosen, those who did not choose an option are a group as well. How many chose
//    more than they had to, or fewer than they might, follows from all numbers together: where that is a small
//    group, the two smallest numbers are hidden.
// 4. A local community is named only with at least ten people. All others are one row, which has at least ten
//    people too: otherwise the smallest named community joins it.
// 5. What a community answered is shown only where one option may be chosen, if each of its numbers is zero or at
//    least ten and not all gave the same answer, and if the same is true of the numbers that remain when all
//    communities shown are subtracted from the totals. Options that the totals hide are hidden in every community.
//
// So whatever can be computed from what is shown counts nobody or at least ten people; a test attacks this.
import type { Count } from '../../core/model/poll.ts'

/** The smallest group that is shown. */
const GROUP_MIN = 10

/** People per option, by the option's id. */
export type Counts = Record<string, number>

/** Everything that is counted of one question; never shown as it is. */
export type Tally = {
  /** People who answered. */
  n: number
  options: Counts
  /** How many options one person may choose. */
  max: number
  channels: Counts
  /** Of the local communities people chose; those without one are in none of them. */
  communities: Record<string, { n: number; options: Counts }>
}

export type CommunityRow = {
  /** null: all other communities, and people who chose none. */
  id: string | null
  n: number
  options: Record<string, Count>
}

/** What may be published of a tally. */
export type Published = {
  n: number
  options: Record<string, Count>
  channels: Record<string, Count>
  /** Largest first, the others last; empty: no community may be named. */
  communities: CommunityRow[]
}

/** The numbers of a tally that may be published. */
export function protect(tally: Tally): Published {
  const { n, channels } = tally
  const options = protectOptions(tally)
  return { n, options, channels: hideIn(channels, isSmall), communities: protectCommunities(tally, options) }
}

/** Rules 1 to 3 for the options. */
function protectOptions({ n, options, max }: Tally): Record<string, Count> {
  if (max === 1) return hideIn(options, isSmall)
  const choices = sum(Object.values(options))
  const needsHiding = (count: number) => isSmall(count) || isSmall(n - count)
  return hideIn(options, needsHiding, isSmall(choices - n) || isSmall(max * n - choices))
}

/** Whether so few people are shown nowhere. */
export function isSmall(count: number): boolean {
  return count > 0 && count < GROUP_MIN
}

/** Rules 1 and 2 for one table; `unshown`: what is never shown of it would be given away. */
function hideIn(
  counts: Counts,
  needsHiding: (count: number) => boolean,
  unshown = false,
): Record<string, Count> {
  const entries = Object.entries(counts)
  if (!unshown && !entries.some(([, count]) => needsHiding(count))) return { ...counts }
  const others = entries.map(([, count]) => count).filter(count => count > 0 && !needsHiding(count))
  const [smallest, second] = others.toSorted((a, b) => a - b)
  const along = unshown ? [smallest, second] : [smallest]
  const isHidden = (count: number) => others.length === 0 || needsHiding(count) || along.includes(count)
  return Object.fromEntries(entries.map(([id, count]) => [id, isHidden(count) ? null : count]))
}

type Community = { id: string; n: number; options: Counts }

/** Rules 4 and 5. */
function protectCommunities(tally: Tally, totals: Published['options']): CommunityRow[] {
  const named = namedCommunities(tally)
  if (named.length === 0) return []
  const shown = shownAnswers(named, tally, totals)
  const ids = Object.keys(totals)
  const none = Object.fromEntries(ids.map(id => [id, null]))
  const rows = named.map(({ id, n, options }) => ({
    id,
    n,
    options: shown.has(id)
      ? Object.fromEntries(
          ids.map(option => [option, totals[option] === null ? null : (options[option] ?? 0)]),
        )
      : none,
  }))
  const others = tally.n - sum(named.map(({ n }) => n))
  return others > 0 ? [...rows, { id: null, n: others, options: none }] : rows
}

function namedCommunities({ n, communities }: Tally): Community[] {
  const named = Object.entries(communities)
    .map(([id, community]) => ({ id, ...community }))
    .filter(community => community.n >= GROUP_MIN)
    .toSorted((a, b) => b.n - a.n)
  while (named.length > 0 && isSmall(n - sum(named.map(community => community.n)))) named.pop()
  return named
}

/** Communities whose answers may be shown; the smallest give way while a rest could be computed. */
function shownAnswers(named: Community[], tally: Tally, totals: Published['options']): Set<string> {
  if (tally.max > 1) return new Set()
  const groups = groupsOf(totals)
  const shown = named.filter(({ n, options }) => {
    const sizes = groups(n, options)
    return sizes.every(isSafe) && sizes.filter(size => size > 0).length > 1
  })
  while (shown.length > 0) {
    const left = (option: string) =>
      (tally.options[option] ?? 0) - sum(shown.map(({ options }) => options[option] ?? 0))
    const rest = Object.fromEntries(Object.keys(totals).map(option => [option, left(option)]))
    if (groups(tally.n - sum(shown.map(({ n }) => n)), rest).every(isSafe)) break
    shown.pop()
  }
  return new Set(shown.map(({ id }) => id))
}

/** The groups that the totals tell apart: each shown option, and all hidden ones together. */
function groupsOf(totals: Published['options']) {
  const visible = Object.keys(totals).filter(option => totals[option] !== null)
  return (n: number, options: Counts): number[] => {
    const sizes = visible.map(option => options[option] ?? 0)
    return [...sizes, n - sum(sizes)]
  }
}

function isSafe(size: number): boolean {
  return size === 0 || size >= GROUP_MIN
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
