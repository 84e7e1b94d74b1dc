// What a form sent: fields, repeated fields and files, whatever its encoding.
import type {} from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import type { Upload } from './page.ts'

export type Form = {
  /** The last value of each field. */
  fields: Record<string, string>
  all(field: string): string[]
  uploads: Upload[]
}

const EMPTY: Form = { fields: {}, all: () => [], uploads: [] }

/** Reads the body of a request. Files are read only where a page takes some (`uploadMax` bytes each). */
export async function readForm(request: FastifyRequest, uploadMax = 0): Promise<Form> {
  if (request.method === 'GET') return EMPTY
  if (request.isMultipart()) return readMultipart(request, uploadMax)
  const body = typeof request.body === 'object' && request.body !== null ? request.body : {}
  return formOf(
    Object.entries(body).flatMap(([name, value]) => pairsOf(name, value)),
    [],
  )
}

function pairsOf(name: string, value: unknown): [string, string][] {
  const values = Array.isArray(value) ? value : [value]
  return values.filter(one => typeof one === 'string').map(one => [name, one])
}

async function readMultipart(request: FastifyRequest, uploadMax: number): Promise<Form> {
  const pairs: [string, string][] = []
  const uploads: Upload[] = []
  for await (const part of request.parts({ limits: { fileSize: uploadMax } })) {
    if (part.type === 'field') pairs.push(...pairsOf(part.fieldname, part.value))
    else {
      const bytes = await part.toBuffer()
      // An empty file field sends a nameless file of no bytes.
      if (part.filename) {
        uploads.push({ field: part.fieldname, name: part.filename, mime: part.mimetype, bytes })
      }
    }
  }
  return formOf(pairs, uploads)
}

function formOf(pairs: readonly [string, string][], uploads: Upload[]): Form {
  return {
    fields: Object.fromEntries(pairs),
    all: field => pairs.filter(([name]) => name === field).map(([, value]) => value),
    uploads,
  }
}
