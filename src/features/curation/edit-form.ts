// The editor's form, read: fields as text, lists a line each, facts as boxes and as ids to be added.
import { weakestOf } from '../../content/claims.ts'
import type {
  Confidence,
  Entry,
  EntryText,
  Fact,
  Language,
  Negative,
  Source,
} from '../../core/model/content.ts'
import type { Visit } from '../../staff/index.ts'
import { emptyItem, type Item, isEntry, KINDS, type Kind, mapLanguages, tidy } from './item.ts'

export type Form = Pick<Visit, 'form' | 'all'>

/** More sources than this nobody prints. */
export const SOURCES_MAX = 6

/** The kind a form or an address names; an answer unless it says something else. */
export function kindIn(name: string | undefined): Kind {
  return KINDS.find(kind => kind === name) ?? 'entry'
}

/** What the form says, as an item with all texts as files hold them. */
export function itemFrom(form: Form, facts: readonly Fact[]): Item {
  const { id = '', kind, category = '' } = form.form
  const empty = emptyItem(kindIn(kind), id.trim(), { category, today: '' })
  return tidy(isEntry(empty) ? entryFrom(form, empty, facts) : negativeFrom(form, empty))
}

function negativeFrom(form: Form, empty: Negative): Negative {
  return { ...empty, texts: mapLanguages(empty.texts, (_, language) => findable(form, language)) }
}

function findable({ form }: Form, language: Language): { phrasings: string[]; answer: string } {
  return {
    phrasings: linesIn(form[`${language}.phrasings`]),
    answer: form[`${language}.answer`] ?? '',
  }
}

function entryFrom(form: Form, empty: Entry, known: readonly Fact[]): Entry {
  const { owner = '', lastChecked = '', reviewBy = '', status } = form.form
  const facts = listIn(form, 'fact')
  const grounds = known.filter(({ id }) => facts.includes(id))
  return {
    ...empty,
    status: status === 'draft' ? 'draft' : 'published',
    confidence: grounds.length ? weakestOf(grounds) : confidenceIn(form),
    owner,
    lastChecked,
    reviewBy,
    sources: sourcesIn(form),
    facts,
    gaps: listIn(form, 'gap'),
    related: listIn(form, 'related'),
    texts: mapLanguages(empty.texts, (_, language) => textIn(form, language)),
  }
}

function textIn(form: Form, language: Language): EntryText {
  const field = (name: string) => form.form[`${language}.${name}`] ?? ''
  return {
    ...findable(form, language),
    title: field('title'),
    keywords: field('keywords').split(/[,\n]/),
    steps: linesIn(field('steps')),
  }
}

function linesIn(text = ''): string[] {
  return text.split('\n')
}

/** Boxes that are ticked, and what was typed to be added. */
function listIn({ all }: Form, name: string): string[] {
  const added = all(`${name}.add`).flatMap(text => text.split(/[\s,]+/))
  return [...new Set([...all(name), ...added].map(id => id.trim()).filter(Boolean))]
}

function sourcesIn({ form }: Form): Source[] {
  return Array.from({ length: SOURCES_MAX }, (_, place) => {
    const field = (name: string) => form[`source.${place}.${name}`]?.trim() ?? ''
    const optional = (name: 'gazette' | 'article' | 'url') => (field(name) ? { [name]: field(name) } : {})
    return { name: field('name'), ...optional('gazette'), ...optional('article'), ...optional('url') }
  }).filter(source => Object.values(source).some(Boolean))
}

const CONFIDENCES: readonly Confidence[] = ['V', 'V-old', 'V-2nd', 'B', 'GAP']

/** Only asked for while there is no fact to take it from. */
function confidenceIn({ form }: Form): Confidence {
  return CONFIDENCES.find(confidence => confidence === form.confidence) ?? 'B'
}
