// The workshops of the demo: where, when, how full, and what became of them.
import type { LocalText } from '../core/model/workshop.ts'

/** `held`: days ago, negative when it is to come; `planned`: days ago, when it was written down. */
export type Plan = {
  title: LocalText
  description: LocalText
  agenda: LocalText
  accessibility: LocalText
  community: string
  place: string
  position: [lat: number, lon: number]
  planned: number
  held: number
  begins: string
  hours: number
  capacity: number
  /** How many sign up. */
  wanted: number
  fate: 'draft' | 'cancelled' | 'held' | 'coming'
  minutes?: LocalText
}

const RAMP: LocalText = {
  sr: 'Rampa na ulazu, toalet u prizemlju.',
  bs: 'Rampa na ulazu, toalet u prizemlju.',
  en: 'A ramp at the entrance, a toilet on the ground floor.',
}
const STAIRS: LocalText = {
  sr: 'Prvi sprat bez lifta; javite nam i pomoći ćemo.',
  bs: 'Prvi sprat bez lifta; javite nam i pomoći ćemo.',
  en: 'First floor without a lift; tell us and we will help.',
}
const EVENING: LocalText = {
  sr: '17:00 Uvod i primeri\n18:00 Rad u grupama\n19:00 Pitanja i dogovor',
  bs: '17:00 Uvod i primjeri\n18:00 Rad u grupama\n19:00 Pitanja i dogovor',
  en: '17:00 Introduction and examples\n18:00 Work in groups\n19:00 Questions and next steps',
}
const MORNING: LocalText = {
  sr: '10:00 Upoznavanje\n10:30 Kako to radi\n12:00 Vežba\n13:00 Kraj',
  bs: '10:00 Upoznavanje\n10:30 Kako to radi\n12:00 Vježba\n13:00 Kraj',
  en: '10:00 Getting to know each other\n10:30 How it works\n12:00 Exercise\n13:00 End',
}

const evening = { begins: '17:00', hours: 3, agenda: EVENING }
const morning = { begins: '10:00', hours: 3, agenda: MORNING }

