import fc from 'fast-check'
import { expect, test } from 'vitest'
import { redact } from '../../../src/core/text/redact.ts'

test.each([
  ['zovite me na 064 555 01 23', 'zovite me na [telefon]'],
  ['број је 064/555-0123', 'број је [telefon]'],
  ['+381 (0)64 555 0123', '[telefon]'],
  ['doma 555-012', 'doma [telefon]'],
  ['pišite na ime.prezime@example.org', 'pišite na [e-pošta]'],
  ['moj JMBG je 0101990000000', 'moj JMBG je [JMBG]'],
  ['kartica 4111 1111 1111 1111', 'kartica [broj kartice]'],
  ['račun 160-0000000000123-45', 'račun [račun]'],
  ['lična karta 001234567', 'lična karta [telefon]'],
  ['pasoš 123456789', 'pasoš [broj]'],
  ['auto NP 123-AB', 'auto [tablica]'],
  ['https://facebook.com/neko.neko', '[link]'],
  ['https://example.org/a?user=neko', '[link]'],
  ['pišite @neko_neki', 'pišite [nalog]'],
  ['zovem se Neko Nekić i tražim', 'zovem se [ime] i tražim'],
])('%s → %s', (input, redacted) => {
  expect(redact(input)).toBe(redacted)
})

test.each([
  'Sl. glasnik RS 129/2007, 83/2014 od 05.11.2026.',
  'radno vreme 7:30–15:00, za 15 dana',
  'pozovite 112 ili 192',
  'www.novipazar.rs',
  'plan 2022-2023, 1.500.000 dinara',
])('%s stays', input => {
  expect(redact(input)).toBe(input)
})

test('no run of seven digits is ever left', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.bigInt({ min: 1_000_000n, max: 10n ** 20n }),
      fc.string(),
      (before, digits, after) => {
        expect(redact(`${before} ${digits} ${after}`)).not.toMatch(/\d{7,}/)
      },
    ),
  )
})
