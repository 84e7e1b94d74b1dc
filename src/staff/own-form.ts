import type { FastifyRequest } from 'fastify'
import { csrfToken } from './sessions.ts'

/**
 * Whether a request that changes something was made by a page of ours: it names no foreign origin and
 * carries, as a field or a header, what only a page for the holder of this cookie can know.
 */
export function isOwnForm(
  request: FastifyRequest,
  fields: Record<string, string>,
  { token, publicUrl }: { token: string; publicUrl: string },
): boolean {
  const { origin, host } = request.headers
  const given = request.headers['x-csrf-token'] ?? fields._csrf
  return isOwnOrigin(origin, host, publicUrl) && given === csrfToken(token)
}

/** Old browsers name none. */
function isOwnOrigin(origin: string | undefined, host: string | undefined, publicUrl: string): boolean {
  if (origin === undefined) return true
  const url = URL.parse(origin)
  return url !== null && (url.host === host || url.origin === new URL(publicUrl).origin)
}
