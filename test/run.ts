// What `npm test` runs, in order. Every step counts; the last line is "N passed, N failed".
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const ROOT = path.join(import.meta.dirname, '..')
const BIN = path.join(ROOT, 'node_modules/.bin')
const scratch = mkdtempSync(path.join(tmpdir(), 'komsija-count-'))
const countFile = path.join(scratch, 'count.json')

type Step = { name: string; command: string[] }
const CHECKS: Step[] = [
  { name: 'types', command: ['tsc', '-p', '.'] },
  { name: 'types of the chat’s scripts', command: ['tsc', '-p', 'src/channels/web/browser'] },
  { name: 'types of the console’s scripts', command: ['tsc', '-p', 'src/staff/browser'] },
  { name: 'format and lint', command: ['biome', 'check'] },
  { name: 'migrations in step with the schema', command: ['node', 'prisma/migrations.ts', 'check'] },
  { name: 'content', command: ['node', 'src/cli/content-check.ts'] },
]
const TESTS: Step = { name: 'tests', command: ['vitest', 'run', '--config', 'test/vitest.config.ts'] }

function succeeds({ name, command }: Step): boolean {
  console.log(`\n— ${name}`)
  const [program = '', ...args] = command
  const env = {
    ...process.env,
    PATH: `${BIN}${path.delimiter}${process.env.PATH}`,
    TEST_COUNT_FILE: countFile,
  }
  const { status, error } = spawnSync(program, args, { cwd: ROOT, stdio: 'inherit', env })
  if (error) console.error(error.message)
  return status === 0
}

const results = CHECKS.map(succeeds)
const testsOk = succeeds(TESTS)
const counted = existsSync(countFile)
  ? (JSON.parse(readFileSync(countFile, 'utf8')) as { passed: number; failed: number })
  : { passed: 0, failed: 1 }
rmSync(scratch, { recursive: true })
const passed = counted.passed + results.filter(Boolean).length
// vitest may fail without a failing test (a file that doesn't load): that counts as one failure.
const failed = Math.max(counted.failed, testsOk ? 0 : 1) + results.filter(ok => !ok).length
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
