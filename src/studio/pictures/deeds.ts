// Pictures of what people do: write, sign, vote, meet, ask the bot, look things up.
import { icon } from '../icons/icons.ts'
import { figure, NEIGHBOURS, type Neighbour, person } from '../icons/people.ts'
import { arrivals, arriving, type Clock, gently, swing } from '../motion.ts'
import {
  BRICK,
  CLAY,
  DEEP,
  INK,
  LAGOON,
  LEAF,
  LINE,
  MIST,
  OCHRE,
  PETROL,
  QUIET,
  SHEET,
  STONE,
} from '../palette.ts'
import {
  at,
  between,
  box,
  circle,
  curve,
  ellipse,
  onCircle,
  type Point,
  partOf,
  path,
  polyline,
  type Svg,
  text,
  zigzag,
} from '../shapes.ts'
import { appear, bubble, type Draw, isNeighbour, medal, type Pen, pop } from './pen.ts'

/** Handwriting from one point to the right, as far as `share`. */
function handwriting(x: number, y: number, width: number, share: number, line: string): Svg {
  const points = Array.from({ length: 61 }, (_, index): Point => {
    const along = index / 60
    return [x + width * along, y + Math.sin(along * 34) * 9 * (0.55 + 0.45 * Math.sin(along * 9 + x))]
  })
  return share > 0 ? polyline(partOf(points, share), { line, width: 5 }) : ''
}

/** A request that is being written, line by line. */
export const form: Draw<'form'> = ({ lines, on }, pen) => {
  const starts = arrivals(pen.clock, lines, on)
  const height = Math.min(128, 470 / lines)
  const writing = starts.map(start => gently(pen.clock, start + 0.25, 1.1))
  const at1 = writing.findIndex(share => share > 0 && share < 1)
  return [
    at({ x: 320, y: 338, turn: -2.5 }, box(-260, -324, 520, 648, { fill: '#e9dfca', r: 12 })),
    box(60, 20, 520, 648, { fill: '#3c2d141a', r: 12 }),
    box(60, 14, 520, 648, { fill: SHEET, r: 12 }),
    box(60, 14, 520, 96, { fill: PETROL, r: 12 }),
    box(60, 80, 520, 30, { fill: PETROL }),
    polyline(
      zigzag(60, 580, 40, 14).map(([x, y]) => [x, y + 128] as const),
      { line: OCHRE, width: 5 },
    ),
    pen.label(0, { x: 320, y: 62, width: 480, size: 36, smallest: 26, weight: 800, fill: SHEET }),
    ...starts.map((start, index) => {
      const y = 176 + index * height
      return [
        appear(
          pen.clock,
          start,
          pen.label(1 + index, {
            x: 100,
            y: y + 8,
            width: 360,
            size: 30,
            smallest: 23,
            anchor: 'start',
            fill: QUIET,
          }),
        ),
        box(100, y + height * 0.62, 380, 3, { fill: LINE }),
        handwriting(100, y + height * 0.48, 340, writing[index] ?? 0, PETROL),
        pop(pen.clock, start + 1.3, [524, y + height * 0.36], at({ scale: 0.5 }, icon('check'))),
      ].join('')
    }),
    at1 >= 0
      ? at(
          { x: 124 + 340 * (writing[at1] ?? 0), y: 146 + at1 * height + height * 0.48, scale: 0.8 },
          icon('pencil'),
        )
      : '',
  ].join('')
}

/** Signatures under a proposal; then the seal. */
export const signatures: Draw<'signatures'> = (_picture, pen) => {
  const { clock } = pen
  const rows = 5
  const sealed = arriving(clock, clock.beats.at(-1) ?? 2, 0.5)
  return [
    at({ x: 320, y: 334, turn: 2.5 }, box(-250, -320, 500, 640, { fill: '#e9dfca', r: 12 })),
    box(70, 20, 500, 640, { fill: '#3c2d141a', r: 12 }),
    box(70, 14, 500, 640, { fill: SHEET, r: 12 }),
    pen.label(0, { x: 320, y: 74, width: 450, lines: 2, size: 38, smallest: 27, weight: 800 }),
    polyline(
      zigzag(110, 530, 42, 14).map(([x, y]) => [x, y + 138] as const),
      { line: OCHRE, width: 5 },
    ),
    ...Array.from({ length: rows }, (_, index) => {
      const y = 194 + index * 84
      const start = 0.6 + index * 0.5
      return [
        box(110, y + 34, 420, 3, { fill: LINE }),
        at(
          { opacity: gently(clock, start, 0.3) },
          figure(138, y + 4, 44, [PETROL, CLAY, LEAF, OCHRE, LAGOON][index] ?? PETROL),
        ),
        handwriting(190, y + 12, 250 + ((index * 67) % 90), gently(clock, start + 0.1, 0.9), INK),
      ].join('')
    }),
    sealed > 0
      ? at(
          { x: 424, y: 540, turn: -12, scale: 1.6 - 0.6 * sealed, opacity: sealed },
          box(-150, -44, 300, 88, { fill: '#fffdf8', line: CLAY, width: 8, r: 16 }),
          pen.label(1, { x: 0, y: 0, width: 262, size: 42, smallest: 26, weight: 800, fill: CLAY }),
        )
      : '',
  ].join('')
}

