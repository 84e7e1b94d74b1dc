// Scripts and style of the page: read and packed once; a new version has new addresses, so browsers
// may keep them for ever.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const FOLDER = path.join(import.meta.dirname, 'browser')
const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}
/** What the chat page loads as scripts, entry first. */
export const SCRIPTS = [
  'chat.js',
  'view.js',
  'dom.js',
  'memory.js',
  'courier.js',
  'feed.js',
  'suggest.js',
] as const
const OTHERS = [
  'page.css',
  'icon.svg',
  'glyph-file.svg',
  'glyph-place.svg',
  'glyph-date.svg',
  'embed.js',
] as const

export type Asset = { type: string; plain: Buffer; packed: Buffer }

export interface Assets {
  /** The address of a file, with its version. */
  url(name: string): string
  file(name: string): Asset | undefined
  version: string
}

export function readAssets(): Assets {
  const files = new Map([...SCRIPTS, ...OTHERS].map(name => [name as string, readAsset(name)]))
  const hash = createHash('sha256')
  for (const { plain } of files.values()) hash.update(plain)
  const version = hash.digest('hex').slice(0, 12)
  return { version, url: name => `/assets/${version}/${name}`, file: name => files.get(name) }
}

function readAsset(name: string): Asset {
  return assetOf(name, readFileSync(path.join(FOLDER, name)))
}

/** A file packed; its type is told by its name. */
export function assetOf(name: string, plain: Buffer): Asset {
  const type = TYPES[path.extname(name)] ?? 'application/octet-stream'
  return { type, plain, packed: gzipSync(plain, { level: 9 }) }
}

/** A page of an older version may still ask for its files: it gets today's, unkept. */
export function addAssetRoutes(app: FastifyInstance, assets: Assets): void {
  app.get<{ Params: { version: string; name: string } }>('/assets/:version/:name', async (request, reply) => {
    const asset = assets.file(request.params.name)
    if (!asset) return reply.callNotFound()
    const current = request.params.version === assets.version
    reply.header('cache-control', current ? 'public, max-age=31536000, immutable' : 'no-cache')
    return sendAsset(request, reply, asset)
  })
}

/** Sends a file, packed to whoever understands that. */
export function sendAsset(request: FastifyRequest, reply: FastifyReply, asset: Asset): FastifyReply {
  reply.type(asset.type).header('vary', 'accept-encoding')
  const gzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
  return gzip ? reply.header('content-encoding', 'gzip').send(asset.packed) : reply.send(asset.plain)
}
