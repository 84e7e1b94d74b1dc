// Pictures of what leads to what: a path with stations, a circle, money that flows, who elects whom.
import type { Link } from '../../content/clip-pictures.ts'
import { icon } from '../icons/icons.ts'
import { coin } from '../icons/things.ts'
import { arrivals, gently, swing } from '../motion.ts'
import { CLAY, INK, OCHRE, PETROL, SHEET, STONE } from '../palette.ts'
import {
  at,
  between,
  box,
  circle,
  lengthOf,
  onCircle,
  type Point,
  partOf,
  polyline,
  type Svg,
} from '../shapes.ts'
import { appear, arrow, type Draw, medal, type Pen, pop } from './pen.ts'

const STATION = { left: 96, right: 544, r: 70 }

/** Stations of a way from top to bottom, left and right in turn; the line runs ahead to each. */
export const path: Draw<'path'> = ({ icons, accent, on }, pen) => {
  const starts = arrivals(pen.clock, icons.length, on)
  const step = (676 - 160) / (icons.length - 1)
  const places = icons.map((_, index): Point => [index % 2 ? STATION.right : STATION.left, 78 + index * step])
  const lines = places.slice(1).map((to, index) => bend(places[index] ?? to, to))
  return [
    ...lines.map(line => polyline(line, { line: '#1c28291f', width: 14 })),
    ...lines.map((line, index) => {
      const share = gently(pen.clock, (starts[index + 1] ?? 0) - 0.5, 0.6)
      return share > 0
        ? polyline(partOf(line, share), { line: index + 1 === accent ? CLAY : PETROL, width: 14 })
        : ''
    }),
    ...icons.map((name, index) =>
      station(name, index, places[index] ?? [0, 0], starts[index] ?? 0, index === accent, pen),
    ),
  ].join('')
}

function station(
  name: Parameters<typeof medal>[0],
  index: number,
  place: Point,
  start: number,
  accent: boolean,
  pen: Pen,
): Svg {
  const [x, y] = place
  const isRight = x > 320
  const label = {
    x: isRight ? x - STATION.r - 22 : x + STATION.r + 22,
    y,
    width: 440 - STATION.r,
    lines: 2,
    size: 35,
    smallest: 26,
    anchor: isRight ? 'end' : 'start',
    fill: accent ? CLAY : INK,
  } as const
  return (
    pop(pen.clock, start, place, medal(name, STATION.r, accent ? CLAY : PETROL)) +
    appear(pen.clock, start + 0.15, pen.label(index, label))
  )
}

/** Down, across and down again, with round corners. */
function bend([x, y]: Point, [toX, toY]: Point): Point[] {
  const middle = (y + toY) / 2
  const r = Math.min(40, (toY - y) / 2 - 4)
  const side = Math.sign(toX - x)
  const corner = (cx: number, cy: number, from: number, to: number): Point[] =>
    Array.from({ length: 9 }, (_, index) => onCircle(cx, cy, r, from + ((to - from) * index) / 8))
  return [
    [x, y],
    ...corner(x + side * r, middle - r, side > 0 ? 270 : 90, 180),
    ...corner(toX - side * r, middle + r, 0, side > 0 ? 90 : -90),
    [toX, toY],
  ]
}

/** What comes round again. */
export const cycle: Draw<'cycle'> = ({ icons, center, on }, pen) => {
  const starts = arrivals(pen.clock, icons.length, on)
  const [x, y, radius, r] = [320, 318, 214, 66]
  const step = 360 / icons.length
  const gap = 22
  return [
    circle(x, y, radius, { line: '#1c28291a', width: 10 }),
    ...icons.map((_, index) => {
      const last = index === icons.length - 1
      const share = gently(
        pen.clock,
        (last ? (starts[index] ?? 0) + 0.9 : (starts[index + 1] ?? 0)) - 0.4,
        0.6,
      )
      return share > 0
        ? arrow(ringPart(x, y, radius, index * step + gap, (step - 2 * gap) * share), { width: 9 })
        : ''
    }),
    circle(x, y, 92, { fill: SHEET }),
    at({ x, y: y + swing(pen.clock, 4) * 3, scale: 1.3 }, icon(center)),
    ...icons.map((name, index) => {
      const place = onCircle(x, y, radius, index * step)
      const start = starts[index] ?? 0
      return [
        pop(pen.clock, start, place, medal(name, r, index === 0 ? CLAY : PETROL)),
        appear(pen.clock, start + 0.15, tag(index, [place[0], place[1] + r + 26], 196, pen)),
      ].join('')
    }),
  ].join('')
}

