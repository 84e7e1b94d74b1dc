// GET /media/<id>/<name>: files for people's browsers, and for platforms that load them by their address.
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { policyText } from '../http/security.ts'
import { isPersonal, type MediaInfo, type MediaSource, type Range, urlOf } from './info.ts'
import { contentTypeOf, isShown } from './kinds.ts'
import { wantedRange } from './range.ts'

/** Seconds a browser may show somebody's own file without asking whether it still exists. */
const PERSONAL_S = 60

/** Whoever has the address may read; ids of what is not for everybody can't be guessed. */
export function addMediaRoutes(app: FastifyInstance, media: MediaSource): void {
  app.route<{ Params: { id: string; name: string } }>({
    method: ['GET', 'HEAD'],
    url: '/media/:id/:name',
    async handler({ params: { id }, headers, method }, reply) {
      const info = await media.find(id)
      if (!info) return reply.callNotFound()
      // An older version was asked for: this answer must not be kept.
      if (info.id !== id) return reply.header('cache-control', 'no-cache').redirect(urlOf(info))
      const etag = `"${info.sha256}"`
      describe(reply, info, etag)
      if (isKnown(headers['if-none-match'], etag)) return reply.code(304).send()
      const range = wantedRange(headers, { bytes: info.bytes, etag })
      if (range === 'unsatisfiable') {
        return reply
          .code(416)
          .headers({ 'content-range': `bytes */${info.bytes}`, 'cache-control': 'no-store' })
          .send()
      }
      announce(reply, info, range)
      return method === 'HEAD' ? reply.send() : reply.send(Readable.from(media.read(info, range)))
    },
  })
}

function describe(reply: FastifyReply, info: MediaInfo, etag: string): void {
  reply.headers({
    'content-type': contentTypeOf(info.mime),
    'content-disposition': disposition(info),
    'content-security-policy': `sandbox; ${policyText({})}`,
    'cache-control': caching(info),
    'accept-ranges': 'bytes',
    etag,
  })
}

/** What is served under one id never changes. */
function caching(info: MediaInfo): string {
  if (!isPersonal(info)) return 'public, max-age=31536000, immutable'
  const left = info.expiresAt ? Math.max(0, info.expiresAt.getTime() - Date.now()) / 1000 : PERSONAL_S
  return `private, max-age=${Math.floor(Math.min(left, PERSONAL_S))}`
}

function announce(reply: FastifyReply, { bytes }: MediaInfo, range: Range | undefined): void {
  const { from, to } = range ?? { from: 0, to: bytes - 1 }
  reply.header('content-length', to + 1 - from)
  if (range) reply.code(206).header('content-range', `bytes ${from}-${to}/${bytes}`)
}

function isKnown(header: string | undefined, etag: string): boolean {
  const known = header?.split(',').map(tag => tag.trim().replace(/^W\//, '')) ?? []
  return known.includes(etag) || known.includes('*')
}

function disposition({ mime, name }: MediaInfo): string {
  const how = isShown(mime) ? 'inline' : 'attachment'
  const plain = name.replace(/[^\x20-\x7e]|["\\]/g, '_')
  return `${how}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, percent)}`
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}
