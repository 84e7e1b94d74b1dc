// What every command on the database begins and ends with.
import { type Config, ConfigError, loadEnvFile, readConfig } from '../config.ts'
import { startEmbedded } from '../platform/db/embedded/server.ts'
import { migrate } from '../platform/db/migrate.ts'

/** Reads the configuration and reaches the migrated database, also while the server runs; then runs `work`. */
export async function withDatabase(work: (url: string, config: Config) => Promise<void>): Promise<void> {
  loadEnvFile()
  try {
    const config = readConfig()
    const server = config.databaseUrl ? undefined : await startEmbedded({ dataDir: config.dataDir })
    const url = config.databaseUrl ?? server?.url ?? ''
    try {
      await migrate(url)
      await work(url, config)
    } finally {
      await server?.stop()
    }
  } catch (error) {
    console.error(error instanceof ConfigError ? error.message : `Failed: ${(error as Error).message}`)
    process.exitCode = 1
  }
}
