// What people of the demo propose to the city, and what becomes of it.
import type { Translated } from '../core/model/poll.ts'
import type { Category } from '../features/feedback/categories.ts'
import type { Drawing } from './drawings.ts'
import type { Someone } from './people.ts'

/** What staff do with a proposal. */
export type ProposalStep =
  | ['passes', department: string]
  | ['answers', text: Translated]
  | ['declines', reason: string, text: Translated]
  | ['publishes', photo?: 'with its picture']
  | ['keeps back', reason: string]

/** `sent` and the number before each step: days ago. Serbian stands in Latin script. */
export type ProposalStory = {
  from: Partial<Someone>
  sent: number
  category: Category
  text: string
  photo?: Drawing
  steps: [daysAgo: number, ...ProposalStep][]
}

const SERBIAN = { language: 'sr', script: 'latn' } as const
const CYRILLIC = { language: 'sr', script: 'cyrl' } as const
const BOSNIAN = { language: 'bs' } as const
const ENGLISH = { language: 'en' } as const
const VIBER = { channel: 'viber' } as const

export const PROPOSAL_STORIES: readonly ProposalStory[] = [
  {
    from: { ...SERBIAN, ...VIBER },
    sent: 26,
    category: 'lighting',
    photo: 'lamp',
    text: 'U našoj ulici svetli samo jedna lampa od šest. Predlažem da se postave štedljive sijalice, kao u centru.',
    steps: [
      [25, 'passes', 'komunalni'],
      [24, 'publishes', 'with its picture'],
      [
        19,
        'answers',
        {
          sr: 'Zamena sijalica u vašoj ulici počinje sledećeg meseca; tada svetli svih šest.',
          bs: 'Zamjena sijalica u vašoj ulici počinje idućeg mjeseca; tada svijetli svih šest.',
          en: 'The bulbs in your street are replaced from next month on; then all six will shine.',
        },
      ],
    ],
  },
  {
    from: CYRILLIC,
    sent: 25,
    category: 'green',
    photo: 'bench',
    text: 'Kod reke ima hlada, a nema gde da se sedne. Dve klupe pod lipama bile bi dosta.',
    steps: [
      [23, 'publishes', 'with its picture'],
      [
        16,
        'answers',
        {
          sr: 'Dve klupe su naručene i stižu do kraja meseca.',
          bs: 'Dvije klupe su naručene i stižu do kraja mjeseca.',
          en: 'Two benches are ordered and arrive by the end of the month.',
        },
      ],
    ],
  },
  {
    from: { ...SERBIAN, ...VIBER },
    sent: 23,
    category: 'traffic',
    photo: 'crossing',
    text: 'Prelaz kod škole je izbrisan. Neka se ofarba pre prvog mraza i stavi svetleći znak.',
    steps: [
      [22, 'passes', 'komunalni'],
      [21, 'publishes', 'with its picture'],
    ],
  },
  {
    from: BOSNIAN,
    sent: 22,
    category: 'youth',
    text: 'Omladini treba prostor za probe. Stara čitaonica je prazna svako poslijepodne.',
    steps: [
      [20, 'publishes'],
      [
        12,
        'answers',
        {
          sr: 'Čitaonica je od prvog u mesecu otvorena za probe utorkom i četvrtkom od 16 časova.',
          bs: 'Čitaonica je od prvog u mjesecu otvorena za probe utorkom i četvrtkom od 16 sati.',
          en: 'From the first of the month the reading room is open for rehearsals, Tuesdays and Thursdays from 16.',
        },
      ],
    ],
  },
  {
    from: SERBIAN,
    sent: 21,
    category: 'culture',
    text: 'Letnja pozornica da radi i u septembru, večeri su još tople.',
    steps: [
      [19, 'passes', 'drustvene'],
      [18, 'publishes'],
    ],
  },
  {
    from: SERBIAN,
    sent: 19,
    category: 'roads',
    text: 'Rupa na uglu kod pekare je svake kiše veća. Zakrpite je dok je suvo.',
    steps: [
      [
        15,
        'answers',
        {
          sr: 'Rupa je zakrpljena. Hvala na prijavi!',
          bs: 'Rupa je zakrpljena. Hvala na prijavi!',
          en: 'The hole has been mended. Thank you for telling us!',
        },
      ],
      [14, 'publishes'],
    ],
  },
  {
    from: CYRILLIC,
    sent: 18,
    category: 'administration',
    text: 'Šalteri da rade jednom nedeljno do 18 časova, za nas koji radimo do četiri.',
    steps: [
      [17, 'publishes'],
      [
        10,
        'answers',
        {
          sr: 'Sredom su šalteri od sada otvoreni do 18 časova.',
          bs: 'Srijedom su šalteri odsad otvoreni do 18 sati.',
          en: 'On Wednesdays the counters are now open until 18.',
        },
      ],
    ],
  },
  {
    from: ENGLISH,
    sent: 17,
    category: 'culture',
    text: 'Please put short English texts next to the old town signs, visitors would stay longer.',
    steps: [
      [15, 'passes', 'drustvene'],
      [14, 'publishes'],
    ],
  },
  {
    from: SERBIAN,
    sent: 16,
    category: 'traffic',
    text: 'Zabranite parkiranje celom dužinom glavne ulice, i za stanare.',
    steps: [
      [
        13,
        'declines',
        'elsewhere',
        {
          sr: 'Stanari imaju pravo na mesto blizu ulaza; o zoni se odlučuje na javnoj raspravi u proleće.',
          bs: 'Stanari imaju pravo na mjesto blizu ulaza; o zoni se odlučuje na javnoj raspravi u proljeće.',
          en: 'Residents have a right to a place near their door; the zone is discussed in public in spring.',
        },
      ],
      [12, 'publishes'],
    ],
  },
  {
    from: { ...SERBIAN, channel: 'telegram' },
    sent: 15,
    category: 'green',
    photo: 'bins',
    text: 'Kante kod zgrade su pune već u petak. Jedna više za papir i rešeno je.',
    steps: [[13, 'passes', 'komunalni']],
  },
  {
    from: SERBIAN,
    sent: 13,
    category: 'other',
    text: 'Pravim sajtove povoljno, zovite da i opštini napravim bolji.',
    steps: [
      [12, 'declines', 'advert', { sr: '' }],
      [12, 'keeps back', 'advert'],
    ],
  },
  {
    from: SERBIAN,
    sent: 12,
    category: 'roads',
    text: 'Trotoar do groblja da se produži za dvesta metara, stari ljudi idu kolovozom.',
    steps: [
      [10, 'passes', 'urbanizam'],
      [9, 'publishes'],
    ],
  },
  {
    from: BOSNIAN,
    sent: 11,
    category: 'youth',
    text: 'Jedan koš na školskom igralištu nema tablu. Djeca igraju na jedan koš.',
    steps: [[8, 'passes', 'drustvene']],
  },
  {
    from: SERBIAN,
    sent: 9,
    category: 'administration',
    text: 'Ukinite te budalaste papire, ko ih je izmislio nije normalan.',
    steps: [
      [7, 'declines', 'insult', { sr: '' }],
      [7, 'keeps back', 'insult'],
    ],
  },
  {
    from: CYRILLIC,
    sent: 7,
    category: 'lighting',
    text: 'Reflektor na tvrđavi da se gasi posle ponoći, smeta pticama i troši struju.',
    steps: [[5, 'publishes']],
  },
  {
    from: SERBIAN,
    sent: 5,
    category: 'other',
    text: 'Neka grad organizuje razmenu sadnica u proleće, svako donese što ima viška.',
    steps: [],
  },
  {
    from: { ...SERBIAN, channel: 'web' },
    sent: 4,
    category: 'traffic',
    text: 'Autobus u 6:15 kreće pre nego što stigne voz. Pomerite ga za deset minuta.',
    steps: [],
  },
  {
    from: BOSNIAN,
    sent: 3,
    category: 'green',
    text: 'Psima treba ograđeno mjesto za trčanje, recimo iza stare pijace.',
    steps: [],
  },
  {
    from: ENGLISH,
    sent: 2,
    category: 'roads',
    text: 'A ramp at the side entrance of the museum would help wheelchairs and prams.',
    steps: [],
  },
  {
    from: SERBIAN,
    sent: 1,
    category: 'culture',
    text: 'Da li bi mogao orkestar da svira nedeljom pre podne u parku?',
    steps: [],
  },
]
