// Sends one message as its calls, each made once and in order.
//
// A message of several calls may stop in the middle. What went out is remembered here by the outbox
// number, so that the next attempt goes on behind it; only a restart in between repeats the beginning.
// A message whose rest is refused for good is reported as uncertain: a part of it did arrive.
import type { Api } from 'grammy'
import type { Address, Capabilities, Sendable, SendResult } from '../channel.ts'
import { partly } from '../shared/partly.ts'
import { remember } from '../shared/remember.ts'
import type { Clients } from './client.ts'
import {
  type Attempt,
  createFileSender,
  type Failure,
  type FileOptions,
  type Request,
  type Sent,
} from './files.ts'
import { outcomeOf } from './outcome.ts'
import { type ApiCall, render } from './render.ts'

/** Message ids of what went out, and why it stopped if it did. */
type Progress = { ids: string[]; failure?: Failure }

export type SenderOptions = Pick<FileOptions, 'media' | 'fileIds' | 'botId'> & {
  clients: Pick<Clients, 'api' | 'uploads'>
  capabilities: Capabilities
}

export function createSender(
  options: SenderOptions,
): (to: Address, message: Sendable) => Promise<SendResult> {
  const { clients, capabilities } = options
  const unfinished = new Map<string, { done: number; ids: string[] }>()
  const request = requestBy(clients.api)
  const sendFile = createFileSender({ ...options, request, transfer: requestBy(clients.uploads) })

  async function perform(call: ApiCall, chat: number | string): Promise<Progress> {
    const { method, payload, upload, otherwise } = call
    const attempt = upload
      ? await sendFile({ ...call, upload }, chat)
      : await request(method, { chat_id: chat, ...payload })
    if ('sent' in attempt) return { ids: [String(attempt.sent.message_id)] }
    const { failure } = attempt
    return isRefused(failure) && otherwise?.length ? performAll(otherwise, chat) : { ids: [], failure }
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
      if (!ids.length) return failure
      remember(unfinished, message.id, { done: done + index, ids })
      return partly(failure)
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

/** Methods are chosen while running, which the types of the library don't foresee. */
function requestBy(api: Api): Request {
  const methods = api.raw as unknown as Record<string, (payload: Record<string, unknown>) => Promise<Sent>>
  return async (method, payload): Promise<Attempt> => {
    try {
      const sent = await methods[method]?.(payload)
      if (!sent) throw new Error(`no such method: ${method}`)
      return { sent }
    } catch (error) {
      return { failure: outcomeOf(error) }
    }
  }
}
