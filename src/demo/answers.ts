// What editors of the demo do with the answers: one published by two, one thrown away, one whose file has changed
// since, a draft, one that waits for the second person, and questions that are no matter of the city.
import type { Texts } from '../core/model/settings.ts'
import {
  type Deed as Change,
  type Done,
  deleteDraft,
  type Outcome,
  publishDraft,
  saveDraft,
  stampOf,
  submitDraft,
} from '../features/curation/deeds.ts'
import { type Desk, served } from '../features/curation/desk.ts'
import { isEntry, itemOf, mapLanguages } from '../features/curation/item.ts'
import { ignoreMisses } from '../features/curation/miss-deeds.ts'
import { revisionsOf, setBase } from '../features/curation/store.ts'
import { Refused } from '../staff/index.ts'
import { STAFF } from './office.ts'
import type { Chapter, World } from './world.ts'

export const answers: Chapter = () => [
  { daysAgo: 26, run: world => write(world, 'street-lighting', STAFF.editor) },
  { daysAgo: 25, run: world => decide(world, 'street-lighting', STAFF.editor, submitDraft) },
  { daysAgo: 24, run: world => decide(world, 'street-lighting', STAFF.press, publishDraft) },
  { daysAgo: 18, run: world => write(world, 'parking', STAFF.press) },
  { daysAgo: 15, run: world => decide(world, 'parking', STAFF.press, deleteDraft) },
  { daysAgo: 12, run: world => write(world, 'waste-cleaning', STAFF.press) },
  { daysAgo: 11, run: world => outdate(world, 'waste-cleaning') },
  { daysAgo: 9, run: ignorePigeons },
  { daysAgo: 5, run: world => write(world, 'culture-sport', STAFF.editor) },
  { daysAgo: 3, run: world => write(world, 'heating', STAFF.press) },
  { daysAgo: 2, run: world => decide(world, 'heating', STAFF.press, submitDraft) },
]

/** A draft that says one sentence more than what people get. */
async function write({ parts }: World, id: string, actor: string): Promise<void> {
  const item = itemOf(served(parts), id)
  const more = MORE[id]
  if (!item || !more || !isEntry(item)) throw new Error(`${id} is no answer of the content`)
  const texts = mapLanguages(item.texts, (text, language) => ({
    ...text,
    answer: `${text.answer} ${more[language]}`,
  }))
  const stamp = stampOf(await revisionsOf(parts.database.sql, id))
  done(await saveDraft(parts, { item: { ...item, texts }, note: 'Pitanja iz ovog meseca', actor, stamp }))
}

async function decide(
  { parts }: World,
  contentId: string,
  actor: string,
  deed: (desk: Desk, change: Change) => Promise<Outcome<Done>>,
): Promise<void> {
  const stamp = stampOf(await revisionsOf(parts.database.sql, contentId))
  done(await deed(parts, { contentId, actor, stamp }))
}

function done(outcome: Outcome<Done>): void {
  if (outcome instanceof Refused) throw new Error(`an editor was refused: ${outcome.reason}`)
}

/** As if somebody had changed the file after the draft was begun. */
async function outdate({ parts: { database } }: World, id: string): Promise<void> {
  const [open] = await revisionsOf(database.sql, id)
  if (open) await setBase(database.sql, open.id, 'an earlier file')
}

async function ignorePigeons({ parts: { database } }: World): Promise<void> {
  const rows = await database.sql<{ id: string }>`SELECT id FROM miss WHERE question ILIKE '%golubov%'`
  if (rows.length === 0) return
  const ids = rows.map(({ id }) => id)
  if (await ignoreMisses(database, STAFF.editor, ids)) throw new Error('the questions were gone')
}

/** What is added to an answer. */
const MORE: Record<string, Texts> = {
  'street-lighting': {
    sr: 'Uz prijavu navedite i broj sa stuba, ako ga ima.',
    bs: 'Uz prijavu navedite i broj sa stuba, ako ga ima.',
    en: 'Please add the number on the pole if there is one.',
  },
  parking: {
    sr: 'Punjača za električna vozila zasad nema.',
    bs: 'Punjača za električna vozila zasad nema.',
    en: 'There are no chargers for electric vehicles yet.',
  },
  'waste-cleaning': {
    sr: 'Ulje od prženja ne sipajte u odvod.',
    bs: 'Ulje od prženja ne sipajte u odvod.',
    en: 'Please don’t pour cooking oil down the drain.',
  },
  'culture-sport': {
    sr: 'Klizalište na trgu otvara se čim bude dovoljno hladno.',
    bs: 'Klizalište na trgu otvara se čim bude dovoljno hladno.',
    en: 'The ice rink on the square opens as soon as it is cold enough.',
  },
  heating: {
    sr: 'Pre poziva proverite ventil na radijatoru.',
    bs: 'Prije poziva provjerite ventil na radijatoru.',
    en: 'Please check the valve of the radiator before you call.',
  },
}
