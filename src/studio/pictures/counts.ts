// Pictures of how many and how long: seats, days, tiles of a map, bars.

import { icon } from '../icons/icons.ts'
import { diamond } from '../icons/people.ts'
import { arrivals, arriving, gently } from '../motion.ts'
import { BRICK, CLAY, INK, LAGOON, LINE, OCHRE, PETROL, SHEET, STONE } from '../palette.ts'
import {
  arc,
  at,
  box,
  circle,
  onCircle,
  type Point,
  partOf,
  path,
  polygon,
  polyline,
  type Svg,
  text,
  zigzag,
} from '../shapes.ts'
import { appear, type Draw, type Pen } from './pen.ts'

const ROWS = [292, 238, 184, 130]

/** The seats of the assembly, taken one by one. */
export const hemicycle: Draw<'hemicycle'> = ({ seats }, pen) => {
  const middle: Point = [320, 424]
  const taken = Math.round(seats * gently(pen.clock, 0.7, 2.4))
  const places = seatPlaces(seats)
  return [
    path(`${arc(...middle, 332, -92, 92)}L${middle[0]} ${middle[1]}Z`, { fill: '#ffffff66' }),
    ...places.map(([x, y], index) => seat(x + middle[0], y + middle[1], index < taken)),
    box(middle[0] - 84, middle[1] + 30, 168, 62, { fill: '#8a5b2e', r: 12 }),
    box(middle[0] - 96, middle[1] + 22, 192, 18, { fill: '#a9743f', r: 9 }),
    diamond(middle[0], middle[1] + 64, 16, OCHRE),
    text(String(taken), middle[0], middle[1] - 2, { size: 104, weight: 800, fill: CLAY, anchor: 'middle' }),
    appear(pen.clock, 1.2, pen.label(0, { x: 320, y: 586, width: 600, lines: 2, size: 40 })),
  ].join('')
}

function seat(x: number, y: number, taken: boolean): Svg {
  return (
    circle(x, y, 19, taken ? { fill: PETROL } : { fill: SHEET, line: STONE, width: 3 }) +
    (taken ? diamond(x, y, 7, '#f4d999') : '')
  )
}

/** Seats in rows, each row as dense as the others; counted from left to right over all rows. */
function seatPlaces(seats: number): Point[] {
  const sum = ROWS.reduce((total, r) => total + r, 0)
  let left = seats
  const rows = ROWS.map((r, index) => {
    const count = index === ROWS.length - 1 ? left : Math.round((seats * r) / sum)
    left -= count
    return { r, count }
  })
  const angles = rows.flatMap(({ r, count }) =>
    Array.from({ length: count }, (_, index) => ({ r, angle: -84 + (168 * index) / Math.max(1, count - 1) })),
  )
  return angles
    .toSorted((a, b) => a.angle - b.angle || a.r - b.r)
    .map(({ r, angle }) => onCircle(0, 0, r, angle))
}

/** Time that runs: a ring that closes while the number grows. */
export const deadline: Draw<'deadline'> = ({ counts, on }, pen) => {
  const starts = arrivals(pen.clock, counts.length, on)
  const single = counts.length === 1
  const places: Point[] = single
    ? [[320, 262]]
    : [
        [160, 250],
        [480, 250],
      ]
  return counts
    .map((count, index) => {
      const [x, y] = places[index] ?? [320, 256]
      const r = single ? 218 : 134
      const start = starts[index] ?? 0
      return at(
        { opacity: gently(pen.clock, start - 0.3, 0.4) },
        at({ x, y }, dial(count, r, gently(pen.clock, start, 2.2), index, pen)),
        note(index, [x, y + r], single, pen),
      )
    })
    .join('')
}

function dial(count: number, r: number, share: number, index: number, pen: Pen): Svg {
  const colour = index ? BRICK : PETROL
  const ticks = count <= 60 ? count : 12
  return [
    circle(0, 6, r, { fill: '#3c2d141a' }),
    circle(0, 0, r, { fill: SHEET }),
    circle(0, 0, r - r * 0.1, { line: LINE, width: r * 0.13 }),
    share > 0.002 ? path(arc(0, 0, r - r * 0.1, 0, 360 * share), { line: colour, width: r * 0.13 }) : '',
    ...Array.from({ length: ticks }, (_, tick) =>
      polyline(
        [onCircle(0, 0, r * 0.72, (360 * tick) / ticks), onCircle(0, 0, r * 0.78, (360 * tick) / ticks)],
        { line: STONE, width: 3 },
      ),
    ),
    text(String(Math.round(count * share)), 0, r * 0.16, {
      size: r * 0.74,
      weight: 800,
      fill: INK,
      anchor: 'middle',
    }),
    pen.label(index * 2, { x: 0, y: r * 0.4, width: r * 1.1, size: r * 0.19, smallest: 20, fill: colour }),
  ].join('')
}

function note(index: number, [x, y]: Point, single: boolean, pen: Pen): Svg {
  return pen.below(index * 2 + 1, {
    x,
    y: y + (single ? 48 : 36),
    width: single ? 600 : 300,
    lines: single ? 2 : 3,
    size: single ? 38 : 31,
    smallest: 24,
  })
}

