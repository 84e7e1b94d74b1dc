// Sends one message as its calls, each made once and in order.
//
// A message of several calls may stop in the middle. What is left is remembered here by the outbox
// number, so that the next attempt goes on there; only a restart in between repeats the beginning.
// A message whose rest is refused for good is reported as uncertain: a part of it did arrive.
import type { Log } from '../../platform/log.ts'
import type { Address, Sendable, SendResult } from '../channel.ts'
import { remember } from '../shared/remember.ts'
import type { Client } from './client.ts'
import { outcomeOf } from './outcome.ts'
import { isSendable } from './payload.ts'
import { render, type ViberCall } from './render.ts'
import { asStored, type Registry } from './stored.ts'

export type SenderOptions = Registry & { client: Client; senderName: string; log: Log }

export function createSender(
  options: SenderOptions,
): (to: Address, message: Sendable) => Promise<SendResult> {
  const unfinished = new Map<string, { rest: ViberCall[]; ids: string[] }>()
  const limits = createPersonalLimits()

  return async ({ externalId }, message) => {
    const { rest, ids } = unfinished.get(message.id) ?? { rest: render(message), ids: [] }
    for (let calls = rest; ; ) {
      const [call, ...behind] = calls
      if (!call) break
      const result = limits.judge(externalId, await perform(options, call, externalId))
      if (result.status === 'sent') {
        ids.push(...result.externalIds)
        calls = behind
      } else if (isRefused(result) && call.otherwise) {
        calls = call.otherwise
      } else {
        if (ids.length) remember(unfinished, message.id, { rest: calls, ids })
        return ids.length && isRefused(result) ? { status: 'uncertain', detail: result.detail } : result
      }
    }
    unfinished.delete(message.id)
    return { status: 'sent', externalIds: ids }
  }
}

async function perform(options: SenderOptions, call: ViberCall, receiver: string): Promise<SendResult> {
  const { client, senderName, log } = options
  const content = await asStored(call.content, call.mediaId, options).catch(() => 'unreadable' as const)
  if (content === 'unreadable') return UNREADABLE
  if (!content || !isSendable(content)) return refused('not within the limits')
  const answer = await client.call('send_message', { receiver, sender: { name: senderName }, ...content })
  if (answer.kind === 'answered' && answer.billing !== undefined) {
    log.debug({ billing: answer.billing }, 'viber: how a message is billed')
  }
  return outcomeOf(answer)
}

/** The registry did not answer; nothing of the call was sent. */
const UNREADABLE: SendResult = { status: 'failed', reason: 'not-sent', detail: 'the file could not be read' }

function refused(detail: string): SendResult {
  return { status: 'failed', reason: 'rejected', detail }
}

function isRefused(result: SendResult): boolean {
  return result.status === 'failed' && result.reason === 'rejected'
}

/** After 100 messages without a reply Viber refuses more to this person for the rest of the hour. */
const PERSONAL_LIMIT_MS = 3_600_000

/**
 * Viber says "too many requests" of the whole bot and of one person alike. It is the person's own limit
 * if others were sent to since the last time it was said of them: then the others needn't wait.
 */
function createPersonalLimits(): { judge(receiver: string, result: SendResult): SendResult } {
  const refusedAt = new Map<string, number>()
  let sentCount = 0
  return {
    judge(receiver, result) {
      if (result.status === 'sent') {
        sentCount++
        refusedAt.delete(receiver)
      }
      if (result.status !== 'failed' || result.reason !== 'throttled') return result
      const before = refusedAt.get(receiver)
      remember(refusedAt, receiver, sentCount)
      if (before === undefined || before === sentCount) return result
      return { ...result, reason: 'not-sent', retryAfterMs: PERSONAL_LIMIT_MS }
    },
  }
}
