// One request for one message, and what it means for the channel as a whole.
import type { Channel, SendResult } from '../channels/channel.ts'
import type { Outbound } from '../core/model/message.ts'
import type { Log } from '../platform/log.ts'
import type { Pauses } from './pauses.ts'

/** When a channel asks for silence without saying for how long. */
export const PAUSE_MS = 2000

/** A message under its outbox number, and where it goes. */
export type Parcel = { id: string; externalId: string; reference: unknown; message: Outbound }

/** Never rejects. A channel that asks for silence has it from now on. */
export type Attempt = (channel: Channel, parcel: Parcel) => Promise<SendResult>

export function createAttempt({ pauses, log }: { pauses: Pauses; log: Log }): Attempt {
  return async (channel, { id, externalId, reference, message }) => {
    const result = await channel.send({ externalId, reference }, { ...message, id }).catch(error => {
      log.error({ err: error }, 'a channel broke while sending')
      return FAULT
    })
    if (result.status === 'failed' && result.reason === 'throttled')
      pauses.begin(channel.id, result.retryAfterMs ?? PAUSE_MS)
    if (result.status !== 'sent')
      log.warn({ channel: channel.id, outbox: id, ...outcome(result) }, 'not sent')
    return result
  }
}

/** A channel that throws has a fault of its own; whether the message left is unknown. */
export const FAULT: SendResult = { status: 'uncertain', detail: 'channel fault' }

/** The part of a result that a log may hold. */
function outcome(result: Exclude<SendResult, { status: 'sent' }>): { status: string; reason?: string } {
  return { status: result.status, reason: 'reason' in result ? result.reason : undefined }
}
