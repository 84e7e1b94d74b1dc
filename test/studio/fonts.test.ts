// Fonts are files that several processes read at the same time.
import { statSync } from 'node:fs'
import { expect, it } from 'vitest'
import { clipFonts, serbianByDefault } from '../../src/studio/fonts.ts'

it('font files are written once and left alone: another process may be drawing with them', () => {
  const times = clipFonts().map(file => statSync(file).mtimeMs)
  expect(times).toHaveLength(3)
  expect(clipFonts().map(file => statSync(file).mtimeMs)).toEqual(times)
})

it('what is no font is refused', () => {
  expect(() => serbianByDefault(Buffer.alloc(64))).toThrow('GSUB')
})
