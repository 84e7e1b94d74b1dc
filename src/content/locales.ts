// The bot's own sentences: content/locales/<language>.yaml through i18next.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { createInstance } from 'i18next'
import { z } from 'zod'
import { LANGUAGES, type Language } from '../core/model/content.ts'
import type { Translate } from '../core/model/topic.ts'
import { type Issue, parseYaml } from './yaml-file.ts'

type Tree = { [key: string]: string | Tree }
const TreeSchema: z.ZodType<Tree> = z.record(z.string(), z.union([z.string(), z.lazy(() => TreeSchema)]))

type Sentences = { file: string; texts: Map<string, string>; lineOf(key: string): number }

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
      LANGUAGES.map(language => [language, { translation: Object.fromEntries(loaded[language].texts) }]),
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

async function loadLanguage(dir: string, language: Language, issues: Issue[]): Promise<Sentences> {
  const file = path.posix.join(path.basename(path.dirname(path.resolve(dir))), 'locales', `${language}.yaml`)
  const text = await readFile(path.join(dir, `${language}.yaml`), 'utf8').catch(() => undefined)
  if (text === undefined) {
    issues.push({ file, line: 1, severity: 'error', message: 'the file is missing' })
    return { file, texts: new Map(), lineOf: () => 1 }
  }
  const parsed = parseYaml(text, file, TreeSchema)
  issues.push(...parsed.issues)
  return {
    file,
    texts: new Map(flatten(parsed.value ?? {})),
    lineOf: key => parsed.lineOf(key.split('.')),
  }
}

function flatten(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  )
}

function compare(master: Sentences, other: Sentences): Issue[] {
  const issues: Issue[] = []
  const report = (line: number, message: string) =>
    issues.push({ file: other.file, line, severity: 'error', message })
  for (const [key, text] of master.texts) {
    const translated = other.texts.get(key)
    if (translated === undefined) {
      // Languages differ in their plural forms: one form of the same sentence is enough.
      const base = key.replace(PLURAL, '')
      const pluralised = base !== key && [...other.texts.keys()].some(it => it.replace(PLURAL, '') === base)
      if (!pluralised) report(1, `the sentence ${key} is missing`)
    } else if (placeholders(text) !== placeholders(translated)) {
      report(
        other.lineOf(key),
        `${key}: placeholders differ from the Serbian sentence: ${placeholders(text)}`,
      )
    }
  }
  for (const key of other.texts.keys()) {
    const known = master.texts.has(key) || master.texts.has(`${key.replace(PLURAL, '')}_other`)
    if (!known) report(other.lineOf(key), `${key}: no such sentence in Serbian`)
  }
  return issues
}

function placeholders(text: string): string {
  return [...new Set(text.match(/\{\{[^}]+\}\}/g) ?? [])].toSorted().join(' ') || 'none'
}
