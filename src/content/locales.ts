// The sentences of bot, pages and console: content/locales/**/<language>.yaml and <name>.<language>.yaml,
// through i18next.
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { createInstance } from 'i18next'
import { z } from 'zod'
import { LANGUAGES, type Language } from '../core/model/content.ts'
import type { Translate } from '../core/model/topic.ts'
import { type Issue, parseYaml } from './yaml-file.ts'

type Tree = { [key: string]: string | Tree }
const TreeSchema: z.ZodType<Tree> = z.record(z.string(), z.union([z.string(), z.lazy(() => TreeSchema)]))

/** Where a sentence stands. */
type Place = { file: string; line: number }
type Sentence = Place & { text: string }
type Sentences = { language: Language; folder: string; texts: Map<string, Sentence> }

export type Locales = { translator(language: Language): Translate; keys: string[]; issues: Issue[] }

/** The plural forms i18next chooses from by `count`; the key people use has none of these endings. */
const PLURAL = /_(?:zero|one|two|few|many|other)$/

/**
 * Loads the sentences of all languages. Missing files and keys, unknown keys and placeholders that differ from
 * the Serbian ones are issues; a missing sentence falls back to Serbian. Nothing is HTML-escaped.
 */
export async function loadLocales(dir: string): Promise<Locales> {
  const issues: Issue[] = []
  const loaded = {
    sr: await loadLanguage(dir, 'sr', issues),
    bs: await loadLanguage(dir, 'bs', issues),
    en: await loadLanguage(dir, 'en', issues),
  }
  issues.push(...compare(loaded.sr, loaded.bs), ...compare(loaded.sr, loaded.en))
  const engine = createInstance()
  // Without a backend to wait for, initialising is done when the call returns.
  void engine.init({
    lng: 'sr',
    fallbackLng: 'sr',
    supportedLngs: LANGUAGES,
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    interpolation: { escapeValue: false },
    resources: Object.fromEntries(
      LANGUAGES.map(language => [language, { translation: textsOf(loaded[language]) }]),
    ),
  })
  const sentencesIn = (language: Language): Translate => {
    const t = engine.getFixedT(language)
    // Most sentences have no placeholder: looking them up once is enough.
    const fixed = new Map<string, string>()
    return (key, values) => {
      if (values) return t(key, { ...values })
      const sentence = fixed.get(key) ?? t(key)
      fixed.set(key, sentence)
      return sentence
    }
  }
  const translators = { sr: sentencesIn('sr'), bs: sentencesIn('bs'), en: sentencesIn('en') }
  const keys = [...new Set([...loaded.sr.texts.keys()].map(key => key.replace(PLURAL, '')))].toSorted()
  return { translator: language => translators[language], keys, issues }
}

function textsOf({ texts }: Sentences): Record<string, string> {
  return Object.fromEntries([...texts].map(([key, { text }]) => [key, text]))
}

async function loadLanguage(dir: string, language: Language, issues: Issue[]): Promise<Sentences> {
  const folder = path.posix.join(path.basename(path.dirname(path.resolve(dir))), 'locales')
  const texts = new Map<string, Sentence>()
  const files = await filesOf(dir, language)
  if (files.length === 0) {
    const file = `${folder}/${language}.yaml`
    issues.push({ file, line: 1, severity: 'error', message: 'the file is missing' })
  }
  for (const name of files) {
    const file = path.posix.join(folder, name)
    const parsed = parseYaml(await readFile(path.join(dir, name), 'utf8'), file, TreeSchema)
    issues.push(...parsed.issues)
    for (const [key, text] of flatten(parsed.value ?? {})) {
      const sentence = { file, line: parsed.lineOf(key.split('.')), text }
      const known = texts.get(key)
      if (known) {
        issues.push({ ...sentence, severity: 'error', message: `${key} stands in ${known.file} too` })
      }
      texts.set(key, sentence)
    }
  }
  return { language, folder, texts }
}

async function filesOf(dir: string, language: Language): Promise<string[]> {
  const names = await readdir(dir, { recursive: true }).catch(() => [])
  return names
    .map(name => name.replaceAll(path.sep, '/'))
    .filter(name => name === `${language}.yaml` || name.endsWith(`.${language}.yaml`))
    .toSorted()
}

function flatten(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  )
}

function compare(master: Sentences, other: Sentences): Issue[] {
  return [...missingOrDifferent(master, other), ...unknown(master, other)]
}

function missingOrDifferent(master: Sentences, other: Sentences): Issue[] {
  return [...master.texts].flatMap(([key, { text, file }]): Issue[] => {
    const translated = other.texts.get(key)
    if (translated === undefined) {
      if (isPluralised(other, key)) return []
      const place = { file: file.replace(/\bsr\.yaml$/, `${other.language}.yaml`), line: 1 }
      return [{ ...place, severity: 'error', message: `the sentence ${key} is missing` }]
    }
    if (placeholders(text) === placeholders(translated.text)) return []
    const message = `${key}: placeholders differ from the Serbian sentence: ${placeholders(text)}`
    return [{ file: translated.file, line: translated.line, severity: 'error', message }]
  })
}

/** Languages differ in their plural forms: one form of the same sentence is enough. */
function isPluralised({ texts }: Sentences, key: string): boolean {
  const base = key.replace(PLURAL, '')
  return base !== key && [...texts.keys()].some(it => it.replace(PLURAL, '') === base)
}

function unknown(master: Sentences, other: Sentences): Issue[] {
  return [...other.texts].flatMap(([key, { file, line }]): Issue[] => {
    const known = master.texts.has(key) || master.texts.has(`${key.replace(PLURAL, '')}_other`)
    return known ? [] : [{ file, line, severity: 'error', message: `${key}: no such sentence in Serbian` }]
  })
}

function placeholders(text: string): string {
  return [...new Set(text.match(/\{\{[^}]+\}\}/g) ?? [])].toSorted().join(' ') || 'none'
}
