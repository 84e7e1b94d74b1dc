// Sends stored files: the bytes once, from then on Telegram's own id for them.
// https://core.telegram.org/bots/api#sending-files
import { InputFile } from 'grammy'
import type { MediaInfo, MediaSource } from '../../platform/media/info.ts'
import type { SendResult } from '../channel.ts'
import type { FileIds, FileKey } from '../shared/file-ids.ts'
import { isFileRefused } from './outcome.ts'
import type { ApiCall } from './render.ts'

export type Sent = Record<string, unknown> & { message_id: number }
export type Failure = Exclude<SendResult, { status: 'sent' }>
/** What became of one call. */
export type Attempt = { sent: Sent } | { failure: Failure }

export type FileCall = ApiCall & Required<Pick<ApiCall, 'upload'>>

export type FileOptions = {
  media: MediaSource
  fileIds: FileIds
  botId: string
  /** Makes a call. */
  request: Request
  /** Makes a call that carries a file, which takes its time. */
  transfer: Request
}

export type Request = (method: ApiCall['method'], payload: Record<string, unknown>) => Promise<Attempt>

const UPLOAD_MAX = 50 * 1024 * 1024
const PHOTO_MAX = 10 * 1024 * 1024
/** Width and height together. */
const PHOTO_SIDES_MAX = 10_000
const THUMBNAIL_MAX = 200_000
const THUMBNAIL_SIDE_MAX = 320

/** The store did not answer; nothing was sent yet. */
const UNREADABLE: Attempt = {
  failure: { status: 'failed', reason: 'not-sent', detail: 'the file could not be read' },
}

/** One file on its way to one chat. */
type Delivery = { call: FileCall; info: MediaInfo; chat: number | string }

/** Makes the calls with a stored file in them; never rejects. */
export function createFileSender(
  options: FileOptions,
): (call: FileCall, chat: number | string) => Promise<Attempt> {
  const { media, fileIds, botId, request } = options
  const upload = createUploader(options)
  const underWay = new Map<string, Promise<Attempt>>()

  async function send(call: FileCall, chat: number | string): Promise<Attempt> {
    const info = await media.find(call.upload.mediaId)
    if (!info) return refused('the file is gone')
    if (!isTaken(call.upload.field, info)) return refused('the file is larger than Telegram takes')
    const delivery = { call, info, chat }
    // Somebody's own file goes to them once; nothing of it is kept here.
    return info.personId === undefined ? sendShared(delivery) : upload(delivery)
  }

  /** Whoever comes while the bytes are on their way waits for them, once: the upload may fail. */
  async function sendShared(delivery: Delivery, hasWaited = false): Promise<Attempt> {
    const { call, info, chat } = delivery
    const { field } = call.upload
    const key = { botId, mediaId: info.id, kind: field }
    const known = await fileIds.find(key)
    if (known !== undefined) {
      const attempt = await request(call.method, { chat_id: chat, ...call.payload, [field]: known })
      if (!('failure' in attempt && isFileRefused(attempt.failure))) return attempt
      await fileIds.forget(key, known)
    }
    const other = underWay.get(nameOf(key))
    if (!other || hasWaited) return uploadFirst(key, delivery)
    await other
    return sendShared(delivery, true)
  }

  async function uploadFirst(key: FileKey, delivery: Delivery): Promise<Attempt> {
    const name = nameOf(key)
    const attempt = upload(delivery).then(done => keepId(key, done))
    underWay.set(name, attempt)
    return attempt.finally(() => {
      if (underWay.get(name) === attempt) underWay.delete(name)
    })
  }

  async function keepId(key: FileKey, attempt: Attempt): Promise<Attempt> {
    const id = 'sent' in attempt ? fileIdOf(attempt.sent[key.kind]) : undefined
    // The message is out: an id that could not be kept only costs another upload.
    if (id) await fileIds.keep(key, id).catch(() => undefined)
    return attempt
  }

  return (call, chat) => send(call, chat).catch(() => UNREADABLE)
}

function nameOf({ kind, mediaId }: FileKey): string {
  return `${kind} ${mediaId}`
}

function createUploader({ media, transfer }: FileOptions): (delivery: Delivery) => Promise<Attempt> {
  return async ({ call: { method, payload, upload }, info, chat }) => {
    let isBroken = false
    const onBroken = () => {
      isBroken = true
    }
    const fileOf = (file: MediaInfo) => new InputFile(watched(media.read(file), onBroken), file.name)
    const { still, ...details } = upload.field === 'video' ? await videoDetails(info) : {}
    const attempt = await transfer(method, {
      chat_id: chat,
      ...payload,
      ...details,
      ...(still && { thumbnail: fileOf(still) }),
      [upload.field]: fileOf(info),
    })
    // A request that broke off with its file was not carried out, whatever the connection says.
    return isBroken ? UNREADABLE : attempt
  }

  async function videoDetails({ seconds, width, height, thumbnailId }: MediaInfo): Promise<VideoDetails> {
    const still = thumbnailId === undefined ? undefined : await media.find(thumbnailId)
    return {
      ...(seconds && { duration: Math.round(seconds) }),
      ...(width && height && { width, height }),
      ...(still && isThumbnail(still) && { still }),
    }
  }
}

type VideoDetails = { duration?: number; width?: number; height?: number; still?: MediaInfo }

async function* watched(pieces: AsyncIterable<Uint8Array>, onBroken: () => void) {
  try {
    yield* pieces
  } catch (error) {
    onBroken()
    throw error
  }
}

function isTaken(field: string, { bytes, width = 0, height = 0 }: MediaInfo): boolean {
  return field === 'photo' ? bytes <= PHOTO_MAX && width + height <= PHOTO_SIDES_MAX : bytes <= UPLOAD_MAX
}

/** Others are ignored by Telegram: https://core.telegram.org/bots/api#sendvideo */
function isThumbnail({ mime, bytes, width, height }: MediaInfo): boolean {
  const sides = Math.max(width ?? Number.POSITIVE_INFINITY, height ?? Number.POSITIVE_INFINITY)
  return mime === 'image/jpeg' && bytes <= THUMBNAIL_MAX && sides <= THUMBNAIL_SIDE_MAX
}

function refused(detail: string): Attempt {
  return { failure: { status: 'failed', reason: 'rejected', detail } }
}

/** A picture comes back in several sizes, the largest last. */
function fileIdOf(sent: unknown): string | undefined {
  const file = (Array.isArray(sent) ? sent.at(-1) : sent) as { file_id?: string } | undefined
  return file?.file_id
}
