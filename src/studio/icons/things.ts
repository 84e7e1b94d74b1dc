// What people hold, use and write on. Each drawing is about 100 × 100 around the origin.
import {
  BLUSH,
  BRICK,
  CLAY,
  DEEP,
  HONEY,
  INK,
  LAGOON,
  LEAF,
  LINE,
  MIST,
  NIGHT,
  OCHRE,
  PETROL,
  QUIET,
  SHEET,
  STONE,
} from '../palette.ts'
import { arc, at, box, circle, ellipse, num, path, polygon, polyline, type Svg } from '../shapes.ts'
import { diamond } from './people.ts'

/** A house that speaks: the mark of the bot. */
export function komsija(): Svg {
  return at(
    { x: -50, y: -52, scale: 2.5 },
    path('M20 2.5 37 15v17.5a4 4 0 0 1-4 4H17l-7.5 3.2c-.9.4-1.8-.4-1.5-1.4l.6-1.8H7a4 4 0 0 1-4-4V15z', {
      fill: PETROL,
    }),
    path('M20 2.5 37 15v3.4L20 6.2 3 18.4V15z', { fill: BRICK }),
    path('M14 30.5V22a6 6 0 0 1 12 0v8.5z', { fill: SHEET }),
    circle(23, 25.6, 1.1, { fill: PETROL }),
  )
}

export function paper(): Svg {
  return [
    path('M-34 -48H18L36 -30V48H-34Z', { fill: SHEET, line: STONE, width: 4 }),
    path('M18 -48V-30H36Z', { fill: LINE, line: STONE, width: 4 }),
    ...[-22, -6, 10].map((y, index) => box(-22, y, index === 2 ? 26 : 44, 6, { fill: STONE, r: 3 })),
    box(-22, 28, 20, 8, { fill: PETROL, r: 4 }),
  ].join('')
}

export function envelope(): Svg {
  return [
    box(-46, -32, 92, 64, { fill: SHEET, r: 8 }),
    path('M-46 -26Q-46 -32 -40 -32H40Q46 -32 46 -26L6 8Q0 13 -6 8Z', { fill: HONEY }),
    path('M-46 26L-12 -2M46 26L12 -2', { line: LINE, width: 5 }),
    box(-46, -32, 92, 64, { line: STONE, width: 4, r: 8 }),
  ].join('')
}

/** `hour` turns the short hand, `minute` the long one; degrees. */
export function clock(hour = 60, minute = 0): Svg {
  return [
    circle(0, 0, 46, { fill: PETROL }),
    circle(0, 0, 38, { fill: SHEET }),
    ...[0, 90, 180, 270].map(turn => at({ turn }, box(-2.5, -34, 5, 9, { fill: STONE, r: 2 }))),
    at({ turn: hour }, box(-3.5, -20, 7, 22, { fill: INK, r: 3.5 })),
    at({ turn: minute }, box(-2.5, -30, 5, 32, { fill: CLAY, r: 2.5 })),
    circle(0, 0, 5, { fill: INK }),
  ].join('')
}

export function calendar(): Svg {
  const days = [-26, -9, 8, 25].flatMap(x => [-4, 13, 30].map(y => [x, y] as const))
  return [
    box(-44, -40, 88, 86, { fill: SHEET, r: 10, line: STONE, width: 4 }),
    path('M-44 -16V-30Q-44 -40 -34 -40H34Q44 -40 44 -30V-16Z', { fill: CLAY }),
    ...[-22, 22].map(x => box(x - 4, -52, 8, 20, { fill: INK, r: 4 })),
    ...days.map(([x, y], index) => box(x - 5, y - 5, 11, 11, { fill: index === 7 ? PETROL : LINE, r: 3 })),
  ].join('')
}

export function coin(x = 0, y = 0, r = 44): Svg {
  return [
    circle(x, y, r, { fill: OCHRE }),
    circle(x, y, r * 0.78, { fill: HONEY }),
    diamond(x, y, r * 0.42, OCHRE),
    diamond(x, y, r * 0.18, HONEY),
  ].join('')
}

