import type { SentenceKey } from '../core/model/sentence-key.ts'
import { fold } from '../core/text/fold.ts'

/** Long beats complicated: NIST SP 800-63B, 5.1.1.2. */
export const PASSWORD_MIN = 12
export const PASSWORD_MAX = 200
/** A password of fewer different letters is a key held down. */
const DIFFERENT_MIN = 5
/** What is left of a password without its usual parts must have this many letters. */
const OWN_MIN = 4
/** Nobody guesses a longer text that repeats. */
const REPEATED_MAX = 8

/** What people take when they must take something; the account's and the city's names come on top. */
const USUAL =
  /lozinka|zaporka|sifra|password|passwort|qwert[yz]u?i?o?p?|asdfghj?k?l?|[yz]xcvbnm?|abcdefg?h?i?j?|admin(?:istrator)?|dobrodosli|welcome|letmein|iloveyou|volimte|komsija|novipazar|sandzak|srbija|beograd|konzola|console|gradska|uprava/g

/** Why the text can't be a password for the account at this address, as a key of the sentences. */
export function problemOfPassword(password: string, email: string): SentenceKey | undefined {
  if (password.length < PASSWORD_MIN || password.length > PASSWORD_MAX) return 'console.password.length'
  return isGuessable(password, email) ? 'console.password.weak' : undefined
}

function isGuessable(password: string, email: string): boolean {
  const plain = fold(password).replace(/[^\p{L}\p{N}]/gu, '')
  const different = new Set(password.toLowerCase()).size
  return different < DIFFERENT_MIN || repeats(plain) || ownLetters(plain, email) < OWN_MIN
}

/** Whether the text is a short one several times over. */
function repeats(plain: string): boolean {
  const [, once = plain] = /^(.+?)\1+.{0,2}$/u.exec(plain) ?? []
  return once !== plain && once.length <= REPEATED_MAX
}

/** How many letters there are besides usual words, digits and the parts of the address. */
function ownLetters(plain: string, email: string): number {
  const parts = fold(email)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(part => part.length > 3)
  const without = parts.reduce((text, part) => text.replaceAll(part, ''), plain)
  return without.replace(USUAL, '').replace(/[^\p{L}]/gu, '').length
}
