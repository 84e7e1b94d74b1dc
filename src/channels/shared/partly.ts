import type { SendResult } from '../channel.ts'

type Failure = Exclude<SendResult, { status: 'sent' }>

/**
 * What a failure means once a part of the message has arrived. If the rest is refused for good, neither sent
 * nor failed is true of it; otherwise only whoever remembers that part may go on.
 */
export function partly(failure: Failure): Failure {
  if (failure.status === 'uncertain') return failure
  const { detail, reason } = failure
  return reason === 'rejected' ? { status: 'uncertain', detail } : { ...failure, begun: true }
}
