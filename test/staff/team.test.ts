// Who may work in the console: invitations, roles, disabling, and that somebody always can administer.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { auditRows, Refused, withAudit } from '../../src/staff/audit.ts'
import { startConsole, type TestConsole } from '../support/console.ts'

let console_: TestConsole
beforeAll(async () => {
  console_ = await startConsole()
})
afterAll(() => console_.stop())
beforeEach(() => console_.database.sql`TRUNCATE staff_account, audit CASCADE`)
const sql: TestConsole['database']['sql'] = (...query) => console_.database.sql(...query)

const stateOf = async (id: string) => {
  const [row] = await sql<{ role: string; disabled: boolean }>`
    SELECT role, disabled_at IS NOT NULL AS disabled FROM staff_account WHERE id = ${id}`
  return row
}

describe('an invitation', () => {
  test('makes an account and shows its link once', async () => {
    const admin = await console_.signIn('admin')
    const page = await admin.post('/console/team', { email: 'Novi@grad.example', role: 'editor' })
    const link = /https:\/\/komsija\.example(\/console\/setup\/[\w-]{43})/.exec(page.body)?.[1] ?? ''
    expect((await console_.browser().get(link)).body).toContain('novi@grad.example')
    expect((await admin.get('/console/team')).body).not.toContain('/console/setup/')
    const [row] = await auditRows(console_.database, { limit: 1 })
    expect(row).toMatchObject({
      actor: admin.email,
      action: 'team.invite',
      target: 'account novi@grad.example',
      details: { role: 'editor' },
    })
  })

  test.each([
    ['no address', { email: 'novi', role: 'editor' }],
    ['an unknown role', { email: 'novi@grad.example', role: 'boss' }],
  ])('with %s is asked again, with what was typed', async (_name, fields) => {
    const admin = await console_.signIn('admin')
    const page = await admin.post('/console/team', fields)
    expect(page.statusCode).toBe(422)
    expect(page.body).toContain(`value="${fields.email}"`)
    expect(await sql`SELECT 1 FROM staff_account`).toHaveLength(1)
  })

  test('of somebody who is there already changes nothing', async () => {
    const admin = await console_.signIn('admin')
    const page = await admin.post('/console/team', { email: admin.email, role: 'monitor' })
    expect(page.body).toContain('već postoji')
    expect((await stateOf(admin.accountId))?.role).toBe('admin')
    expect(await auditRows(console_.database, { limit: 5 })).toEqual([])
  })
})

describe('somebody in the team', () => {
  test('who lost the phone gets a new app; the password stays', async () => {
    const admin = await console_.signIn('admin')
    const editor = await console_.signIn('editor')
    await admin.post(`/console/team/${editor.accountId}/codes`)
    expect((await editor.get('/console/account')).statusCode).toBe(303)
    const [row] =
      await sql`SELECT totp_since AS since, password_hash AS hash FROM staff_account WHERE role = 'editor'`
    expect(row).toEqual({ since: null, hash: '' })
  })

  test('who is locked can be unlocked', async () => {
    const admin = await console_.signIn('admin')
    const editor = await console_.signIn('editor')
    await sql`UPDATE staff_account SET failures = 9, locked_until = now() + interval '1 hour' WHERE role = 'editor'`
    expect((await admin.get('/console/team')).body).toContain('Otključaj')
    await admin.post(`/console/team/${editor.accountId}/enable`)
    const [row] = await sql`SELECT failures, locked_until AS until FROM staff_account WHERE role = 'editor'`
    expect(row).toEqual({ failures: 0, until: null })
  })

  test('who is disabled is out everywhere, keys and links included, and can come back', async () => {
    const admin = await console_.signIn('admin')
    const editor = await console_.signIn('editor')
    await editor.post('/console/account/tokens', { name: 'x' })
    await admin.post(`/console/team/${editor.accountId}/link`)
    await admin.post(`/console/team/${editor.accountId}/disable`)
    expect((await editor.get('/console/account')).statusCode).toBe(303)
    expect(await sql`SELECT 1 FROM api_token WHERE revoked_at IS NULL`).toEqual([])
    expect(await sql`SELECT 1 FROM staff_link`).toEqual([])
    await admin.post(`/console/team/${editor.accountId}/enable`)
    expect((await stateOf(editor.accountId))?.disabled).toBe(false)
    expect((await editor.get('/console/account')).statusCode, 'but signs in anew').toBe(303)
  })

  test.each(['role', 'link', 'codes', 'disable', 'enable'])(
    'an account that doesn’t exist is missing: %s',
    async verb => {
      const admin = await console_.signIn('admin')
      for (const id of ['nonsense', '00000000-0000-0000-0000-000000000000', '-'.repeat(36)]) {
        const answer = await admin.post(`/console/team/${id}/${verb}`, { role: 'editor' })
        expect(answer.statusCode, id).toBe(404)
      }
    },
  )
})