/** Papers that fall into a ballot box. */
export const vote: Draw<'vote'> = ({ papers }, pen) => {
  const { clock } = pen
  const every = Math.max(0.5, (clock.end - 2.4) / papers)
  return [
    circle(320, 320, 280, { fill: '#ffffff73' }),
    ellipse(320, 652, 300, 22, { fill: '#3c2d141f' }),
    at({ x: 84, y: 556, scale: 1.55 }, person('deda')),
    at({ x: 556, y: 556, scale: 1.55 }, person('emina')),
    ...Array.from({ length: papers }, (_, index) =>
      falling(index, 0.6 + index * every, index === papers - 1, clock),
    ),
    path('M150 330H490L466 646H174Z', { fill: PETROL }),
    polyline(
      zigzag(196, 444, 41.33, 32).map(([x, y]) => [x, y + 544] as const),
      { line: MIST, width: 9 },
    ),
    polyline(
      zigzag(203, 437, 39, 30).map(([x, y]) => [x, y + 600] as const),
      { line: OCHRE, width: 9 },
    ),
    circle(320, 430, 46, { fill: SHEET }),
    path('M298 430L314 446L344 412', { line: CLAY, width: 11 }),
    box(132, 296, 376, 46, { fill: DEEP, r: 18 }),
    box(236, 310, 168, 14, { fill: INK, r: 7 }),
  ].join('')
}

/** A paper on its way into the box; the last one stays half in the slot. */
function falling(index: number, start: number, stays: boolean, clock: Clock): Svg {
  const share = gently(clock, start, 0.9)
  if (share <= 0 || (share >= 1 && !stays)) return ''
  const goal = stays ? 300 : 370
  return at(
    {
      x: 320 + swing(clock, 1.8, index) * 8 * (1 - share),
      y: 40 + share * (goal - 80),
      turn: (1 - share) * (index % 2 ? 14 : -14),
      opacity: Math.min(1, share * 12),
    },
    slip(),
  )
}

function slip(): Svg {
  return (
    box(-52, -66, 104, 132, { fill: SHEET, r: 8, line: STONE, width: 3 }) +
    path('M-24 -6L-8 12L26 -26', { line: CLAY, width: 9 })
  )
}

/** Two neighbours who talk. */
export const talk: Draw<'talk'> = ({ people, on }, pen) => {
  const starts = arrivals(pen.clock, 2, on)
  return [
    ellipse(320, 640, 310, 30, { fill: '#3c2d141a' }),
    ...people
      .filter(isNeighbour)
      .map((name, index) =>
        at({ x: index ? 486 : 154, y: 506 + swing(pen.clock, 5, index * 2) * 2, scale: 2.1 }, person(name)),
      ),
    ...([0, 1] as const).map(index => saying(index, starts[index] ?? 0, pen)),
  ].join('')
}

function saying(index: 0 | 1, start: number, pen: Pen): Svg {
  const words = {
    x: 0,
    y: 0,
    width: 430,
    lines: 3,
    size: 38,
    smallest: 28,
    fill: index ? SHEET : INK,
  } as const
  const { lines, size, width } = pen.sizeOf(index, words)
  const wide = Math.max(200, width + 72)
  const height = lines * size * 1.22 + 52
  const place = index ? { x: 636 - wide / 2, y: 292 } : { x: 4 + wide / 2, y: 110 }
  return at(
    place,
    appear(
      pen.clock,
      start,
      bubble(wide, height, index ? 'right' : 'left', index ? PETROL : SHEET),
      pen.label(index, words),
    ),
  )
}

