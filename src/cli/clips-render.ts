// npm run clips:render: makes the files of every clip that changed: videos, captions, thumbnails, stills and
// transcripts. `-- --clip ID` only of that one. Needs ffmpeg on the PATH; nothing else of the bot does.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { storyboardFile } from '../content/clips.ts'
import { type Loaded, loadContent } from '../content/load.ts'
import { loadLocales } from '../content/locales.ts'
import { checkTexts } from '../studio/check.ts'
import { type House, houseOf } from '../studio/edition.ts'
import { renderClip } from '../studio/render.ts'
import { hasFfmpeg, writeVideo } from '../studio/video.ts'
import { contentDir } from './content-dir.ts'

/** What is wrong with the clips and must be mended before anything is drawn. */
function mistakes(loaded: Loaded, house: House): string[] {
  const ofClips = loaded.issues.filter(
    ({ file, severity }) => severity === 'error' && file.includes('/clips/'),
  )
  // A file that is missing is what rendering mends.
  const mendable = /run npm run clips:render$/
  const issues = [...ofClips.filter(({ message }) => !mendable.test(message)), ...checkTexts(loaded, house)]
  return issues.map(({ file, line, message }) => `${file}:${line} ${message}`)
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { clip: { type: 'string' }, content: { type: 'string' } } })
  const dir = contentDir()
  const loaded = await loadContent(dir)
  const house = houseOf(loaded.content, await loadLocales(path.join(dir, 'locales')))
  const wrong = mistakes(loaded, house)
  if (!(await hasFfmpeg())) wrong.push('ffmpeg is not installed (Debian: apt install ffmpeg)')
  if (wrong.length) {
    console.error(wrong.join('\n'))
    process.exitCode = 1
    return
  }
  for (const storyboard of loaded.storyboards.filter(({ id }) => !values.clip || id === values.clip)) {
    const file = path.join(dir, storyboardFile(storyboard.id))
    const source = await readFile(file, 'utf8')
    let began = performance.now()
    await renderClip(
      { folder: path.dirname(file), storyboard, source, house, write: writeVideo },
      ({ variant, result, seconds, bytes }) => {
        const took = ((performance.now() - began) / 1000).toFixed(1)
        console.log(
          `${storyboard.id} ${variant}: ${result} in ${took} s, ${seconds.toFixed(1)} s long, ${Math.round(bytes / 1000)} kB`,
        )
        began = performance.now()
      },
    )
  }
}

await main()
