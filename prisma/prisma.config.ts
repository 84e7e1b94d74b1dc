// Prisma's generate, validate and format only run WebAssembly, yet they insist on a native schema
// engine being present; naming any existing file satisfies them. Never do this for `migrate` or
// `db`: they would report success and do nothing. Migrations are ours: see migrations.ts.
import { defineConfig } from 'prisma/config'

if (['generate', 'validate', 'format'].includes(process.argv[2] ?? '')) {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath
}

export default defineConfig({ schema: 'schema' })