export function coins(): Svg {
  const stack = (x: number, y: number, count: number) =>
    Array.from({ length: count }, (_, index) =>
      [
        ellipse(x, y - index * 12, 26, 10, { fill: OCHRE }),
        ellipse(x, y - index * 12 - 4, 26, 10, { fill: HONEY, line: OCHRE, width: 3 }),
      ].join(''),
    ).join('')
  return stack(-22, 38, 5) + stack(24, 42, 3) + coin(24, -18, 20)
}

/** A purse, whole: the budget. */
export function purse(): Svg {
  return [
    path('M-16 -34Q-28 -50 -22 -52Q-12 -46 0 -48Q12 -46 22 -52Q28 -50 16 -34Z', { fill: OCHRE }),
    path('M-18 -30C-50 -8 -50 48 -28 48H28C50 48 50 -8 18 -30Z', { fill: OCHRE }),
    box(-20, -37, 40, 9, { fill: CLAY, r: 4.5 }),
    path('M-32 30L-20 18L-8 30L4 18L16 30L28 18L34 24', { line: HONEY, width: 5 }),
    diamond(0, 0, 12, HONEY),
  ].join('')
}

export function ballot(): Svg {
  return [
    at(
      { y: -30, turn: -6 },
      box(-20, -24, 40, 50, { fill: SHEET, r: 4, line: STONE, width: 3 }),
      path('M-10 -6L-3 2L11 -14', { line: CLAY, width: 6 }),
    ),
    path('M-46 -10H46L40 48H-40Z', { fill: PETROL }),
    box(-50, -18, 100, 14, { fill: DEEP, r: 6 }),
    box(-26, -14, 52, 6, { fill: INK, r: 3 }),
    path('M-36 30L-24 18L-12 30L0 18L12 30L24 18L36 30', { line: MIST, width: 4 }),
  ].join('')
}

export function phone(): Svg {
  return [
    box(-30, -50, 60, 100, { fill: INK, r: 12 }),
    box(-25, -42, 50, 82, { fill: SHEET, r: 5 }),
    box(-19, -34, 30, 15, { fill: MIST, r: 7 }),
    box(-9, -13, 28, 15, { fill: PETROL, r: 7 }),
    box(-19, 8, 34, 22, { fill: MIST, r: 8 }),
  ].join('')
}

export function magnifier(): Svg {
  return [
    at({ turn: -45 }, box(-8, 20, 16, 40, { fill: CLAY, r: 8 })),
    circle(-8, -8, 36, { fill: PETROL }),
    circle(-8, -8, 27, { fill: '#e8f3f0' }),
    path('M-24 -14A18 18 0 0 1 -8 -28', { line: SHEET, width: 6 }),
  ].join('')
}

export function megaphone(): Svg {
  return at(
    { turn: -12 },
    box(-14, 14, 18, 30, { fill: DEEP, r: 7 }),
    path('M-42 -16H-10L34 -38V38L-10 16H-42Q-48 16 -48 10V-10Q-48 -16 -42 -16Z', { fill: PETROL }),
    box(30, -42, 12, 84, { fill: OCHRE, r: 6 }),
    path('M-26 -16V16', { line: MIST, width: 6 }),
  )
}

export function pencil(): Svg {
  return at(
    { turn: 45 },
    box(-10, -50, 20, 14, { fill: CLAY, r: 4 }),
    box(-10, -38, 20, 62, { fill: OCHRE }),
    box(-3, -38, 6, 62, { fill: HONEY }),
    polygon(
      [
        [-10, 24],
        [10, 24],
        [0, 50],
      ],
      { fill: BLUSH },
    ),
    polygon(
      [
        [-4, 40],
        [4, 40],
        [0, 50],
      ],
      { fill: INK },
    ),
  )
}

export function check(): Svg {
  return circle(0, 0, 44, { fill: LEAF }) + path('M-20 2L-6 17L22 -16', { line: SHEET, width: 12 })
}

export function cross(): Svg {
  return circle(0, 0, 44, { fill: CLAY }) + path('M-16 -16L16 16M16 -16L-16 16', { line: SHEET, width: 11 })
}

