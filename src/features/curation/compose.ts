// What is served: the files, and over them what was published in the console. A revision counts as long as
// the file says what it said when the revision was begun; a file that has changed since wins, and the editor
// is shown both.
import { createHash } from 'node:crypto'
import { filePathOf } from '../../content/file-shape.ts'
import type { Content } from '../../core/model/content.ts'
import { hashOf, type Item, isEntry, isNegative, itemOf, itemsOf } from './item.ts'

/** The revision of an item that is published. */
export type Published = {
  id: string
  contentId: string
  number: number
  item: Item
  /** Hash of the file it was begun from; empty: there was none. */
  baseHash: string
  /** A file with its content was seen: later files are newer. */
  merged: boolean
}

/**
 * Where a published revision stands beside today's file. `served`: people get it. `merged`: the file says the
 * same or is newer. `conflict`: the file was changed by somebody else, people get the file.
 */
export type Standing = 'served' | 'merged' | 'conflict'

export function standingOf(revision: Published, file: Item | undefined): Standing {
  const today = hashOf(file)
  if (revision.baseHash === today) return 'served'
  return revision.merged || hashOf(revision.item) === today ? 'merged' : 'conflict'
}

/** Today's content, from the files and what is published. Without anything to serve it is the files' own. */
export function compose(files: Content, published: readonly Published[]): Content {
  const served = published.filter(
    revision => standingOf(revision, itemOf(files, revision.contentId)) === 'served',
  )
  if (served.length === 0) return files
  const replaced = new Set(served.map(({ contentId }) => contentId))
  const kept = itemsOf(files).filter(({ id }) => !replaced.has(id))
  // In the order of the files, so that the content stays the same when it is written back to them.
  const items = [...kept, ...served.map(({ item }) => item)].toSorted(byFile)
  return {
    ...files,
    hash: hashWith(files, served),
    entries: items.filter(isEntry),
    negatives: items.filter(isNegative),
  }
}

function byFile(a: Item, b: Item): number {
  return filePathOf(a) < filePathOf(b) ? -1 : 1
}

function hashWith({ hash }: Content, served: readonly Published[]): string {
  const hashes = served.map(({ item }) => hashOf(item)).toSorted()
  return createHash('sha256')
    .update([hash, ...hashes].join())
    .digest('hex')
    .slice(0, 16)
}
