// Files kept in the database, for whoever has their unguessable address.
import type { FastifyInstance } from 'fastify'
import type { Database } from '../../platform/db/database.ts'
import { policyText } from '../../platform/http/security.ts'
import { fileById } from './store.ts'

/** Shown in place; anything else is only ever saved, so that no file can act as a page of ours. */
const SHOWN = /^(image\/(png|jpeg|gif|webp)|video\/mp4|audio\/(mpeg|ogg)|text\/vtt)$/

/** GET /media/<id>/<name>, with the byte ranges that video players ask for. */
export function addMediaRoutes(app: FastifyInstance, database: Database): void {
  app.get<{ Params: { id: string; name: string } }>('/media/:id/:name', async (request, reply) => {
    const file = await fileById(database, request.params.id)
    if (!file) return reply.callNotFound()
    reply
      .type(file.mime)
      .header('content-disposition', disposition(file))
      .header('content-security-policy', `sandbox; ${policyText({})}`)
      .header('cache-control', 'private, max-age=3600')
      .header('accept-ranges', 'bytes')
    const range = rangeOf(request.headers.range, file.bytes.length)
    if (!range) return reply.send(file.bytes)
    if (range === 'unsatisfiable')
      return reply.code(416).header('content-range', `bytes */${file.bytes.length}`).send()
    const { from, to } = range
    reply.code(206).header('content-range', `bytes ${from}-${to}/${file.bytes.length}`)
    return reply.send(file.bytes.subarray(from, to + 1))
  })
}

function disposition({ mime, name }: { mime: string; name: string }): string {
  const how = SHOWN.test(mime) ? 'inline' : 'attachment'
  const plain = name.replace(/[^\x20-\x7e]|["\\]/g, '_')
  return `${how}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, percent)}`
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}

type Range = { from: number; to: number }

/** The one range a header asks for; several at once are answered with the whole file, as allowed. */
export function rangeOf(header: string | undefined, size: number): Range | 'unsatisfiable' | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (first === undefined || last === undefined || (!first && !last)) return undefined
  const from = first ? Number(first) : Math.max(0, size - Number(last))
  const to = first && last ? Math.min(Number(last), size - 1) : size - 1
  return from <= to ? { from, to } : 'unsatisfiable'
}