export function question(): Svg {
  return (
    circle(0, 0, 46, { fill: OCHRE }) +
    path('M-14 -14A15 15 0 1 1 4 1Q0 4 0 12', { line: SHEET, width: 10 }) +
    circle(0, 28, 6.5, { fill: SHEET })
  )
}

export function idea(): Svg {
  return [
    circle(0, -14, 34, { fill: OCHRE }),
    circle(0, -14, 26, { fill: HONEY }),
    path('M-14 14H14V24H-14Z', { fill: OCHRE }),
    box(-15, 22, 30, 9, { fill: QUIET, r: 4 }),
    box(-11, 33, 22, 8, { fill: INK, r: 4 }),
    path('M-10 -12L-4 -4L4 -14L10 -6', { line: CLAY, width: 4 }),
  ].join('')
}

export function tap(): Svg {
  return [
    box(-14, -48, 34, 10, { fill: CLAY, r: 5 }),
    box(-2, -42, 10, 16, { fill: DEEP }),
    path('M-46 -28H16Q38 -28 38 -6V6H16V-2Q16 -6 12 -6H-46Z', { fill: PETROL }),
    box(-50, -34, 12, 34, { fill: DEEP, r: 4 }),
    path('M27 16C36 28 40 33 40 40A13 13 0 0 1 14 40C14 33 18 28 27 16Z', { fill: LAGOON }),
  ].join('')
}

export function lamp(lit = true): Svg {
  return [
    lit ? circle(0, -26, 30, { fill: HONEY, opacity: 0.75 }) : '',
    box(-4, -14, 8, 58, { fill: DEEP }),
    box(-18, 42, 36, 8, { fill: DEEP, r: 4 }),
    path('M-15 -42H15L10 -14H-10Z', { fill: lit ? OCHRE : STONE }),
    path('M-20 -42L0 -54L20 -42Z', { fill: DEEP }),
    box(-13, -15, 26, 6, { fill: DEEP, r: 3 }),
  ].join('')
}

export function bin(): Svg {
  return [
    path('M-32 -22H32L26 46Q25 50 21 50H-21Q-25 50 -26 46Z', { fill: LEAF }),
    box(-40, -34, 80, 13, { fill: '#47703f', r: 6 }),
    box(-14, -44, 28, 10, { line: '#47703f', width: 7, r: 4 }),
    ...[-14, 0, 14].map(x => path(`M${x} -8L${num(x * 0.86)} 34`, { line: '#47703f', width: 5 })),
  ].join('')
}

export function bus(): Svg {
  return [
    box(-48, -34, 96, 68, { fill: CLAY, r: 12 }),
    ...[-40, -12, 16].map(x => box(x, -24, 23, 22, { fill: MIST, r: 4 })),
    path('M-48 10H48', { line: HONEY, width: 6 }),
    ...[-26, 26].map(x => circle(x, 34, 13, { fill: INK }) + circle(x, 34, 5, { fill: STONE })),
    circle(42, 22, 4, { fill: HONEY }),
  ].join('')
}

export function road(): Svg {
  return [
    polygon(
      [
        [-14, -46],
        [14, -46],
        [46, 46],
        [-46, 46],
      ],
      { fill: QUIET },
    ),
    polyline(
      [
        [0, -38],
        [0, -24],
      ],
      { line: SHEET, width: 4 },
    ),
    polyline(
      [
        [0, -12],
        [0, 6],
      ],
      { line: SHEET, width: 6 },
    ),
    polyline(
      [
        [0, 20],
        [0, 40],
      ],
      { line: SHEET, width: 8 },
    ),
  ].join('')
}

export function tree(): Svg {
  return [
    box(-6, 10, 12, 40, { fill: '#7a5434', r: 4 }),
    circle(-18, -2, 24, { fill: LEAF }),
    circle(20, -4, 22, { fill: LEAF }),
    circle(0, -24, 27, { fill: '#6f9c63' }),
    circle(4, 0, 18, { fill: '#6f9c63' }),
  ].join('')
}