describe('the last admin', () => {
  test.each([
    ['another role', 'role', { role: 'editor' }],
    ['being disabled', 'disable', {}],
  ])('is kept from %s', async (_name, verb, fields) => {
    const admin = await console_.signIn('admin')
    // Invited, but without a password yet: nobody who could administer.
    await sql`INSERT INTO staff_account (email, role) VALUES ('invited@grad.example', 'admin')`
    const page = await admin.post(`/console/team/${admin.accountId}/${verb}`, fields)
    expect(page.statusCode).toBe(422)
    expect(page.body).toContain('poslednji administrator')
    expect(await stateOf(admin.accountId)).toEqual({ role: 'admin', disabled: false })
    expect(await auditRows(console_.database, { limit: 5 })).toEqual([])
  })

  test('of two who disable each other at once one stays', async () => {
    for (let round = 0; round < 5; round++) {
      await sql`TRUNCATE staff_account CASCADE`
      const [one, two] = [await console_.signIn('admin'), await console_.signIn('admin')]
      const answers = await Promise.all([
        one.post(`/console/team/${two.accountId}/disable`),
        two.post(`/console/team/${one.accountId}/disable`),
      ])
      expect(answers.map(({ statusCode }) => statusCode).every(status => status < 500)).toBe(true)
      expect(await sql`SELECT 1 FROM staff_account WHERE disabled_at IS NULL`).toHaveLength(1)
    }
  })

  test('of three who change roles at once one stays', async () => {
    const admins = [
      await console_.signIn('admin'),
      await console_.signIn('admin'),
      await console_.signIn('admin'),
    ]
    const answers = await Promise.all(
      admins.map((admin, index) =>
        admin.post(`/console/team/${admins[(index + 1) % 3]?.accountId}/role`, { role: 'inbox' }),
      ),
    )
    expect(answers.every(({ statusCode }) => statusCode < 500)).toBe(true)
    expect((await sql`SELECT 1 FROM staff_account WHERE role = 'admin'`).length).toBeGreaterThanOrEqual(1)
  })
})

describe('a change', () => {
  test('that is refused takes back what was written before', async () => {
    const refused = await withAudit(console_.database, 'x', async (query, note) => {
      await query`INSERT INTO staff_account (email, role) VALUES ('a@b.c', 'admin')`
      await note({ action: 'x.y', target: 'z' })
      return new Refused('no')
    })
    expect(refused).toEqual(new Refused('no'))
    expect(await sql`SELECT 1 FROM staff_account`).toEqual([])
    expect(await auditRows(console_.database, { limit: 5 })).toEqual([])
  })

  test('that is not noted is not made', async () => {
    const silent = withAudit(console_.database, 'x', async query => {
      await query`INSERT INTO staff_account (email, role) VALUES ('a@b.c', 'admin')`
    })
    await expect(silent).rejects.toThrow('not noted')
    expect(await sql`SELECT 1 FROM staff_account`).toEqual([])
  })
})

describe('the log', () => {
  test('is read by pages, by account and by thing, newest first', async () => {
    const monitor = await console_.signIn('monitor')
    await sql`
      INSERT INTO audit (actor, action, target, details)
      SELECT 'mira@grad.example', 'trial.change', 'thing ' || n, jsonb_build_object('from', n, 'to', '<b>')
      FROM generate_series(1, 130) n`
    const first = await monitor.get('/console/audit')
    expect(first.body.match(/trial\.change/g)).toHaveLength(100)
    expect(first.body.indexOf('thing 130')).toBeLessThan(first.body.indexOf('thing 129'))
    expect(first.body).not.toContain('<b>')
    const older = /href="(\/console\/audit\?before=\d+)"/.exec(first.body)?.[1] ?? ''
    expect((await monitor.get(older)).body.match(/trial\.change/g)).toHaveLength(30)
    const one = await monitor.get('/console/audit?target=thing+7')
    expect(one.body.match(/trial\.change/g)).toHaveLength(1)
    expect((await monitor.get('/console/audit?before=x%27;&actor=nobody')).body).toContain('Nema ničega')
  })
})
