// The rules of src/README.md, "Who may import whom", checked on every import of every file.
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseAst } from 'rolldown/parseAst'
import { describe, expect, it } from 'vitest'

const SRC = path.join(import.meta.dirname, '../src')

/** Layers, top first: a file imports from its own folder and from layers below. */
const LAYERS: [name: string, prefixes: string[]][] = [
  ['start', ['main.ts', 'cli/']],
  ['demo', ['demo/']],
  ['app', ['app.ts']],
  [
    'joins',
    ['kernel.ts', 'knowledge.ts', 'live.ts', 'retention.ts', 'data-dir.ts', 'commands.ts', 'config.ts'],
  ],
  ['features', ['features/']],
  ['turn', ['turn/']],
  ['staff', ['staff/']],
  ['delivery and channels', ['delivery/', 'channels/']],
  ['studio', ['studio/']],
  ['people, content, settings and site', ['people/', 'content/', 'settings/', 'site/']],
  ['platform', ['platform/']],
  ['core', ['core/']],
]

/** Edges between features, each with its reason. */
const FEATURE_EDGES: Record<string, string> = {
  'welcome → answers': 'the greeting shows the menu of answers',
  'cases → answers': 'a question goes to the city when no answer was found; days are written as answers do',
  'clips → answers': 'clips lead to answers, answers to clips; what is overdue is hidden alike',
  'clips → consent': 'how far somebody has come, and the weekly clips, are kept of who agreed',
  'choices → answers': 'an old button leads back to the menu of answers',
  'guides → answers': 'a guide leads to the answer it belongs to, and is hidden with it',
  'curation → answers': 'what is curated are the answers; the console asks their matcher',
  'rights → choices': 'who subscribes is offered to choose what about',
  'rights → answers': 'the file of one’s data writes days as answers do',
  'rights → consent': 'who sees their data may take their consent back',
  'welcome → consent': 'help offers to take a consent back',
  'announcements → choices': 'an audience is chosen by what people chose',
  'consent → answers': 'whoever refuses is led back to the menu of answers',
  'clips → announcements': 'an announcement shows a clip',
  'workshops → announcements': 'an announcement shows a workshop, and goes to those who came',
  'polls → announcements': 'an announcement shows a poll',
  'workshops → answers': 'days are written as answers write them; what is done leads back to the menu',
  'workshops → consent': 'nothing of a registration is kept before somebody agreed',
  'polls → answers': 'days are written as answers do; what is done leads back to the menu',
  'polls → consent': 'nobody votes before they agreed that it is kept',
  'surveys → polls': 'a survey is made of the questions, votes and results of polls',
  'surveys → consent': 'nothing is answered before somebody agreed that it is kept',
  'feedback → answers': 'days are written as answers do; what is done leads back to the menu',
  'feedback → consent': 'nothing is proposed before somebody agreed that it is kept',
}

/** Packages that belong to one folder. */
const OWNERS: [pattern: RegExp, folder: RegExp][] = [
  [/^botbuilder/, /^channels\/botframework\//],
  [/^grammy/, /^channels\/telegram\//],
  [/^viber-bot/, /^channels\/viber\//],
  [/^pg$/, /^platform\/db\//],
  [/^@prisma|^pg-boss|^pino|^prom-client/, /^platform\//],
  [/^fuse\.js|^@orama/, /^features\/answers\//],
  [/^i18next|^yaml/, /^content\/|^cli\/content-/],
  [/^otplib/, /^staff\//],
]

type Import = { from: string; to: string; type: boolean }

function importsOf(file: string): Import[] {
  const source = readFileSync(path.join(SRC, file), 'utf8')
  const program = parseAst(source, { lang: 'ts' }, file)
  return program.body.flatMap(node => {
    if (!('source' in node) || !node.source) return []
    const { value } = node.source
    const to = value.startsWith('.') ? path.posix.join(path.posix.dirname(file), value) : value
    const kind = 'importKind' in node ? node.importKind : 'exportKind' in node ? node.exportKind : 'value'
    return [{ from: file, to, type: kind === 'type' }]
  })
}

const files = globSync('**/*.ts', { cwd: SRC }).map(file => file.replaceAll(path.sep, '/'))
const imports = files.flatMap(importsOf)
const ours = imports.filter(({ to }) => to.endsWith('.ts') && !to.startsWith('../'))
const layerOf = (file: string) =>
  LAYERS.findIndex(([, prefixes]) => prefixes.some(prefix => file.startsWith(prefix)))
const folderOf = (file: string) => file.split('/').slice(0, 2).join('/')
const show = ({ from, to }: Import) => `${from} → ${to}`

describe('imports', () => {
  it('know every file', () => {
    expect(files.filter(file => layerOf(file) === -1)).toEqual([])
    expect(files.length).toBeGreaterThan(40)
  })

  it('point downward only', () => {
    const upward = ours.filter(({ from, to }) => layerOf(from) > layerOf(to))
    expect(upward.map(show)).toEqual([])
  })

  it('leave core without anything but Node and itself', () => {
    const foreign = imports.filter(
      ({ from, to }) => from.startsWith('core/') && !to.startsWith('core/') && !to.startsWith('node:'),
    )
    expect(foreign.map(show)).toEqual([])
  })

  it('keep topics pure: they import core and their own pure siblings', () => {
    const impure = imports.filter(
      ({ from, to }) =>
        /features\/\w+\/(topic|rules|messages|menu|catalog|tokens)\.ts$/.test(from) &&
        /platform|turn\/|delivery|effects|store|^pg/.test(to),
    )
    expect(impure.map(show)).toEqual([])
  })

  it('enter another feature through its index only, along listed edges', () => {
    const edges = ours.filter(
      ({ from, to }) =>
        from.startsWith('features/') &&
        from !== 'features/index.ts' &&
        to.startsWith('features/') &&
        folderOf(from) !== folderOf(to),
    )
    expect(edges.filter(({ to }) => !to.endsWith('/index.ts')).map(show)).toEqual([])
    const named = edges.map(({ from, to }) => `${from.split('/')[1]} → ${to.split('/')[1]}`)
    expect([...new Set(named)].sort()).toEqual(Object.keys(FEATURE_EDGES).sort())
  })

  it('keep channels apart', () => {
    const across = ours.filter(
      ({ from, to }) =>
        /^channels\/\w+\//.test(from) &&
        /^channels\/\w+\//.test(to) &&
        folderOf(from) !== folderOf(to) &&
        !to.startsWith('channels/shared/'),
    )
    expect(across.map(show)).toEqual([])
  })

  it('keep each library in its folder', () => {
    const strays = imports.filter(({ from, to, type }) =>
      OWNERS.some(([pattern, folder]) => !type && pattern.test(to) && !folder.test(from)),
    )
    expect(strays.map(show)).toEqual([])
  })

  it('read the environment in config.ts alone', () => {
    const readers = files.filter(file => /process\.env/.test(readFileSync(path.join(SRC, file), 'utf8')))
    expect(readers.filter(file => file !== 'config.ts' && file !== 'platform/db/embedded/server.ts')).toEqual(
      [],
    )
  })
})
