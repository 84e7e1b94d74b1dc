// The buttons of the guides: what each token means. Shapes, all at most 24 characters:
//   g:<question>   gd:<code>   go:<code>   gc:<code>:<deadline>[:<days from today>]
//   gr:<code>:<deadline>:<yyyymmdd>   gx:<code>:<deadline>:<yyyymmdd>
import { isDay } from '../../core/time/day.ts'

export type Wish =
  /** An empty id is the first question. */
  | { kind: 'question'; id: string }
  | { kind: 'guide' | 'document'; code: string }
  /** Ask for the day a deadline counts from; with `offset` that day is known: 0 today, -1 yesterday. */
  | { kind: 'count'; code: string; deadlineId: string; offset?: number }
  | { kind: 'remind' | 'cancel'; code: string; deadlineId: string; day: string }

/** The wish a token stands for; undefined for tokens that aren't a guide's. */
export function wishOf(token: string): Wish | undefined {
  const [prefix, first = '', second = '', third, ...rest] = token.split(':')
  if (rest.length) return undefined
  switch (prefix) {
    case 'g':
      return { kind: 'question', id: first }
    case 'gd':
      return { kind: 'guide', code: first }
    case 'go':
      return { kind: 'document', code: first }
    case 'gc':
      return countWish(first, second, third)
    case 'gr':
      return dayWish('remind', first, second, third)
    case 'gx':
      return dayWish('cancel', first, second, third)
    default:
      return undefined
  }
}

function countWish(code: string, deadlineId: string, offset: string | undefined): Wish | undefined {
  if (offset === undefined) return { kind: 'count', code, deadlineId }
  return /^(?:0|-1)$/.test(offset) ? { kind: 'count', code, deadlineId, offset: Number(offset) } : undefined
}

function dayWish(
  kind: 'remind' | 'cancel',
  code: string,
  deadlineId: string,
  digits: string | undefined,
): Wish | undefined {
  const day = digits?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3') ?? ''
  return isDay(day) ? { kind, code, deadlineId, day } : undefined
}

/** The token of a wish. */
export function tokenOf(wish: Wish): string {
  switch (wish.kind) {
    case 'question':
      return `g:${wish.id}`
    case 'guide':
      return `gd:${wish.code}`
    case 'document':
      return `go:${wish.code}`
    case 'count':
      return `gc:${wish.code}:${wish.deadlineId}${wish.offset === undefined ? '' : `:${wish.offset}`}`
    case 'remind':
    case 'cancel': {
      const prefix = wish.kind === 'remind' ? 'gr' : 'gx'
      return `${prefix}:${wish.code}:${wish.deadlineId}:${wish.day.replaceAll('-', '')}`
    }
  }
}
