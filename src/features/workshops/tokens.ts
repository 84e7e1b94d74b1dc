// The buttons of workshops: what each token means. Shapes, all at most 24 characters, those that need a consent
// at most 21:
//   w:l[:<page>]   w:m   w:n   w:c:<community>   w:<id>   w:<id>:e   w:<id>:s:<guests>   w:<id>:g[:<seats>]
//   w:<id>:x   w:<id>:y   w:<id>:q   w:<id>:d   w:<id>:r:<1–5>   w:<id>:t   w:ask   w:ask:<community>
// Links begin with w-<id>; what stands at the door with wd-<id>-<code>.

export type Wish =
  | { kind: 'list'; page: number }
  | { kind: 'mine' }
  | { kind: 'near' }
  | { kind: 'ask' }
  | { kind: 'in-community'; community: string }
  | { kind: 'ask-in'; community: string }
  | {
      kind: 'open' | 'sizes' | 'group' | 'leave' | 'accept' | 'ticket' | 'door' | 'comment'
      id: number
    }
  | { kind: 'join'; id: number; guests: number; group: boolean }
  | { kind: 'arrive'; id: number; code: string }
  | { kind: 'rate'; id: number; rating: number }

/** Names no community when somebody asks for a workshop. */
export const NO_COMMUNITY = 'other'

const SIMPLE = {
  e: 'sizes',
  x: 'leave',
  y: 'accept',
  q: 'ticket',
  d: 'door',
  t: 'comment',
} as const

/** The wish a token stands for; undefined for tokens that aren't of workshops. */
export function wishOf(token: string): Wish | undefined {
  const [prefix, first = '', second, third, ...rest] = token.split(':')
  if (prefix !== 'w' || rest.length) return undefined
  if (/^\d{1,9}$/.test(first)) return ofWorkshop(Number(first), second, third)
  if (third !== undefined) return undefined
  return ofList(first, second)
}

function ofList(name: string, value: string | undefined): Wish | undefined {
  switch (name) {
    case 'l':
      return /^\d{0,2}$/.test(value ?? '') ? { kind: 'list', page: Number(value ?? 0) } : undefined
    case 'm':
      return { kind: 'mine' }
    case 'n':
      return { kind: 'near' }
    case 'c':
      return value ? { kind: 'in-community', community: value } : undefined
    case 'ask':
      return value ? { kind: 'ask-in', community: value } : { kind: 'ask' }
    default:
      return undefined
  }
}

function ofWorkshop(id: number, verb: string | undefined, value: string | undefined): Wish | undefined {
  if (verb === undefined) return { kind: 'open', id }
  if (Object.hasOwn(SIMPLE, verb)) return { kind: SIMPLE[verb as keyof typeof SIMPLE], id }
  const number = /^\d{1,4}$/.test(value ?? '') ? Number(value) : undefined
  switch (verb) {
    case 's':
      return number === undefined ? undefined : { kind: 'join', id, guests: number, group: false }
    case 'g':
      return number === undefined
        ? { kind: 'group', id }
        : { kind: 'join', id, guests: number - 1, group: true }
    case 'r':
      return number && number <= 5 ? { kind: 'rate', id, rating: number } : undefined
    default:
      return undefined
  }
}

/** The wish that a link brings. */
export function wishOfLink(payload: string | undefined): Wish | undefined {
  const [, id, code] = /^wd?-(\d{1,9})(?:-(\w{1,10}))?$/.exec(payload ?? '') ?? []
  if (!id) return undefined
  if (payload?.startsWith('wd-')) return code ? { kind: 'arrive', id: Number(id), code } : undefined
  return code ? undefined : { kind: 'open', id: Number(id) }
}

/** What links to a workshop carry. */
export function linkPayload(id: number): string {
  return `w-${id}`
}

/** What links to the door of a workshop carry. */
export function doorPayload(id: number, code: string): string {
  return `wd-${id}-${code}`
}

/** The token that opens a workshop. */
export function openToken(id: number): string {
  return `w:${id}`
}

/** The token of a group of so many seats. */
export function groupToken(id: number, seats: number): string {
  return `w:${id}:g:${seats}`
}
