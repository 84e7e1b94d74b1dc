// The number of a case. Digits only: the same in both scripts and easy to read out. Neither 0 nor 1, which
// look like letters.
import { randomInt } from 'node:crypto'

const DIGITS = '23456789'
const LENGTH = 6

/** A number that may be taken already: 262,144 of them exist. */
export function newReference(): string {
  return Array.from({ length: LENGTH }, () => DIGITS[randomInt(DIGITS.length)]).join('')
}

/** The number as people see it: 482-739. */
export function shownReference(reference: string): string {
  return `${reference.slice(0, LENGTH / 2)}-${reference.slice(LENGTH / 2)}`
}

/** The number somebody means, however it is grouped; undefined when it can't be one. */
export function readReference(typed: string): string | undefined {
  const digits = typed.replace(/\D/g, '')
  return new RegExp(`^[${DIGITS}]{${LENGTH}}$`).test(digits) ? digits : undefined
}