/** Rows of the map, from north to south; 26 tiles in all. */
const MAP = [3, 5, 6, 5, 4, 3]
const HEX = { r: 52, wide: 92, high: 80 }

/** The city as an abstract map: a tile for each local community. It shows no real borders. */
export const tiles: Draw<'tiles'> = ({ tiles: count, lit, pin }, pen) => {
  const places = mapPlaces().slice(0, count)
  const order = lightOrder(places, lit)
  const shown = gently(pen.clock, 0.5, 1.2) * count
  const lighted = arriving(pen.clock, pen.clock.beats[1] ?? 1.8, 1.6) * lit
  return [
    ...places.map(([x, y], index) => {
      const turn = order.indexOf(index)
      return index < shown ? tile(x, y, turn !== -1 && turn < lighted) : ''
    }),
    polyline(partOf(RIVER, gently(pen.clock, 0.9, 1.4)), { line: SHEET, width: 22 }),
    polyline(partOf(RIVER, gently(pen.clock, 0.9, 1.4)), { line: LAGOON, width: 13 }),
    pin ? mapPin(places[order[0] ?? 0] ?? [320, 250], pen) : '',
    appear(pen.clock, 1, pen.label(0, { x: 320, y: 602, width: 620, lines: 2, size: 40, smallest: 28 })),
  ].join('')
}

/** A river that winds through the map. */
const RIVER = Array.from({ length: 61 }, (_, index): Point => {
  const along = index / 60
  return [150 + along * 330 + Math.sin(along * 9) * 62, -4 + along * 540]
})

function mapPlaces(): Point[] {
  return MAP.flatMap((count, row) =>
    Array.from(
      { length: count },
      (_, index): Point => [320 + (index - (count - 1) / 2) * HEX.wide, 66 + row * HEX.high],
    ),
  )
}

/** Which tiles are lighted: spread over the map; the first lies in the middle. */
function lightOrder(places: readonly Point[], lit: number): number[] {
  const step = 7
  const start = Math.floor(places.length / 2) - 2
  return Array.from(
    { length: Math.min(lit, places.length) },
    (_, index) => (start + index * step) % places.length,
  )
}

function tile(x: number, y: number, lit: boolean): Svg {
  const corners = Array.from({ length: 6 }, (_, index) => onCircle(x, y, HEX.r - 3, index * 60))
  return (
    polygon(corners, { fill: lit ? PETROL : SHEET, line: lit ? PETROL : '#d8ceb9', width: 3 }) +
    diamond(x, y, 13, lit ? OCHRE : '#ece4d3')
  )
}

function mapPin([x, y]: Point, { clock }: Pen): Svg {
  const share = arriving(clock, (clock.beats[1] ?? 1.8) + 0.2, 0.6)
  if (share <= 0) return ''
  return at(
    { x, y: y - 6 - (1 - share) * 120, opacity: share },
    path('M0 0C-34 -44 -44 -60 -44 -82A44 44 0 0 1 44 -82C44 -60 34 -44 0 0Z', { fill: CLAY }),
    circle(0, -82, 18, { fill: SHEET }),
  )
}

/** Numbers as woven columns that grow. */
export const bars: Draw<'bars'> = ({ values, icon: name, on }, pen) => {
  const starts = arrivals(pen.clock, values.length, on)
  const most = Math.max(...values)
  const width = Math.min(150, 560 / values.length - 40)
  const floor = 590
  return [
    at({ x: 60, y: 50, scale: 0.9 }, icon(name)),
    pen.label(0, { x: 126, y: 50, width: 510, lines: 2, size: 34, smallest: 26, anchor: 'start' }),
    ...values.map((value, index) => {
      const share = gently(pen.clock, starts[index] ?? 0, 1)
      const height = (value / most) * 380 * share
      const x = 320 + (index - (values.length - 1) / 2) * (width + 50)
      return (
        column(x, floor, width, height, RAMP[index % RAMP.length] ?? PETROL) +
        figures(pen.number(Math.round(value * share)), x, floor - height - 26, share, index, pen)
      )
    }),
    box(20, floor, 600, 6, { fill: INK, r: 3 }),
  ].join('')
}

const RAMP = [PETROL, LAGOON, OCHRE, BRICK]

function column(x: number, floor: number, width: number, height: number, fill: string): Svg {
  if (height < 30) return box(x - width / 2, floor - height, width, height, { fill })
  const weave = [0.35, 0.7].map(share =>
    polyline(
      zigzag(x - width / 2 + 10, x + width / 2 - 10, (width - 20) / 5, 16).map(
        ([px, py]) => [px, py + floor - height * share] as const,
      ),
      { line: '#ffffff66', width: 5 },
    ),
  )
  return (
    box(x - width / 2, floor - height, width, height, { fill, r: 10 }) +
    box(x - width / 2, floor - 20, width, 20, { fill }) +
    weave.join('')
  )
}

function figures(value: string, x: number, y: number, share: number, index: number, pen: Pen): Svg {
  return (
    at(
      { opacity: Math.min(1, share * 3) },
      text(value, x, y + 8, { size: 40, weight: 800, fill: INK, anchor: 'middle' }),
    ) + pen.label(1 + index, { x, y: 632, width: 180, size: 34 })
  )
}
