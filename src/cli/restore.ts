// npm run restore -- --from FILE [--force]
import path from 'node:path'
import { parseArgs } from 'node:util'
import { ERASURE_LIST } from '../data-dir.ts'
import { personalTables } from '../features/index.ts'
import { erasedPeople, readErasureList, replayErasures } from '../people/index.ts'
import { restore } from '../platform/db/backup.ts'
import { openDatabase } from '../platform/db/database.ts'
import { withDatabase } from './open.ts'

const { values } = parseArgs({
  options: { from: { type: 'string' }, force: { type: 'boolean', default: false } },
})
const { from, force } = values
if (!from) {
  console.error('usage: npm run restore -- --from FILE [--force]')
  process.exit(2)
}
await withDatabase(async (url, config) => {
  const database = openDatabase({ url, poolSize: 2 })
  try {
    // Whoever was erased after the backup was made stands in the database that is replaced, or beside it.
    const erased = [
      ...(await erasedPeople(database.sql)),
      ...readErasureList(path.join(config.dataDir, ERASURE_LIST)),
    ]
    const counts = await restore(url, from, { force })
    const again = await database.transaction(sql => replayErasures(sql, personalTables, erased))
    const rows = Object.values(counts).reduce((sum, count) => sum + count, 0)
    console.log(`${rows} rows of ${Object.keys(counts).length} tables restored; ${again} people erased again`)
  } finally {
    await database.close()
  }
})
