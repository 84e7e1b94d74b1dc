// The code that joins two chats: short enough to type, hard enough to guess in ten minutes.
import { createHash, randomInt } from 'node:crypto'

/** Minutes a code is valid; the sentence `linking.code` says the same. */
export const CODE_MINUTES = 10
const LENGTH = 8

/**
 * Letters and digits that nobody takes for one another (no 0 and O, 1 and I, 5 and S, 3 and Z …), and that
 * mean the same whether they are read as Latin or as Cyrillic: 21 of them, 38 thousand million codes.
 */
const SYMBOLS = 'ADEFGKLMNRSTUV2346789'

/** What people may type for a symbol: its Cyrillic letter, or the Latin one that looks like that letter. */
const READ_AS: Record<string, string> = {
  А: 'A',
  Д: 'D',
  Е: 'E',
  Ф: 'F',
  Г: 'G',
  К: 'K',
  Л: 'L',
  М: 'M',
  Н: 'N',
  Р: 'R',
  С: 'S',
  Т: 'T',
  У: 'U',
  В: 'V',
  H: 'N',
  P: 'R',
  C: 'S',
  Y: 'U',
  B: 'V',
}

export function newCode(): string {
  return Array.from({ length: LENGTH }, () => SYMBOLS[randomInt(SYMBOLS.length)]).join('')
}

/** The code as people see it: two groups of four. */
export function shownCode(code: string): string {
  return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`
}

/** The code somebody means, in any case, script and grouping; undefined when it can't be one. */
export function readCode(typed: string): string | undefined {
  const symbols = typed.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '')
  const code = Array.from(symbols, symbol => READ_AS[symbol] ?? symbol).join('')
  return code.length === LENGTH && [...code].every(symbol => SYMBOLS.includes(symbol)) ? code : undefined
}

/** What is stored instead of the code; effects.ts computes the same inside PostgreSQL. */
export function codeHash(salt: string, code: string): string {
  return createHash('sha256').update(`${salt}:${code}`).digest('hex')
}
