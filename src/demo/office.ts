// Who works in the demo's city, and what they have decided about their bot.
import { createHash } from 'node:crypto'
import type { Settings } from '../core/model/settings.ts'
import { changeSetting } from '../settings/index.ts'
import { addAccount, connectApp, type Role } from '../staff/command-line.ts'
import { withAudit } from '../staff/index.ts'
import { type Chapter, DAYS, type World } from './world.ts'

/** One account with everything that signing in takes. */
export type Credential = { role: Role; email: string; password: string; totpSecret: string }

/** Of no use anywhere else: the database goes when the demo stops. */
const PASSWORD = 'bunar-lipa-kaldrma'

function account(role: Role, name: string = role): Credential {
  const email = emailOf(name)
  return { role, email, password: PASSWORD, totpSecret: secretOf(email) }
}

function emailOf(name: string): string {
  return `${name}@grad.example`
}

/** The same on every start, so that an app for codes has to learn it once. */
function secretOf(email: string): string {
  const bytes = createHash('sha256').update(`komsija demo ${email}`).digest()
  return Array.from(bytes, byte => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte & 31]).join('')
}

/** One per role. */
export const CREDENTIALS: readonly Credential[] = [
  account('admin'),
  account('editor'),
  account('events'),
  account('inbox'),
  account('monitor'),
]
/** A second person at the inbox and one who edits. */
const COLLEAGUES: readonly Credential[] = [account('inbox', 'pisarnica'), account('editor', 'informisanje')]

/** Whom deeds of staff are done by. */
export const STAFF = {
  admin: emailOf('admin'),
  editor: emailOf('editor'),
  events: emailOf('events'),
  inbox: emailOf('inbox'),
  desk: emailOf('pisarnica'),
  press: emailOf('informisanje'),
}

/** Everybody is invited and the settings are made before the first citizen writes. */
export const office: Chapter = () => [
  { daysAgo: DAYS - 1, run: invite },
  { daysAgo: DAYS - 1, run: decide },
]

async function invite({ parts: { database } }: World): Promise<void> {
  for (const { email, role, password, totpSecret } of [...CREDENTIALS, ...COLLEAGUES]) {
    await addAccount(database, { email, role, password })
    await connectApp(database, email, totpSecret)
  }
}

async function decide({ parts: { database } }: World): Promise<void> {
  for (const key of Object.keys(OFFICE_SETTINGS) as (keyof typeof OFFICE_SETTINGS)[]) {
    await withAudit(database, STAFF.admin, async (sql, note) => {
      await changeSetting(sql, key, OFFICE_SETTINGS[key])
      await note({ action: 'settings.change', target: `setting ${key}` })
    })
  }
}

/** What the city has decided otherwise than the program would. */
export const OFFICE_SETTINGS = {
  openingHours: [
    { from: '07:30', to: '15:30' },
    { from: '07:30', to: '15:30' },
    { from: '07:30', to: '18:00' },
    { from: '07:30', to: '15:30' },
    { from: '07:30', to: '14:00' },
    null,
    null,
  ],
  caseDays: 4,
  departments: [
    {
      id: 'komunalni',
      name: { sr: 'Komunalni poslovi', bs: 'Komunalni poslovi', en: 'Communal services' },
    },
    { id: 'urbanizam', name: { sr: 'Urbanizam', bs: 'Urbanizam', en: 'Urban planning' } },
    {
      id: 'drustvene',
      name: { sr: 'Društvene delatnosti', bs: 'Društvene djelatnosti', en: 'Social affairs' },
    },
    { id: 'inspekcija', name: { sr: 'Inspekcija', bs: 'Inspekcija', en: 'Inspection' } },
  ],
  cannedReplies: [
    {
      id: 'thanks',
      title: 'Hvala i pozdrav',
      texts: {
        sr: 'Hvala što ste pisali. Ako treba još nešto, samo dodajte poruku uz ovo pitanje.',
        bs: 'Hvala što ste pisali. Ako zatreba još nešto, samo dodajte poruku uz ovo pitanje.',
        en: 'Thank you for writing. If you need anything else, just add a message to this question.',
      },
    },
    {
      id: 'where',
      title: 'Gde tačno?',
      texts: {
        sr: 'Da bismo poslali nekoga na lice mesta, napišite nam ulicu i najbliži broj.',
        bs: 'Da bismo poslali nekoga na lice mjesta, napišite nam ulicu i najbliži broj.',
        en: 'So that we can send somebody, please write the street and the nearest house number.',
      },
    },
  ],
  viberBudget: { price: 0.02, monthly: 150, currency: 'EUR' },
  approvalAbove: 150,
  moderationReasons: [
    { id: 'insult', texts: { sr: 'Sadrži uvrede.', bs: 'Sadrži uvrede.', en: 'It contains insults.' } },
    { id: 'advert', texts: { sr: 'Reklama.', bs: 'Reklama.', en: 'It is an advertisement.' } },
    {
      id: 'elsewhere',
      texts: {
        sr: 'O tome se odlučuje na drugom mestu.',
        bs: 'O tome se odlučuje na drugom mjestu.',
        en: 'This is decided elsewhere.',
      },
    },
  ],
} satisfies Partial<Settings>