/** Neighbours who come together around something. */
export const gathering: Draw<'gathering'> = ({ center }, pen) => {
  const ring: { name: Neighbour; angle: number }[] = NEIGHBOURS.map((name, index) => ({
    name,
    angle: -122 + (244 * index) / (NEIGHBOURS.length - 1),
  }))
  const people = ring.map(({ name, angle }, index) => {
    const [x, y] = onCircle(320, 330, 1, angle)
    const place: Point = [320 + (x - 320) * 252, 330 + (y - 330) * 200]
    return {
      y: place[1],
      drawn: pop(pen.clock, 0.5 + index * 0.22, place, at({ scale: 1.12 }, person(name))),
    }
  })
  return [
    ellipse(320, 400, 318, 236, { fill: '#ffffff70' }),
    ellipse(320, 400, 250, 176, { line: OCHRE, width: 6, dash: '3 18' }),
    ...people.toSorted((a, b) => a.y - b.y).map(({ drawn }) => drawn),
    at({ x: 320, y: 372 + swing(pen.clock, 4) * 5 }, pop(pen.clock, 2.2, [0, 0], medal(center, 92, CLAY))),
  ].join('')
}

/** A conversation with the bot. */
export const phone: Draw<'phone'> = ({ messages, on }, pen) => {
  const starts = arrivals(pen.clock, messages.length, on)
  let y = 150
  const said = messages.map((way, index) => {
    const place = {
      x: 0,
      y: 0,
      width: 280,
      lines: 4,
      size: 29,
      smallest: 23,
      weight: 400,
      fill: way === 'out' ? SHEET : INK,
    } as const
    const { lines, size, width } = pen.sizeOf(index, place)
    const height = lines * size * 1.22 + 34
    const wide = Math.max(110, width + 48)
    const x = way === 'out' ? 514 - wide / 2 : 126 + wide / 2
    const middle = y + height / 2
    y += height + 20
    const start = starts[index] ?? 0
    const words = at(
      { x, y: middle },
      appear(
        pen.clock,
        start,
        box(-wide / 2, -height / 2, wide, height, { fill: way === 'out' ? PETROL : MIST, r: 24 }),
        pen.label(index, place),
      ),
    )
    return way === 'in' ? typing([160, middle], start - 0.9, start, pen.clock) + words : words
  })
  return [
    box(92, 6, 456, 670, { fill: '#3c2d1422', r: 56 }),
    box(92, 0, 456, 668, { fill: INK, r: 56 }),
    box(108, 16, 424, 636, { fill: SHEET, r: 42 }),
    path('M108 120V58Q108 16 150 16H490Q532 16 532 58V120Z', { fill: PETROL }),
    circle(164, 70, 32, { fill: SHEET }),
    at({ x: 164, y: 70, scale: 0.42 }, icon('komsija')),
    text(pen.brand, 212, 82, { size: 34, weight: 700, fill: SHEET }),
    ...said,
    box(130, 584, 300, 46, { fill: '#efe9dc', r: 23 }),
    circle(486, 607, 25, { fill: OCHRE }),
    path('M476 597L500 607L476 617L481 607Z', { fill: SHEET }),
  ].join('')
}

/** Three dots while an answer is written. */
function typing([x, y]: Point, from: number, to: number, clock: Clock): Svg {
  const share = gently(clock, from, 0.2) * (1 - gently(clock, to - 0.15, 0.15))
  if (share <= 0) return ''
  const dots = [0, 1, 2].map(index =>
    circle(-26 + index * 26, Math.max(0, swing(clock, 0.9, index * 0.25)) * -7, 8, { fill: '#7ba5a3' }),
  )
  return at({ x: x + 26, y, opacity: share }, box(-60, -30, 120, 60, { fill: MIST, r: 26 }), ...dots)
}

const CLASSES = [106, 320, 534]
const DELEGATES = [
  [1, 6],
  [3, 8],
  [2, 5],
] as const

/** Two of every class meet in the pupils' parliament. */
export const classes: Draw<'classes'> = (_picture, pen) => {
  const { clock } = pen
  const chosen = gently(clock, 1.1, 0.5)
  const going = gently(clock, clock.beats[1] ?? 2, 1.4)
  const seats = Array.from({ length: 6 }, (_, index) => onCircle(320, 610, 190, -75 + index * 30))
  return [
    ...CLASSES.map((x, index) => classRoom(x, DELEGATES[index] ?? [0, 1], chosen, going)),
    appear(clock, 0.6, pen.label(0, { x: 320, y: 296, width: 620, size: 34, smallest: 26 })),
    at(
      { opacity: going },
      path('M90 640A230 230 0 0 1 550 640Z', { fill: '#ffffff8c' }),
      path('M236 640A84 84 0 0 1 404 640Z', { fill: '#a9743f' }),
    ),
    ...CLASSES.flatMap((x, index) =>
      (DELEGATES[index] ?? []).map((spot, which) => {
        const from = spotIn(x, spot)
        const to = seats[index * 2 + which] ?? from
        const [px, py] = between(from, to, going)
        return at({ opacity: chosen }, figure(px, py, 42 + going * 16, CLAY))
      }),
    ),
    at({ opacity: going }, pen.label(1, { x: 320, y: 660, width: 620, size: 34, smallest: 26 })),
  ].join('')
}

