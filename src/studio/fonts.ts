// Noto Sans with the Serbian forms of Cyrillic letters. The picture library asks a font for no language's
// forms; a copy of the font in which Serbian is the default language of Cyrillic gives them.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'

const require = createRequire(import.meta.url)
const STYLES = ['400Regular', '700Bold', '800ExtraBold']

let files: string[] | undefined

/** The font files of the clips, made once per machine. */
export function clipFonts(): string[] {
  files ??= STYLES.map(style => {
    const source = require.resolve(`@expo-google-fonts/noto-sans/${style}/NotoSans_${style}.ttf`)
    const font = serbianByDefault(readFileSync(source))
    const name = createHash('sha256').update(font).digest('hex').slice(0, 16)
    const folder = path.join(tmpdir(), 'komsija-fonts')
    const file = path.join(folder, `${style}-${name}.ttf`)
    mkdirSync(folder, { recursive: true })
    if (!existsSync(file)) writeWhole(file, font)
    return file
  })
  return files
}

/** Another process may be reading fonts at this moment: a file is there whole or not at all. */
function writeWhole(file: string, bytes: Buffer): void {
  const part = `${file}.${process.pid}`
  writeFileSync(part, bytes)
  renameSync(part, file)
}

/**
 * A copy whose script "cyrl" uses the language system "SRB " when no language is named:
 * https://learn.microsoft.com/typography/opentype/spec/chapter2
 */
export function serbianByDefault(font: Buffer): Buffer {
  const copy = Buffer.from(font)
  const gsub = tableOf(copy, 'GSUB')
  const scripts = gsub + copy.readUInt16BE(gsub + 4)
  const cyrillic = scripts + taggedOffset(copy, scripts, 'cyrl')
  copy.writeUInt16BE(taggedOffset(copy, cyrillic + 2, 'SRB '), cyrillic)
  return copy
}

function tableOf(font: Buffer, tag: string): number {
  const count = font.readUInt16BE(4)
  for (let at = 12; at < 12 + count * 16; at += 16) {
    if (font.toString('latin1', at, at + 4) === tag) return font.readUInt32BE(at + 8)
  }
  throw new Error(`the font has no table ${tag}`)
}

/** The offset that a list of tags (a count, then tag and offset each) gives for a tag. */
function taggedOffset(font: Buffer, list: number, tag: string): number {
  const count = font.readUInt16BE(list)
  for (let at = list + 2; at < list + 2 + count * 6; at += 6) {
    if (font.toString('latin1', at, at + 4) === tag) return font.readUInt16BE(at + 4)
  }
  throw new Error(`the font knows no ${tag}`)
}
