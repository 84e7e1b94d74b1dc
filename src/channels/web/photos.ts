// POST /chat/photos: a picture from the chat page, with its script or by its plain form. Taken only while the chat
// waits for one; cleaned before it is kept, for an hour unless something is made of it.
import { randomUUID } from 'node:crypto'
import multipart from '@fastify/multipart'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sendProblem, statusOf } from '../../platform/http/errors.ts'
import { createLimiter } from '../../platform/http/limiter.ts'
import { cleanPicture, PHOTO_BYTES_MAX } from '../../platform/media/clean-picture.ts'
import { writeMedia } from '../../platform/media/rows.ts'
import { chatPath, isEmbedded } from '../../site/index.ts'
import type { FetchedFile } from '../channel.ts'
import { toReceived } from './events.ts'
import { storeAndAwaitAnswer } from './messages.ts'
import { knownAddress } from './session.ts'
import { admit, refuseForeign, type Site, sentences } from './site.ts'
import { personAwaitingFile, photoBytes } from './store.ts'

/** What is wrong with a picture; each has a sentence under `web.problem`. */
export type PhotoProblem = 'photoUnasked' | 'photoLarge' | 'photoUnreadable' | 'photoOften'

const KEPT_MS = 3_600_000
const FIELDS_MAX = 64 * 1024

/** Adds the route; files are read for it alone. */
export function addPhotoRoute(app: FastifyInstance, site: Site): void {
  const limiter = createLimiter({ max: 20, windowMs: KEPT_MS })
  app.register(async scope => {
    await scope.register(multipart, { limits: { fileSize: PHOTO_BYTES_MAX, files: 1, fields: 4 } })
    scope.post('/chat/photos', {
      bodyLimit: PHOTO_BYTES_MAX + FIELDS_MAX,
      errorHandler: (error: FastifyError, request, reply) => {
        if (statusOf(error) >= 500) throw error
        return refuse(site, request, reply, statusOf(error) === 413 ? 'photoLarge' : 'photoUnreadable')
      },
      async handler(request, reply) {
        if (admit(site, request, reply) === 'foreign') return refuseForeign(site, request, reply)
        const address = knownAddress(request)
        const personId = address && (await personAwaitingFile(site.database, address))
        if (!address || !personId) return refuse(site, request, reply, 'photoUnasked')
        if (!limiter.allows(address)) return refuse(site, request, reply, 'photoOften')
        const upload = await readUpload(request)
        const picture = await cleanPicture(upload.bytes)
        if (picture.status === 'refused')
          return refuse(
            site,
            request,
            reply,
            picture.reason === 'too-large' ? 'photoLarge' : 'photoUnreadable',
          )
        const ref = await keep(site, personId, picture.bytes)
        return hear(site, request, reply, { id: upload.id, address, ref, bytes: picture.bytes.length })
      },
    })
  })
}

async function readUpload(request: FastifyRequest): Promise<{ id: string; bytes: Buffer }> {
  let id: string = randomUUID()
  let bytes: Buffer = Buffer.alloc(0)
  for await (const part of request.parts()) {
    if (part.type === 'file') bytes = await part.toBuffer()
    else if (part.fieldname === 'id' && /^[0-9a-f-]{36}$/i.test(String(part.value))) id = String(part.value)
  }
  return { id, bytes }
}

/** It is the person's: whoever erases themselves erases it too. */
async function keep({ database }: Site, personId: string, bytes: Buffer): Promise<string> {
  const now = new Date()
  const file = { name: 'slika.jpg', mime: 'image/jpeg', bytes, personId, now }
  const { id } = await writeMedia(database.sql, { ...file, expiresAt: new Date(now.getTime() + KEPT_MS) })
  return id
}

type Photo = { id: string; address: string; ref: string; bytes: number }

async function hear(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  photo: Photo,
): Promise<FastifyReply> {
  const { id, address, ref, bytes } = photo
  const event = { kind: 'attachment' as const, attachment: 'photo' as const, file: { ref, bytes } }
  const store = () => site.receive([toReceived({ id, event }, { address, at: Date.now() })])
  if (wantsPage(request)) {
    const anchor = await storeAndAwaitAnswer(site, address, store)
    return reply.redirect(`${chatPath(isEmbedded(request))}${anchor}`, 303)
  }
  await store()
  return reply.code(202).send({ id })
}

function wantsPage({ headers }: FastifyRequest): boolean {
  return headers.accept?.includes('text/html') === true
}

const STATUS: Record<PhotoProblem, number> = {
  photoUnasked: 409,
  photoLarge: 413,
  photoUnreadable: 415,
  photoOften: 429,
}

function refuse(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  problem: PhotoProblem,
): FastifyReply {
  if (wantsPage(request)) return reply.redirect(chatPath(isEmbedded(request), { problem }), 303)
  return sendProblem(reply, {
    status: STATUS[problem],
    detail: sentences(site, request)(`web.problem.${problem}`),
  })
}

/** The picture behind a reference in an event of this channel. */
export async function fetchPhoto({ database }: Pick<Site, 'database'>, ref: string): Promise<FetchedFile> {
  const bytes = await photoBytes(database, ref)
  return bytes ? { status: 'fetched', bytes } : { status: 'refused', reason: 'gone' }
}
