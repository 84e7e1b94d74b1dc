// What an mp4 says about itself: length, size, codecs, and whether it can be played while it loads. Boxes:
// https://developer.apple.com/documentation/quicktime-file-format/atoms
import { readFile } from 'node:fs/promises'

export type Mp4 = {
  seconds: number
  width: number
  height: number
  /** The formats of its tracks, like avc1 and mp4a. */
  codecs: string[]
  /** The index stands before the data. */
  fastStart: boolean
}

/** The longest video that every channel takes: https://developers.viber.com/docs/api/rest-bot-api/#video-message */
const SECONDS_MAX = 180

/** Largest video: what Viber and older phones load on a slow line. */
export const VIDEO_BYTES_MAX = 8_000_000

/** Why a video can't be sent everywhere. */
export type VideoProblem = 'codec' | 'sound' | 'shape' | 'long' | 'index'

/** Everything that keeps a video from being sent everywhere. */
export function problemsOf({ seconds, width, height, codecs, fastStart }: Mp4): VideoProblem[] {
  const found: [VideoProblem, boolean][] = [
    ['codec', !codecs.includes('avc1')],
    ['sound', !codecs.includes('mp4a')],
    ['shape', height <= width],
    ['long', seconds > SECONDS_MAX],
    ['index', !fastStart],
  ]
  return found.flatMap(([problem, is]) => (is ? [problem] : []))
}

type Box = { type: string; at: number; size: number }

/** Reads a file. Rejects for what is no mp4. */
export async function readMp4(file: string): Promise<Mp4> {
  const mp4 = mp4Of(await readFile(file))
  if (!mp4) throw new Error(`${file} is no mp4`)
  return mp4
}

/** What the bytes say; undefined for what is no mp4, or one that is cut off. */
export function mp4Of(bytes: Buffer): Mp4 | undefined {
  try {
    return read(bytes)
  } catch (error) {
    // A number beyond the end: the file is cut off or not what it says.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function read(bytes: Buffer): Mp4 | undefined {
  const boxes = boxesIn(bytes, 0)
  const index = boxes.find(({ type }) => type === 'moov')
  if (boxes[0]?.type !== 'ftyp' || !index) return undefined
  const data = boxes.findIndex(({ type }) => type === 'mdat')
  const described = describe(bytes.subarray(index.at, index.at + index.size))
  return described && data >= 0 ? { ...described, fastStart: boxes.indexOf(index) < data } : undefined
}

/** Boxes that follow each other from an offset to the end. */
function boxesIn(bytes: Buffer, from: number): Box[] {
  const boxes: Box[] = []
  for (let at = from; at < bytes.length; ) {
    const box = boxAt(bytes, at)
    boxes.push(box)
    at += box.size
  }
  return boxes
}

function boxAt(bytes: Buffer, at: number): Box {
  const short = bytes.readUInt32BE(at)
  const size = short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short
  if (size < 8 || at + size > bytes.length) throw new RangeError('a box is longer than the file')
  return { type: bytes.toString('latin1', at + 4, at + 8), at, size }
}

function describe(index: Buffer): Omit<Mp4, 'fastStart'> | undefined {
  const movie = find(index, 'mvhd')[0]
  if (!movie) return undefined
  const long = movie.readUInt8(8) === 1
  const scale = movie.readUInt32BE(long ? 28 : 20)
  const length = long ? Number(movie.readBigUInt64BE(32)) : movie.readUInt32BE(24)
  const tracks = find(index, 'tkhd').map(track => ({
    width: track.readUInt32BE(track.length - 8) >>> 16,
    height: track.readUInt32BE(track.length - 4) >>> 16,
  }))
  const { width = 0, height = 0 } = tracks.find(track => track.width > 0) ?? {}
  const codecs = find(index, 'stsd').map(table => table.toString('latin1', 20, 24))
  return { seconds: length / scale, width, height, codecs }
}

const NESTED = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl'])

/** The boxes of a type, at any depth of the index. */
function find(box: Buffer, type: string): Buffer[] {
  return boxesIn(box, 8).flatMap(inner => {
    const bytes = box.subarray(inner.at, inner.at + inner.size)
    if (inner.type === type) return [bytes]
    return NESTED.has(inner.type) ? find(bytes, type) : []
  })
}
