// One application per data folder: a second one would answer people twice.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { isAlive } from './platform/db/embedded/server.ts'

/** The list of erased people outside the database, for restored backups. */
export const ERASURE_LIST = 'erasures.jsonl'

/** Marks the folder as ours until the returned function is called. Throws a sentence that says who holds it. */
export function claimDataDir(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = path.join(dataDir, 'app.pid')
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const holder = Number(readFileSync(file, 'utf8'))
    if (holder !== process.pid && isAlive(holder)) {
      throw new Error(
        `Another Komšija (process ${holder}) already uses ${dataDir}. Stop it, or set DATA_DIR to another folder.`,
      )
    }
    writeFileSync(file, String(process.pid))
  }
  return () => rmSync(file, { force: true })
}
