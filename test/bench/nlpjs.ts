// The ready-made FAQ bot for Node, trained on the same answers in the same normal form.
import { createRequire } from 'node:module'
import type { Tongue } from '../../src/features/answers/index-text.ts'

type Result = { classifications: { intent: string; score: number }[] }
type Nlp = {
  settings: Record<string, unknown>
  addLanguage(language: string): void
  addDocument(language: string, text: string, intent: string): void
  train(): Promise<void>
  process(language: string, text: string): Promise<Result>
}

/** Trains the bot; resolves to a function that ranks intents, best first, and to the seconds it took. */
export async function nlpjsEngine(
  phrasings: readonly { text: string; owner: string }[],
  tongue: Tongue,
): Promise<{ rank(question: string): Promise<string[]>; trainSeconds: number }> {
  const { dockStart } = createRequire(import.meta.url)('@nlpjs/basic') as {
    dockStart(options: object): Promise<{ get(name: string): Nlp }>
  }
  const nlp = (await dockStart({ use: ['Basic'] })).get('nlp')
  Object.assign(nlp.settings, { autoSave: false, autoLoad: false, nlu: { log: false } })
  nlp.addLanguage(tongue)
  for (const { text, owner } of phrasings) nlp.addDocument(tongue, text, owner)
  const from = performance.now()
  await quietly(() => nlp.train())
  const trainSeconds = (performance.now() - from) / 1000
  return {
    trainSeconds,
    async rank(question) {
      const { classifications } = await nlp.process(tongue, question)
      return classifications.toSorted((a, b) => b.score - a.score).map(({ intent }) => intent)
    },
  }
}

/** It reports every round of its training on standard output, which is for our figures. */
async function quietly(work: () => Promise<void>): Promise<void> {
  const { log } = console
  console.log = () => undefined
  try {
    await work()
  } finally {
    console.log = log
  }
}