export function swings(): Svg {
  return [
    polyline(
      [
        [-46, 46],
        [-30, -42],
        [30, -42],
        [46, 46],
      ],
      { line: PETROL, width: 8 },
    ),
    polyline(
      [
        [-30, -42],
        [-16, 46],
      ],
      { line: PETROL, width: 8 },
    ),
    polyline(
      [
        [30, -42],
        [16, 46],
      ],
      { line: PETROL, width: 8 },
    ),
    polyline(
      [
        [-10, -42],
        [-10, 14],
        [10, 14],
        [10, -42],
      ],
      { line: OCHRE, width: 4 },
    ),
    box(-15, 12, 30, 9, { fill: CLAY, r: 4 }),
  ].join('')
}

export function ball(): Svg {
  return [
    circle(0, 0, 44, { fill: SHEET, line: INK, width: 5 }),
    polygon(
      [
        [0, -17],
        [16, -5],
        [10, 14],
        [-10, 14],
        [-16, -5],
      ],
      { fill: INK },
    ),
    path('M0 -17V-42M16 -5L40 -14M10 14L25 34M-10 14L-25 34M-16 -5L-40 -14', { line: INK, width: 5 }),
  ].join('')
}

export function masks(): Svg {
  return [
    at(
      { x: 16, y: 8, turn: 10 },
      path('M-26 -30H26V4Q26 32 0 34Q-26 32 -26 4Z', { fill: CLAY }),
      path('M-14 -8H-6M6 -8H14M-11 18Q0 8 11 18', { line: SHEET, width: 5 }),
    ),
    at(
      { x: -16, y: -8, turn: -10 },
      path('M-26 -30H26V4Q26 32 0 34Q-26 32 -26 4Z', { fill: OCHRE }),
      path('M-14 -10H-6M6 -10H14M-12 8Q0 22 12 8', { line: INK, width: 5 }),
    ),
  ].join('')
}

export function plan(): Svg {
  return [
    box(-46, -40, 92, 80, { fill: '#2f6f86', r: 6 }),
    path('M-34 -26H-6V4H-34ZM10 -26H34V-6H10ZM-34 18H4V28H-34Z', { line: MIST, width: 4 }),
    path('M20 8V28M10 18H34', { line: HONEY, width: 4 }),
    path('M-6 -12H10', { line: MIST, width: 4 }),
  ].join('')
}

export function passport(): Svg {
  return [
    box(-34, -48, 68, 96, { fill: '#7c2a2f', r: 8 }),
    circle(0, -8, 20, { line: HONEY, width: 4 }),
    path('M-20 -8H20M0 -28C-12 -18 -12 2 0 12M0 -28C12 -18 12 2 0 12', { line: HONEY, width: 3 }),
    box(-18, 26, 36, 6, { fill: HONEY, r: 3 }),
  ].join('')
}

export function badge(): Svg {
  return [
    path('M0 -50L36 -36V0C36 26 16 42 0 50C-16 42 -36 26 -36 0V-36Z', { fill: NIGHT }),
    path('M0 -38L26 -28V-2C26 18 12 30 0 36C-12 30 -26 18 -26 -2V-28Z', { fill: '#3f6c86' }),
    path('M0 -24L7 -8L24 -7L11 4L15 21L0 12L-15 21L-11 4L-24 -7L-7 -8Z', { fill: HONEY }),
  ].join('')
}

export function scales(): Svg {
  const pan = (x: number) =>
    path(`M${x - 18} 10H${x + 18}A18 16 0 0 1 ${x - 18} 10Z`, { fill: OCHRE }) +
    path(`M${x} -28L${x - 16} 10M${x} -28L${x + 16} 10`, { line: QUIET, width: 3 })
  return [
    box(-4, -40, 8, 78, { fill: DEEP }),
    box(-24, 38, 48, 10, { fill: DEEP, r: 5 }),
    path('M-30 -28H30', { line: DEEP, width: 7 }),
    circle(0, -40, 8, { fill: DEEP }),
    pan(-30),
    pan(30),
  ].join('')
}

export function cane(): Svg {
  return [path('M-14 46V-20A18 18 0 0 1 22 -20', { line: '#7a5434', width: 11 }), coin(24, 26, 22)].join('')
}

