// Pictures that set things side by side: two columns, badges, steps, doors, one thing with others around it.
import type { IconName } from '../../content/clip-pictures.ts'
import { icon } from '../icons/icons.ts'
import { diamond } from '../icons/people.ts'
import { LEADING } from '../lettering.ts'
import { arrivals, arriving, gently, swing } from '../motion.ts'
import { BRICK, CLAY, DEEP, HONEY, INK, LINE, OCHRE, PETROL, SHEET, STONE } from '../palette.ts'
import { at, box, circle, type Point, path, polygon, polyline, type Svg, text, zigzag } from '../shapes.ts'
import { appear, type Draw, isNeighbour, medal, type Pen, pop } from './pen.ts'

const COLUMN = { width: 308, gap: 24, head: 84 }

/** Whose job is what: things find their column, one by one. */
export const sort: Draw<'sort'> = (picture, pen) => {
  const { left, right, known, subject, on } = picture
  const top = subject ? 170 : 0
  const starts = arrivals(pen.clock, Math.max(0, left.length + right.length - known), on)
  const startOf = (index: number) => (index < known ? -9 : (starts[index - known] ?? 0))
  const most = Math.max(2, left.length, right.length)
  const height = Math.min(132, (676 - top - COLUMN.head - 36) / most)
  const tall = COLUMN.head + most * height + 40
  const columnOf = (side: 0 | 1, icons: readonly IconName[], first: number) => {
    const x = side * (COLUMN.width + COLUMN.gap)
    const rows = icons.map((name, index) => {
      const share = arriving(pen.clock, startOf(first + index), 0.7)
      const y = COLUMN.head + 26 + height * (index + 0.5)
      const place = { x: 116, y: 0, width: 184, lines: 2, size: 29, smallest: 22, anchor: 'start' } as const
      const from = side ? -50 : 50
      return at(
        { x: (1 - share) * from, y, opacity: share },
        at({ x: 58 }, medal(name, Math.min(46, height * 0.42))),
        pen.label(2 + first + index, place),
      )
    })
    return at({ x, y: top + (676 - top - tall) / 2 }, column(side, pen, tall), ...rows)
  }
  return [
    subject ? at({ x: 320, y: 76 + swing(pen.clock, 4) * 3 }, medal(subject, 78, OCHRE)) : '',
    columnOf(0, left, 0),
    columnOf(1, right, left.length),
  ].join('')
}

function column(side: 0 | 1, pen: Pen, height: number): Svg {
  const colour = side ? BRICK : PETROL
  const label = {
    x: 100,
    y: COLUMN.head / 2,
    width: 196,
    size: 34,
    weight: 800,
    fill: SHEET,
    anchor: 'start',
  } as const
  return [
    box(0, 6, COLUMN.width, height, { fill: '#3c2d141a', r: 26 }),
    box(0, 0, COLUMN.width, height, { fill: SHEET, r: 26 }),
    path(
      `M0 ${COLUMN.head}V26Q0 0 26 0H${COLUMN.width - 26}Q${COLUMN.width} 0 ${COLUMN.width} 26V${COLUMN.head}Z`,
      { fill: colour },
    ),
    polygon(
      zigzag(0, COLUMN.width, 28, -12).map(([x, y]) => [x, y + COLUMN.head - 1] as const),
      { fill: colour },
    ),
    circle(54, COLUMN.head / 2, 33, { fill: SHEET }),
    at({ x: 54, y: COLUMN.head / 2 + 1, scale: 0.44 }, icon(side ? 'state' : 'hall')),
    pen.label(side, label),
  ].join('')
}

/** Two doors: one opens, the other stays shut. */
export const doors: Draw<'doors'> = ({ left, right }, pen) => {
  const opened = gently(pen.clock, pen.clock.beats[1] ?? 1.2, 1)
  return [
    path('M0 600H640V676H0Z', { fill: '#00000012' }),
    at({ x: 160 }, frameOfDoor(left, PETROL, opened), plate(0, pen)),
    at({ x: 480 }, frameOfDoor(right, BRICK, 0), plate(1, pen)),
  ].join('')
}

function frameOfDoor(name: IconName, colour: string, opened: number): Svg {
  const width = 200 * (1 - opened * 0.42)
  return [
    box(-124, 110, 248, 496, { fill: '#8a5b2e', r: 14 }),
    box(-104, 130, 208, 476, { fill: opened > 0 ? '#fbe3a8' : DEEP }),
    opened > 0.05
      ? polygon(
          [
            [-104, 606],
            [104, 606],
            [150, 676],
            [-70, 676],
          ],
          { fill: '#fbe3a8', opacity: opened * 0.8 },
        )
      : '',
    path(`M-100 130H${-100 + width}V${606 + opened * 26}L-100 606Z`, { fill: colour }),
    at(
      { x: -100 + width / 2, y: 270 },
      circle(0, 0, 66 * (width / 200), { fill: SHEET }),
      at({ scale: 0.86 * (width / 200) }, icon(name)),
    ),
    polyline(
      zigzag(-80, -100 + width - 20, Math.max(12, width / 6), 18).map(([x, y]) => [x, y + 452] as const),
      { line: HONEY, width: 6 },
    ),
    diamond(-100 + width / 2, 520, 28 * (width / 200), HONEY),
    circle(-100 + width - 22, 372, 9, { fill: OCHRE }),
    opened
      ? ''
      : at(
          { x: 70, y: 388 },
          box(-20, 0, 40, 34, { fill: OCHRE, r: 6 }),
          path('M-12 2V-10A12 12 0 0 1 12 -10V2', { line: INK, width: 6 }),
          circle(0, 16, 5, { fill: INK }),
        ),
  ].join('')
}

