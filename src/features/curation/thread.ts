// What the curation computes away from the bot and the console. Runs as a thread: see workbench.ts.
import type { GoldQuestion } from '../../content/gold.ts'
import { askable } from '../../content/gold.ts'
import type { Content, Fact, Language } from '../../core/model/content.ts'
import type { Match } from '../../core/model/match.ts'
import { doTasks, threadData } from '../../platform/thread.ts'
import {
  askGold,
  calibrate,
  confusablePairs,
  createMatcher,
  type Explanation,
  explain,
  figuresOf,
  type Indexed,
  renewIndexes,
  sameCutOffs,
} from '../answers/index.ts'
import { clusterMisses, type Dealt, type Miss } from './clusters.ts'
import { type Item, withItem } from './item.ts'
import { type Baseline, baselineOf, findingsOf, judge } from './judge.ts'
import type { Computed } from './version-store.ts'

/** What doesn't change while the program runs. */
export type Ground = { facts: Fact[]; factSources: string[]; gold: GoldQuestion[] }

/** The content as people get it. */
type WithContent = { content: Content }
type WithItem = WithContent & { item: Item; today: string }

/** A question on a content: what was decided and why. `explanation` is absent for one without words. */
export type Benched = { match: Match; explanation: Explanation | undefined }

const ground = threadData() as Ground

let live: Indexed | undefined
let asked: Baseline | undefined

/** What people get now, with its indexes. */
async function liveContent(content: Content): Promise<Indexed> {
  const isKnown = live?.content.hash === content.hash && sameCutOffs(live.content, content)
  if (!live || !isKnown) live = { content, indexes: await renewIndexes(content, live) }
  return live
}

/** The same with what its matcher answers to the gold set. */
async function baseline(content: Content): Promise<Baseline> {
  const indexed = await liveContent(content)
  if (asked?.content !== indexed.content) asked = baselineOf(indexed, ground.gold)
  return asked
}

function bench({ content, indexes }: Indexed, question: string, language: Language): Benched {
  const hint = { language }
  return {
    match: createMatcher(content, indexes).match(question, hint),
    explanation: explain(content, indexes, question, hint),
  }
}

const tasks = {
  check: ({ content, item, today }: WithItem) => findingsOf(item, { ...ground, content }, today),

  judge: async ({ content, item, today }: WithItem) =>
    judge(item, await baseline(content), { ...ground, content, today }),

  async bench(input: WithContent & { item: Item | undefined; question: string; language: Language }) {
    const { item, question, language } = input
    const now = await liveContent(input.content)
    if (!item) return { live: bench(now, question, language), draft: undefined }
    const content = withItem(now.content, item)
    const draft = { content, indexes: await renewIndexes(content, now) }
    return { live: bench(now, question, language), draft: bench(draft, question, language) }
  },

  /** What the matcher makes of each question now. */
  async explain({ content, questions }: WithContent & { questions: { q: string; language: Language }[] }) {
    const { indexes } = await liveContent(content)
    return questions.map(({ q, language }) => explain(content, indexes, q, { language }))
  },

  cluster: ({ misses, dealt }: { misses: Miss[]; dealt: Dealt[] }) => clusterMisses(misses, dealt),

  /** All that is known of a content; takes a minute. `thresholds`: those it has already. */
  async compute({
    content,
    thresholds,
  }: WithContent & { thresholds: Content['thresholds'] }): Promise<Computed> {
    const known = { ...content, thresholds: thresholds ?? calibrate(content) }
    const { match } = createMatcher(known, await renewIndexes(known))
    return {
      thresholds: known.thresholds,
      gold: figuresOf(askGold({ match }, askable(ground.gold, content.entries))),
      confusable: confusablePairs(content),
    }
  },
}

export type CurationTasks = typeof tasks

doTasks(tasks)
