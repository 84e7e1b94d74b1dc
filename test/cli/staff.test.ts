// npm run staff: accounts from a shell.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { carryOut, readWish } from '../../src/cli/staff.ts'
import { accountOfToken } from '../../src/staff/api-tokens.ts'
import { auditRows } from '../../src/staff/audit.ts'
import { firstAdminLink } from '../../src/staff/index.ts'
import { checkPassword } from '../../src/staff/tries.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'

const PASSWORD = 'plavi slon pleše noću'
const EMAIL = 'mira@grad.example'
const URL_ = 'https://komsija.example'

describe('the arguments', () => {
  it('are a command with what it needs', () => {
    expect(readWish(['add', '--email', ' Mira@grad.example', '--role', 'editor'])).toEqual({
      wish: { command: 'add', email: EMAIL, role: 'editor', password: undefined },
    })
    expect(readWish(['token', '--email', EMAIL])).toEqual({ wish: { command: 'token', email: EMAIL } })
  })

  it.each([
    [[], undefined, [/command is missing; .*add, token, link/, /--email is missing/]],
    [
      ['add', '--email', 'mira', '--role', 'boss'],
      'kratka',
      [/“mira” is no e-mail/, /“boss” is no role; roles are admin,/, /has 6 characters: 12 to 200/],
    ],
    [['add', '--email', EMAIL], 'lozinka12345', [/--role is missing/, /easy to guess/]],
    [['remove', 'x', '--email', EMAIL], undefined, [/“x” is too much/, /“remove” is no command/]],
    [['token', '--email', EMAIL, '--role', 'admin'], undefined, [/--role goes with add alone/]],
    [['add', '--mail=x', '--role', 'admin'], undefined, [/--mail/, /--email is missing/]],
  ] as [string[], string | undefined, RegExp[]][])(
    '%j: every problem is named at once',
    (args, password, told) => {
      const asked = readWish(args, password)
      const problems = 'problems' in asked ? asked.problems : []
      expect(problems).toHaveLength(told.length)
      for (const [index, pattern] of told.entries()) expect(problems[index]).toMatch(pattern)
    },
  )
})

describe('the commands', () => {
  let database: TestDatabase & { drop(): Promise<void> }
  beforeAll(async () => {
    database = await testDatabase(2)
  })
  afterAll(() => database.drop())
  afterEach(() => database.sql`TRUNCATE staff_account, audit, staff_link CASCADE`)

  const run = (...args: string[]) => {
    const asked = readWish(args, args[0] === 'add' && args.includes('--role') ? PASSWORD : undefined)
    if (!('wish' in asked)) throw new Error(asked.problems.join())
    return carryOut(database, asked.wish, URL_)
  }

  it('add: the account can sign in with the password that was piped in', async () => {
    expect(await run('add', '--email', EMAIL, '--role', 'admin')).toEqual([`${EMAIL} is added as admin.`])
    expect(await checkPassword(database, { email: EMAIL }, PASSWORD)).toMatchObject({ email: EMAIL })
    expect(await firstAdminLink(database), 'an admin is there').toBeUndefined()
    const [row] = await auditRows(database, { limit: 1 })
    expect(row).toMatchObject({ actor: 'command line', action: 'team.invite', details: { role: 'admin' } })
    await expect(run('add', '--email', EMAIL, '--role', 'editor')).rejects.toThrow('already')
  })

  it('add without a password: a link is printed last', async () => {
    const lines = await carryOut(database, { command: 'add', email: EMAIL, role: 'inbox' }, URL_)
    expect(lines.at(-1)).toMatch(/^https:\/\/komsija\.example\/console\/setup\/[\w-]{43}$/)
  })

  it('token: the last line is a key with the account’s role', async () => {
    await run('add', '--email', EMAIL, '--role', 'events')
    const key = (await run('token', '--email', EMAIL)).at(-1) ?? ''
    expect(await accountOfToken(database.sql, key)).toMatchObject({ email: EMAIL, role: 'events' })
  })

  it('link: whoever lost password and phone begins anew', async () => {
    await run('add', '--email', EMAIL, '--role', 'admin')
    await database.sql`UPDATE staff_account SET totp_secret = 'A', totp_since = now()`
    expect((await run('link', '--email', EMAIL)).at(-1)).toContain('/console/setup/')
    expect(await database.sql`SELECT 1 FROM staff_account WHERE totp_since IS NULL`).toHaveLength(1)
  })

  it.each(['token', 'link'])('%s: an unknown and a disabled account are told apart', async command => {
    await expect(run(command, '--email', EMAIL)).rejects.toThrow('no account')
    await run('add', '--email', EMAIL, '--role', 'events')
    await database.sql`UPDATE staff_account SET disabled_at = now()`
    await expect(run(command, '--email', EMAIL)).rejects.toThrow('disabled')
  })
})
