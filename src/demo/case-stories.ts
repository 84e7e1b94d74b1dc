// What people of the demo sent to the city, and how it went on.
import type { After } from '../features/cases/changes.ts'
import type { CloseReason } from '../features/cases/messages.ts'
import type { Someone } from './people.ts'

type Clerk = 'inbox' | 'desk'

/** What happens to a case after it was sent. */
export type Step =
  | ['adds', text: string]
  | ['solved']
  | ['leaves']
  | ['claims', by: Clerk]
  | ['notes', by: Clerk, text: string]
  | ['replies', by: Clerk, text: string, after: After]
  | ['passes', by: Clerk, department: string]
  | ['waits', by: Clerk]
  | ['closes', by: Clerk, reason: CloseReason]

/** `asked` and the number before each step: days ago. Serbian stands in Latin script. */
export type Story = {
  from: Partial<Someone>
  asked: number
  question: string
  steps: [daysAgo: number, ...Step][]
}

const SERBIAN = { language: 'sr', script: 'latn' } as const
const CYRILLIC = { language: 'sr', script: 'cyrl' } as const
const BOSNIAN = { language: 'bs' } as const
const ENGLISH = { language: 'en' } as const

export const CASE_STORIES: readonly Story[] = [
  {
    from: { ...SERBIAN, channel: 'web' },
    asked: 24,
    question: 'Fontana u centru ne radi već tri nedelje. Kad će biti popravljena?',
    steps: [
      [23, 'claims', 'inbox'],
      [22, 'notes', 'inbox', 'Zvala sam održavanje: čekaju pumpu, stiže sledeće nedelje.'],
      [
        21,
        'replies',
        'inbox',
        'Poštovani,\n\npumpa fontane je pregorela i naručena je nova. Očekujemo je sledeće nedelje, a fontana radi istog dana kad je ugradimo.',
        'waiting',
      ],
      [15, 'adds', 'Hvala. Prošla je nedelja, ima li novosti?'],
      [14, 'replies', 'inbox', 'Pumpa je stigla i ugrađena je danas. Hvala na strpljenju!', 'closed'],
    ],
  },
  {
    from: CYRILLIC,
    asked: 22,
    question:
      'Na igralištu kod škole jedna ljuljaška visi o jednom lancu. Deca se svejedno ljuljaju, bojim se da će neko pasti.',
    steps: [
      [22, 'claims', 'desk'],
      [22, 'passes', 'desk', 'komunalni'],
      [21, 'notes', 'desk', 'Komunalni su skinuli ljuljašku, nova ide u petak.'],
      [
        20,
        'replies',
        'desk',
        'Ljuljaška je skinuta odmah po vašoj prijavi, a nova će biti postavljena u petak. Hvala što pazite na decu.',
        'waiting',
      ],
      [17, 'solved'],
    ],
  },
  {
    from: { ...BOSNIAN, channel: 'viber' },
    asked: 20,
    question:
      'Kad će biti objavljen konkurs za ljetno kino i može li se udruženje mladih prijaviti s programom?',
    steps: [
      [19, 'claims', 'inbox'],
      [
        18,
        'replies',
        'inbox',
        'Konkurs za ljetni program izlazi u martu na stranici grada, a udruženja se prijavljuju obrascem koji će biti uz njega. Javit ćemo i ovdje kad izađe.',
        'closed',
      ],
    ],
  },
  {
    from: ENGLISH,
    asked: 19,
    question: 'I am visiting in May and would like to film the fortress with a small drone. Whom do I ask?',
    steps: [
      [18, 'claims', 'desk'],
      [
        18,
        'replies',
        'desk',
        'Flights are permitted by the state’s civil aviation authority, not by the city. For the fortress itself please also write to the institute that protects it.',
        'closed',
      ],
    ],
  },
  {
    from: { ...SERBIAN, channel: 'telegram' },
    asked: 18,
    question: 'Koliko ljudi je zaposleno u Narodnoj banci i kolika im je plata?',
    steps: [[17, 'closes', 'desk', 'not-city']],
  },
  {
    from: { ...SERBIAN, channel: 'viber' },
    asked: 17,
    question: 'Kontejneri iza zgrade se prazne jednom nedeljno, a nas je osamdeset stanova. Može li dvaput?',
    steps: [
      [16, 'claims', 'inbox'],
      [
        16,
        'replies',
        'inbox',
        'Napišite nam ulicu i broj zgrade, pa ćemo tražiti još jedno pražnjenje nedeljno.',
        'waiting',
      ],
    ],
  },
  {
    from: { ...CYRILLIC, channel: 'botframework' },
    asked: 16,
    question: 'Kad se uređuje staza pored reke? Posle kiše se ne može proći kolicima.',
    steps: [
      [15, 'leaves'],
      [14, 'claims', 'desk'],
      [
        14,
        'replies',
        'desk',
        'Staza je u planu radova za mart; do tada će biti nasuta tucanikom.',
        'waiting',
      ],
    ],
  },
  {
    from: { ...CYRILLIC, channel: 'viber' },
    asked: 15,
    question:
      'Da li grad može da postavi klupu na pola uzbrdice kod doma zdravlja? Stariji nemaju gde da sednu.',
    steps: [
      [14, 'claims', 'inbox'],
      [13, 'passes', 'inbox', 'komunalni'],
    ],
  },
  {
    from: { ...BOSNIAN, channel: 'web' },
    asked: 14,
    question: 'Hoće li novi plan ulice dobiti i biciklističku stazu? Na panou se ne vidi.',
    steps: [
      [13, 'passes', 'desk', 'urbanizam'],
      [10, 'notes', 'desk', 'Urbanizam traži još dva dana, nacrt je kod projektanta.'],
    ],
  },
  {
    from: { ...SERBIAN, channel: 'web' },
    asked: 13,
    question: 'Zašto se ormarić za knjige u parku zaključava vikendom?',
    steps: [[12, 'notes', 'inbox', 'Ko ima ključ? Biblioteka kaže da nije njihov.']],
  },
  {
    from: { ...SERBIAN, channel: 'botframework' },
    asked: 12,
    question: 'Komšija je na krovu zgrade postavio košnice. Da li je to dozvoljeno u gradu?',
    steps: [
      [11, 'claims', 'inbox'],
      [11, 'passes', 'inbox', 'inspekcija'],
    ],
  },
  {
    from: { ...BOSNIAN, channel: 'telegram' },
    asked: 11,
    question: 'Ima li mjesta u gradskom vrtu za penzionere i kako se dobija parcela?',
    steps: [
      [10, 'claims', 'desk'],
      [
        10,
        'replies',
        'desk',
        'Zasad ima tri slobodne parcele. Zahtjev se predaje u Uslužnom centru. Želite li da vam ostavimo obrazac na šalteru?',
        'waiting',
      ],
      [8, 'adds', 'Da, molim vas, doći ću u srijedu poslije podne.'],
    ],
  },
  {
    from: { ...SERBIAN, channel: 'telegram' },
    asked: 10,
    question: 'Hoće li i ove godine biti klizališta na trgu i po kojoj ceni?',
    steps: [
      [9, 'claims', 'inbox'],
      [
        8,
        'replies',
        'inbox',
        'Biće! Otvara se čim bude dovoljno hladno, a za školarce je ulaz besplatan.',
        'closed',
      ],
    ],
  },
  {
    from: { ...CYRILLIC, channel: 'telegram' },
    asked: 9,
    question: 'Ko plaća popravku zida koji se odronio na pešačku stazu, vlasnik ili grad?',
    steps: [[8, 'claims', 'inbox']],
  },
  {
    from: { ...SERBIAN, channel: 'viber' },
    asked: 8,
    question: 'Golubovi su napravili gnezda na javnoj zgradi preko puta i prljaju prolaz. Ko to čisti?',
    steps: [],
  },
  {
    from: { ...ENGLISH, channel: 'web' },
    asked: 7,
    question:
      'The map at the bus station shows street names only in Cyrillic. Could a second line in Latin be added?',
    steps: [
      [6, 'claims', 'desk'],
      [
        5,
        'replies',
        'desk',
        'Good point, thank you. New maps are printed in spring and will show both scripts.',
        'closed',
      ],
    ],
  },
  {
    from: { ...BOSNIAN, channel: 'viber' },
    asked: 6,
    question: 'Može li se postaviti ogledalo na krivini kod mosta? Ne vidi se ko dolazi.',
    steps: [
      [5, 'claims', 'inbox'],
      [5, 'notes', 'inbox', 'Treba mišljenje saobraćajne komisije; sastaje se u četvrtak.'],
    ],
  },
  {
    from: { ...SERBIAN, channel: 'web' },
    asked: 5,
    question: 'Kad kreće turistički vozić i može li razred od trideset đaka da rezerviše vožnju?',
    steps: [
      [4, 'claims', 'desk'],
      [
        3,
        'replies',
        'desk',
        'Vozić kreće u aprilu. Za razred nam napišite datum i broj đaka, pa rezervišemo besplatnu vožnju.',
        'waiting',
      ],
      [2, 'adds', 'Trideset dva đaka, petak sredinom aprila ako može.'],
    ],
  },
  {
    from: { ...CYRILLIC, channel: 'web' },
    asked: 4,
    question: 'Zašto svetla na stadionu gore celu noć, a stepenište pored je u mraku?',
    steps: [],
  },
  {
    from: { ...SERBIAN, channel: 'viber' },
    asked: 3,
    question: 'Može li grad da otkupi stari orah kod pijace da ga vlasnik ne poseče?',
    steps: [[2, 'claims', 'inbox']],
  },
  {
    from: { ...BOSNIAN, channel: 'web' },
    asked: 2,
    question: 'Hoće li se čitaonica produžiti do ponoći u ispitnom roku?',
    steps: [[1, 'passes', 'desk', 'drustvene']],
  },
  {
    from: { ...SERBIAN, channel: 'telegram' },
    asked: 2,
    question: 'Gde mogu da vidim koliko je grad potrošio na novogodišnju rasvetu?',
    steps: [],
  },
  {
    from: { ...CYRILLIC, channel: 'viber' },
    asked: 1,
    question: 'Da li može rampa za kolica na ulazu u poštu? Stepenik je visok dvadeset centimetara.',
    steps: [],
  },
  {
    from: { ...ENGLISH, channel: 'telegram' },
    asked: 1,
    question:
      'Our school abroad would like to exchange letters with a school in your city. Who could help us?',
    steps: [[0, 'claims', 'inbox']],
  },
  {
    from: { ...SERBIAN, channel: 'web' },
    asked: 0,
    question: 'Na keju su uklonjene tri klupe. Da li se vraćaju posle radova?',
    steps: [],
  },
]
