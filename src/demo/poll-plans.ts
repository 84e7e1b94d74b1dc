// The polls of the demo: what is asked, who answers what, and what became of it.
import type { Language } from '../core/model/content.ts'
import type { Translated } from '../core/model/poll.ts'
import type { GivenQuestion } from '../features/polls/index.ts'

type Kind = 'single' | 'multiple' | 'scale' | 'yesno' | 'text'

/** `leanings`: options in the order in which people choose them, over and over again. */
export type PlannedQuestion = GivenQuestion & { kind: Kind; leanings: readonly string[] }

/** `planned`, `opened`, `closed`, `promisedBy` and `said`: days ago. */
export type PollPlan = {
  /** Of a survey. */
  title?: Translated
  questions: readonly PlannedQuestion[]
  planned: number
  opened?: number
  /** In how many days it closes by itself; absent: it is closed by hand. */
  closesIn?: number
  closed?: number
  voters: number
  promisedBy?: number
  outcome?: { said: number; text: Translated }
}

export const POLL_PLANS: readonly PollPlan[] = [
  {
    planned: 28,
    opened: 27,
    closed: 17,
    voters: 96,
    questions: [
      {
        kind: 'single',
        text: {
          sr: 'Šta da se u gradskom parku uradi prvo?',
          bs: 'Šta da se u gradskom parku uradi prvo?',
          en: 'What should be done first in the city park?',
        },
        labels: [
          { sr: 'Nove klupe', bs: 'Nove klupe', en: 'New benches' },
          { sr: 'Rasveta staza', bs: 'Rasvjeta staza', en: 'Lights along the paths' },
          { sr: 'Igralište za decu', bs: 'Igralište za djecu', en: 'A playground' },
          { sr: 'Česma sa pijaćom vodom', bs: 'Česma s pitkom vodom', en: 'A drinking fountain' },
        ],
        leanings: ['3', '2', '3', '1', '2', '3', '4'],
      },
    ],
    outcome: {
      said: 11,
      text: {
        sr: 'Igralište ulazi u plan za proleće, a rasveta glavne staze biće obnovljena već u decembru. Klupe i česma ostaju za sledeću godinu.',
        bs: 'Igralište ulazi u plan za proljeće, a rasvjeta glavne staze obnovit će se već u decembru. Klupe i česma ostaju za iduću godinu.',
        en: 'The playground is planned for spring; the lights along the main path are renewed in December already. Benches and fountain follow next year.',
      },
    },
  },
  {
    planned: 23,
    opened: 22,
    closed: 14,
    voters: 104,
    promisedBy: 3,
    questions: [
      {
        kind: 'yesno',
        text: {
          sr: 'Treba li vikendom zatvoriti glavnu ulicu za automobile?',
          bs: 'Treba li vikendom zatvoriti glavnu ulicu za automobile?',
          en: 'Should the main street be closed to cars on weekends?',
        },
        labels: [],
        leanings: ['yes', 'yes', 'no', 'yes', 'unsure', 'yes', 'no'],
      },
    ],
  },
  {
    planned: 13,
    opened: 12,
    closed: 4,
    voters: 72,
    questions: [
      {
        kind: 'multiple',
        max: 2,
        text: {
          sr: 'Koje programe želite na letnjoj pozornici? Izaberite do dva.',
          bs: 'Koje programe želite na ljetnoj pozornici? Izaberite do dva.',
          en: 'What would you like to see on the summer stage? Choose up to two.',
        },
        labels: [
          { sr: 'Koncerti', bs: 'Koncerti', en: 'Concerts' },
          { sr: 'Predstave za decu', bs: 'Predstave za djecu', en: 'Plays for children' },
          { sr: 'Film na otvorenom', bs: 'Film na otvorenom', en: 'Open-air cinema' },
          { sr: 'Književne večeri', bs: 'Književne večeri', en: 'Readings' },
        ],
        leanings: ['1 3', '2 3', '1 2', '3', '1 4', '2'],
      },
    ],
  },
  {
    planned: 7,
    opened: 6,
    closesIn: 8,
    voters: 58,
    questions: [
      {
        kind: 'scale',
        text: {
          sr: 'Koliko ste zadovoljni odvozom otpada u svom kraju?',
          bs: 'Koliko ste zadovoljni odvozom otpada u svom kraju?',
          en: 'How content are you with waste collection where you live?',
        },
        labels: [],
        leanings: ['4', '3', '5', '2', '4', '3'],
      },
    ],
  },
  {
    title: {
      sr: 'Kako se krećemo po gradu',
      bs: 'Kako se krećemo po gradu',
      en: 'How we get around in the city',
    },
    planned: 21,
    opened: 20,
    closed: 8,
    voters: 63,
    questions: [
      {
        kind: 'single',
        text: {
          sr: 'Kako najčešće idete na posao ili u školu?',
          bs: 'Kako najčešće idete na posao ili u školu?',
          en: 'How do you usually get to work or school?',
        },
        labels: [
          { sr: 'Peške', bs: 'Pješke', en: 'On foot' },
          { sr: 'Automobilom', bs: 'Automobilom', en: 'By car' },
          { sr: 'Autobusom', bs: 'Autobusom', en: 'By bus' },
        ],
        leanings: ['1', '2', '1', '3', '2', '3'],
      },
      {
        kind: 'scale',
        text: {
          sr: 'Koliko se bezbedno osećate na pešačkim prelazima?',
          bs: 'Koliko se sigurno osjećate na pješačkim prijelazima?',
          en: 'How safe do you feel at pedestrian crossings?',
        },
        labels: [],
        leanings: ['3', '4', '2'],
      },
      {
        kind: 'text',
        text: {
          sr: 'Na kom mestu je najteže preći ulicu i zašto?',
          bs: 'Na kojem mjestu je najteže preći ulicu i zašto?',
          en: 'Where is it hardest to cross the street, and why?',
        },
        labels: [],
        leanings: [],
      },
    ],
  },
  {
    planned: 1,
    voters: 0,
    questions: [
      {
        kind: 'single',
        text: {
          sr: 'Kad vam najviše odgovara pijačni dan?',
          bs: 'Kad vam najviše odgovara pijačni dan?',
          en: 'Which market day suits you best?',
        },
        labels: [
          { sr: 'Utorak', bs: 'Utorak', en: 'Tuesday' },
          { sr: 'Petak', bs: 'Petak', en: 'Friday' },
          { sr: 'Subota', bs: 'Subota', en: 'Saturday' },
        ],
        leanings: [],
      },
    ],
  },
]

