// What the pages of the console share: who reads, what they may do, small views.
import type { Outbound } from '../../core/model/message.ts'
import type { Settings } from '../../core/model/settings.ts'
import type { Knowledge } from '../../core/step.ts'
import { inEveryLanguage } from '../../core/text/in-every-language.ts'
import type { Database } from '../../platform/db/database.ts'
import { type Html, html } from '../../platform/html/html.ts'
import {
  type Answer,
  idIn,
  mayEnter,
  previewsInAll,
  problemNote,
  type Role,
  type Visit,
} from '../../staff/index.ts'
import type { Refusal } from './changes.ts'
import type { Actor } from './deeds.ts'
import type { Voice } from './messages.ts'
import { readWorkshop, type WorkshopRecord } from './store.ts'
import type { Speaker } from './words.ts'

export type StaffParts = {
  database: Database
  knowledge(): Knowledge
  settings(): Settings
  publicUrl: string
}

export const MAY_READ: readonly Role[] = ['events', 'editor']
export const MAY_WRITE: readonly Role[] = ['events']

export function mayWrite({ account }: Pick<Visit, 'account'>): boolean {
  return mayEnter(account.role, MAY_WRITE)
}

export function actorOf({ database }: StaffParts, { account, now }: Visit): Actor {
  return { database, by: account.email, now }
}

/** Speaks Serbian in Latin script: what it says goes through `visit.inScript`. */
export function speakerOf({ knowledge }: StaffParts, { contentLanguage }: Visit): Speaker {
  const { content, sentences } = knowledge()
  return { language: contentLanguage, content, t: sentences(contentLanguage) }
}

/** A message as people will read it, on every channel and in every language and script. */
export function previewOf(parts: StaffParts, visit: Visit, say: (voice: Voice) => Outbound): Html {
  const { content, sentences } = parts.knowledge()
  const { publicUrl } = parts
  const now = visit.now.getTime()
  const said = inEveryLanguage(
    (language, script) => say({ language, script, content, t: sentences(language), publicUrl, now }),
    content.city.protectedWords,
  )
  return previewsInAll(said, { ...visit, publicUrl, translator: sentences })
}

/** Runs a page about one workshop. */
export async function onWorkshop(
  { database }: StaffParts,
  visit: Visit,
  page: (workshop: WorkshopRecord) => Promise<Answer>,
): Promise<Answer> {
  const id = idIn(visit)
  const workshop = id === undefined ? undefined : await readWorkshop(database.sql, id)
  return workshop ? page(workshop) : { kind: 'missing' }
}

/** Why nothing was changed, as a page that leads back. */
export function refusedPage(visit: Visit, reason: Refusal, back: string): Answer {
  if (reason === 'gone') return { kind: 'missing' }
  const { t } = visit
  const body = html`${problemNote(t(`console.workshops.refused.${reason}`))}
<p><a class="button" href="${back}">${t('console.back')}</a></p>`
  return { kind: 'page', title: t('console.workshops.refused.title'), body, status: 409 }
}

const LOOKS: Record<WorkshopRecord['status'], string> = {
  draft: 'warn',
  published: 'good',
  cancelled: 'bad',
  done: '',
}

export function statusBadge({ t }: Visit, status: WorkshopRecord['status']): Html {
  return html`<span class="badge ${LOOKS[status]}">${t(`console.workshops.status.${status}`)}</span>`
}
