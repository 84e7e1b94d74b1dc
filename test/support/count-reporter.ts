// Writes how many tests passed and failed to the file that test/run.ts names.
import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const file = process.env.TEST_COUNT_FILE
    if (!file) return
    const tests = modules.flatMap(module => [...module.children.allTests()])
    const states = tests.map(test => test.result().state)
    const brokenFiles = modules.filter(module => module.errors().length > 0).length
    const passed = states.filter(state => state === 'passed').length
    const failed = states.filter(state => state === 'failed').length + brokenFiles + errors.length
    writeFileSync(file, JSON.stringify({ passed, failed }))
  }
}