export const PLANS: readonly Plan[] = [
  {
    ...evening,
    title: {
      sr: 'Kako nastaje budžet grada',
      bs: 'Kako nastaje budžet grada',
      en: 'How the city budget is made',
    },
    description: {
      sr: 'Ko predlaže, ko usvaja i u kom trenutku građanin može da kaže svoje. Gledamo prave tabele i tražimo svoju ulicu u njima.',
      bs: 'Ko predlaže, ko usvaja i u kojem trenutku građanin može reći svoje. Gledamo prave tabele i tražimo svoju ulicu u njima.',
      en: 'Who proposes, who adopts, and when a citizen can have a say. We read real tables and look for our own street in them.',
    },
    accessibility: RAMP,
    community: 'mz-01',
    place: 'Dom kulture, mala sala',
    position: [43.1367, 20.5122],
    planned: 29,
    held: 20,
    capacity: 40,
    wanted: 31,
    fate: 'held',
    minutes: {
      sr: 'Bilo je reči o putu predloga od mesne zajednice do skupštine. Dogovoreno: predlozi za staze i rasvetu predaju se do kraja meseca, a učesnici dobijaju obrazac.',
      bs: 'Bilo je riječi o putu prijedloga od mjesne zajednice do skupštine. Dogovoreno: prijedlozi za staze i rasvjetu predaju se do kraja mjeseca, a učesnici dobijaju obrazac.',
      en: 'We followed a proposal from the local community to the assembly. Agreed: proposals for paths and lighting are handed in by the end of the month; participants get the form.',
    },
  },
  {
    ...morning,
    title: {
      sr: 'Zbor građana korak po korak',
      bs: 'Zbor građana korak po korak',
      en: 'A citizens’ meeting, step by step',
    },
    description: {
      sr: 'Kako se zbor saziva, ko vodi, kako se glasa i šta grad mora da uradi posle njega.',
      bs: 'Kako se zbor saziva, ko vodi, kako se glasa i šta grad mora uraditi nakon njega.',
      en: 'How a meeting is called, who chairs it, how people vote and what the city must do afterwards.',
    },
    accessibility: RAMP,
    community: 'mz-04',
    place: 'Osnovna škola, fiskulturna sala',
    position: [43.1442, 20.5193],
    planned: 28,
    held: 15,
    capacity: 30,
    wanted: 24,
    fate: 'held',
    minutes: {
      sr: 'Vežbali smo sazivanje zbora na primeru parka. Zaključci su poslati gradskoj upravi.',
      bs: 'Vježbali smo sazivanje zbora na primjeru parka. Zaključci su poslani gradskoj upravi.',
      en: 'We practised calling a meeting with a park as the example. The conclusions went to the city administration.',
    },
  },
  {
    ...evening,
    title: {
      sr: 'Napiši zahtev za informaciju',
      bs: 'Napiši zahtjev za informaciju',
      en: 'Write a request for information',
    },
    description: {
      sr: 'Donesite pitanje na koje niste dobili odgovor. Kući nosite gotov zahtev.',
      bs: 'Donesite pitanje na koje niste dobili odgovor. Kući nosite gotov zahtjev.',
      en: 'Bring a question that was never answered. You take a finished request home.',
    },
    accessibility: STAIRS,
    community: 'mz-07',
    place: 'Biblioteka, čitaonica',
    position: [43.1391, 20.5166],
    planned: 24,
    held: 9,
    capacity: 20,
    wanted: 18,
    fate: 'held',
  },
  {
    ...morning,
    title: { sr: 'Mladi i skupština', bs: 'Mladi i skupština', en: 'Young people and the assembly' },
    description: {
      sr: 'Za srednjoškolce: jedan dan u klupama odbornika, sa dnevnim redom koji sami predlažu.',
      bs: 'Za srednjoškolce: jedan dan u klupama odbornika, s dnevnim redom koji sami predlažu.',
      en: 'For secondary schools: a day on the councillors’ benches with an agenda of your own.',
    },
    accessibility: RAMP,
    community: 'mz-02',
    place: 'Gradska kuća, velika sala',
    position: [43.1374, 20.5149],
    planned: 21,
    held: 4,
    capacity: 45,
    wanted: 38,
    fate: 'held',
  },
  {
    ...evening,
    title: {
      sr: 'Čija je ulična rasveta',
      bs: 'Čija je ulična rasvjeta',
      en: 'Whose street lights are they',
    },
    description: {
      sr: 'Obilazak i dogovor sa komunalnim poslovima.',
      bs: 'Obilazak i dogovor s komunalnim poslovima.',
      en: 'A walk and an agreement with communal services.',
    },
    accessibility: STAIRS,
    community: 'mz-09',
    place: 'Prostorije mesne zajednice',
    position: [43.1312, 20.5067],
    planned: 18,
    held: 6,
    capacity: 25,
    wanted: 9,
    fate: 'cancelled',
  },
  {
    ...evening,
    title: {
      sr: 'Šta piše u planu moje ulice',
      bs: 'Šta piše u planu moje ulice',
      en: 'What the plan says about my street',
    },
    description: {
      sr: 'Čitamo urbanistički plan bez stručnih reči i vežbamo primedbu na javnom uvidu.',
      bs: 'Čitamo urbanistički plan bez stručnih riječi i vježbamo primjedbu na javnom uvidu.',
      en: 'We read an urban plan in plain words and practise an objection during public insight.',
    },
    accessibility: RAMP,
    community: 'mz-03',
    place: 'Dom kulture, galerija',
    position: [43.1369, 20.5125],
    planned: 14,
    held: -1,
    capacity: 16,
    wanted: 27,
    fate: 'coming',
  },
  {
    ...morning,
    title: { sr: 'Bezbedan put do škole', bs: 'Siguran put do škole', en: 'A safe way to school' },
    description: {
      sr: 'Roditelji i đaci ucrtavaju opasna mesta na kartu, a saobraćajna komisija sluša.',
      bs: 'Roditelji i đaci ucrtavaju opasna mjesta na kartu, a saobraćajna komisija sluša.',
      en: 'Parents and pupils mark dangerous places on a map while the traffic committee listens.',
    },
    accessibility: RAMP,
    community: 'mz-12',
    place: 'Osnovna škola, biblioteka',
    position: [43.1457, 20.5231],
    planned: 12,
    held: -4,
    capacity: 20,
    wanted: 20,
    fate: 'coming',
  },
  {
    ...evening,
    title: { sr: 'Kompost u dvorištu', bs: 'Kompost u dvorištu', en: 'Compost in the yard' },
    description: {
      sr: 'Šta ide u kompost, a šta u kontejner; svako nosi kući svoju prvu kantu.',
      bs: 'Šta ide u kompost, a šta u kontejner; svako nosi kući svoju prvu kantu.',
      en: 'What goes on the compost and what into the bin; everybody takes a first bucket home.',
    },
    accessibility: RAMP,
    community: 'mz-15',
    place: 'Dvorište kod Doma omladine',
    position: [43.1401, 20.5082],
    planned: 10,
    held: -7,
    capacity: 35,
    wanted: 14,
    fate: 'coming',
  },
  {
    ...morning,
    title: { sr: 'Pristupačan grad', bs: 'Pristupačan grad', en: 'A city for everybody' },
    description: {
      sr: 'Idemo kolicima od autobuske stanice do doma zdravlja i zapisujemo svaki stepenik.',
      bs: 'Idemo kolicima od autobuske stanice do doma zdravlja i zapisujemo svaki stepenik.',
      en: 'By wheelchair from the bus station to the health centre, noting every step on the way.',
    },
    accessibility: RAMP,
    community: 'mz-06',
    place: 'Autobuska stanica, peron 1',
    position: [43.1425, 20.5178],
    planned: 7,
    held: -11,
    capacity: 25,
    wanted: 8,
    fate: 'coming',
  },
  {
    ...evening,
    title: { sr: 'Peticija koja uspeva', bs: 'Peticija koja uspijeva', en: 'A petition that succeeds' },
    description: {
      sr: 'Kako se piše, kome se predaje i u kom roku stiže odgovor.',
      bs: 'Kako se piše, kome se predaje i u kojem roku stiže odgovor.',
      en: 'How to write one, whom to give it to and when an answer is due.',
    },
    accessibility: STAIRS,
    community: 'mz-18',
    place: 'Prostorije mesne zajednice',
    position: [43.1288, 20.5141],
    planned: 5,
    held: -16,
    capacity: 30,
    wanted: 5,
    fate: 'coming',
  },
  {
    ...morning,
    title: {
      sr: 'Otvoreni podaci za početnike',
      bs: 'Otvoreni podaci za početnike',
      en: 'Open data for beginners',
    },
    description: { sr: 'Od tabele do grafikona za jedno prepodne. Ponesite računar.' },
    accessibility: RAMP,
    community: 'mz-10',
    place: 'Univerzitet, računarska učionica',
    position: [43.1411, 20.5211],
    planned: 3,
    held: -21,
    capacity: 18,
    wanted: 0,
    fate: 'draft',
  },
  {
    ...evening,
    title: { sr: 'Ko brine o reci' },
    description: { sr: '' },
    accessibility: { sr: '' },
    community: 'mz-22',
    place: 'Kej, kod pešačkog mosta',
    position: [43.1379, 20.5137],
    planned: 1,
    held: -28,
    capacity: 30,
    wanted: 0,
    fate: 'draft',
  },
]

