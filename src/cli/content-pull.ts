// npm run content:pull: writes what was published in the console back into the files of the content.
import { pullRevisions } from '../features/curation/index.ts'
import { openDatabase } from '../platform/db/database.ts'
import { contentDir } from './content-dir.ts'
import { withDatabase } from './open.ts'

await withDatabase(async url => {
  const database = openDatabase({ url, poolSize: 2 })
  try {
    const { written, conflicts, thresholds } = await pullRevisions(database.sql, contentDir())
    for (const file of written) console.log(file)
    console.log(`${written.length} files written`)
    if (!thresholds) console.log('thresholds.yaml is out of date: run npm run content:thresholds')
    if (conflicts.length) {
      console.error(`Changed in the files and in the console, decide in the console: ${conflicts.join(', ')}`)
      process.exitCode = 1
    }
  } finally {
    await database.close()
  }
})
