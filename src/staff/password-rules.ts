import type { SentenceKey } from '../core/model/sentence-key.ts'

/** Long beats complicated: NIST SP 800-63B, 5.1.1.2. */
export const PASSWORD_MIN = 12
const PASSWORD_MAX = 200
/** A password of fewer different letters is a key held down. */
const DIFFERENT_MIN = 5

/** Why the text can't be a password for the account at this address, as a key of the sentences. */
export function problemOfPassword(password: string, email: string): SentenceKey | undefined {
  if (password.length < PASSWORD_MIN || password.length > PASSWORD_MAX) return 'console.password.length'
  const plain = password.toLowerCase()
  const [name = ''] = email.split('@')
  if (
    new Set(plain).size < DIFFERENT_MIN ||
    plain === email ||
    (name.length > 3 && plain.startsWith(name) && plain.length < name.length + 4)
  ) {
    return 'console.password.weak'
  }
  return undefined
}