function plate(index: number, pen: Pen): Svg {
  return appear(
    pen.clock,
    0.5 + index * 0.35,
    box(-130, 14, 260, 72, { fill: SHEET, r: 18, line: LINE, width: 3 }),
    pen.label(index, { x: 0, y: 50, width: 236, size: 38, weight: 800 }),
  )
}

/** How badges stand, by their number: middle points and size. */
const GRIDS: Record<number, { r: number; points: Point[]; width: number }> = {
  2: {
    r: 138,
    width: 290,
    points: [
      [158, 286],
      [482, 286],
    ],
  },
  3: {
    r: 100,
    width: 290,
    points: [
      [320, 112],
      [160, 434],
      [480, 434],
    ],
  },
  4: {
    r: 98,
    width: 290,
    points: [
      [160, 118],
      [480, 118],
      [160, 454],
      [480, 454],
    ],
  },
  5: {
    r: 84,
    width: 210,
    points: [
      [110, 120],
      [320, 120],
      [530, 120],
      [200, 440],
      [440, 440],
    ],
  },
  6: {
    r: 84,
    width: 210,
    points: [
      [110, 130],
      [320, 130],
      [530, 130],
      [110, 450],
      [320, 450],
      [530, 450],
    ],
  },
}

/** Icons with a name each. */
export const badges: Draw<'badges'> = ({ icons, on }, pen) => {
  const { r, points, width } = GRIDS[icons.length] ?? { r: 80, points: [], width: 200 }
  const starts = arrivals(pen.clock, icons.length, on)
  return icons
    .map((name, index) => {
      const [x, y] = points[index] ?? [320, 320]
      const start = starts[index] ?? 0
      return [
        pop(pen.clock, start, [x, y], medal(name, r, RINGS[index % RINGS.length])),
        appear(
          pen.clock,
          start + 0.15,
          pen.below(index, { x, y: y + r + 22, width, lines: 2, size: 34, smallest: 24 }),
        ),
      ].join('')
    })
    .join('')
}

const RINGS = [PETROL, OCHRE, CLAY]

/** Numbered steps, each longer than the one before. */
export const ladder: Draw<'ladder'> = ({ icons, on }, pen) => {
  const starts = arrivals(pen.clock, icons.length, on)
  const height = Math.min(118, (676 - (icons.length - 1) * 14) / icons.length)
  const top = (676 - icons.length * (height + 14) + 14) / 2
  return icons
    .map((name, index) => {
      const share = arriving(pen.clock, starts[index] ?? 0, 0.6)
      const width = 640 - (icons.length - 1 - index) * 34
      return at(
        { x: (1 - share) * -60, y: top + index * (height + 14), opacity: share },
        box(0, 6, width, height, { fill: '#3c2d141a', r: height / 2 }),
        box(0, 0, width, height, { fill: SHEET, r: height / 2 }),
        circle(height / 2, height / 2, height / 2 - 14, { fill: RINGS[index % 3] ?? PETROL }),
        text(String(index + 1), height / 2, height / 2 + 17, {
          size: 48,
          weight: 800,
          fill: SHEET,
          anchor: 'middle',
        }),
        pen.label(index, {
          x: height + 6,
          y: height / 2,
          width: width - height * 2 - 8,
          lines: 2,
          size: 34,
          smallest: 25,
          anchor: 'start',
        }),
        at({ x: width - height / 2 - 6, y: height / 2, scale: (height / 100) * 0.7 }, icon(name)),
      )
    })
    .join('')
}

/** Where what belongs to it stands: above and below, or only above when there are two. */
const FOUR: Point[] = [
  [112, 154],
  [528, 154],
  [112, 512],
  [528, 512],
]
const TWO: Point[] = [
  [122, 190],
  [518, 190],
]

/** One large thing, and what belongs to it in the corners. */
export const spotlight: Draw<'spotlight'> = ({ icon: name, around, on }, pen) => {
  const starts = arrivals(pen.clock, around.length, on)
  const r = around.length ? 150 : 230
  const two = around.length === 2
  const middle: Point = [320, two ? 462 : 333]
  const places = two ? TWO : FOUR
  return [
    circle(...middle, r + 26, { line: STONE, width: 4, dash: '2 16' }),
    ...around.map((_, index) => {
      const [x, y] = places[index] ?? middle
      const share = gently(pen.clock, (starts[index] ?? 0) - 0.2, 0.4)
      const inner: Point = [
        320 + Math.sign(x - 320) * (r * 0.62),
        middle[1] + Math.sign(y - middle[1]) * (r * 0.62),
      ]
      return share > 0
        ? polyline([inner, [inner[0] + (x - inner[0]) * share, inner[1] + (y - inner[1]) * share]], {
            line: STONE,
            width: 5,
          })
        : ''
    }),
    circle(...middle, r, { fill: SHEET }),
    at(
      { x: 320, y: middle[1] + swing(pen.clock, 4) * 4, scale: (r / 50) * (isNeighbour(name) ? 0.74 : 0.66) },
      icon(name),
    ),
    ...around.map((other, index) => {
      const place = places[index] ?? middle
      const [x, y] = place
      const start = starts[index] ?? 0
      return [
        pop(pen.clock, start, place, medal(other, 70, RINGS[index % 3])),
        appear(pen.clock, start + 0.15, beside(index, x, y, pen)),
      ].join('')
    }),
  ].join('')
}

/** The name of what stands above the middle is above it, of what stands below is below. */
function beside(index: number, x: number, y: number, pen: Pen): Svg {
  const place = { x, y: y + 88, width: 214, lines: 2, size: 29, smallest: 22 }
  if (y > 320) return pen.below(index, place)
  const { lines, size } = pen.sizeOf(index, place)
  return pen.below(index, { ...place, y: y - 88 - lines * size * LEADING })
}