function spotIn(x: number, spot: number): Point {
  return [x - 58 + (spot % 3) * 58, 76 + Math.floor(spot / 3) * 62]
}

function classRoom(x: number, delegates: readonly number[], chosen: number, going: number): Svg {
  const pupils = Array.from({ length: 9 }, (_, spot) => {
    const [px, py] = spotIn(x, spot)
    const leaves = delegates.includes(spot)
    return at(
      { opacity: leaves ? 1 - Math.max(chosen, going) : 1 },
      figure(px, py, 42, [LAGOON, PETROL, '#7fa9a6'][spot % 3] ?? PETROL),
    )
  })
  return [
    box(x - 98, 8, 196, 252, { fill: '#3c2d141a', r: 20 }),
    box(x - 98, 2, 196, 250, { fill: SHEET, r: 20 }),
    box(x - 60, 14, 120, 16, { fill: DEEP, r: 6 }),
    ...pupils,
  ].join('')
}

/** A board at its table, and who sits in. */
export const table: Draw<'table'> = ({ seats, guests }, pen) => {
  const { clock } = pen
  const behind = Array.from({ length: seats }, (_, index) =>
    onCircle(320, 370, 1, -90 + (180 * (index + 0.5)) / seats),
  )
  return [
    ...behind.map(([x, y], index) =>
      pop(
        clock,
        0.5 + index * 0.14,
        [320 + (x - 320) * 262, 330 + (y - 370) * 150],
        figure(0, 0, 96, [PETROL, LAGOON, DEEP][index % 3] ?? PETROL),
      ),
    ),
    ellipse(320, 384, 270, 118, { fill: '#3c2d1426' }),
    ellipse(320, 372, 270, 118, { fill: '#a9743f' }),
    ellipse(320, 362, 270, 118, { fill: '#bf8a52' }),
    ...[-150, -50, 50, 150].map(x =>
      box(320 + x - 26, 330 + Math.abs(x) * 0.06, 52, 36, { fill: SHEET, r: 4 }),
    ),
    ...Array.from({ length: guests }, (_, index) => {
      const x = 320 + (index - (guests - 1) / 2) * 150
      return appear(
        clock,
        1.6 + index * 0.3,
        at({ x, y: 500, scale: 1.25 }, person(index ? 'emina' : 'luka')),
      )
    }),
    appear(clock, 0.8, pen.label(0, { x: 320, y: 66, width: 620, size: 36, smallest: 27 })),
    appear(clock, 2, pen.label(1, { x: 320, y: 628, width: 620, size: 36, smallest: 27, fill: CLAY })),
  ].join('')
}

const MONTHS = [0.5, 0.8, 0.62, 0.95, 0.4, 0.72]

/** Open figures, and a glass that looks at them. */
export const data: Draw<'data'> = (_picture, pen) => {
  const { clock } = pen
  const [x, y] = curve([150, 250], [330, 120], [450, 330], 60)[
    Math.round(60 * gently(clock, 1.2, Math.max(2, clock.end - 2)))
  ] ?? [150, 250]
  return [
    box(30, 46, 580, 424, { fill: '#3c2d1422', r: 26 }),
    box(30, 40, 580, 424, { fill: INK, r: 26 }),
    box(50, 60, 540, 384, { fill: SHEET, r: 12 }),
    path('M270 464H370L390 548H250Z', { fill: STONE }),
    box(190, 544, 260, 22, { fill: DEEP, r: 11 }),
    ...MONTHS.map((share, index) => {
      const height = 230 * share * gently(clock, 0.5 + index * 0.18, 0.7)
      return box(86 + index * 82, 400 - height, 54, height, {
        fill: [PETROL, OCHRE, BRICK][index % 3] ?? PETROL,
        r: 6,
      })
    }),
    box(76, 404, 488, 5, { fill: INK, r: 2 }),
    ...[90, 116].map((line, index) => box(86, line, index ? 180 : 300, 12, { fill: LINE, r: 6 })),
    at({ x, y, scale: 2.1 }, icon('magnifier')),
  ].join('')
}
