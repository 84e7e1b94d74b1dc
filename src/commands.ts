// The commands that channels with a command menu offer, in the person's language.
import type { Language } from './core/model/content.ts'

export type CommandList = { command: string; description: string }[]

export const commandLists: Record<Language, CommandList> = {
  sr: [
    { command: 'meni', description: 'Oblasti i pitanja' },
    { command: 'klipovi', description: 'Kratki klipovi o gradu' },
    { command: 'pomoc', description: 'Šta umem' },
    { command: 'pitanja', description: 'Vaša pitanja gradu' },
    { command: 'ankete', description: 'Recite šta mislite' },
    { command: 'predlog', description: 'Predložite nešto gradu' },
    { command: 'jezik', description: 'Jezik i pismo' },
    { command: 'radionice', description: 'Radionice i prijava na njih' },
    { command: 'prijava', description: 'Primajte obaveštenja grada' },
    { command: 'odjava', description: 'Ne primajte ih više' },
    { command: 'povezi', description: 'Poveži dva razgovora' },
    { command: 'moji_podaci', description: 'Šta čuvam o vama' },
    { command: 'obrisi', description: 'Obriši sve o meni' },
  ],
  bs: [
    { command: 'meni', description: 'Oblasti i pitanja' },
    { command: 'klipovi', description: 'Kratki klipovi o gradu' },
    { command: 'pomoc', description: 'Šta umijem' },
    { command: 'pitanja', description: 'Vaša pitanja gradu' },
    { command: 'ankete', description: 'Recite šta mislite' },
    { command: 'predlog', description: 'Predložite nešto gradu' },
    { command: 'jezik', description: 'Jezik i pismo' },
    { command: 'radionice', description: 'Radionice i prijava na njih' },
    { command: 'prijava', description: 'Primajte obavijesti grada' },
    { command: 'odjava', description: 'Ne primajte ih više' },
    { command: 'povezi', description: 'Poveži dva razgovora' },
    { command: 'moji_podaci', description: 'Šta čuvam o vama' },
    { command: 'obrisi', description: 'Obriši sve o meni' },
  ],
  en: [
    { command: 'menu', description: 'Subjects and questions' },
    { command: 'clips', description: 'Short clips about the city' },
    { command: 'help', description: 'What I can do' },
    { command: 'questions', description: 'Your questions to the city' },
    { command: 'polls', description: 'Say what you think' },
    { command: 'proposal', description: 'Propose something to the city' },
    { command: 'language', description: 'Language and script' },
    { command: 'workshops', description: 'Workshops and signing up' },
    { command: 'subscribe', description: "Receive the city's announcements" },
    { command: 'unsubscribe', description: 'Stop them' },
    { command: 'link', description: 'Link two chats' },
    { command: 'my_data', description: 'What I keep about you' },
    { command: 'delete', description: 'Erase everything about me' },
  ],
}
