// npm run bench [-- faq|turns|channels|console|votes|announcements|announcements-fire] [--json] [--picture FILE]: every figure beside its baseline in the same run.
// The picture shows the engines of `faq` side by side.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { announceUnderFire } from '../support/under-fire.ts'
import { benchAnnouncements } from './announcements.ts'
import { benchChannels } from './channels.ts'
import { benchConsole } from './console.ts'
import { benchFaq } from './faq.ts'
import { type Bar, comparisonPicture } from './picture.ts'
import { benchTurns } from './turns.ts'
import { benchVotes } from './votes.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, picture: { type: 'string' } },
})

/** What the test of faults does, long. */
const FIRE = {
  recipients: 10_000,
  rate: 150,
  kills: 10,
  databaseKills: 2,
  pauses: 4,
  silenceShare: 0.001,
  patienceMs: 900_000,
}

const benches: Record<string, () => Promise<object>> = {
  faq: benchFaq,
  turns: () => benchTurns(),
  channels: benchChannels,
  console: benchConsole,
  votes: benchVotes,
  announcements: () => benchAnnouncements(),
  'announcements-fire': () => announceUnderFire(FIRE),
}
const chosen = positionals.length ? positionals : Object.keys(benches)
const unknown = chosen.filter(name => !(name in benches))
if (unknown.length) {
  console.error(`unknown: ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}`)
  process.exit(2)
}

const results: Record<string, object> = {}
for (const name of chosen) {
  results[name] = (await benches[name]?.()) ?? {}
  if (!values.json) console.log(`\n${name}\n${JSON.stringify(results[name], rounded, 2)}`)
}
if (values.json) console.log(JSON.stringify(results, rounded))

if (values.picture && results.faq) writeFileSync(values.picture, comparisonPicture(groupsOf(results.faq)))

type Measured = { top1: number; p50us: number }
type Compared = { ours: Measured; fuse: Measured; miniSearch: Measured; nlpjs: Measured }

function groupsOf(faq: object): { title: string; bars: Bar[] }[] {
  const { civicSr, civicEn } = faq as { civicSr: Compared; civicEn: Compared }
  const bar = (name: string, { top1, p50us }: Measured): Bar => ({ name, share: top1, medianUs: p50us })
  const bars = ({ ours, nlpjs, miniSearch, fuse }: Compared) => [
    bar('Komšija', ours),
    bar('@nlpjs/basic', nlpjs),
    bar('MiniSearch', miniSearch),
    bar('fuse.js', fuse),
  ]
  return [
    { title: 'Serbian and Bosnian questions: right answer first · median time', bars: bars(civicSr) },
    { title: 'English questions', bars: bars(civicEn) },
  ]
}

function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value
}
