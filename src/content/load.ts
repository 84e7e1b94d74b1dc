// Reads the content folder. A mistake never stops the reading: each is named with file and line, and the
// file that holds it is left out.
import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { z } from 'zod'
import type { City, Clip, Content, Entry, Fact, Language, Negative, Synonym } from '../core/model/content.ts'
import { LANGUAGES } from '../core/model/content.ts'
import { loadClips } from './clips.ts'
import { loadCommunities } from './communities.ts'
import { type GoldQuestion, loadGold } from './gold.ts'
import { loadGuides } from './guides.ts'
import { loadHolidays } from './holidays.ts'
import { loadNewsTopics } from './news-topics.ts'
import {
  CityFile,
  EntryFile,
  FactSourcesFile,
  FactsFile,
  NegativeFile,
  SynonymsFile,
  ThresholdsFile,
} from './schema.ts'
import type { Storyboard } from './storyboard.ts'
import { type Issue, parseYaml, type YamlFile } from './yaml-file.ts'

export type { Issue } from './yaml-file.ts'

/** The file and line of something that was loaded. */
export type Place = { file: string; line: number }

export type Loaded = {
  content: Content
  facts: Fact[]
  /** Keys of the list of sources that facts refer to. */
  factSources: string[]
  /** Of the clips, for those who draw them. */
  storyboards: Storyboard[]
  issues: Issue[]
  /** Questions that judge how well the matcher finds the answers. */
  gold: GoldQuestion[]
  /** Where a loaded entry, negative, fact or clip stands; with a path, where that part of it stands. */
  where(item: Entry | Negative | Fact | Clip | Storyboard, part?: (string | number)[]): Place
}

const NOWHERE: City = {
  name: { sr: '', bs: '', en: '' },
  timeZone: 'Europe/Belgrade',
  site: '',
  office: { sr: '', bs: '', en: '' },
  protectedWords: [],
}

/**
 * Loads everything below `dir`. Folders and files that are missing count as empty, but a city is needed.
 * `content.hash` changes with any byte of any file that the matcher learns from.
 */
export async function loadContent(dir: string): Promise<Loaded> {
  const reader = createReader(dir)
  const entries = await loadEntries(reader)
  const redirects = await loadNegatives(reader, 'redirects', 'redirect')
  const smalltalk = await loadNegatives(reader, 'smalltalk', 'smalltalk')
  const { facts, factSources } = await loadFacts(reader)
  const synonyms = await loadSynonyms(reader)
  const city = (await reader.one('city.yaml', CityFile))?.value
  const hash = reader.hash()
  const thresholds = (await reader.one('thresholds.yaml', ThresholdsFile))?.value
  const guides = await loadGuides(reader, entries, facts)
  const holidays = await loadHolidays(reader)
  const communities = await loadCommunities(reader)
  const newsTopics = await loadNewsTopics(reader)
  const gold = await loadGold(reader, entries)
  const { clips, storyboards } = await loadClips(reader, entries, facts)
  const { issues, where } = reader
  if (!city && !issues.some(issue => issue.file.endsWith('city.yaml'))) {
    issues.push({
      file: reader.nameOf('city.yaml'),
      line: 1,
      severity: 'error',
      message: 'the file is missing',
    })
  }
  const negatives = [...redirects, ...smalltalk]
  const content = {
    hash,
    city: city ?? NOWHERE,
    entries,
    negatives,
    synonyms,
    thresholds,
    ...guides,
    holidays,
    communities,
    newsTopics,
    clips,
  }
  return { content, facts, factSources, gold, storyboards, issues, where }
}

type Reader = ReturnType<typeof createReader>

function createReader(dir: string) {
  const issues: Issue[] = []
  const digest = createHash('sha256')
  const places = new Map<object, (part: (string | number)[]) => Place>()
  const nameOf = (file: string) => path.posix.join(path.basename(path.resolve(dir)), file)

  async function textOf(file: string): Promise<string | undefined> {
    const text = await readFile(path.join(dir, file), 'utf8').catch(absent)
    if (text !== undefined) digest.update(`${file}\0${text}\0`)
    return text
  }

  async function one<T>(file: string, schema: z.ZodType<T>): Promise<YamlFile<T> | undefined> {
    const text = await textOf(file)
    if (text === undefined) return undefined
    const parsed = parseYaml(text, nameOf(file), schema)
    issues.push(...parsed.issues)
    return parsed
  }

  return {
    issues,
    nameOf,
    textOf,
    one,
    sizeOf: async (file: string) => (await stat(path.join(dir, file)).catch(absent))?.size,
    /** Files below a folder, in an order that doesn't depend on the machine. */
    async filesIn(folder: string, ending = '.yaml'): Promise<string[]> {
      const found = (await readdir(path.join(dir, folder), { recursive: true }).catch(absent)) ?? []
      const files = found.map(file => path.posix.join(folder, file.split(path.sep).join('/')))
      return files.filter(file => file.endsWith(ending)).toSorted()
    },
    keepPlace(
      item: object,
      file: string,
      lineOf: YamlFile<unknown>['lineOf'],
      base: (string | number)[] = [],
    ) {
      places.set(item, part => ({ file: nameOf(file), line: lineOf([...base, ...part]) }))
    },
    where: (item: object, part: (string | number)[] = []): Place =>
      places.get(item)?.(part) ?? { file: nameOf('.'), line: 1 },
    hash: () => digest.copy().digest('hex').slice(0, 16),
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error
}

async function loadEntries(reader: Reader): Promise<Entry[]> {
  const entries: Entry[] = []
  for (const file of await reader.filesIn('faq')) {
    const loaded = await reader.one(file, EntryFile)
    if (!loaded?.value) continue
    const { sr, bs, en, ...rest } = loaded.value
    const entry: Entry = { ...rest, category: file.split('/').at(-2) ?? '', texts: { sr, bs, en } }
    reader.keepPlace(entry, file, loaded.lineOf)
    entries.push(entry)
  }
  return entries
}

async function loadNegatives(
  reader: Reader,
  folder: string,
  kind: 'redirect' | 'smalltalk',
): Promise<Negative[]> {
  const negatives: Negative[] = []
  for (const file of await reader.filesIn(folder)) {
    const loaded = await reader.one(file, NegativeFile)
    if (!loaded?.value) continue
    const { id, ...texts } = loaded.value
    const negative: Negative = { id, kind, texts }
    reader.keepPlace(negative, file, loaded.lineOf)
    negatives.push(negative)
  }
  return negatives
}

async function loadFacts(reader: Reader): Promise<{ facts: Fact[]; factSources: string[] }> {
  const facts: Fact[] = []
  for (const file of await reader.filesIn('facts')) {
    if (file === 'facts/sources.yaml') continue
    const loaded = await reader.one(file, FactsFile)
    loaded?.value?.forEach((fact, index) => {
      reader.keepPlace(fact, file, loaded.lineOf, [index])
      facts.push(fact)
    })
  }
  const sources = await reader.one('facts/sources.yaml', FactSourcesFile)
  return { facts, factSources: Object.keys(sources?.value ?? {}) }
}

async function loadSynonyms(reader: Reader): Promise<Record<Language, Synonym[]>> {
  const synonyms: Record<Language, Synonym[]> = { sr: [], bs: [], en: [] }
  for (const language of LANGUAGES) {
    synonyms[language] = (await reader.one(`synonyms/${language}.yaml`, SynonymsFile))?.value ?? []
  }
  return synonyms
}
