// A clip as a function of time: what the frame at any moment shows.

import { captionBlock, lawBlock } from './caption.ts'
import { closingCard, titleCard } from './cards.ts'
import type { Edition, EditionScene } from './edition.ts'
import { icon } from './icons/icons.ts'
import { HEADER, HEIGHT, PANEL, STAGE, WIDTH } from './layout.ts'
import { arriving, type Clock, gently } from './motion.ts'
import { LINE, PETROL, QUIET, SHEET, TONES, type Tone } from './palette.ts'
import { penFor } from './pictures/pen.ts'
import { drawPicture } from './pictures/pictures.ts'
import { at, box, polygon, polyline, type Svg, text, zigzag } from './shapes.ts'
import { FADE_S, type Span, type Timeline, timelineOf, WIPE_S } from './timing.ts'

export type Film = {
  edition: Edition
  timeline: Timeline
  /** The frame at a moment, as SVG; for the same moment always the same text. */
  frame(seconds: number): Svg
  /** The finished picture of a scene, as it is when its last caption ends. */
  stage(scene: number): Svg
}

type Shot = { span: Span; tone: Tone; scene: EditionScene; draw(clock: Clock): Svg }

const CYCLE: readonly Tone[] = ['mint', 'sand', 'paper', 'rose']

export function filmOf(edition: Edition): Film {
  const timeline = timelineOf(edition)
  const shots = shotsOf(edition, timeline)
  return {
    edition,
    timeline,
    frame: seconds => svg(frameAt(seconds, edition, timeline, shots)),
    stage(index) {
      const shot = shots[index]
      if (!shot) throw new Error(`the clip has no scene ${index + 1}`)
      return svg(ground(shot.tone) + stageOf(shot, shot.span.to - shot.span.from))
    },
  }
}

/** A scene that goes on keeps the ground it stands on. */
function shotsOf({ scenes, variant, credits: { brand } }: Edition, timeline: Timeline): Shot[] {
  let turns = -1
  return scenes.map((scene, index) => {
    if (!scene.goesOn || index === 0) turns++
    const span = timeline.scenes[index] ?? timeline.closing
    const draw = (clock: Clock) =>
      drawPicture(scene.picture, penFor({ words: scene.labels, clock, variant, brand }))
    return { scene, span, tone: CYCLE[turns % CYCLE.length] ?? 'mint', draw }
  })
}

export function svg(content: Svg): Svg {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" ` +
    `font-family="Noto Sans">${content}</svg>`
  )
}

function frameAt(seconds: number, edition: Edition, timeline: Timeline, shots: readonly Shot[]): Svg {
  if (seconds < timeline.title.to) return titleCard(edition, clockFor(timeline.title, seconds))
  const { closing } = timeline
  if (seconds >= closing.from) {
    const clock = clockFor(closing, seconds)
    const before = clock.t < WIPE_S ? sceneFrame(shots.length - 1, closing.from, edition, shots) : ''
    return before + closingCard(edition, clock, wiped(clock))
  }
  const index = Math.max(
    0,
    shots.findIndex(({ span }) => seconds < span.to),
  )
  const first = index === 0 && seconds < timeline.title.to + WIPE_S
  if (!first) return sceneFrame(index, seconds, edition, shots)
  const clock = clockFor(timeline.title, timeline.title.to)
  return (
    titleCard(edition, clock) +
    risen(sceneFrame(0, seconds, edition, shots), gently({ t: seconds }, timeline.title.to, WIPE_S))
  )
}

function clockFor({ from, to, cues }: Span, seconds: number): Clock {
  return { t: seconds - from, end: to - from, beats: cues.map(cue => cue.from - from) }
}

function wiped({ t }: Clock): number {
  return gently({ t }, 0, WIPE_S)
}

/** The first scene comes up over the title as a sheet. */
function risen(content: Svg, share: number): Svg {
  const y = (1 - share) * (HEIGHT + PANEL.teeth)
  return at({ y }, polygon([[WIDTH, 40], [0, 40], ...edge(0)], { fill: TONES[CYCLE[0] ?? 'mint'] }), content)
}

function edge(y: number): (readonly [number, number])[] {
  return zigzag(0, WIDTH, PANEL.tooth, PANEL.teeth).map(([x, dy]) => [x, y + dy] as const)
}

