// How long things stay: as long as reading them calmly takes, to the frame.
import { type Edition, type EditionScene, plain } from './edition.ts'
import { FPS } from './layout.ts'

/** Calm reading; nobody gets less time than the fastest. */
export const WORDS_PER_SECOND = 2.5
export const FASTEST = 3
/** A glance at the picture, which every caption needs. */
const LEAST_S = 2.4
/** A scene that comes in anew covers the old one first. */
export const WIPE_S = 0.6
/** A caption is there this long after its scene or its beat has begun. */
export const FADE_S = 0.25
const TITLE_S = 3.2
const CLOSING_S = 4.4

/** When a caption begins and ends, counted from the beginning of the clip. */
export type Cue = { from: number; to: number; words: string }

export type Span = { from: number; to: number; cues: Cue[] }

/** When everything of an edition happens; all to whole frames. */
export type Timeline = { seconds: number; title: Span; scenes: Span[]; closing: Span }

export function timelineOf(edition: Edition): Timeline {
  const title = spanFrom(0, TITLE_S, edition.title)
  const scenes: Span[] = []
  for (const scene of edition.scenes) scenes.push(sceneFrom(scenes.at(-1)?.to ?? title.to, scene))
  const closing = spanFrom(
    scenes.at(-1)?.to ?? title.to,
    CLOSING_S,
    `${edition.credits.ask} ${edition.credits.promise}`,
  )
  return { seconds: closing.to, title, scenes, closing }
}

function spanFrom(from: number, seconds: number, words: string): Span {
  const to = toFrame(from + seconds)
  return { from, to, cues: [{ from, to, words }] }
}

function sceneFrom(from: number, { captions, goesOn, seconds }: EditionScene): Span {
  const needed = captions.map(secondsFor)
  const sum = needed.reduce((total, one) => total + one, 0)
  const lead = goesOn ? 0 : WIPE_S / 2
  const factor = seconds === undefined ? 1 : (seconds - lead) / sum
  const cues: Cue[] = []
  for (const [index, caption] of captions.entries()) {
    const begins = cues.at(-1)?.to ?? toFrame(from + lead)
    cues.push({ from: begins, to: toFrame(begins + (needed[index] ?? 0) * factor), words: plain(caption) })
  }
  return { from, to: cues.at(-1)?.to ?? from, cues }
}

/** How long reading a caption takes. */
function secondsFor(caption: string): number {
  return Math.max(LEAST_S, wordsIn(plain(caption)) / WORDS_PER_SECOND + FADE_S)
}

export function wordsIn(text: string): number {
  return text.split(/[\s\u00a0]+/).filter(part => /[\p{L}\p{N}]/u.test(part)).length
}

function toFrame(seconds: number): number {
  return Math.round(seconds * FPS) / FPS
}
