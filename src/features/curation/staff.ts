// The pages of the answers.
import type { StaffPage } from '../../staff/index.ts'
import { benchPages } from './bench-pages.ts'
import type { Desk } from './desk.ts'
import { editPages } from './edit-pages.ts'
import { judgePages } from './judge-pages.ts'
import { listPages } from './list-pages.ts'
import { missesPages } from './misses-pages.ts'
import { revisionPages } from './revision-pages.ts'

export function curationPages(desk: Desk): StaffPage[] {
  return [
    ...listPages(desk),
    ...missesPages(desk),
    ...benchPages(desk),
    ...editPages(desk),
    ...judgePages(desk),
    ...revisionPages(desk),
  ]
}
