// Polls and surveys of the demo: closed ones with and without a word of the city, an open one, a survey whose
// written answers an editor has begun to read, and a draft.
import { toLatin } from '../core/text/transliterate.ts'
import { addDays, dayIn } from '../core/time/day.ts'
import { type By, closeNow, decide, noteOutcome, openNow } from '../features/polls/deeds.ts'
import {
  addDraft,
  type DraftQuestion,
  pollToken,
  readQuestion,
  surveyToken,
} from '../features/polls/index.ts'
import { tellWhatIsDue } from '../features/polls/jobs.ts'
import { writtenAnswers } from '../features/polls/store.ts'
import type { Refused } from '../staff/index.ts'
import { momentToBe } from './age.ts'
import { STAFF } from './office.ts'
import { inScript, peopleBy, pressing, type Someone } from './people.ts'
import { type PlannedQuestion, POLL_PLANS, type PollPlan, REFUSED, WRITTEN } from './poll-plans.ts'
import { type Chapter, DAYS, type Deed, type World } from './world.ts'

export const polls: Chapter = () => [
  ...POLL_PLANS.flatMap(deedsOf),
  // Results, and what the city did with them.
  ...Array.from({ length: DAYS }, (_, daysAgo) => ({ daysAgo, run: tellAtNoon })),
]

/** A plan on its way; the number comes with the first deed. */
type Course = { plan: PollPlan; id: number; voters: Someone[] }

function deedsOf(plan: PollPlan): Deed[] {
  const course: Course = { plan, id: 0, voters: [] }
  const { planned, opened, closed, outcome } = plan
  const deeds: Deed[] = [{ daysAgo: planned, run: world => writeDown(world, course) }]
  if (opened === undefined) return deeds
  deeds.push({ daysAgo: opened, run: world => refusing(openNow(editorIn(world), course.id)) })
  for (const daysAgo of [opened, opened - 2, opened - 4])
    deeds.push({ daysAgo, run: world => answer(world, course, peopleBy(daysAgo + 1)) })
  if (closed === undefined) return deeds
  deeds.push({ daysAgo: closed, run: world => refusing(closeNow(editorIn(world), course.id)) })
  if (plan.title) deeds.push({ daysAgo: closed - 2, run: world => moderate(world, course) })
  if (outcome)
    deeds.push({
      daysAgo: outcome.said,
      run: world => refusing(noteOutcome(editorIn(world), course.id, outcome.text)),
    })
  return deeds
}

function editorIn({ parts: { database } }: World): By {
  return { database, actor: STAFF.editor, now: new Date() }
}

async function refusing(outcome: Promise<Refused | undefined>): Promise<void> {
  const refused = await outcome
  if (refused) throw new Error(`a deed at a poll was refused: ${refused.reason}`)
}

async function writeDown(world: World, course: Course): Promise<void> {
  const { title, questions, planned, closesIn, promisedBy } = course.plan
  const { timeZone } = world.parts.knowledge().content.city
  const today = dayIn(timeZone, Date.now())
  course.id = await addDraft(editorIn(world), {
    form: title ? 'survey' : 'poll',
    questions: questions.map(question => drafted(world, question)),
    ...(title && { title }),
    ...(promisedBy !== undefined && { promiseBy: addDays(today, planned - promisedBy) }),
    ...(closesIn !== undefined && {
      closesAt: new Date(momentToBe(timeZone, { daysAgo: -closesIn, time: '12:00', ages: planned })),
    }),
  })
}

function drafted({ parts }: World, question: PlannedQuestion): DraftQuestion {
  const read = readQuestion(question, parts.knowledge().sentences)
  if (typeof read === 'string') throw new Error(`a question can’t be asked: ${read}`)
  return read
}

/** On how many days people answer. */
const PARTS = 3

/** A part of those who take part, who have not yet. */
function votersOf({ plan, id, voters }: Course, known: readonly Someone[]): Someone[] {
  const fresh = known.filter(who => !voters.includes(who))
  const willing = fresh.filter((_, place) => place % 2 === id % 2)
  return willing.slice(0, Math.ceil(plan.voters / PARTS))
}

async function answer(world: World, course: Course, known: readonly Someone[]): Promise<void> {
  const { plan, id } = course
  const voters = votersOf(course, known)
  course.voters.push(...voters)
  if (plan.title) return takeSurvey(world, plan, id, voters)
  const [question] = plan.questions
  if (!question) return
  for (const round of [0, 1]) {
    const choosing = voters.flatMap((who, place) => {
      const option = choiceOf(question, place)[round]
      return option ? [{ who, token: pollToken(id, option) }] : []
    })
    await press(world, choosing)
    const agreeing = choosing.map(({ who }) => who)
    await world.tell(pressing(world, agreeing, /^ok:p:/))
  }
}

function choiceOf({ leanings }: PlannedQuestion, place: number): string[] {
  return leanings[place % leanings.length]?.split(' ') ?? []
}

function press({ tell }: World, acts: readonly { who: Someone; token: string }[]): Promise<void> {
  return tell(acts.map(({ who, token }) => ({ who, event: { kind: 'press', token } })))
}

/** One question after the other; a few leave before the last one, a few say nothing there. */
async function takeSurvey(
  world: World,
  plan: PollPlan,
  id: number,
  takers: readonly Someone[],
): Promise<void> {
  await press(
    world,
    takers.map(who => ({ who, token: surveyToken(id) })),
  )
  await world.tell(pressing(world, takers, /^ok:s:/))
  for (const [index, question] of plan.questions.entries()) {
    const still = takers.filter((_, place) => index === 0 || place % 9 !== 4)
    if (question.kind === 'text') await write(world, still)
    else
      await press(
        world,
        still.map((who, place) => ({
          who,
          token: `${surveyToken(id)}:${index + 1}:${choiceOf(question, place)[0]}`,
        })),
      )
  }
}

async function write(world: World, takers: readonly Someone[]): Promise<void> {
  const silent = takers.filter((_, place) => place % 6 === 5)
  await world.tell(pressing(world, silent, /:skip$/))
  const talkative = takers.filter(who => !silent.includes(who))
  await world.tell(
    talkative.map((who, place) => {
      const words = WRITTEN[who.language]
      const text = inScript(who, words[place % words.length] ?? '', world)
      return { who, event: { kind: 'text', text } }
    }),
  )
}

/** Half of what was written is read: most of it published, some refused. */
async function moderate(world: World, { id }: Course): Promise<void> {
  const answers = await writtenAnswers(world.parts.database.sql, id)
  const sorted = answers.toSorted((a, b) => a.text.localeCompare(b.text))
  for (const [place, { id: answerId, text }] of sorted.entries()) {
    const reason = REFUSED[toLatin(text)]
    if (!reason && place % 2) continue
    const decision = reason ? { reason } : { published: text }
    await refusing(decide(editorIn(world), id, { id: answerId, decision }))
  }
}

/** Nobody is told at night; the demo may be started at any hour. */
async function tellAtNoon({ parts }: World): Promise<void> {
  const { timeZone } = parts.knowledge().content.city
  await tellWhatIsDue(parts, momentToBe(timeZone, { daysAgo: 0, time: '12:00', ages: 0 }))
}
