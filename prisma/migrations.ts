// Makes and checks migrations with Prisma's schema engine as WebAssembly on an in-memory PGlite: no
// server and no engine download.   node prisma/migrations.ts new NAME | check
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg'
import { PrismaPGlite } from 'pglite-prisma-adapter'

const HERE = import.meta.dirname
const MIGRATIONS = path.join(HERE, 'migrations')
const LOCK_FILE = path.join(MIGRATIONS, 'migration_lock.toml')

/** TypeScript knows WebAssembly only as part of the browser's types. */
type Wasm = {
  Module: new (bytes: Uint8Array) => object
  Instance: new (module: object, imports: object) => { exports: Record<string, unknown> }
}
const { WebAssembly } = globalThis as unknown as { WebAssembly: Wasm }

function loadEngine(): void {
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const bytes = readFileSync(path.join(path.dirname(entry), 'schema_engine_bg.wasm'))
  const wasm = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    './schema_engine_bg.js': glue,
  })
  glue.__wbg_set_wasm(wasm.exports)
  ;(wasm.exports.__wbindgen_start as () => void)()
}

function schemaFiles(): { path: string; content: string }[] {
  const folder = path.join(HERE, 'schema')
  return readdirSync(folder)
    .filter(name => name.endsWith('.prisma'))
    .sort()
    .map(name => ({ path: path.join(folder, name), content: readFileSync(path.join(folder, name), 'utf8') }))
}

function committedMigrations() {
  const folders = readdirSync(MIGRATIONS, { withFileTypes: true }).filter(entry => entry.isDirectory())
  return {
    baseDir: MIGRATIONS,
    lockfile: { path: 'migration_lock.toml', content: readFileSync(LOCK_FILE, 'utf8') },
    shadowDbInitScript: '',
    migrationDirectories: folders
      .map(folder => folder.name)
      .sort()
      .map(name => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: {
            tag: 'ok' as const,
            value: readFileSync(path.join(MIGRATIONS, name, 'migration.sql'), 'utf8'),
          },
        },
      })),
  }
}

/** The SQL that leads from the committed migrations to the schema; empty when they are in step. */
async function missingSql(): Promise<string> {
  loadEngine()
  const files = schemaFiles()
  const connect = () => new PrismaPGlite(new PGlite()).connect()
  const engine = await glue.SchemaEngine.new(
    { datamodels: files.map(file => [file.path, file.content] as [string, string]) },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory({
      provider: 'postgres',
      adapterName: 'pglite',
      connect,
      connectToShadowDb: connect,
    }),
  )
  const result = await engine.diff({
    from: { tag: 'migrations', ...committedMigrations() },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  })
  return result.exitCode === 0 ? '' : (result.stdout ?? '')
}

function writeMigration(name: string, sql: string): void {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const folder = path.join(MIGRATIONS, `${stamp}_${name.replace(/\W+/g, '_')}`)
  mkdirSync(folder)
  writeFileSync(path.join(folder, 'migration.sql'), sql)
  console.log(`wrote ${path.relative(process.cwd(), folder)}`)
}

async function main(): Promise<number> {
  const [command, name] = process.argv.slice(2)
  if (command !== 'check' && !(command === 'new' && name)) {
    console.error('usage: node prisma/migrations.ts new NAME | check')
    return 2
  }
  mkdirSync(MIGRATIONS, { recursive: true })
  if (!existsSync(LOCK_FILE)) writeFileSync(LOCK_FILE, 'provider = "postgresql"\n')
  const sql = await missingSql()
  if (!sql) {
    console.log('migrations match the schema')
    return 0
  }
  if (command === 'new' && name) {
    writeMigration(name, sql)
    return 0
  }
  console.error(`migrations lag behind the schema:\n${sql}`)
  return 1
}

process.exit(await main())
