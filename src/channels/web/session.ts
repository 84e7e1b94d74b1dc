// The cookie is all that ties a browser to its chat: whoever holds it sees the chat, nobody else can.
import { randomBytes } from 'node:crypto'
import type {} from '@fastify/cookie'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { jarOf } from '../../site/index.ts'
import { addressOf } from './events.ts'

const NAME = 'komsija'
const SECRET = /^[\w-]{43}$/
const HALF_A_YEAR_S = 180 * 24 * 3600

/** The address of the browser's chat; undefined for a browser that has none yet. */
export function knownAddress(request: FastifyRequest): string | undefined {
  const secret = request.cookies[NAME]
  return secret && SECRET.test(secret) ? addressOf(secret) : undefined
}

/**
 * The address of the browser's chat; a browser without one is given a cookie of 256 random bits with
 * this reply. `embedded`: the chat stands in another site's page, which sees a cookie jar of its own.
 */
export function addressFor(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  options: { secure: boolean; embedded: boolean },
): string {
  const known = knownAddress(request)
  if (known) return known
  const secret = randomBytes(32).toString('base64url')
  const kept = { path: '/', httpOnly: true, maxAge: HALF_A_YEAR_S }
  reply.header('set-cookie', app.serializeCookie(NAME, secret, { ...kept, ...jarOf(options) }))
  return addressOf(secret)
}
