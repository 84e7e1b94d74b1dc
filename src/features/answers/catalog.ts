// Which entries may be shown today, and the short tokens their buttons carry.
import { createHash } from 'node:crypto'
import type { Clip, Content, Entry } from '../../core/model/content.ts'

/** An entry stays visible this long after its review date, so that a late review takes no answer away overnight. */
export const GRACE_DAYS = 30
const DAY_MS = 86_400_000

/** Why an entry's text may not be shown; undefined: it may. `now` in milliseconds since the epoch. */
export function hiddenBecause(
  entry: Pick<Entry, 'status' | 'reviewBy'>,
  now: number,
): 'draft' | 'withheld' | undefined {
  if (entry.status === 'draft') return 'draft'
  const lastDay = Date.parse(entry.reviewBy) + (GRACE_DAYS + 1) * DAY_MS
  return now >= lastDay ? 'withheld' : undefined
}

/** The clips that are rendered and not overdue for review, in the order of the series. */
export function visibleClips({ clips }: Pick<Content, 'clips'>, now: number): Clip[] {
  return clips.filter(
    ({ editions, reviewBy }) => editions['sr-Latn'] && !hiddenBecause({ status: 'published', reviewBy }, now),
  )
}

/** The part of a button's token that names an entry; ids are longer than a token may be. */
export function entryToken(entryId: string): string {
  const known = tokens.get(entryId)
  if (known) return known
  const token = createHash('sha256').update(entryId).digest('hex').slice(0, 8)
  tokens.set(entryId, token)
  return token
}

/** Entries are few and their tokens are on every answer. */
const tokens = new Map<string, string>()

const indexes = new WeakMap<Content, { byId: Map<string, Entry>; byToken: Map<string, Entry> }>()

/** The entry with this id, if the content has it. */
export function entryById(content: Content, id: string): Entry | undefined {
  return indexOf(content).byId.get(id)
}

/** The entry a button means; undefined when the content no longer has it. */
export function entryByToken(content: Content, token: string): Entry | undefined {
  return indexOf(content).byToken.get(token)
}

function indexOf(content: Content) {
  const known = indexes.get(content)
  if (known) return known
  const index = {
    byId: new Map(content.entries.map(entry => [entry.id, entry])),
    byToken: new Map(content.entries.map(entry => [entryToken(entry.id), entry])),
  }
  indexes.set(content, index)
  return index
}
