// Writes what was published in the console back into the files. The rows stay: whoever starts on the new files
// sees that they say the same, and lets the files count from then on.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { filePathOf, fileShapeOf } from '../../content/file-shape.ts'
import { loadContent } from '../../content/load.ts'
import { thresholdsText } from '../../content/thresholds.ts'
import { withValues } from '../../content/yaml-edit.ts'
import type { Sql } from '../../platform/db/database.ts'
import { matchingHash } from '../answers/index.ts'
import { standingOf } from './compose.ts'
import { type Item, itemOf } from './item.ts'
import { publishedRevisions } from './store.ts'
import { readVersion } from './version-store.ts'

export type Pulled = {
  /** Files that were written, below the content folder. */
  written: string[]
  /** Ids of items whose file somebody changed meanwhile: nothing was written. */
  conflicts: string[]
  /** Whether the cut-offs of the files are those of the new content. */
  thresholds: boolean
}

/** Pulls everything that is published into the folder. */
export async function pullRevisions(sql: Sql, dir: string): Promise<Pulled> {
  const { content } = await loadContent(dir)
  const pulled: Pulled = { written: [], conflicts: [], thresholds: false }
  for (const revision of await publishedRevisions(sql)) {
    const file = itemOf(content, revision.contentId)
    const standing = standingOf(revision, file)
    if (standing === 'conflict') pulled.conflicts.push(revision.contentId)
    if (standing === 'served') pulled.written.push(await writeItem(dir, revision.item, file))
  }
  return { ...pulled, thresholds: await writeThresholds(sql, dir) }
}

/** An answer of another category moves to its folder. */
async function writeItem(dir: string, item: Item, before: Item | undefined): Promise<string> {
  const file = filePathOf(item)
  const whole = path.join(dir, file)
  const old = before && path.join(dir, filePathOf(before))
  const text = old ? await readFile(old, 'utf8') : ''
  await mkdir(path.dirname(whole), { recursive: true })
  await writeFile(whole, withValues(text, fileShapeOf(item)))
  if (old && old !== whole) await rm(old)
  return file
}

/** Those that were computed for this very content, if they were. */
async function writeThresholds(sql: Sql, dir: string): Promise<boolean> {
  const { content } = await loadContent(dir)
  const hash = matchingHash(content)
  if (content.thresholds?.sr.contentHash === hash) return true
  const version = await readVersion(sql, hash)
  if (!version?.computed) return false
  await writeFile(path.join(dir, 'thresholds.yaml'), thresholdsText(version.computed.thresholds))
  return true
}
