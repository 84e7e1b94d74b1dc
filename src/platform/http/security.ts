// Headers that every answer carries, and what a page may load.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Sources by directive, for example `{ 'script-src': ["'self'"] }`. */
export type Policy = Record<string, string[]>

/** Answers that aren't pages load nothing and are shown nowhere. */
const NOTHING = policyText({ 'frame-ancestors': ["'none'"] })

/** A Content-Security-Policy that forbids what `allowed` doesn't name; nothing is ever allowed inline. */
export function policyText(allowed: Policy): string {
  const directives: Policy = {
    'default-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    ...allowed,
  }
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ')
}

/** A hook for every request: routes may replace single headers. */
export async function setSecurityHeaders(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.headers({
    'content-security-policy': NOTHING,
    'x-content-type-options': 'nosniff',
    // Forms need their own origin to be named, other sites learn nothing.
    'referrer-policy': 'same-origin',
    'permissions-policy': permissionsText({ camera: false }),
    'cross-origin-opener-policy': 'same-origin',
  })
  if (request.protocol === 'https') reply.header('strict-transport-security', 'max-age=31536000')
}

/** What a page may use of the device: nothing, or the camera. */
export function permissionsText({ camera }: { camera: boolean }): string {
  return `camera=(${camera ? 'self' : ''}), geolocation=(), microphone=()`
}

/** Whether the request carries `Authorization: Bearer <token>`; takes equally long for any wrong token. */
export function hasBearer(request: FastifyRequest, token: string): boolean {
  const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(token))
}
