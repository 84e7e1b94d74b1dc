// The code by which a chat is found from elsewhere: short enough to type, hard enough to guess in ten minutes.
import { createHash } from 'node:crypto'
import { newCode as newCodeOf, readCode as readCodeOf } from './code.ts'

/** Minutes a code is valid; the sentences that show one say the same. */
export const CODE_MINUTES = 10
/** 38 thousand million codes. */
const LENGTH = 8

export function newCode(): string {
  return newCodeOf(LENGTH)
}

/** The code as people see it: two groups of four. */
export function shownCode(code: string): string {
  return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`
}

/** The code somebody means, in any case, script and grouping; undefined when it can't be one. */
export function readCode(typed: string): string | undefined {
  return readCodeOf(typed, LENGTH)
}

/** What is stored instead of the code; whoever looks one up computes the same inside PostgreSQL. */
export function codeHash(salt: string, code: string): string {
  return createHash('sha256').update(`${salt}:${code}`).digest('hex')
}
