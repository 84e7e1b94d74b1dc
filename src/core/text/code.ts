// Short codes that people read out, copy by hand and type on any keyboard.
import { randomInt } from 'node:crypto'

/**
 * Letters and digits that nobody takes for one another (no 0 and O, 1 and I, 5 and S, 3 and Z …), and that
 * mean the same whether they are read as Latin or as Cyrillic: 21 of them.
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

/** A random code of so many signs. */
export function newCode(length: number): string {
  return Array.from({ length }, () => SYMBOLS[randomInt(SYMBOLS.length)]).join('')
}

/** The code of this length that somebody means, in any case, script and grouping; undefined when it can't be one. */
export function readCode(typed: string, length: number): string | undefined {
  const symbols = typed.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '')
  const code = Array.from(symbols, symbol => READ_AS[symbol] ?? symbol).join('')
  return code.length === length && [...code].every(symbol => SYMBOLS.includes(symbol)) ? code : undefined
}
