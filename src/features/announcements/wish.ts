// What somebody asks for when they write an announcement, checked against what there is.
import type { z } from 'zod'
import { unknownIn } from './audience.ts'
import { findAttachments, inLatin } from './compose.ts'
import { type AnnouncementDeps, sourcesOf } from './deps.ts'
import type { AttachedSchema, Audience, TextsSchema, Wish } from './model.ts'
import { type Reach, reachOf } from './warnings.ts'

/** `sendAt`: ISO. */
export type Given = z.output<typeof AttachedSchema> & {
  audience: Audience
  message: z.output<typeof TextsSchema>
  sendAt?: string
}

/** `unknown`: what of it there is not, as "field: id" or a field. */
export type Checked = { kind: 'wish'; wish: Wish; reach: Reach } | { kind: 'unknown'; unknown: string[] }

/** What is asked for, if everything it names exists. */
export async function checkWish(deps: AnnouncementDeps, given: Given, now: Date): Promise<Checked> {
  const { audience, message, sendAt, ...attached } = given
  const attachments = await findAttachments(sourcesOf(deps), attached)
  const unknown = unknownIn(audience, deps.knowledge().content)
  if ('missing' in attachments) unknown.push(...attachments.missing)
  if (unknown.length) return { kind: 'unknown', unknown }
  const reach = await reachOf(deps, audience, now)
  if (!reach) return { kind: 'unknown', unknown: ['audience.workshop'] }
  const wish = {
    audience,
    attached,
    message: { ...message, sr: inLatin(message.sr) },
    sendAt: sendAt ? new Date(sendAt) : undefined,
  }
  return { kind: 'wish', wish, reach }
}
