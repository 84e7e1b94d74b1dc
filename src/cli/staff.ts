// npm run -s staff -- add --email E --role R     an account; the password from stdin, else a link is printed
//                  -- token --email E            a key for programs, the last line
//                  -- link --email E             a new link for somebody who lost password and phone
// All work while the server runs.
import { once } from 'node:events'
import { fstatSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Config, ConfigError, loadEnvFile, readConfig } from '../config.ts'
import { type Database, openDatabase } from '../platform/db/database.ts'
import {
  addAccount,
  addToken,
  asRole,
  emailFrom,
  problemsOfPassword,
  ROLES,
  renewLink,
} from '../staff/command-line.ts'
import { withDatabase } from './open.ts'

const USAGE = `usage: npm run -s staff -- add --email E --role ${ROLES.join('|')}   (password from stdin, else a link is printed)
       npm run -s staff -- token --email E
       npm run -s staff -- link --email E`

const COMMANDS = ['add', 'token', 'link'] as const

/** What to do, as the arguments say it; or every problem they have. */
export type Wish =
  | { command: 'add'; email: string; role: NonNullable<ReturnType<typeof asRole>>; password?: string }
  | { command: 'token' | 'link'; email: string }
export type Asked = { wish: Wish } | { problems: string[] }

/** Reads the arguments; `password` is what came on stdin. */
export function readWish(args: string[], password?: string): Asked {
  const problems: string[] = []
  const { values, positionals } = parsed(args, problems)
  const command = commandOf(positionals, problems)
  const email = emailFrom(values.email ?? '')
  if (!email) problems.push(said('--email', values.email, 'no e-mail address'))
  if (command !== 'add') {
    if (command && values.role !== undefined) problems.push('--role goes with add alone')
    return command && email && problems.length === 0 ? { wish: { command, email } } : { problems }
  }
  const role = asRole(values.role ?? '')
  if (!role) problems.push(`${said('--role', values.role, 'no role')}; roles are ${ROLES.join(', ')}`)
  if (password !== undefined) problems.push(...problemsOfPassword(password, email ?? ''))
  return email && role && problems.length === 0 ? { wish: { command, email, role, password } } : { problems }
}

function commandOf([command, ...others]: string[], problems: string[]): Wish['command'] | undefined {
  if (others.length) problems.push(`“${others.join(' ')}” is too much`)
  const known = COMMANDS.find(name => name === command)
  if (!known)
    problems.push(`${said('the command', command, 'no command')}; commands are ${COMMANDS.join(', ')}`)
  return known
}

function said(name: string, value: string | undefined, isNot: string): string {
  return value === undefined ? `${name} is missing` : `${name}: “${value}” is ${isNot}`
}

function parsed(args: string[], problems: string[]) {
  const options = { email: { type: 'string' }, role: { type: 'string' } } as const
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    problems.push((error as Error).message.split('.')[0] ?? 'the arguments are not understood')
    return parseArgs({ args, options, allowPositionals: true, strict: false }) as {
      values: { email?: string; role?: string }
      positionals: string[]
    }
  }
}

/** Carries the wish out; resolves to the lines to print. Throws a sentence when it can't be done. */
export async function carryOut(database: Database, wish: Wish, publicUrl: string): Promise<string[]> {
  switch (wish.command) {
    case 'add': {
      const path = await addAccount(database, wish)
      if (path === undefined) return [`${wish.email} is added as ${wish.role}.`]
      return [
        `${wish.email} is added as ${wish.role}. A link for the password, for three days and once:`,
        publicUrl + path,
      ]
    }
    case 'token':
      return [
        `A key of ${wish.email} for programs; it is not shown again:`,
        await addToken(database, wish.email),
      ]
    case 'link':
      return [
        `A link for the password of ${wish.email}, for three days and once; a new app for codes is connected after it:`,
        publicUrl + (await renewLink(database, wish.email)),
      ]
  }
}

/** Somebody who forgot to close a pipe is not waited for. */
const STDIN_PATIENCE_MS = 5000

/** What is piped in, without the line break at its end; undefined when nothing is. */
async function piped(): Promise<string | undefined> {
  if (!isPiped()) return undefined
  const { stdin } = process
  let text = ''
  stdin.setEncoding('utf8')
  stdin.on('data', chunk => {
    text += chunk
  })
  const patience = setTimeout(() => text || stdin.destroy(), STDIN_PATIENCE_MS)
  await Promise.race([once(stdin, 'end'), once(stdin, 'close')])
  clearTimeout(patience)
  return text.replace(/\r?\n$/, '') || undefined
}

function isPiped(): boolean {
  try {
    const stdin = fstatSync(0)
    return stdin.isFIFO() || stdin.isFile() || stdin.isSocket()
  } catch {
    // It is closed.
    return false
  }
}

async function main(): Promise<void> {
  const args = process.argv.slice(2)
  const asked = readWish(args, args[0] === 'add' ? await piped() : undefined)
  const problems = [...('problems' in asked ? asked.problems : []), ...configProblems()]
  if ('problems' in asked || problems.length) {
    console.error([...problems.map(problem => `• ${problem}`), USAGE].join('\n'))
    process.exitCode = 2
    return
  }
  await withDatabase(async (url, config) => {
    const database = openDatabase({ url, poolSize: 2 })
    try {
      console.log((await carryOut(database, asked.wish, publicUrlOf(config))).join('\n'))
    } finally {
      await database.close()
    }
  })
}

function configProblems(): string[] {
  loadEnvFile()
  try {
    readConfig()
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

function publicUrlOf({ publicUrl, port }: Config): string {
  return publicUrl ?? `http://localhost:${port}`
}

if (import.meta.main) await main()
