import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Whether the header X-Viber-Content-Signature is Viber's for exactly these bytes: their HMAC-SHA256 with
 * our token, in hex. Compared in constant time.
 */
export function verify(token: string, body: Uint8Array, header: string | string[] | undefined): boolean {
  if (!isSignature(header)) return false
  const expected = createHmac('sha256', token).update(body).digest()
  return timingSafeEqual(expected, Buffer.from(header, 'hex'))
}

/** Whether the header has the form of a signature at all, which needs no body to see. */
export function isSignature(header: string | string[] | undefined): header is string {
  return typeof header === 'string' && /^[0-9a-f]{64}$/i.test(header)
}
