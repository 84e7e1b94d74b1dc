import path from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: path.join(import.meta.dirname, '..'),
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/database-server.ts'],
    setupFiles: ['test/support/properties.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    maxWorkers: 3,
    // How fast things are is the bench's affair; here only that they happen.
    expect: { poll: { timeout: 15_000 } },
    reporters: ['default', path.join(import.meta.dirname, 'support/count-reporter.ts')],
  },
})