function ringPart(x: number, y: number, r: number, from: number, sweep: number): Point[] {
  return Array.from({ length: 13 }, (_, index) => onCircle(x, y, r, from + (sweep * index) / 12))
}

/** A label on a sheet of its own, so that lines may pass behind it. */
export function tag(index: number, [x, y]: Point, width: number, pen: Pen, size = 26): Svg {
  const place = { x, y, width, lines: 2, size, smallest: 21 } as const
  const fitted = pen.sizeOf(index, place)
  const height = fitted.lines * fitted.size * 1.22 + 12
  const wide = Math.min(width, fitted.width) + 28
  return box(x - wide / 2, y - height / 2, wide, height, { fill: SHEET, r: 16 }) + pen.label(index, place)
}

/** Money that comes together and goes where it is needed. */
export const flow: Draw<'flow'> = ({ into, center, out, on }, pen) => {
  const count = into.length + out.length
  const starts = arrivals(pen.clock, count, on)
  const middle: Point = [320, into.length ? (out.length ? 344 : 440) : 170]
  const lineFrom = (index: number, points: readonly Point[]) => {
    const start = starts[index] ?? 0
    return (
      polyline(partOf(points, gently(pen.clock, start, 0.5)), { line: STONE, width: 6 }) +
      moving(points, start + 0.5, pen)
    )
  }
  const outs = spread(out.length, 568)
  const ins = spread(into.length, 66)
  const radius = out.length > 4 ? 52 : 60
  return [
    ...ins.map((place, index) =>
      lineFrom(index, [place, [middle[0] + (place[0] - 320) * 0.3, middle[1] - 60]]),
    ),
    ...outs.map((place, index) =>
      lineFrom(into.length + index, [[middle[0] + (place[0] - 320) * 0.2, middle[1] + 60], place]),
    ),
    circle(...middle, 112, { fill: SHEET, line: OCHRE, width: 8 }),
    at({ x: middle[0], y: middle[1] - 14, scale: 1.42 }, icon(center)),
    tag(into.length, [middle[0], middle[1] + 112], 240, pen, 32),
    ...ins.map((place, index) => named(into[index], index, place, 60, starts[index] ?? 0, 206, pen)),
    ...outs.map((place, index) =>
      named(
        out[index],
        into.length + 1 + index,
        place,
        radius,
        starts[into.length + index] ?? 0,
        640 / Math.max(3, out.length) - 8,
        pen,
      ),
    ),
  ].join('')
}

function spread(count: number, y: number): Point[] {
  return Array.from({ length: count }, (_, index) => [(640 * (index + 0.5)) / count, y])
}

function named(
  name: Parameters<typeof medal>[0] | undefined,
  index: number,
  place: Point,
  r: number,
  start: number,
  width: number,
  pen: Pen,
): Svg {
  if (!name) return ''
  const label = tag(index, [place[0], place[1] + r + 26], width, pen, 25)
  return pop(pen.clock, start, place, medal(name, r, PETROL)) + appear(pen.clock, start + 0.15, label)
}

/** Coins on their way along a line, one after the other. */
function moving(points: readonly Point[], start: number, { clock }: Pen): Svg {
  const [from, to] = points
  if (!from || !to) return ''
  const seconds = 1.6
  const since = clock.t - start
  if (since < 0) return ''
  const share = (since % seconds) / seconds
  const [x, y] = between(from, to, share)
  const faded = Math.min(1, share * 5, (1 - share) * 5)
  return lengthOf(points) > 40 ? at({ opacity: faded }, coin(x, y, 13)) : ''
}

