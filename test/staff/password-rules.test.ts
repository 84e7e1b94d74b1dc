import { describe, expect, test } from 'vitest'
import { problemOfPassword } from '../../src/staff/password-rules.ts'
import { hashPassword, isPassword } from '../../src/staff/secrets.ts'

const EMAIL = 'mira.hadzic@novipazar.rs'

describe('a password', () => {
  test.each([
    'plavi slon pleše noću',
    'zelena reka i most',
    'correct horse battery staple',
    'Ра́шка тече полако',
    'xK9#mQ2$vL5p',
    'jednadvatricetiri',
  ])('%s will do', password => {
    expect(problemOfPassword(password, EMAIL)).toBeUndefined()
  })

  test.each([
    ['', 'length'],
    ['kratka', 'length'],
    ['x'.repeat(201), 'length'],
    ['aaaaaaaaaaaaaaaa', 'weak'],
    ['123456789012', 'weak'],
    ['abcabcabcabcabc', 'weak'],
    ['slon1slon1slon1', 'weak'],
    ['Password1234!', 'weak'],
    ['Lozinka 2026!!', 'weak'],
    ['šifra šifra 12', 'weak'],
    ['qwertyuiop123', 'weak'],
    ['qwertz123456', 'weak'],
    ['NoviPazar2026', 'weak'],
    ['Нови Пазар 2026', 'weak'],
    ['mira.hadzic12345', 'weak'],
    ['hadzic-hadzic-1', 'weak'],
    [EMAIL, 'weak'],
    ['administrator1', 'weak'],
  ])('%s is refused: %s', (password, problem) => {
    expect(problemOfPassword(password, EMAIL)).toBe(`console.password.${problem}`)
  })
})

describe('what is kept of a password', () => {
  test('is argon2id with OWASP’s cost and a salt of its own', async () => {
    const [one, two] = await Promise.all([hashPassword('plavi slon'), hashPassword('plavi slon')])
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
    expect(one).not.toBe(two)
    expect(await isPassword('plavi slon', two)).toBe(true)
    expect(await isPassword('plavi slom', two)).toBe(false)
  })

  test('is the same however the keyboard composes letters', async () => {
    expect(await isPassword('ples\u030Ce', await hashPassword('pleše'))).toBe(true)
  })

  test.each([null, '', 'plavi slon', '$argon2id$v=19$m=19456,t=2,p=1$$'])('%s opens nothing', async hash => {
    expect(await isPassword('plavi slon', hash)).toBe(false)
    expect(await isPassword('', hash)).toBe(false)
  })

  test('a hash of other costs still opens', async () => {
    const old = '$argon2id$v=19$m=8192,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$'
    const { argon2Sync } = await import('node:crypto')
    const tag = argon2Sync('argon2id', {
      message: 'plavi slon',
      nonce: Buffer.from('somesaltsomesalt'),
      tagLength: 32,
      memory: 8192,
      passes: 1,
      parallelism: 1,
    })
    expect(await isPassword('plavi slon', old + tag.toString('base64').replace('=', ''))).toBe(true)
  })
})
