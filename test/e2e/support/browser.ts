// A real browser that npm brings. Its files are unpacked once per version.
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Browser, chromium } from 'playwright-core'

/** Starts the browser; close it at the end. */
export async function openBrowser(): Promise<Browser> {
  const folder = await unpacked()
  return chromium.launch({
    executablePath: path.join(folder, 'chromium'),
    // The package's own flags are for one short page in a cloud function: with them the second page dies.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--font-render-hinting=none'],
    env: {
      ...definedOnly(process.env),
      FONTCONFIG_FILE: path.join(folder, 'fonts.conf'),
      LD_LIBRARY_PATH: [path.join(folder, 'al2023/lib'), process.env.LD_LIBRARY_PATH]
        .filter(Boolean)
        .join(':'),
    },
  })
}

/** The folder with the browser. Test files run side by side: whoever unpacks first moves the whole folder into place. */
async function unpacked(): Promise<string> {
  const folder = path.join(tmpdir(), `komsija-browser-${version()}`)
  if (existsSync(folder)) return folder
  const scratch = mkdtempSync(`${folder}-`)
  await unpackInto(scratch)
  writeFileSync(path.join(scratch, 'fonts.conf'), fontConfiguration(folder))
  try {
    renameSync(scratch, folder)
  } catch {
    // Another process was faster.
    rmSync(scratch, { recursive: true })
  }
  return folder
}

function version(): string {
  const main = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const manifest = JSON.parse(readFileSync(path.join(path.dirname(main), '../package.json'), 'utf8'))
  return (manifest as { version: string }).version
}

/**
 * The package unpacks into the temporary folder of the moment, and its system libraries only where it
 * believes to run in a cloud function. What it changes in the environment is changed back.
 */
async function unpackInto(folder: string): Promise<void> {
  const before = { ...process.env }
  Object.assign(process.env, { TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' })
  try {
    const { default: bundled } = await import('@sparticuz/chromium')
    await bundled.executablePath()
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
    Object.assign(process.env, before)
  }
}

/** The fonts that came along, so that pages look the same everywhere; finding none, the browser dies. */
function fontConfiguration(folder: string): string {
  const families = ['sans-serif', 'serif', 'monospace', 'system-ui']
  const alias = (family: string) =>
    `<alias><family>${family}</family><prefer><family>Open Sans</family></prefer></alias>`
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>${path.join(folder, 'fonts')}</dir><cachedir>${path.join(folder, 'cache')}</cachedir>
${families.map(alias).join('\n')}</fontconfig>`
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
