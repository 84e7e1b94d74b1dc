// The matcher beside two general search engines, on the same questions in the same run. Both engines get the
// matcher's own normal form; MiniSearch its stemmer too.
import path from 'node:path'
import Fuse from 'fuse.js'
import MiniSearch from 'minisearch'
import { askable, type GoldQuestion } from '../../src/content/gold.ts'
import { loadContent } from '../../src/content/load.ts'
import type { Content } from '../../src/core/model/content.ts'
import { fold } from '../../src/core/text/fold.ts'
import { type Example, evaluate, quantile } from '../../src/features/answers/evaluate.ts'
import { createIndex } from '../../src/features/answers/index-build.ts'
import type { ClassText } from '../../src/features/answers/index-corpus.ts'
import { stemOf, type Tongue } from '../../src/features/answers/index-text.ts'
import { classTexts, createMatcher, rank } from '../../src/features/answers/matcher.ts'
import { measure } from '../../src/features/answers/measure.ts'
import { jsonLines } from '../faq/json-lines.ts'
import { HELD_OUT, xsidDraw } from '../faq/xsid.ts'
import { benchLeftOut } from './left-out.ts'
import { nlpjsEngine } from './nlpjs.ts'
import { benchRobust } from './robust.ts'

/** Ids of classes, best first. */
type Engine = (question: string) => string[]
type Asked = { q: string; accept: string[] }
type Row = { top1: number; p50us: number; p99us: number }

/** fuse.js needs tens of milliseconds per question on the larger sets; this many show the difference. */
const SAMPLE = 300

/**
 * Accuracy as shares, times in microseconds. `ratio`: our top-1 over the engine's, and the engine's median time
 * over ours.
 */
export async function benchFaq(): Promise<object> {
  const { content, gold } = await loadContent(path.join(import.meta.dirname, '../../content'))
  const queries = askable(gold, content.entries)
  const decisions = measure(createMatcher(content), queries)
  const inScope = queries.filter(query => query.kind === 'in')
  return {
    decisions,
    civicSr: await compareCivic(
      classTexts(content, 'sr'),
      'sr',
      inScope.filter(query => query.lang !== 'en'),
    ),
    civicEn: await compareCivic(
      classTexts(content, 'en'),
      'en',
      inScope.filter(query => query.lang === 'en'),
    ),
    byLanguage: byLanguage(content, queries),
    size: sizeOf(content),
    leftOut: benchLeftOut(content),
    robust: benchRobust(content, queries),
    xsid10: benchXsid(),
    clinc10: benchEnglish('clinc10'),
    banking10: benchEnglish('banking10'),
  }
}

/** Right first and among three, for each language and script of the questions. */
function byLanguage(content: Content, queries: readonly GoldQuestion[]): object {
  const matcher = createMatcher(content)
  const groups = Map.groupBy(queries, ({ lang, script }) => `${lang}-${script}`)
  return Object.fromEntries(
    [...groups].map(([name, asked]) => {
      const { n, top1, recall3, answered, answeredRight } = measure(matcher, asked)
      return [name, { n, top1, recall3, answered, answeredRight }]
    }),
  )
}

/** What the index of today's content costs: the time of its second building, as after a change of content. */
function sizeOf(content: Content): object {
  const used = () => {
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return heapUsed + arrayBuffers
  }
  const before = used()
  const first = createMatcher(content)
  const memoryMb = (used() - before) / 1e6
  const from = performance.now()
  createMatcher(content)
  const buildMs = performance.now() - from
  first.match('ko popravlja rasvetu')
  const phrasings = content.entries
    .flatMap(({ texts }) => Object.values(texts))
    .flatMap(text => text.phrasings)
  return { entries: content.entries.length, phrasings: phrasings.length, buildMs, memoryMb }
}

async function compareCivic(
  classes: readonly ClassText[],
  tongue: Tongue,
  asked: readonly Asked[],
): Promise<object> {
  const nlpjs = await nlpjsEngine(phrasingsOf(classes), tongue)
  let right = 0
  const times: number[] = []
  for (const { q, accept } of asked) {
    const from = performance.now()
    const [best] = await nlpjs.rank(fold(q))
    times.push((performance.now() - from) * 1_000)
    if (best !== undefined && accept.includes(best)) right++
  }
  const row = { top1: right / asked.length, p50us: quantile(times, 0.5), p99us: quantile(times, 0.99) }
  return { ...compare(classes, tongue, asked), nlpjs: { ...row, trainSeconds: nlpjs.trainSeconds } }
}

