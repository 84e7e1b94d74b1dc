// What a button of the clips means. The longest is ca:<id of 16>:<digit>, which fits into a question for consent.
//   cl   cl:<clip>   ct:<clip>   cq:<clip>   ca:<clip>:<1-3>   cp:<clip>:<1-3>   ck:<clip>   cs   cs:<hour>   cx
import type { ClipChoice } from '../../core/model/effect.ts'
import type { Input } from '../../core/model/topic.ts'
import { START } from './catalog.ts'

/** Hours offered for the weekly clip. */
export const HOURS = [8, 12, 16, 18, 20] as const

export type Wish =
  | { kind: 'list' | 'hours' | 'stop' | 'unknown' }
  | { kind: 'watch' | 'read' | 'ask' | 'share'; clipId: string }
  /** `again`: it was answered before, and is to be remembered now. */
  | ({ kind: 'answer'; again: boolean } & ClipChoice)
  | { kind: 'subscribe'; hour: number }

const OF_CLIP = { cl: 'watch', ct: 'read', cq: 'ask', ck: 'share' } as const
const ID = '[a-z0-9-]{1,16}'

/** What an input wants of the clips; undefined if it is about something else. */
export function wishOf(input: Input): Wish | undefined {
  if (input.kind === 'command') return input.command === 'clips' ? { kind: 'list' } : undefined
  if (input.kind === 'start') {
    const { payload = '' } = input
    return payload.startsWith(START) ? { kind: 'watch', clipId: payload.slice(START.length) } : undefined
  }
  return input.kind === 'press' && /^c[alqktpsx](?::|$)/.test(input.token) ? pressed(input.token) : undefined
}

function pressed(token: string): Wish {
  if (token === 'cl') return { kind: 'list' }
  if (token === 'cs') return { kind: 'hours' }
  if (token === 'cx') return { kind: 'stop' }
  const [, verb = '', clipId = '', option] =
    new RegExp(`^(c[alqktp]):(${ID})(?::([1-3]))?$`).exec(token) ?? []
  if (option && (verb === 'ca' || verb === 'cp')) {
    return { kind: 'answer', clipId, option: Number(option) - 1, again: verb === 'cp' }
  }
  if (!option && Object.hasOwn(OF_CLIP, verb)) {
    return { kind: OF_CLIP[verb as keyof typeof OF_CLIP], clipId }
  }
  const hour = HOURS.find(hour => token === `cs:${hour}`)
  return hour ? { kind: 'subscribe', hour } : { kind: 'unknown' }
}