function sceneFrame(index: number, seconds: number, edition: Edition, shots: readonly Shot[]): Svg {
  const shot = shots[index]
  if (!shot) return ''
  const t = seconds - shot.span.from
  const before = shots[index - 1]
  const wipes = before && !shot.scene.goesOn && t < WIPE_S
  return [
    wipes ? ground(before.tone) + stageOf(before, before.span.to - before.span.from) : '',
    wipes ? rising(shot.tone, gently({ t }, 0, WIPE_S)) : ground(shot.tone),
    stageOf(shot, t),
    panel(),
    header(edition, seconds, shots),
    caption(shot, seconds),
    lawLine(shot, before, t),
  ].join('')
}

function ground(tone: Tone): Svg {
  return box(0, 0, WIDTH, PANEL.top, { fill: TONES[tone] })
}

/** The next scene's ground comes up with a woven edge. */
function rising(tone: Tone, share: number): Svg {
  const y = PANEL.top - share * (PANEL.top + PANEL.teeth)
  return polygon([[WIDTH, PANEL.top], [0, PANEL.top], ...edge(y)], { fill: TONES[tone] })
}

/** A scene's picture; it waits until its ground is there. */
function stageOf({ scene, span, draw }: Shot, t: number): Svg {
  const clock: Clock = { t, end: span.to - span.from, beats: span.cues.map(cue => cue.from - span.from) }
  const share = scene.goesOn ? 1 : arriving(clock, WIPE_S * 0.55, 0.5)
  if (share <= 0) return ''
  return at({ x: STAGE.x, y: STAGE.y + (1 - share) * 22, opacity: share }, draw(clock))
}

function panel(): Svg {
  return [
    polygon([[WIDTH, PANEL.top + 2], [0, PANEL.top + 2], ...edge(PANEL.top)], { fill: PETROL }),
    box(0, PANEL.top, WIDTH, 8, { fill: PETROL }),
    box(0, PANEL.top + 8, WIDTH, HEIGHT - PANEL.top - 8, { fill: SHEET }),
    hem(),
  ].join('')
}

/** The lower end of the sheet, where players lay their buttons: woven, without words. */
function hem(): Svg {
  const row = (y: number, height: number) =>
    zigzag(-24, WIDTH + 24, 48, height).map(([x, dy]) => [x, y + dy] as const)
  return [
    box(0, 1206, WIDTH, HEIGHT - 1206, { fill: '#f3ecdd' }),
    polygon(row(1236, 22), { fill: LINE }),
    polyline(row(1268, 20), { line: '#d5c8ad', width: 5 }),
  ].join('')
}

/** How far the clip has come, scene by scene, and its name. */
function header({ title }: Edition, seconds: number, shots: readonly Shot[]): Svg {
  const { x, right, bar, barHeight: height, gap, text: middle } = HEADER
  const width = (right - x - gap * (shots.length - 1)) / shots.length
  const bars = shots.map(({ span }, index) => {
    const left = x + index * (width + gap)
    const share = Math.min(1, Math.max(0, (seconds - span.from) / (span.to - span.from)))
    const filled = Math.round(width * share)
    return (
      box(left, bar, width, height, { fill: '#1c282924', r: 4 }) +
      (filled > 4 ? box(left, bar, filled, height, { fill: PETROL, r: 4 }) : '')
    )
  })
  return [
    ...bars,
    at({ x: x + 20, y: middle - 1, scale: 0.36 }, icon('komsija')),
    text(title, x + 50, middle + 9, { size: 25, weight: 700, fill: QUIET }),
  ].join('')
}

/** The caption of the moment; one fades out before the next fades in. */
function caption({ span, scene }: Shot, seconds: number): Svg {
  const current = span.cues.findIndex(({ to }) => seconds < to)
  const index = current === -1 ? span.cues.length - 1 : current
  const cue = span.cues[index]
  const said = scene.captions[index]
  if (!cue || !said) return ''
  const arrived = arriving({ t: seconds }, cue.from, FADE_S * 1.4)
  const leaving = 1 - gently({ t: seconds }, cue.to - 0.16, 0.16)
  return at({ y: (1 - arrived) * 14, opacity: Math.min(arrived, leaving) }, captionBlock(said))
}

/** The law a scene rests on; it stays while the scenes that rest on it follow each other. */
function lawLine({ scene, span }: Shot, before: Shot | undefined, t: number): Svg {
  if (!scene.law) return ''
  const stays = before?.scene.law === scene.law
  const opacity = stays ? 1 : gently({ t }, WIPE_S, 0.4)
  const leaving = 1 - gently({ t }, span.to - span.from - 0.16, 0.16)
  return at({ opacity: Math.min(opacity, leaving) }, lawBlock(scene.law))
}
