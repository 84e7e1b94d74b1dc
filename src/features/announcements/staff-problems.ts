// Why something was not done with an announcement, in words.
import { moment, number, type Visit } from '../../staff/index.ts'
import type { Refusal } from './lifecycle.ts'
import type { Problem } from './staff-draft.ts'

export function problemOf(visit: Visit, refusal: Refusal): Problem {
  switch (refusal.kind) {
    case 'missing':
    case 'gone':
      return { key: 'console.announcements.problem.gone' }
    case 'state': {
      const status = visit.t(`console.announcements.status.${refusal.status}`)
      return { key: 'console.announcements.problem.state', values: { status } }
    }
    case 'approval-required': {
      const count = number(visit, refusal.recipients)
      return { key: 'console.announcements.problem.approval', values: { count } }
    }
    case 'own-announcement':
      return { key: 'console.announcements.problem.own' }
    case 'quiet-hours':
      return {
        key: 'console.announcements.problem.quiet',
        values: { at: moment(visit, refusal.allowedFrom) },
      }
    case 'silence':
      return {
        key: 'console.announcements.problem.silence',
        values: { at: moment(visit, refusal.allowedFrom) },
      }
  }
}
