// Where Microsoft's connector delivers. It takes any 2xx for "done", so that is said only when the event
// is stored; answers go to the connector afterwards, never into this response.
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { sendProblem } from '../../platform/http/errors.ts'
import type { Receive } from '../channel.ts'
import { Activity } from './activity.ts'
import { BODY_LIMIT } from './limits.ts'
import { eventsOf } from './to-events.ts'
import { type Claimed, isBearer, type Verdict } from './verify.ts'

export const MESSAGES_PATH = '/api/messages'

export type WebhookOptions = {
  /** Undefined: nothing is checked, which is for trials on one's own machine. */
  verify?: (claimed: Claimed, authorization: string | undefined) => Promise<Verdict>
  isAllowed(serviceUrl: string): boolean
}

/** What a token is checked against; an activity without these is nobody's. */
const Claim = z.object({ channelId: z.string().catch(''), serviceUrl: z.string().catch('') })

/** Adds the route. What carries no token is turned away before its body is read. */
export function addWebhookRoute(app: FastifyInstance, options: WebhookOptions, receive: Receive): void {
  app.post(MESSAGES_PATH, {
    bodyLimit: BODY_LIMIT,
    async onRequest(request, reply) {
      if (options.verify && !isBearer(request.headers.authorization)) return refuse(reply, 'refused')
    },
    async handler({ body, headers }, reply) {
      const claimed = Claim.safeParse(body).data
      if (!claimed) return malformed(reply, 'The body is not an activity.')
      const verdict = await options.verify?.(claimed, headers.authorization)
      if (verdict && verdict !== 'genuine') return refuse(reply, verdict)
      return accept(body, reply, options, receive)
    },
  })
}

async function accept(
  body: unknown,
  reply: FastifyReply,
  { isAllowed }: WebhookOptions,
  receive: Receive,
): Promise<FastifyReply> {
  const activity = Activity.safeParse(body).data
  if (!activity) return malformed(reply, 'The activity lacks what it needs or is malformed.')
  // These expect their answer in the response, which only functions we never offer ask for.
  if (activity.type === 'invoke') return malformed(reply, 'This bot takes no invoke activities.')
  if (!isAllowed(activity.serviceUrl)) {
    return sendProblem(reply, { status: 403, detail: 'Answers are not sent to this service URL.' })
  }
  const events = eventsOf(activity)
  if (events.length) await receive(events)
  return reply.code(200).send({})
}

function malformed(reply: FastifyReply, detail: string): FastifyReply {
  return sendProblem(reply, { status: 400, detail })
}

function refuse(reply: FastifyReply, verdict: Exclude<Verdict, 'genuine'>): FastifyReply {
  return verdict === 'refused'
    ? sendProblem(reply, { status: 401, detail: 'The token is missing or not valid for this bot.' })
    : sendProblem(reply, { status: 503, detail: 'The token can’t be checked now; try again.' })
}
