// Who writes to the bot in the demo: six hundred people on every channel, in every language and script. They have
// no names, and their ids are none of any platform.
import type { Language, Script } from '../core/model/content.ts'
import type { ChannelId } from '../core/model/event.ts'
import { toCyrillic } from '../core/text/transliterate.ts'
import type { Act, Chapter, World } from './world.ts'
import { DAYS } from './world.ts'

/** One person with their chat. */
export type Someone = {
  channel: ChannelId
  externalId: string
  language: Language
  script: Script
  /** How many days ago they wrote first. */
  since: number
}

const PEOPLE = 600

const CHANNELS: readonly ChannelId[] = [
  'viber',
  'viber',
  'viber',
  'telegram',
  'telegram',
  'web',
  'web',
  'botframework',
]
const TONGUES: readonly [Language, Script][] = [
  ['sr', 'latn'],
  ['sr', 'latn'],
  ['sr', 'latn'],
  ['sr', 'cyrl'],
  ['bs', 'latn'],
  ['bs', 'latn'],
  ['en', 'latn'],
]

/** Everybody, in the order in which they come: a third in the first days, the others over the month. */
export const EVERYBODY: readonly Someone[] = Array.from({ length: PEOPLE }, (_, index) => {
  // Steps that share no factor with the lists spread channels and languages evenly.
  const [language, script] = TONGUES[(index * 3) % TONGUES.length] ?? ['sr', 'latn']
  return {
    channel: CHANNELS[(index * 5) % CHANNELS.length] ?? 'web',
    externalId: `demo-${String(index + 1).padStart(4, '0')}`,
    language,
    script,
    since: Math.max(0, Math.ceil(DAYS * (1 - (index / PEOPLE) ** 1.5)) - 1),
  }
})

/** Who has written by then. */
export function peopleBy(daysAgo: number): readonly Someone[] {
  return EVERYBODY.filter(({ since }) => since >= daysAgo)
}

/** They come, choose what they want to hear about, and some leave again. */
export const people: Chapter = () =>
  Array.from({ length: DAYS }, (_, daysAgo) => ({ daysAgo, run: (world: World) => arrive(world, daysAgo) }))

async function arrive(world: World, daysAgo: number): Promise<void> {
  const newcomers = EVERYBODY.filter(({ since }) => since === daysAgo)
  await world.tell(newcomers.map(who => ({ who, event: { kind: 'start' } })))
  await subscribe(
    world,
    newcomers.filter((_, index) => index % 5 < 2),
  )
  const leaving = newcomers.filter((_, index) => index % 20 === 7)
  await world.tell(leaving.map(who => ({ who, event: { kind: 'blocked' } })))
}

/** As people do it: the command, then the buttons that it brings. */
async function subscribe(world: World, who: readonly Someone[]): Promise<void> {
  await world.tell(who.map(one => ({ who: one, event: { kind: 'text', text: '/prijava' } })))
  const choosy = who.filter((_, index) => index % 3 !== 2)
  await world.tell(pressing(world, choosy, /^ch:t$/))
  const topic = (index: number) => TOPICS[(index * index) % TOPICS.length]
  await world.tell(
    choosy.map((one, index) => ({ who: one, event: { kind: 'press', token: `ch:t:${topic(index)}:1` } })),
  )
  await settle(
    world,
    choosy.filter((_, index) => index % 4 !== 3),
  )
}

/** The communities that people may choose are those with a confirmed name. */
async function settle(world: World, who: readonly Someone[]): Promise<void> {
  const places = [
    ...world.parts.knowledge().content.communities.filter(({ confirmed }) => confirmed),
    { id: 'other' },
  ]
  await world.tell(
    who.map((one, index) => ({
      who: one,
      event: { kind: 'press', token: `ch:c:${places[index % places.length]?.id}` },
    })),
  )
}

/** Of content/topics.yaml. */
const TOPICS = ['workshops', 'youth', 'plans', 'polls', 'assembly', 'clips']

/** Each presses the first button whose token fits; who has none does nothing. */
export function pressing(world: World, who: readonly Someone[], wanted: RegExp): Act[] {
  return who.flatMap(one => {
    const tokens = world.buttonsOf(one).flatMap(button => ('token' in button ? [button.token] : []))
    const token = tokens.find(token => wanted.test(token))
    return token ? [{ who: one, event: { kind: 'press', token } }] : []
  })
}

/** Serbian in Cyrillic where somebody writes so. */
export function inScript({ script }: Someone, text: string, { parts }: World): string {
  return script === 'cyrl' ? toCyrillic(text, parts.knowledge().content.city.protectedWords) : text
}
