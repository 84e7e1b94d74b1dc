// The words of a clip as text: WebVTT, and a transcript that also says what the pictures show.
import { type Edition, plain } from './edition.ts'
import type { Timeline } from './timing.ts'

/** Captions for a player. The words of `edition`, at the times of the video they stand beside. */
export function vttOf(edition: Edition, { title, scenes, closing, seconds }: Timeline): string {
  const cues = [
    { ...title, words: edition.title },
    ...scenes.flatMap(({ cues }, scene) =>
      cues.map(({ from, to }, index) => ({
        from,
        to,
        words: plain(edition.scenes[scene]?.captions[index] ?? ''),
      })),
    ),
    { from: closing.from, to: seconds, words: `${edition.credits.ask} ${edition.credits.promise}` },
  ]
  const blocks = cues.map(({ from, to, words }) => `${stamp(from)} --> ${stamp(to)}\n${words}\n`)
  return ['WEBVTT\n', ...blocks].join('\n')
}

function stamp(seconds: number): string {
  const [whole = '0', rest = '000'] = seconds.toFixed(3).split('.')
  const minutes = Math.floor(Number(whole) / 60)
  return `${two(minutes)}:${two(Number(whole) % 60)}.${rest}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

/** Everything a clip says and shows, for who reads or listens to it instead. */
export function transcriptOf({ title, intro, scenes, sources, credits, unverified }: Edition): string {
  const parts = scenes.map(({ captions, alt, law }, index) =>
    [
      `${index + 1}. ${captions.map(plain).join(' ')}`,
      `[${credits.picture}: ${alt}]`,
      ...(law ? [`(${law})`] : []),
    ].join('\n'),
  )
  const end = [`${credits.sources}:`, ...sources.map(source => `– ${source}`), credits.checked]
  return [title, intro, ...parts, [...end, ...(unverified ? [credits.unverified] : [])].join('\n')]
    .join('\n\n')
    .concat('\n')
}
