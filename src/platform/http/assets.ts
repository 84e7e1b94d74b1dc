// Scripts, styles and pictures of pages: read and packed once. A new version has new addresses, so
// browsers may keep them for ever.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import type { FastifyContextConfig, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

export type Asset = { type: string; plain: Buffer; packed: Buffer }

export interface Assets {
  /** The address of a file, with its version. */
  url(name: string): string
  file(name: string): Asset | undefined
  version: string
}

/** Reads the files at these paths; their names, without folders, must differ. `prefix`: such as /assets. */
export function readAssets(prefix: string, files: readonly string[]): Assets {
  const assets = new Map(files.map(file => [path.basename(file), readAsset(file)]))
  const hash = createHash('sha256')
  for (const { plain } of assets.values()) hash.update(plain)
  const version = hash.digest('hex').slice(0, 12)
  return { version, url: name => `${prefix}/${version}/${name}`, file: name => assets.get(name) }
}

function readAsset(file: string): Asset {
  return assetOf(file, readFileSync(file))
}

/** A file packed; its type is told by its name. */
export function assetOf(name: string, plain: Buffer): Asset {
  const type = TYPES[path.extname(name)] ?? 'application/octet-stream'
  return { type, plain, packed: gzipSync(plain, { level: 9 }) }
}

/** A page of an older version may still ask for its files: it gets today's, unkept. */
export function addAssetRoutes(
  app: FastifyInstance,
  prefix: string,
  assets: Assets,
  config: FastifyContextConfig = {},
): void {
  app.get<{ Params: { version: string; name: string } }>(
    `${prefix}/:version/:name`,
    { config },
    async (request, reply) => {
      const asset = assets.file(request.params.name)
      if (!asset) return reply.callNotFound()
      const current = request.params.version === assets.version
      reply.header('cache-control', current ? 'public, max-age=31536000, immutable' : 'no-cache')
      return sendAsset(request, reply, asset)
    },
  )
}

/** Sends a file, packed to whoever understands that. */
export function sendAsset(request: FastifyRequest, reply: FastifyReply, asset: Asset): FastifyReply {
  reply.type(asset.type).header('vary', 'accept-encoding')
  const gzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
  return gzip ? reply.header('content-encoding', 'gzip').send(asset.packed) : reply.send(asset.plain)
}
