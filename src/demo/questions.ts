// What people ask in the demo's month: mostly what the answers know, in the words people use, some of what nobody
// has an answer to yet, small talk and other people's business. Some say whether an answer helped.
import type { Entry, Language, Negative } from '../core/model/content.ts'
import { inScript, peopleBy, pressing, type Someone } from './people.ts'
import { type Chapter, DAYS, type World } from './world.ts'

/** Questions on an ordinary working day; a few less at first, when few know the bot. */
const PER_DAY = 36
const ON_WEEKENDS = 0.45
/** How many ask what nobody can answer yet. */
const IN_VAIN = 0.1

export const questions: Chapter = () =>
  Array.from({ length: DAYS }, (_, daysAgo) => ({
    daysAgo,
    run: (world: World) => dayOfQuestions(world, daysAgo),
  }))

async function dayOfQuestions(world: World, daysAgo: number): Promise<void> {
  const { chance } = world
  const known = peopleBy(daysAgo)
  const askers = [...new Set(Array.from({ length: countOn(daysAgo) }, () => chance.pick(known)))]
  const inVain = new Set(askers.filter(() => chance.happens(IN_VAIN)))
  const served = askers.filter(who => !inVain.has(who))
  await ask(world, served, who => questionOf(world, who))
  await judge(world, served)
  await askInVain(world, [...inVain])
}

function ask(world: World, askers: readonly Someone[], wording: (who: Someone) => string): Promise<void> {
  const event = (who: Someone) => ({ kind: 'text' as const, text: inScript(who, wording(who), world) })
  return world.tell(askers.map(who => ({ who, event: event(who) })))
}

/** What nobody can answer is noted once somebody has tried twice. */
async function askInVain(world: World, askers: readonly Someone[]): Promise<void> {
  const wishes = new Map(
    askers.map(who => {
      const wordings = world.chance.pickEarly(UNANSWERED[who.language])
      return [who, { wordings, first: world.chance.upTo(wordings.length) }]
    }),
  )
  const wording = (who: Someone, round: number) => {
    const { wordings = [], first = 0 } = wishes.get(who) ?? {}
    return wordings[(first + round) % wordings.length] ?? ''
  }
  for (let round = 0; round < 2; round++) {
    await ask(world, askers, who => wording(who, round))
    await world.tell(pressing(world, askers, /^x:none/))
  }
}

function countOn(daysAgo: number): number {
  const weekday = new Date(Date.now() - daysAgo * 86_400_000).getDay()
  const weekend = weekday === 0 || weekday === 6
  const growth = 0.6 + 0.4 * (1 - daysAgo / DAYS)
  return Math.round(PER_DAY * growth * (weekend ? ON_WEEKENDS : 1))
}

/** Who got suggestions takes the first, then some tell whether the answer helped, and why not. */
async function judge(world: World, askers: readonly Someone[]): Promise<void> {
  const some = (share: number) => askers.filter(() => world.chance.happens(share))
  await world.tell(pressing(world, some(0.7), /^e:/))
  await world.tell(pressing(world, some(0.28), /^y:/))
  const unhelped = some(0.07)
  await world.tell(pressing(world, unhelped, /^n:/))
  await world.tell(pressing(world, unhelped, /^x:none/))
  await world.tell(pressing(world, unhelped, /^r:/))
}

function questionOf({ chance, parts }: World, { language }: Someone): string {
  const { entries, negatives } = parts.knowledge().content
  const items: readonly (Entry | Negative)[] = chance.happens(0.12) ? negatives : entries
  return chance.pick(chance.pickEarly(items).texts[language].phrasings)
}

/** What no answer knows, each with the wordings that people find; those at the beginning are asked most. */
const UNANSWERED: Record<Language, readonly (readonly string[])[]> = {
  sr: [
    [
      'kad se otvara klizalište',
      'cena ulaznice za klizalište',
      'kad počinje da radi klizalište',
      'otvara li se klizalište ove zime',
    ],
    ['kad će da proradi fontana', 'zašto ne radi fontana u centru', 'fontana opet ne radi'],
    [
      'ko peva za doček na trgu',
      'da li će biti dočeka nove godine na trgu',
      'ima li dočeka na trgu ove godine',
    ],
    [
      'gde da napunim električna kola',
      'ima li punjač za električna kola',
      'punjači za električna kola u gradu',
    ],
    ['kad počinje letnji bioskop', 'bioskop na otvorenom', 'koji film pušta letnji bioskop'],
    ['snimanje dronom iznad grada', 'može li dron da se pusti iznad tvrđave'],
    ['bicikl na iznajmljivanje', 'gde mogu da iznajmim bicikl'],
    ['ormarići za knjige na ulici', 'gde je kućica za razmenu knjiga'],
    ['žičara do tvrđave', 'hoće li se praviti žičara do tvrđave'],
    ['balkon pun golubova', 'šta da radim sa golubovima na balkonu'],
    ['kad kreće turistički vozić', 'koliko košta turistički vozić'],
    ['pčelinja košnica na krovu', 'smem li da držim košnicu na krovu zgrade'],
  ],
  bs: [
    ['kad se otvara klizalište', 'cijena ulaznice za klizalište', 'otvara li se klizalište ove zime'],
    ['gdje da napunim električna kola', 'ima li punjač za električna kola'],
    ['kad će proraditi fontana', 'zašto ne radi fontana u centru'],
    ['ko pjeva za doček na trgu', 'ima li dočeka na trgu ove godine'],
    ['bicikl za iznajmljivanje', 'gdje mogu iznajmiti bicikl'],
    ['kad počinje ljetno kino', 'kino na otvorenom'],
  ],
  en: [
    ['can I fly a drone over the fortress', 'drone flight above the fortress'],
    ['when does the fountain work again', 'the fountain is dry'],
    ['who sings on new year’s eve', 'is there a concert on new year’s eve'],
    ['rent a bike for a day', 'where can tourists rent a bike'],
  ],
}