type Body = 'assembly' | 'mayor' | 'council' | 'administration' | 'citizens'

/** Where the bodies stand; the council in the middle, so that no line crosses another. */
const BODIES: Record<Body, { place: Point; icon: Parameters<typeof medal>[0] }> = {
  assembly: { place: [122, 118], icon: 'assembly' },
  mayor: { place: [518, 118], icon: 'mayor' },
  council: { place: [320, 352], icon: 'council' },
  administration: { place: [518, 556], icon: 'counter' },
  citizens: { place: [122, 556], icon: 'citizens' },
}
const ORDER: Body[] = ['citizens', 'assembly', 'mayor', 'council', 'administration']
const LINES: Record<Link, { ends: [Body, Body]; from: Point; to: Point }> = {
  'citizens-assembly': { ends: ['citizens', 'assembly'], from: [122, 474], to: [122, 206] },
  'assembly-mayor': { ends: ['assembly', 'mayor'], from: [206, 118], to: [426, 118] },
  'assembly-council': { ends: ['assembly', 'council'], from: [180, 180], to: [258, 280] },
  'mayor-council': { ends: ['mayor', 'council'], from: [460, 180], to: [382, 280] },
  'mayor-administration': { ends: ['mayor', 'administration'], from: [518, 202], to: [518, 466] },
  'administration-citizens': { ends: ['administration', 'citizens'], from: [434, 556], to: [214, 556] },
}

/** The four bodies and the citizens: who elects, leads and serves whom. */
export const bodies: Draw<'bodies'> = ({ known, show, on }, pen) => {
  const links = [...known, ...show]
  const starts = arrivals(pen.clock, show.length, on)
  const startOf = (index: number) => (index < known.length ? -9 : (starts[index - known.length] ?? 0))
  const arrivesAt = (body: Body) => {
    const own = links.flatMap((link, index) => (LINES[link].ends.includes(body) ? startOf(index) : []))
    return own.length ? Math.min(...own) : undefined
  }
  return [
    ...links.map((link, index) => line(link, startOf(index), index < known.length, pen)),
    ...ORDER.map((body, index) => standing(body, index, arrivesAt(body), pen)),
    ...links.map((link, index) => verb(link, 5 + index, startOf(index), index < known.length, pen)),
  ].join('')
}

function line(link: Link, start: number, known: boolean, { clock }: Pen): Svg {
  const { from, to } = LINES[link]
  const share = gently(clock, start, 0.6)
  return share > 0
    ? arrow(partOf([from, between(from, to, 0.5), to], share), {
        line: known ? '#8fb0ae' : PETROL,
        width: known ? 7 : 9,
      })
    : ''
}

/** A body that nothing leads to yet waits, pale. */
function standing(body: Body, index: number, start: number | undefined, pen: Pen): Svg {
  const { place, icon: name } = BODIES[body]
  const above = place[1] < 200
  const label = tag(index, [place[0], place[1] + (above ? -100 : 98)], 218, pen, 28)
  const pale = start === undefined ? 0.28 : 0.28 + 0.72 * gently(pen.clock, start - 0.1, 0.4)
  return at({ opacity: pale }, at({ x: place[0], y: place[1] }, medal(name, 74, PETROL)), label)
}

function verb(link: Link, index: number, start: number, known: boolean, pen: Pen): Svg {
  const { from, to } = LINES[link]
  const [x, y] = between(from, to, 0.46)
  const place = { x, y, width: 150, size: 25, smallest: 20, fill: SHEET } as const
  const { width } = pen.sizeOf(index, place)
  const share = gently(pen.clock, start + 0.3, 0.3)
  return at(
    { opacity: share },
    box(x - width / 2 - 14, y - 20, width + 28, 40, { fill: known ? '#4f7f7d' : CLAY, r: 20 }),
    pen.label(index, place),
  )
}