/** What people write in the survey. The last ones of a language are no matter of the question. */
export const WRITTEN: Record<Language, readonly string[]> = {
  sr: [
    'Kod škole, automobili ne staju na prelazu ni kad deca čekaju.',
    'Preko puta pijace. Parkirani kombiji zaklanjaju pogled.',
    'Na raskrsnici kod mosta zeleno za pešake traje prekratko, majka mi ne stigne da pređe.',
    'Kod autobuske stanice nema spuštenog ivičnjaka za kolica.',
    'Ispred doma zdravlja fali još jedan prelaz.',
    'Glavna ulica uveče, prelaz je u mraku.',
    'Kod obdaništa jer svi parkiraju na trotoaru.',
    'Oni u opštini ionako ništa ne čitaju, lenčuge.',
    'Prodajem zimske gume, povoljno!',
  ],
  bs: [
    'Kod škole, auta ne staju ni kad djeca čekaju na prijelazu.',
    'Preko puta pijace, kombiji zaklanjaju pogled.',
    'Kod mosta je zeleno za pješake prekratko.',
    'Ispred doma zdravlja nedostaje još jedan prijelaz.',
    'Glavna ulica navečer, prijelaz je u mraku.',
  ],
  en: [
    'Near the bus station: the kerb is too high for a wheelchair.',
    'At the bridge, the light for pedestrians is too short.',
    'In front of the market, vans block the view.',
  ],
}

/** Written answers that an editor refuses, each with its reason. */
export const REFUSED: Record<string, string> = {
  'Oni u opštini ionako ništa ne čitaju, lenčuge.': 'insult',
  'Prodajem zimske gume, povoljno!': 'advert',
}
