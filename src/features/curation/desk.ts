// What the pages, routes and jobs of the curation work with.
import type { Loaded } from '../../content/load.ts'
import type { Content } from '../../core/model/content.ts'
import type { Knowledge } from '../../core/step.ts'
import { dayIn } from '../../core/time/day.ts'
import type { Database } from '../../platform/db/database.ts'
import { matchingHash } from '../answers/index.ts'
import type { Workbench } from './workbench.ts'

export type Desk = {
  database: Database
  /** Content and sentences as people get them now. */
  knowledge(): Knowledge
  /** What the files say, whatever is published. */
  files: Loaded
  workbench: Workbench
  publicUrl: string
}

/** What people get now. */
export function served({ knowledge }: Pick<Desk, 'knowledge'>): Content {
  return knowledge().content
}

/** Names the version of what the matcher learns from. */
export function versionOf(content: Content): string {
  const known = versions.get(content)
  if (known) return known
  const hash = matchingHash(content)
  versions.set(content, hash)
  return hash
}

/** A content is never changed, only replaced; its hash takes some ten milliseconds. */
const versions = new WeakMap<Content, string>()

/** The day it is in the city. */
export function today(desk: Pick<Desk, 'knowledge'>, now: Date): string {
  return dayIn(served(desk).city.timeZone, now.getTime())
}
