// Buildings and the bodies that meet in them. Each drawing is about 100 × 100 around the origin.
import { BRICK, CLAY, DEEP, HONEY, INK, LAGOON, LEAF, MIST, OCHRE, PETROL, SHEET, STONE } from '../palette.ts'
import { at, box, circle, onCircle, path, polygon, type Svg } from '../shapes.ts'
import { diamond, figure, person } from './people.ts'

export function house(): Svg {
  return [
    box(-34, -10, 68, 58, { fill: SHEET }),
    polygon(
      [
        [-46, -6],
        [0, -46],
        [46, -6],
      ],
      { fill: CLAY },
    ),
    box(-10, 14, 20, 34, { fill: PETROL, r: 4 }),
    box(-28, 4, 14, 16, { fill: LAGOON, r: 2 }),
    box(14, 4, 14, 16, { fill: LAGOON, r: 2 }),
  ].join('')
}

export function houses(): Svg {
  return at({ x: -20, y: 8, scale: 0.72 }, house()) + at({ x: 28, y: 16, scale: 0.56 }, house())
}

/** The town hall: where the administration works. */
export function hall(): Svg {
  return [
    box(-44, -12, 88, 60, { fill: SHEET }),
    polygon(
      [
        [-50, -12],
        [0, -44],
        [50, -12],
      ],
      { fill: PETROL },
    ),
    diamond(0, -24, 8, HONEY),
    ...[-32, -11, 10, 31].map(x => box(x - 5, -6, 10, 42, { fill: STONE, r: 2 })),
    box(-50, 38, 100, 12, { fill: DEEP, r: 3 }),
  ].join('')
}

/** The assembly: rows of seats before a desk. */
export function assembly(): Svg {
  const rows = [
    { r: 44, seats: 9 },
    { r: 30, seats: 6 },
  ]
  return at(
    { y: -10, scale: 1.16 },
    [
      path('M-50 40A50 50 0 0 1 50 40Z', { fill: MIST }),
      ...rows.flatMap(({ r, seats }) =>
        Array.from({ length: seats }, (_, index) => {
          const [x, y] = onCircle(0, 34, r, -80 + (index * 160) / (seats - 1))
          return circle(x, y, 5.6, { fill: PETROL })
        }),
      ),
      box(-14, 22, 28, 18, { fill: CLAY, r: 4 }),
      circle(0, 14, 6, { fill: CLAY }),
    ].join(''),
  )
}

/** The mayor: somebody behind a lectern with the city's sign. */
export function mayor(): Svg {
  return [
    at({ y: -12, scale: 0.62 }, person('vera')),
    path('M-30 16H30L24 50H-24Z', { fill: '#a9743f' }),
    box(-36, 8, 72, 12, { fill: '#8a5b2e', r: 4 }),
    diamond(0, 35, 10, HONEY),
  ].join('')
}

/** The city council: people at one table. */
export function council(): Svg {
  return [
    ...[-34, -12, 12, 34].map((x, index) =>
      figure(x, index % 3 ? -22 : -12, 30, [PETROL, LAGOON, OCHRE, DEEP][index] ?? PETROL),
    ),
    path('M-48 20A48 22 0 0 1 48 20A48 22 0 0 1 -48 20Z', { fill: '#a9743f' }),
    ...[-22, 0, 22].map(x => box(x - 7, 12, 14, 10, { fill: SHEET, r: 2 })),
    figure(-20, 38, 30, CLAY),
    figure(20, 38, 30, BRICK),
  ].join('')
}

/** A counter of the administration with somebody behind it. */
export function counter(): Svg {
  return [
    box(-44, -48, 88, 60, { fill: MIST, r: 8 }),
    at({ y: -8, scale: 0.56 }, person('mirza')),
    box(-50, 10, 100, 14, { fill: '#8a5b2e', r: 4 }),
    box(-46, 24, 92, 26, { fill: '#a9743f', r: 3 }),
    path('M-38 42L-28 32L-18 42L-8 32L2 42L12 32L22 42L32 32L40 40', { line: HONEY, width: 4 }),
  ].join('')
}

export function school(): Svg {
  return [
    box(-46, -8, 92, 56, { fill: HONEY }),
    box(-18, -26, 36, 74, { fill: OCHRE }),
    polygon(
      [
        [-24, -24],
        [0, -42],
        [24, -24],
      ],
      { fill: CLAY },
    ),
    box(-1.5, -56, 3, 16, { fill: INK }),
    polygon(
      [
        [1, -56],
        [20, -51],
        [1, -46],
      ],
      { fill: PETROL },
    ),
    circle(0, -10, 8, { fill: SHEET }),
    path('M0 -14V-10H3', { line: INK, width: 2.4 }),
    box(-9, 20, 18, 28, { fill: DEEP, r: 3 }),
    ...[-39, -31, 23, 31].map(
      x => box(x, 4, 6, 14, { fill: SHEET, r: 1 }) + box(x, 26, 6, 14, { fill: SHEET, r: 1 }),
    ),
  ].join('')
}

/** The office of the Commissioner, who watches over the right to know. */
export function commissioner(): Svg {
  return [
    path('M0 -48L40 -32V4C40 30 18 44 0 50C-18 44 -40 30 -40 4V-32Z', { fill: PETROL }),
    path('M-26 0C-14 -16 14 -16 26 0C14 16 -14 16 -26 0Z', { fill: SHEET }),
    circle(0, 0, 9, { fill: CLAY }),
    circle(0, 0, 3.6, { fill: INK }),
  ].join('')
}

/** The state: a large building with a dome, far from the street. */
export function state(): Svg {
  return [
    path('M-20 -22A20 22 0 0 1 20 -22Z', { fill: LAGOON }),
    box(-1.5, -54, 3, 14, { fill: INK }),
    box(-24, -22, 48, 14, { fill: STONE }),
    box(-48, -8, 96, 50, { fill: SHEET }),
    ...[-36, -18, 0, 18, 36].map(x => box(x - 4, 0, 8, 32, { fill: STONE, r: 1 })),
    box(-52, 40, 104, 10, { fill: DEEP, r: 3 }),
    box(-50, -12, 100, 7, { fill: DEEP, r: 2 }),
  ].join('')
}

/** Pupils of one school: three friends. */
export function pupils(): Svg {
  return [
    at({ x: -26, y: 4, scale: 0.56 }, person('luka')),
    at({ x: 26, y: 4, scale: 0.56 }, person('emina')),
    at({ x: 0, y: 12, scale: 0.62 }, person('amina')),
  ].join('')
}

/** Grown-ups of the street. */
export function citizens(): Svg {
  return [
    at({ x: -26, y: 4, scale: 0.56 }, person('deda')),
    at({ x: 26, y: 4, scale: 0.56 }, person('jelena')),
    at({ x: 0, y: 12, scale: 0.62 }, person('sead')),
  ].join('')
}

export function park(): Svg {
  return [
    circle(0, 12, 40, { fill: '#c9dcb9' }),
    circle(-16, -12, 20, { fill: LEAF }),
    box(-19, 4, 6, 22, { fill: '#7a5434' }),
    box(4, 16, 36, 6, { fill: '#a9743f', r: 3 }),
    box(4, 6, 36, 5, { fill: '#a9743f', r: 2 }),
    box(8, 20, 5, 14, { fill: INK }),
    box(31, 20, 5, 14, { fill: INK }),
  ].join('')
}