function benchXsid(): object {
  const draws = [0, 1, 2, 3, 4]
  const top1 = draws.map(draw => {
    const { train, test } = xsidDraw(draw)
    return evaluate(train, test).top1
  })
  const auroc = draws.map(draw => {
    const { train, test } = xsidDraw(draw, HELD_OUT)
    return evaluate(train, test).oosAuroc ?? 0
  })
  const { train, test } = xsidDraw(0)
  return {
    top1: meanAndSpread(top1),
    oosAuroc: meanAndSpread(auroc),
    firstDraw: compare(classesOf(train), 'sr', askedOf(test)),
  }
}

function benchEnglish(name: string): object {
  const train = jsonLines<Example>(`${name}.train.jsonl`)
  const test = jsonLines<Example>(`${name}.test.jsonl`)
  return { ...evaluate(train, test), sample: compare(classesOf(train), 'en', askedOf(test).slice(0, SAMPLE)) }
}

function classesOf(examples: readonly Example[]): ClassText[] {
  return [...Map.groupBy(examples, example => example.label ?? '')].map(([id, own]) => ({
    id,
    negative: false,
    titles: [],
    phrasings: own.map(example => example.q),
    keywords: [],
  }))
}

function askedOf(test: readonly Example[]): Asked[] {
  return test.flatMap(({ q, label }) => (label === null ? [] : [{ q, accept: [label] }]))
}

function compare(classes: readonly ClassText[], tongue: Tongue, asked: readonly Asked[]): object {
  const from = performance.now()
  const index = createIndex(classes, tongue, [])
  const buildMs = performance.now() - from
  const ours = time(question => rank(index, question).order, asked)
  const fuse = time(fuseEngine(classes), asked)
  const miniSearch = time(miniSearchEngine(classes, tongue), asked)
  const ratio = (engine: Row) => ({ top1: ours.top1 / engine.top1, speed: engine.p50us / ours.p50us })
  return {
    n: asked.length,
    buildMs,
    ours,
    fuse: { ...fuse, ratio: ratio(fuse) },
    miniSearch: { ...miniSearch, ratio: ratio(miniSearch) },
  }
}

function time(engine: Engine, asked: readonly Asked[]): Row {
  for (const { q } of asked.slice(0, 50)) engine(q)
  const times: number[] = []
  let right = 0
  for (const { q, accept } of asked) {
    const from = performance.now()
    const [best] = engine(q)
    times.push((performance.now() - from) * 1_000)
    if (best !== undefined && accept.includes(best)) right++
  }
  return { top1: right / asked.length, p50us: quantile(times, 0.5), p99us: quantile(times, 0.99) }
}

type Phrasing = { id: number; text: string; owner: string }

function phrasingsOf(classes: readonly ClassText[]): Phrasing[] {
  const texts = classes.flatMap(({ id, titles, phrasings, keywords, negative }) =>
    // The engines have no notion of redirects: they rank the answers alone.
    negative ? [] : [...titles, ...phrasings, ...keywords].map(text => ({ text: fold(text), owner: id })),
  )
  return texts.map((phrasing, id) => ({ id, ...phrasing }))
}

function fuseEngine(classes: readonly ClassText[]): Engine {
  const fuse = new Fuse(phrasingsOf(classes), {
    keys: ['text'],
    useTokenSearch: true,
    ignoreLocation: true,
    threshold: 0.35,
  })
  return question => fuse.search(fold(question), { limit: 10 }).map(({ item }) => item.owner)
}

function miniSearchEngine(classes: readonly ClassText[], tongue: Tongue): Engine {
  const engine = new MiniSearch<Phrasing>({
    fields: ['text'],
    storeFields: ['owner'],
    processTerm: term => stemOf(term, tongue),
    searchOptions: { fuzzy: 0.2, prefix: true },
  })
  engine.addAll(phrasingsOf(classes))
  return question => engine.search(fold(question)).map(result => String(result.owner))
}

function meanAndSpread(values: readonly number[]): { mean: number; sd: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1)
  return { mean, sd: Math.sqrt(square) }
}
