// Sends one message as its calls, each made once and in order.
//
// A message of several calls may stop in the middle. What went out is remembered here by the outbox
// number, so that the next attempt goes on behind it; only a restart in between repeats the beginning.
// A message whose rest is refused for good is reported as uncertain: a part of it did arrive.
import { type Api, InputFile } from 'grammy'
import type { Address, Capabilities, ReadMedia, Sendable, SendResult } from '../channel.ts'
import { remember } from '../shared/remember.ts'
import { outcomeOf } from './outcome.ts'
import { type ApiCall, render } from './render.ts'

type Failure = Exclude<SendResult, { status: 'sent' }>
/** Message ids of what went out, and why it stopped if it did. */
type Progress = { ids: string[]; failure?: Failure }

/** The store did not answer; nothing was sent yet. */
const UNREADABLE: Failure = { status: 'failed', reason: 'not-sent', detail: 'the file could not be read' }
const GONE: Failure = { status: 'failed', reason: 'rejected', detail: 'the file is gone' }

export function createSender(
  api: Api,
  readMedia: ReadMedia,
  capabilities: Capabilities,
): (to: Address, message: Sendable) => Promise<SendResult> {
  const unfinished = new Map<string, { done: number; ids: string[] }>()
  const upload = createUploader(readMedia)

  async function perform(call: ApiCall, chat: number | string): Promise<Progress> {
    const prepared = await upload(call).catch(() => undefined)
    if (!prepared) return { ids: [], failure: UNREADABLE }
    const { file, keep, forget } = prepared
    if (call.upload && !file) return instead(call, chat, GONE)
    try {
      const sent = await invoke(api, call.method, { chat_id: chat, ...call.payload, ...file })
      keep(sent)
      return { ids: [String(sent.message_id)] }
    } catch (error) {
      const failure = outcomeOf(error)
      if (!isRefused(failure)) return { ids: [], failure }
      forget()
      return instead(call, chat, failure)
    }
  }

  async function instead({ otherwise }: ApiCall, chat: number | string, failure: Failure): Promise<Progress> {
    return otherwise?.length ? performAll(otherwise, chat) : { ids: [], failure }
  }

  async function performAll(calls: readonly ApiCall[], chat: number | string): Promise<Progress> {
    const ids: string[] = []
    for (const call of calls) {
      const progress = await perform(call, chat)
      ids.push(...progress.ids)
      if (progress.failure) return { ids, failure: progress.failure }
    }
    return { ids }
  }

  return async (to, message) => {
    const calls = render(message, capabilities)
    const { done, ids } = unfinished.get(message.id) ?? { done: 0, ids: [] }
    for (const [index, call] of calls.slice(done).entries()) {
      const { ids: more, failure } = await perform(call, chatOf(to))
      ids.push(...more)
      if (!failure) continue
      if (ids.length) remember(unfinished, message.id, { done: done + index, ids })
      return ids.length && isRefused(failure) ? { status: 'uncertain', detail: failure.detail } : failure
    }
    unfinished.delete(message.id)
    return { status: 'sent', externalIds: ids }
  }
}

function isRefused(failure: Failure): boolean {
  return failure.status === 'failed' && failure.reason === 'rejected'
}

function chatOf({ externalId }: Address): number | string {
  const id = Number(externalId)
  return Number.isSafeInteger(id) ? id : externalId
}

type Sent = Record<string, unknown> & { message_id: number }

/** Methods are chosen while running, which the types of the library don't foresee. */
function invoke(api: Api, method: ApiCall['method'], payload: Record<string, unknown>): Promise<Sent> {
  const methods = api.raw as unknown as Record<string, (payload: Record<string, unknown>) => Promise<Sent>>
  return methods[method]?.(payload) ?? Promise.reject(new Error(`no such method: ${method}`))
}

type Upload = {
  /** The field with the file; undefined when there is no file to send. */
  file?: Record<string, InputFile | string>
  keep(sent: Sent): void
  forget(): void
}

/** Sends the bytes of a file once; from then on Telegram's own id for it. */
function createUploader(readMedia: ReadMedia): (call: ApiCall) => Promise<Upload> {
  const fileIds = new Map<string, string>()
  return async ({ upload }) => {
    if (!upload) return { keep: () => undefined, forget: () => undefined }
    const { field, mediaId } = upload
    const known = fileIds.get(mediaId)
    const stored = known ? undefined : await readMedia(mediaId)
    const content = known ?? (stored && new InputFile(stored.bytes, stored.name))
    return {
      ...(content && { file: { [field]: content } }),
      keep(sent) {
        const id = fileIdOf(sent[field])
        if (id) remember(fileIds, mediaId, id)
      },
      forget: () => void fileIds.delete(mediaId),
    }
  }
}

/** A picture comes back in several sizes, the largest last. */
function fileIdOf(sent: unknown): string | undefined {
  const file = (Array.isArray(sent) ? sent.at(-1) : sent) as { file_id?: string } | undefined
  return file?.file_id
}
