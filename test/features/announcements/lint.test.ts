import { describe, expect, it } from 'vitest'
import { lintTexts } from '../../../src/features/announcements/lint.ts'
import { createSpeed } from '../../../src/features/announcements/speed.ts'

describe('a text', () => {
  it.each([
    ['placeholder', 'Radionica je [dan] u 10 časova'],
    ['placeholder', 'Dođite u ____ sati'],
    ['mixed-script', 'Rаdionica je u subotu'],
    ['insecure-link', 'Prijava: http://grad.rs'],
    ['capitals', 'SVI NA RADIONICU U SUBOTU UJUTRU'],
    ['long', 'Radionica je u subotu. '.repeat(40)],
  ])('is found %s', (code, sr) => {
    expect(lintTexts({ sr })).toEqual([{ code, language: 'sr' }])
  })

  it.each([
    'Radionica je u subotu u 10 časova: https://grad.rs/radionice',
    'Радионица је у суботу у 10 часова.',
    'MZ Parice: sastanak u OŠ „Vuk“',
    '',
  ])('is fine: %s', sr => {
    expect(lintTexts({ sr })).toEqual([])
  })

  it('in English that is Serbian was not translated; Bosnian may be the same', () => {
    const sr = 'Radionica je u subotu'
    expect(lintTexts({ sr, bs: sr, en: `${sr}!` })).toEqual([{ code: 'untranslated', language: 'en' }])
  })
})

describe('the speed', () => {
  it('is what was settled in the last ten seconds', () => {
    const speed = createSpeed()
    expect(speed.note({ at: 0, done: 0 })).toBeUndefined()
    expect(speed.note({ at: 1000, done: 20 })).toBe(20)
    expect(speed.note({ at: 11_000, done: 40 })).toBe(2)
  })

  it('is nothing when time stands still', () => {
    const speed = createSpeed()
    speed.note({ at: 5, done: 1 })
    expect(speed.note({ at: 5, done: 9 })).toBeUndefined()
  })
})