export function book(): Svg {
  return [
    path('M0 -30Q-22 -42 -46 -34V34Q-22 26 0 38Q22 26 46 34V-34Q22 -42 0 -30Z', {
      fill: SHEET,
      line: PETROL,
      width: 6,
    }),
    path('M0 -28V36', { line: PETROL, width: 5 }),
    ...[-14, 0, 14].map(y =>
      path(`M-34 ${y - 6}Q-22 ${y - 9} -12 ${y - 3}M34 ${y - 6}Q22 ${y - 9} 12 ${y - 3}`, {
        line: STONE,
        width: 4,
      }),
    ),
  ].join('')
}

export function desk(): Svg {
  return [
    box(-46, -14, 92, 12, { fill: '#a9743f', r: 4 }),
    path('M-38 -2L-44 46M38 -2L44 46', { line: DEEP, width: 8 }),
    box(-22, -28, 44, 14, { fill: LAGOON, r: 3 }),
    box(-16, -38, 34, 10, { fill: CLAY, r: 3 }),
    at({ x: 30, y: -30, turn: 10 }, box(-3, -16, 6, 30, { fill: OCHRE, r: 3 })),
  ].join('')
}

export function heart(): Svg {
  return (
    path('M0 42C-52 8 -48 -36 -22 -38C-8 -38 0 -26 0 -20C0 -26 8 -38 22 -38C48 -36 52 8 0 42Z', {
      fill: CLAY,
    }) + path('M-24 2H-10L-4 -12L6 14L12 2H26', { line: SHEET, width: 5 })
  )
}

export function leaf(): Svg {
  return (
    path('M-40 40C-44 -20 -10 -46 44 -44C46 10 22 44 -26 34Z', { fill: LEAF }) +
    path('M-40 44C-24 10 0 -12 22 -24M-16 14L-18 -8M0 0L16 6', { line: '#e6efd9', width: 5 })
  )
}

export function hand(): Svg {
  return [
    path(
      'M-26 48V4Q-26 -4 -20 -4Q-14 -4 -14 4V-28Q-14 -36 -8 -36Q-2 -36 -2 -28V-40Q-2 -48 4 -48Q10 -48 10 -40V-30Q10 -37 16 -37Q22 -37 22 -30V-12Q22 -18 28 -18Q33 -18 33 -12V14Q33 36 18 48Z',
      { fill: '#e2af84' },
    ),
    path('M-2 -26V-2M10 -26V-2M22 -12V2', { line: '#c98f62', width: 3 }),
    path('M-30 40H24V54H-30Z', { fill: PETROL }),
  ].join('')
}

export function handshake(): Svg {
  return [
    circle(-22, 0, 26, { fill: LAGOON }),
    circle(22, 0, 26, { fill: OCHRE }),
    path('M0 -14A26 26 0 0 1 0 14A26 26 0 0 1 0 -14Z', { fill: DEEP }),
  ].join('')
}

export function stamp(): Svg {
  return [
    path('M-10 -48H10Q16 -48 16 -40Q16 -24 10 -10H-10Q-16 -24 -16 -40Q-16 -48 -10 -48Z', { fill: '#a9743f' }),
    box(-34, -12, 68, 26, { fill: CLAY, r: 6 }),
    box(-28, 14, 56, 8, { fill: INK, r: 2 }),
    box(-40, 34, 80, 8, { fill: STONE, r: 4 }),
  ].join('')
}

export function scroll(): Svg {
  return [
    path('M-30 -40H30V36H-30Z', { fill: SHEET }),
    box(-42, -48, 84, 16, { fill: HONEY, r: 8 }),
    box(-42, 32, 84, 16, { fill: HONEY, r: 8 }),
    circle(-38, -40, 8, { fill: OCHRE }),
    circle(38, 40, 8, { fill: OCHRE }),
    ...[-18, -2, 14].map(y => box(-20, y, y === 14 ? 22 : 40, 6, { fill: STONE, r: 3 })),
  ].join('')
}

export function ring(): Svg {
  return (
    [0, 120, 240]
      .map((turn, index) =>
        path(arc(0, 0, 34, turn + 12, turn + 100), {
          line: [PETROL, OCHRE, CLAY][index] ?? PETROL,
          width: 14,
        }),
      )
      .join('') + diamond(0, 0, 12, DEEP)
  )
}
