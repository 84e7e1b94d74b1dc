// Fonts are files that several processes read at the same time.
import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { clipFonts, serbianByDefault } from '../../src/studio/fonts.ts'

it('font files are left alone by the next process: another one may be drawing with them', () => {
  const timesOf = () => clipFonts().map(file => statSync(file).mtimeMs)
  const before = timesOf()
  const module = path.join(import.meta.dirname, '../../src/studio/fonts.ts')
  execFileSync(process.execPath, ['-e', `import('${module}').then(({ clipFonts }) => clipFonts())`])
  expect(before).toHaveLength(3)
  expect(timesOf()).toEqual(before)
})

it('what is no font is refused', () => {
  expect(() => serbianByDefault(Buffer.alloc(64))).toThrow('GSUB')
})
