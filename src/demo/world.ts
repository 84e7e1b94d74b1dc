// What the chapters of the demo's month work with.
import type { ChannelId, Event } from '../core/model/event.ts'
import type { Button } from '../core/model/message.ts'
import type { Parts } from '../features/index.ts'
import type { Chance } from './chance.ts'
import type { Someone } from './people.ts'

/** One thing that somebody does in their chat. */
export type Act = { who: Someone; event: Event }

export interface World {
  parts: Parts
  chance: Chance
  /** Lets people write and press, all at once, and resolves when everybody has been answered. */
  tell(acts: readonly Act[]): Promise<void>
  /** The buttons under what somebody was told last. */
  buttonsOf(who: Someone): readonly Button[]
  /** The id of their chat; they must have written before. */
  addressOf(who: Someone): Promise<string>
}

/** Something that happens so many days before today. What happens on one day happens in the order of the list. */
export type Deed = { daysAgo: number; run(world: World): Promise<void> }

/** Everything of one kind that happens in the month. */
export type Chapter = (world: World) => Deed[]

/** How long the demo's city has had its bot. */
export const DAYS = 30

/** Names a chat of the demo to the recording channels. */
export const chatKey = (channel: ChannelId, externalId: string) => `${channel} ${externalId}`
