// What a form sent: fields, repeated fields and files, whatever its encoding.
import type {} from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { storableText } from '../platform/db/storable.ts'
import type { Upload } from './page.ts'

export type Form = {
  /** The last value of each field. */
  fields: Record<string, string>
  all(field: string): string[]
  uploads: Upload[]
}

/** Characters of all text fields together. */
export const TEXT_MAX = 1_000_000
const FIELDS_MAX = 1000
const FILES_MAX = 20

const EMPTY: Form = { fields: {}, all: () => [], uploads: [] }

/** Reads the body of a request. Files are read only where a page takes some (`uploadMax` bytes, all together). */
export async function readForm(request: FastifyRequest, uploadMax = 0): Promise<Form> {
  if (request.method === 'GET' || request.method === 'HEAD') return EMPTY
  if (request.isMultipart()) return readMultipart(request, uploadMax)
  const body = typeof request.body === 'object' && request.body !== null ? request.body : {}
  return formOf(
    Object.entries(body).flatMap(([name, value]) => pairsOf(name, value)),
    [],
  )
}

function pairsOf(name: string, value: unknown): [string, string][] {
  const values = Array.isArray(value) ? value : [value]
  return values.filter(one => typeof one === 'string').map(one => [name, storableText(one)])
}

/** A body that is too large as a whole. */
class TooLarge extends Error {
  readonly statusCode = 413
}

async function readMultipart(request: FastifyRequest, uploadMax: number): Promise<Form> {
  const pairs: [string, string][] = []
  const uploads: Upload[] = []
  const left = { text: TEXT_MAX, files: uploadMax }
  const limits = { fileSize: uploadMax, files: FILES_MAX, fields: FIELDS_MAX, fieldSize: TEXT_MAX }
  for await (const part of request.parts({ limits })) {
    if (part.type === 'field') {
      // A longer text was cut to exactly the limit.
      left.text -= String(part.value).length
      if (left.text <= 0) throw new TooLarge('the form is too large')
      pairs.push(...pairsOf(part.fieldname, part.value))
    } else {
      const bytes = await part.toBuffer()
      left.files -= bytes.length
      if (left.files < 0) throw new TooLarge('the files are too large')
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
