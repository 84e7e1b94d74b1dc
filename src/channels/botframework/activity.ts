// What we read of an activity. Field names: https://aka.ms/botSpecs-activitySchema
import { z } from 'zod'

const maybe = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined)

/** Our database holds these as keys; the longest real ones have some 200 characters. */
const Id = z.string().regex(/^[\x20-\x7e]{1,1000}$/)

const Account = z.object({ id: Id, role: maybe(z.string()) })
const Conversation = z.object({
  id: Id,
  isGroup: maybe(z.boolean()),
  conversationType: maybe(z.string()),
  tenantId: maybe(z.string()),
})
const Entity = z.object({
  type: z.string(),
  mentioned: maybe(z.object({ id: z.string() })),
  text: maybe(z.string()),
  locale: maybe(z.string()),
  latitude: maybe(z.number()),
  longitude: maybe(z.number()),
})
const Attachment = z.object({ contentType: z.string(), contentUrl: maybe(z.string().max(2000)) })

/** A list in which what can't be read is left out. */
const listOf = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .array(z.unknown())
    .catch([])
    .default([])
    .transform(items =>
      items.flatMap(item => {
        const parsed = schema.safeParse(item)
        return parsed.success ? [parsed.data as z.output<Schema>] : []
      }),
    )

export const Activity = z.object({
  type: z.string().min(1),
  id: Id.optional(),
  timestamp: maybe(z.string()),
  channelId: z.string().regex(/^[\w.-]{1,100}$/),
  serviceUrl: z.string(),
  from: maybe(Account),
  recipient: maybe(Account),
  conversation: Conversation,
  locale: maybe(z.string()),
  text: maybe(z.string()),
  value: maybe(z.union([z.string(), z.looseObject({ token: maybe(z.string()) })])),
  action: maybe(z.string()),
  entities: listOf(Entity),
  attachments: listOf(Attachment),
  membersAdded: listOf(Account),
  membersRemoved: listOf(Account),
})
export type Activity = z.output<typeof Activity>

/** What is stored of a conversation so that it can be written to later. Ids only, no names. */
export const Reference = z.object({
  serviceUrl: z.string(),
  channelId: z.string(),
  conversation: z.object({
    id: z.string(),
    isGroup: z.boolean().optional(),
    conversationType: z.string().optional(),
    tenantId: z.string().optional(),
  }),
  bot: z.object({ id: z.string() }).optional(),
  user: z.object({ id: z.string() }).optional(),
})
export type Reference = z.output<typeof Reference>

/** The reference of the conversation an activity comes from. */
export function referenceOf({ serviceUrl, channelId, conversation, from, recipient }: Activity): Reference {
  return {
    serviceUrl,
    channelId,
    conversation,
    ...(recipient && { bot: { id: recipient.id } }),
    ...(from && { user: { id: from.id } }),
  }
}
