// Sends one message as its activities, each posted once and in order.
//
// A message of several activities may stop in the middle. What went out is remembered here by the outbox
// number, so that the next attempt goes on behind it; only a restart in between repeats the beginning.
// A message whose rest is refused for good is reported as uncertain: a part of it did arrive.
import type { Address, Sendable, SendResult } from '../channel.ts'
import { partly } from '../shared/partly.ts'
import { Reference } from './activity.ts'
import { type Failure, failed, NotDelivered } from './outcome.ts'
import { render, type Said } from './render.ts'

export type SenderOptions = {
  /** Makes one request; resolves to the activity's id. Rejects with `NotDelivered`. */
  post(reference: Reference, activity: Said): Promise<string | undefined>
  isAllowed(serviceUrl: string): boolean
}

/** Unfinished messages that are remembered; the oldest are forgotten. */
const REMEMBERED_MAX = 10_000

export function createSender({
  post,
  isAllowed,
}: SenderOptions): (to: Address, message: Sendable) => Promise<SendResult> {
  const unfinished = new Map<string, { done: number; ids: string[] }>()

  return async (to, message) => {
    const reference = Reference.safeParse(to.reference).data
    if (!reference) return failed('unreachable', 'there is no reference to this conversation')
    if (!isAllowed(reference.serviceUrl)) return failed('rejected', 'the service URL is not allowed')
    const activities = render(message, reference.channelId)
    const { done, ids } = unfinished.get(message.id) ?? { done: 0, ids: [] }
    for (const [index, activity] of activities.slice(done).entries()) {
      const failure = await attempt(post, reference, activity, ids)
      if (!failure) continue
      const sent = done + index
      if (!sent) return failure
      remember(unfinished, message.id, { done: sent, ids })
      return partly(failure)
    }
    unfinished.delete(message.id)
    return { status: 'sent', externalIds: ids }
  }
}

/** Resolves to why it failed, or adds the id to `ids`. */
async function attempt(
  post: SenderOptions['post'],
  reference: Reference,
  activity: Said,
  ids: string[],
): Promise<Failure | undefined> {
  try {
    const id = await post(reference, activity)
    if (id !== undefined) ids.push(id)
    return undefined
  } catch (error) {
    if (error instanceof NotDelivered) return error.failure
    throw error
  }
}

function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key)
  map.set(key, value)
  if (map.size <= REMEMBERED_MAX) return
  const [oldest] = map.keys()
  if (oldest !== undefined) map.delete(oldest)
}
