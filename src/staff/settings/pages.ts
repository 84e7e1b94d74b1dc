// The settings of the whole system: everybody reads what concerns them, admins change it.
import type { Settings } from '../../core/model/settings.ts'
import type { Database, Sql } from '../../platform/db/database.ts'
import { changeSetting, readSettings } from '../../settings/index.ts'
import { Refused, withAudit } from '../audit.ts'
import type { Answer, StaffPage, Visit } from '../page.ts'
import { EVERYONE, mayEnter } from '../roles.ts'
import {
  approvalSection,
  holidaysSection,
  offerSection,
  quietHoursSection,
  silenceSection,
  viberSection,
} from './announcing.ts'
import {
  cannedSection,
  caseDaysSection,
  departmentsSection,
  hoursSection,
  moderationSection,
} from './cases.ts'
import { noticeSection, pausedSection } from './messages.ts'
import { retentionSection } from './retention.ts'
import type { Change, SettingsSection } from './section.ts'
import { type Opened, settingsView } from './views.ts'

/** Every section, in the order of the page. */
const SECTIONS: readonly SettingsSection[] = [
  pausedSection,
  noticeSection,
  hoursSection,
  caseDaysSection,
  departmentsSection,
  cannedSection,
  moderationSection,
  quietHoursSection,
  approvalSection,
  silenceSection,
  holidaysSection,
  offerSection,
  viberSection,
  retentionSection,
]

const PATH = '/console/settings'

export function settingsPages({ database }: { database: Database }): StaffPage[] {
  return [
    {
      method: 'GET',
      path: PATH,
      section: 'settings',
      roles: EVERYONE,
      handle: visit => show(database, visit),
    },
    {
      method: 'POST',
      path: `${PATH}/:key`,
      section: 'settings',
      roles: ['admin'],
      handle: visit => change(database, visit),
    },
  ]
}

async function show(database: Database, visit: Visit, opened?: Opened): Promise<Answer> {
  const settings = await readSettings(database.sql)
  const sections = SECTIONS.filter(({ readers }) => mayEnter(visit.account.role, readers))
  const status = opened?.draft.isWrong || opened?.overtaken ? 422 : 200
  return {
    kind: 'page',
    title: visit.t('console.section.settings'),
    body: settingsView(visit, sections, settings, opened),
    status,
  }
}

async function change(database: Database, visit: Visit): Promise<Answer> {
  const section = SECTIONS.find(({ key }) => key === visit.params.key)
  if (!section) return { kind: 'missing' }
  const settings = await readSettings(database.sql)
  if (visit.form.do === 'end') {
    await save(database, visit, section, () => section.ended(settings))
    return saved(section)
  }
  const { draft, change } = section.read(visit, settings)
  const { key } = section
  if (draft.isWrong) return show(database, visit, { key, draft })
  if (visit.form.do === 'preview') return show(database, visit, { key, draft, preview: change.preview })
  const outcome = await save(database, visit, section, now =>
    section.base(now) === visit.form.base ? section.read(visit, now).change : undefined,
  )
  return outcome instanceof Refused ? show(database, visit, { key, draft, overtaken: true }) : saved(section)
}

function saved({ key }: SettingsSection): Answer {
  return { kind: 'redirect', to: `${PATH}?saved=${key}#${key}` }
}

/** One after the other: whoever changes a setting has seen what it was. */
async function save(
  database: Database,
  { account }: Visit,
  { key }: SettingsSection,
  changeOf: (now: Settings) => Change | undefined,
): Promise<Refused | undefined> {
  return withAudit(database, account.email, async (sql, note) => {
    await hold(sql, key)
    const change = changeOf(await readSettings(sql))
    if (!change) return new Refused('overtaken')
    await changeSetting(sql, change.key, change.value)
    await note({ action: 'settings.change', target: `setting ${key}`, details: change.details })
    return undefined
  })
}

async function hold(sql: Sql, key: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtext(${`setting ${key}`}))`
}
