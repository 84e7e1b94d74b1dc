// npm run backup -- --to FILE
import { parseArgs } from 'node:util'
import { backUp } from '../platform/db/backup.ts'
import { withDatabase } from './open.ts'

const { values } = parseArgs({ options: { to: { type: 'string' } } })
const { to } = values
if (!to) {
  console.error('usage: npm run backup -- --to FILE')
  process.exit(2)
}
await withDatabase(async url => {
  const counts = await backUp(url, to)
  const rows = Object.values(counts).reduce((sum, count) => sum + count, 0)
  console.log(`${rows} rows of ${Object.keys(counts).length} tables in ${to}`)
})
