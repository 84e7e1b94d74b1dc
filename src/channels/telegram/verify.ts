import { createHash, timingSafeEqual } from 'node:crypto'

/**
 * Whether the header X-Telegram-Bot-Api-Secret-Token holds our secret; compared in constant time.
 * Without a secret nobody is let in.
 */
export function verify(secret: string | undefined, header: string | string[] | undefined): boolean {
  if (!secret || typeof header !== 'string') return false
  return timingSafeEqual(digest(secret), digest(header))
}

/** Equal lengths, which the comparison needs and an attacker must not learn. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
