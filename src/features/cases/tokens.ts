// What the buttons of cases send back.
//   case:send   case:yes:<print>   case:put:<reference>:<print>   case:no
//   case:list   case:add:<reference>   case:close:<reference>
import { createHash } from 'node:crypto'
import type { Conversation } from '../../core/model/conversation.ts'
import type { Input } from '../../core/model/topic.ts'

export const NO = 'case:no'
export const LIST = 'case:list'
export const yesToken = (question: string) => `case:yes:${print(question)}`
export const putToken = (reference: string, question: string) => `case:put:${reference}:${print(question)}`
export const addToken = (reference: string) => `case:add:${reference}`
export const closeToken = (reference: string) => `case:close:${reference}`

/** What somebody wants of their cases. */
export type Wish =
  | { kind: 'offer' | 'drop' | 'list' | 'unknown' }
  | { kind: 'send'; print: string }
  | { kind: 'put'; reference: string; print: string }
  | { kind: 'write' | 'close'; reference: string }
  | { kind: 'written'; text: string; reference?: string }

/** What an input means to cases; undefined: it is for another topic. */
export function wishOf({ pending }: Conversation, input: Input): Wish | undefined {
  switch (input.kind) {
    case 'command':
      return input.command === 'questions' ? { kind: 'list' } : undefined
    case 'text':
      if (pending?.kind !== 'case-text') return undefined
      return { kind: 'written', text: input.text, reference: pending.reference }
    case 'press':
      return pressed(input.token)
    default:
      return undefined
  }
}

function pressed(token: string): Wish | undefined {
  const [prefix, deed, value = '', second = ''] = token.split(':')
  if (prefix !== 'case') return undefined
  switch (deed) {
    case 'send':
      return { kind: 'offer' }
    case 'no':
      return { kind: 'drop' }
    case 'list':
      return { kind: 'list' }
    case 'yes':
      return { kind: 'send', print: value }
    case 'put':
      return { kind: 'put', reference: value, print: second }
    case 'add':
      return { kind: 'write', reference: value }
    case 'close':
      return { kind: 'close', reference: value }
    default:
      return { kind: 'unknown' }
  }
}

/** Tells questions apart in a token: a button of an older offer must not send a newer question. */
export function print(question: string): string {
  return createHash('sha256').update(question).digest('hex').slice(0, 6)
}
