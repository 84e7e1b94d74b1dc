import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = path.join(import.meta.dirname, '..')
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')
const tracked = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' }).trim().split('\n')
const documents = tracked.filter(file => file.endsWith('.md'))

describe('the documents', () => {
  it.each(documents)('%s links only to what exists', file => {
    const links = [...read(file).matchAll(/\]\(([^)#\s]+)\)/g)].map(match => match[1] ?? '')
    const broken = links.filter(
      link =>
        !/^(https?:|mailto:|data:)/.test(link) && !existsSync(path.join(ROOT, path.dirname(file), link)),
    )
    expect(broken).toEqual([])
  })

  it('name only commands that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const known = new Set([...Object.keys(scripts), 'ci'])
    const named = documents.flatMap(file =>
      [...read(file).matchAll(/npm (?:run (?:-s )?)([\w:-]+)/g)].map(match => match[1] ?? ''),
    )
    expect(named.filter(name => !known.has(name))).toEqual([])
  })

  it('show both commands', () => {
    expect(read('README.md')).toContain('npm ci && npm start')
    expect(read('README.md')).toContain('npm ci && npm test')
  })

  it('name every folder of src', () => {
    const folders = new Set(tracked.filter(file => /^src\/\w+\//.test(file)).map(file => file.split('/')[1]))
    for (const folder of folders) expect(read('src/README.md'), folder).toContain(`${folder}/`)
  })
})

describe('the repository', () => {
  it('holds no path of a machine and no host of a package registry', () => {
    const suspicious = /(^|[^A-Za-z0-9_.-])\/(work|farm|root)\/|registry\.npmjs\.org/
    const found = tracked.filter(
      file =>
        !/\.(png|mp4|ttf|jpg)$/.test(file) && file !== 'test/docs.test.ts' && suspicious.test(read(file)),
    )
    expect(found).toEqual([])
  })
})
