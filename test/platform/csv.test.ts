import { expect, it } from 'vitest'
import { csvOf } from '../../src/platform/csv.ts'

it('a table opens in a spreadsheet with its letters, and runs nothing', () => {
  const rows = [
    ['=1+1', '+381', '-5', '@a', '\tb', 'šđ, "č"', null, -5, true],
    ['obično', '', undefined],
  ]
  expect(csvOf(['a', 'b'], rows)).toBe(
    '\ufeffa,b\r\n\'=1+1,\'+381,\'-5,\'@a,\'\tb,"šđ, ""č""",,-5,1\r\nobično,,\r\n',
  )
})
