import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Frame, Page } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds in a page or frame, in words. */
export async function violations(page: Page | Frame): Promise<string[]> {
  await page.evaluate(AXE)
  const results = await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')
  const found = (
    results as { violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }
  ).violations
  return found.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html} ${node.failureSummary}`))
}
