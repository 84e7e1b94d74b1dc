// Questions that people of the demo sent to the city, and what staff did with them: in every state, on time and
// late, with notes among colleagues and one reply that reaches nobody.
import { type Act, claim, close, noteOn, passOn, replyTo, setWaiting } from '../features/cases/changes.ts'
import { CASE_STORIES, type Step, type Story } from './case-stories.ts'
import { STAFF } from './office.ts'
import { EVERYBODY, inScript, pressing, type Someone } from './people.ts'
import type { Chapter, Deed, World } from './world.ts'

export const cases: Chapter = () =>
  CASE_STORIES.flatMap((story, index) => deedsOf(story, askerOf(story, index)))

/** Everybody asks one question, and is among the first who came. */
function askerOf({ from }: Story, index: number): Someone {
  const fits = EVERYBODY.filter(who =>
    Object.entries(from).every(([key, value]) => who[key as keyof Someone] === value),
  )
  const who = fits[Math.min(index >> 2, fits.length - 1)]
  if (!who) throw new Error('nobody fits')
  return who
}

function deedsOf(story: Story, who: Someone): Deed[] {
  let reference = ''
  const open: Deed = {
    daysAgo: story.asked,
    async run(world) {
      reference = await sendToCity(world, who, inScript(who, story.question, world))
    },
  }
  const steps = story.steps.map(
    ([daysAgo, ...step]): Deed => ({ daysAgo, run: world => take(world, who, reference, step) }),
  )
  return [open, ...steps]
}

/** As people do it in the chat. Resolves to the number of the case. */
async function sendToCity(world: World, who: Someone, question: string): Promise<string> {
  const write = { who, event: { kind: 'text', text: question } } as const
  // What they asked in vain before is no part of it.
  await press(world, who, 'w:l')
  await world.tell([write])
  await press(world, who, 'case:send')
  // Who got an answer is asked what to send.
  if (pressing(world, [who], /^case:yes/).length === 0) await world.tell([write])
  await world.tell(pressing(world, [who], /^case:(yes|new)/))
  const addressId = await world.addressOf(who)
  const [row] = await world.parts.database.sql<{ reference: string }>`
    SELECT reference FROM citizen_case WHERE address_id = ${addressId} ORDER BY opened_at DESC LIMIT 1`
  if (!row) throw new Error(`no case was opened for “${question}”`)
  return row.reference
}

function press({ tell }: World, who: Someone, token: string): Promise<void> {
  return tell([{ who, event: { kind: 'press', token } }])
}

async function take(world: World, who: Someone, reference: string, step: Step): Promise<void> {
  switch (step[0]) {
    case 'adds':
      await press(world, who, `case:add:${reference}`)
      return world.tell([{ who, event: { kind: 'text', text: inScript(who, step[1], world) } }])
    case 'solved':
      return press(world, who, `case:close:${reference}`)
    case 'leaves':
      return world.tell([{ who, event: { kind: 'blocked' } }])
    default: {
      const refused = await staffDo(await actOf(world, reference, step[1]), step)
      if (refused) throw new Error(`${step[0]} was refused: ${refused.reason}`)
    }
  }
}

type StaffStep = Exclude<Step, ['adds', string] | ['solved'] | ['leaves']>

function staffDo(act: Act, step: StaffStep): ReturnType<typeof claim> {
  switch (step[0]) {
    case 'claims':
      return claim(act)
    case 'notes':
      return noteOn(act, { text: step[2] })
    case 'replies':
      return replyTo(act, { text: step[2], after: step[3] })
    case 'passes':
      return passOn(act, step[2])
    case 'waits':
      return setWaiting(act)
    case 'closes':
      return close(act, step[2])
  }
}

async function actOf({ parts }: World, reference: string, by: 'inbox' | 'desk'): Promise<Act> {
  const { database, knowledge } = parts
  const [account] = await database.sql<Act['account']>`
    SELECT id, email FROM staff_account WHERE email = ${STAFF[by]}`
  if (!account) throw new Error('nobody works at the inbox')
  return { database, words: knowledge(), account, reference }
}
