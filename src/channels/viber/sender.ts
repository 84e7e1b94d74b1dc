// Sends one message as its calls, each made once and in order.
//
// A message of several calls may stop in the middle. What is left is remembered here by the outbox
// number, so that the next attempt goes on there; only a restart in between repeats the beginning.
// A message whose rest is refused for good is reported as uncertain: a part of it did arrive.
import type { Address, BroadcastResult, Sendable, SendResult } from '../channel.ts'
import { partly } from '../shared/partly.ts'
import { remember } from '../shared/remember.ts'
import type { Client } from './client.ts'
import { outcomeOf, personally } from './outcome.ts'
import { render, type ViberCall } from './render.ts'
import { asStored, type Registry } from './stored.ts'
import { requestOf } from './wire.ts'

export type SenderOptions = Registry & { client: Client; senderName: string }

export function createSender(
  options: SenderOptions,
): (to: Address, message: Sendable) => Promise<SendResult> {
  const unfinished = new Map<string, { rest: ViberCall[]; sent: Sent }>()
  const limits = createPersonalLimits()

  return async ({ externalId }, message) => {
    let { rest, sent } = unfinished.get(message.id) ?? { rest: render(message), sent: NOTHING }
    for (;;) {
      const [call, ...behind] = rest
      if (!call) break
      const result = limits.judge(externalId, await perform(options, call, externalId))
      if (result.status === 'sent') {
        sent = together(sent, result)
        rest = behind
      } else if (isRefused(result) && call.otherwise) {
        rest = call.otherwise
      } else {
        if (sent === NOTHING) return result
        remember(unfinished, message.id, { rest, sent })
        return partly(result)
      }
    }
    unfinished.delete(message.id)
    return sent
  }
}

type Sent = Extract<SendResult, { status: 'sent' }>
const NOTHING: Sent = { status: 'sent', externalIds: [] }

/** Viber's numbers for billing grow from free to paid. */
function together(before: Sent, after: Sent): Sent {
  const billing = [before.billing, after.billing].filter(number => number !== undefined)
  const externalIds = [...before.externalIds, ...after.externalIds]
  return { status: 'sent', externalIds, ...(billing.length && { billing: Math.max(...billing) }) }
}

async function perform(options: SenderOptions, call: ViberCall, receiver: string): Promise<SendResult> {
  const prepared = await prepare(options, call)
  if (!('request' in prepared)) return prepared
  return outcomeOf(await options.client.call('send_message', { receiver, ...prepared.request }))
}

type Failed = Extract<SendResult, { status: 'failed' }>

/** The request of a call without the people it goes to, or why it can't be made. */
export async function prepare(
  options: SenderOptions,
  call: ViberCall,
): Promise<{ request: object } | Failed> {
  const content = await asStored(call.content, call.mediaId, options).catch(() => 'unreadable' as const)
  if (content === 'unreadable') return UNREADABLE
  const request = content && requestOf(content, options.senderName)
  return request ? { request } : refused('not within the limits')
}

/** The registry did not answer; nothing of the call was sent. */
const UNREADABLE: Failed = { status: 'failed', reason: 'not-sent', detail: 'the file could not be read' }

function refused(detail: string): Failed {
  return { status: 'failed', reason: 'rejected', detail }
}

/** Whether the message must be said in another way, if there is one. */
export function isRefused(result: BroadcastResult): result is Failed {
  return result.status === 'failed' && result.reason === 'rejected'
}

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
      return personally(result)
    },
  }
}
