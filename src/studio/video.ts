// Frames as a video, by ffmpeg. Only whoever renders clips needs it.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Film } from './film.ts'
import { FPS, HEIGHT, WIDTH } from './layout.ts'
import { pixelsOf } from './raster.ts'

/**
 * How frames are compressed: letters stay crisp, a clip takes a megabyte and a half, every phone plays it.
 * Without psychovisual tuning, which spends bytes on grain that flat colours don't have; slower presets don't
 * save enough. A fixed number of threads, since the bytes depend on it and must not depend on the machine.
 */
export const ENCODING = words(
  '-c:v libx264 -profile:v high -level 3.1 -preset veryfast -crf 25 ' +
    '-x264-params psy-rd=0,0:bframes=5:keyint=250 -threads 2 ' +
    '-pix_fmt yuv420p -vf scale=out_color_matrix=bt709:out_range=tv ' +
    '-colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv ' +
    '-c:a aac -b:a 64k -ac 1 -ar 44100 -movflags +faststart -map_metadata -1 ' +
    '-fflags +bitexact -flags:v +bitexact -flags:a +bitexact',
)

function words(line: string): string[] {
  return line.split(' ')
}

/** Whether ffmpeg can be started here. */
export async function hasFfmpeg(): Promise<boolean> {
  const probe = spawn('ffmpeg', ['-version'], { stdio: 'ignore' })
  return new Promise(resolve => {
    probe.on('error', () => resolve(false))
    probe.on('close', code => resolve(code === 0))
  })
}

/** Writes a film to a file, with the sound of another file if there is one. */
export type WriteVideo = (film: Film, file: string, narration: string | undefined) => Promise<void>

/** As mp4. Without a `narration` its sound is silence: a video without sound is an animation to some chats. */
export const writeVideo: WriteVideo = async (film, file, narration) => {
  const { seconds } = film.timeline
  const sound = narration ? ['-i', narration, '-af', 'apad'] : words('-f lavfi -i anullsrc=r=44100:cl=mono')
  const frames = words(`-f rawvideo -pix_fmt rgba -s ${WIDTH}x${HEIGHT} -r ${FPS} -i pipe:0`)
  const end = ['-t', String(seconds), '-f', 'mp4', file]
  const ffmpeg = spawn('ffmpeg', [...words('-v error -y'), ...frames, ...sound, ...ENCODING, ...end])
  const said = collect(ffmpeg)
  const ended = once(ffmpeg, 'close')
  await feed(film, ffmpeg)
  const [code] = await ended
  if (code !== 0) throw new Error(`ffmpeg failed: ${said.text.trim()}`)
}

function collect({ stderr }: ChildProcess): { text: string } {
  const said = { text: '' }
  stderr?.on('data', piece => {
    said.text += String(piece)
  })
  return said
}

/** Hands over frame after frame; one that repeats is drawn once. When ffmpeg gives up, its exit code tells why. */
async function feed(film: Film, { stdin }: ChildProcess): Promise<void> {
  if (stdin) await pipeline(Readable.from(framesOf(film)), stdin).catch(() => {})
}

function* framesOf({ timeline, frame }: Film): Generator<Buffer> {
  const count = Math.round(timeline.seconds * FPS)
  let svg = ''
  let pixels: Buffer = Buffer.alloc(0)
  for (let index = 0; index < count; index++) {
    const next = frame(index / FPS)
    if (next !== svg) pixels = pixelsOf(next)
    svg = next
    yield pixels
  }
}