/** What people write about a workshop they came to. */
export const REMARKS: Record<'sr' | 'bs' | 'en', readonly string[]> = {
  sr: [
    'Prvi put mi je jasno ko šta radi.',
    'Više vremena za pitanja, molim.',
    'Odlično vođeno, hvala.',
    'Sala je bila hladna.',
  ],
  bs: ['Korisno, posebno vježba.', 'Volio bih još jednu u našem naselju.', 'Sve pohvale, samo duže!'],
  en: ['Clear and friendly.', 'Please hold one at the weekend, too.'],
}

/** Workshops that people ask for, the oldest first; some are answered, one is closed. */
export const REQUESTS: readonly {
  asked: number
  community: string
  text: string
  reply?: string
  closed?: boolean
}[] = [
  {
    asked: 25,
    community: 'mz-01',
    text: 'Naše udruženje bi ugostilo radionicu o budžetu, imamo salu za pedeset ljudi.',
    reply: 'Hvala! Javićemo vam dva moguća termina u januaru.',
  },
  { asked: 19, community: 'mz-14', text: 'Radionica o prvoj pomoći.', closed: true },
  { asked: 12, community: 'mz-05', text: 'Da dođete i kod nas u selo, ljudi ne znaju kako se traži put.' },
  {
    asked: 6,
    community: 'mz-20',
    text: 'Može li radionica o peticijama, sedamnaest komšija je zainteresovano.',
  },
  { asked: 2, community: 'mz-01', text: 'Tražimo termin uveče, svi rade do pet.' },
]
