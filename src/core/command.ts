// Text commands, in any spelling: /moji_podaci, /moji-podaci, /мојиподаци, "/moji podaci".
import type { Command } from './model/topic.ts'
import { fold } from './text/fold.ts'

const SPELLINGS: Record<Command, string[]> = {
  start: ['start', 'pocetak'],
  help: ['help', 'pomoc', 'pomozi'],
  menu: ['meni', 'menu'],
  subscribe: ['prijava', 'prijavi', 'subscribe'],
  unsubscribe: ['odjava', 'odjavi', 'unsubscribe', 'stop'],
  language: ['jezik', 'language', 'pismo'],
  export: ['mojipodaci', 'mydata', 'podaci'],
  erase: ['obrisi', 'delete', 'erase', 'brisanje'],
  link: ['povezi', 'povezivanje', 'link'],
  unlink: ['razdvoji', 'unlink'],
  questions: ['pitanja', 'mojapitanja', 'questions', 'myquestions'],
  workshops: ['radionice', 'radionica', 'workshops', 'workshop'],
  staff: ['osoblje', 'staff'],
  proposal: ['predlog', 'prijedlog', 'predlozi', 'prijedlozi', 'proposal', 'proposals', 'feedback'],
  polls: ['ankete', 'anketa', 'polls', 'poll', 'surveys'],
  clips: ['klipovi', 'klip', 'snimci', 'clips'],
}

/** Commands that are understood without the slash when they are the whole message. */
const BARE: readonly Command[] = ['start', 'help', 'menu', 'unsubscribe']

const COMMANDS = new Map<string, Command>(
  Object.entries(SPELLINGS).flatMap(([command, spellings]) =>
    spellings.map(spelling => [squeeze(spelling), command as Command] as const),
  ),
)

/** The command a text is, with what follows it; undefined for any other text. */
export function parseCommand(text: string): { command: Command; argument: string } | undefined {
  const trimmed = text.trim()
  if (!trimmed.startsWith('/')) return bareCommand(trimmed)
  const [first = '', second = '', ...rest] = trimmed.slice(1).replace(/@\S+/, '').split(/\s+/)
  const joined = COMMANDS.get(squeeze(first + second))
  if (joined && second) return { command: joined, argument: rest.join(' ') }
  const command = COMMANDS.get(squeeze(first))
  return command && { command, argument: [second, ...rest].join(' ').trim() }
}

function bareCommand(text: string): { command: Command; argument: string } | undefined {
  if (text.length > 20) return undefined
  const command = COMMANDS.get(squeeze(text))
  return command && BARE.includes(command) ? { command, argument: '' } : undefined
}

function squeeze(word: string): string {
  return fold(word).replace(/[^a-z0-9]/g, '')
}
