// The buttons of proposals: what each token means.
//   f  f:new            begin                f:c:<category>   what it is about
//   f:text              write it again       f:mz[:<page>]    choose a local community, f:mz:<id>, f:mz:none
//   f:photo  f:nophoto  with or without a picture
//   f:send  f:no        send it, give it up  f:mine  f:w:<reference>  the person's own
import { readCode } from '../../core/text/code.ts'
import { type Category, isCategory } from './categories.ts'

export const REFERENCE_LENGTH = 6

type PlainKind = 'begin' | 'begun' | 'rewrite' | 'photo' | 'no-photo' | 'send' | 'give-up' | 'mine'

export type Wish =
  | { kind: PlainKind }
  | { kind: 'category'; category: Category }
  | { kind: 'communities'; page: number }
  | { kind: 'community'; id?: string }
  | { kind: 'one'; reference: string }

const PLAIN: Record<string, PlainKind> = {
  f: 'begin',
  'f:new': 'begun',
  'f:text': 'rewrite',
  'f:photo': 'photo',
  'f:nophoto': 'no-photo',
  'f:send': 'send',
  'f:no': 'give-up',
  'f:mine': 'mine',
}

/** The wish a token stands for; undefined for tokens that no message of proposals ever had. */
export function wishOf(token: string): Wish | undefined {
  const plain = PLAIN[token]
  if (plain) return { kind: plain }
  const [prefix, what, value = '', ...rest] = token.split(':')
  if (prefix !== 'f' || rest.length) return undefined
  if (what === 'c') return isCategory(value) ? { kind: 'category', category: value } : undefined
  if (what === 'mz') return communityWish(value)
  const reference = what === 'w' ? readCode(value, REFERENCE_LENGTH) : undefined
  return reference ? { kind: 'one', reference } : undefined
}

function communityWish(value: string): Wish | undefined {
  if (/^\d{0,2}$/.test(value)) return { kind: 'communities', page: Number(value) }
  if (value === 'none') return { kind: 'community' }
  return /^[a-z0-9-]{1,12}$/.test(value) ? { kind: 'community', id: value } : undefined
}

/** The reference as people see it: two groups of three. */
export function shownReference(reference: string): string {
  return `${reference.slice(0, 3)}-${reference.slice(3)}`
}
