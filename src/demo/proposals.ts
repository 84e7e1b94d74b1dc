// Proposals of the demo: written in a chat, some with a picture; passed on, answered, declined, published and kept back.
import { answer, type Desk, decline, pass, publish, refuse } from '../features/feedback/deeds.ts'
import { photoJob } from '../features/feedback/index.ts'
import type { Refused } from '../staff/index.ts'
import { STAFF } from './office.ts'
import { EVERYBODY, inScript, pressing, type Someone } from './people.ts'
import { PROPOSAL_STORIES, type ProposalStep, type ProposalStory } from './proposal-stories.ts'
import type { Chapter, Deed, World } from './world.ts'

export const proposals: Chapter = () =>
  PROPOSAL_STORIES.flatMap((story, index) => deedsOf(story, authorOf(story, index)))

/** Everybody proposes one thing, and came in the first days; nobody of them left. */
function authorOf({ from }: ProposalStory, index: number): Someone {
  const fits = EVERYBODY.filter(
    (who, place) =>
      place % 20 !== 7 && Object.entries(from).every(([key, value]) => who[key as keyof Someone] === value),
  )
  const who = fits[index]
  if (!who) throw new Error('nobody fits')
  return who
}

function deedsOf(story: ProposalStory, who: Someone): Deed[] {
  let id = 0
  const send: Deed = {
    daysAgo: story.sent,
    async run(world) {
      id = await propose(world, who, story)
    },
  }
  const steps = story.steps.map(
    ([daysAgo, ...step]): Deed => ({
      daysAgo,
      async run(world) {
        const refused = await take(world, id, inScript(who, story.text, world), step)
        if (refused) throw new Error(`${step[0]} was refused: ${refused.reason}`)
      },
    }),
  )
  return [send, ...steps]
}

/** As people do it in the chat. Resolves to the number of the proposal. */
async function propose(
  world: World,
  who: Someone,
  { category, text, photo }: ProposalStory,
): Promise<number> {
  const press = (token: string) => world.tell([{ who, event: { kind: 'press', token } }])
  await press('f')
  await world.tell(pressing(world, [who], /^ok:f:/))
  await press(`f:c:${category}`)
  await world.tell([{ who, event: { kind: 'text', text: inScript(who, text, world) } }])
  if (photo)
    await world.tell([{ who, event: { kind: 'attachment', attachment: 'photo', file: { ref: photo } } }])
  await press('f:send')
  if (photo) await photoJob(world.parts).run()
  const addressId = await world.addressOf(who)
  const [row] = await world.parts.database.sql<{ id: number }>`
    SELECT p.id FROM proposal p JOIN address a ON a.person_id = p.person_id
    WHERE a.id = ${addressId} ORDER BY p.id DESC LIMIT 1`
  if (!row) throw new Error(`nothing was proposed with “${text}”`)
  return row.id
}

async function take(
  { parts }: World,
  id: number,
  text: string,
  step: ProposalStep,
): Promise<Refused | undefined> {
  const desk: Desk = parts
  switch (step[0]) {
    case 'passes':
      return pass(desk, STAFF.inbox, id, step[1])
    case 'answers':
      return answer(desk, STAFF.inbox, id, step[1])
    case 'declines':
      return decline(desk, STAFF.inbox, id, { reason: step[1], text: step[2] })
    case 'publishes':
      return publish(desk, STAFF.editor, id, { text, photo: step[1] !== undefined })
    case 'keeps back':
      return refuse(desk, STAFF.editor, id, step[1])
  }
}
