// Where the cluster and its programs live, and as whom the server runs. PostgreSQL refuses to run as
// root, so under root it runs as an existing unprivileged user, who must be able to reach both.
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'

export type Identity = { uid: number; gid: number }

export type Place = {
  /** The folder that holds the cluster (`postgres/`) and the server's log. */
  home: string
  /** The folder with `bin`, `lib`, `share`. */
  binaries: string
  /** The user the server runs as; undefined: ourselves. */
  identity?: Identity
}

const FALLBACK = '/var/lib/komsija'

/** Chooses the place for a data folder (created if absent), given where npm put the programs. */
export function choosePlace(dataDir: string, native: string): Place {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  if (process.getuid?.() !== 0) return { home: dataDir, binaries: native }
  const identity = unprivilegedUser()
  const real = realpathSync(dataDir)
  const home = homeFor(real, identity)
  const place = { home, binaries: binariesFor(native, real, identity), identity }
  if (home !== real) writeFileSync(path.join(real, 'postgres.location'), `${home}\n`)
  return place
}

/** `postgres` if the machine has it, else `nobody`: the server accepts no user that isn't in passwd. */
function unprivilegedUser(): Identity {
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map(line => line.split(':'))
  const found = ['postgres', 'nobody'].map(name => users.find(user => user[0] === name)).find(Boolean)
  if (!found) {
    throw new Error(
      'PostgreSQL cannot run as root and there is no user "postgres" or "nobody". Set DATABASE_URL, or start as another user.',
    )
  }
  return { uid: Number(found[2]), gid: Number(found[3]) }
}

function homeFor(dataDir: string, identity: Identity): string {
  if (canEnter(path.dirname(dataDir), identity)) {
    if (!canEnter(dataDir, identity)) chmodSync(dataDir, 0o711)
    return dataDir
  }
  return ownFolder(fallbackFor(dataDir))
}

function binariesFor(native: string, dataDir: string, identity: Identity): string {
  if (canEnter(native, identity)) return native
  const version = JSON.parse(readFileSync(path.join(native, '../package.json'), 'utf8')).version as string
  const copy = path.join(ownFolder(fallbackFor(dataDir)), `postgresql-${version}`)
  if (!existsSync(path.join(copy, 'complete'))) {
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
    writeFileSync(path.join(copy, 'complete'), '')
  }
  return copy
}

/** Removes a data folder whose server has stopped for good, with what was put elsewhere because of root. */
export function removePlace(dataDir: string): void {
  rmSync(fallbackFor(realpathSync(dataDir)), { recursive: true, force: true })
  rmSync(dataDir, { recursive: true, force: true })
}

function fallbackFor(dataDir: string): string {
  return path.join(FALLBACK, createHash('sha256').update(dataDir).digest('hex').slice(0, 16))
}

function ownFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  return folder
}

/** Whether a user may enter the folder: every folder on the way needs the search permission. */
function canEnter(folder: string, identity: Identity): boolean {
  const { mode, uid, gid } = statSync(folder)
  const bit = uid === identity.uid ? 0o100 : gid === identity.gid ? 0o010 : 0o001
  if ((mode & bit) === 0) return false
  const parent = path.dirname(folder)
  return parent === folder || canEnter(parent, identity)
}

/** Creates a folder that only the server's user may read. */
export function makePrivateFolder(folder: string, identity?: Identity): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (identity) chownSync(folder, identity.uid, identity.gid)
}
