// The people of the clips: always the same few neighbours, so that a viewer knows them again.
import { CLAY, DEEP, HONEY, INK, LAGOON, LEAF, MIST, OCHRE, PETROL, SHEET, STONE } from '../palette.ts'
import { at, box, circle, ellipse, path, polygon, type Svg, zigzag } from '../shapes.ts'

type Look = {
  skin: string
  hair: string
  style: 'short' | 'long' | 'scarf' | 'bun' | 'cap' | 'curly' | 'bald'
  top: string
  /** The colour of the woven band on the chest. */
  band: string
  glasses?: boolean
  beard?: boolean
}

const LOOKS = {
  amina: { skin: '#eec29b', hair: CLAY, style: 'scarf', top: PETROL, band: HONEY },
  luka: { skin: '#f1c9a5', hair: '#5b3a21', style: 'short', top: OCHRE, band: SHEET },
  emina: { skin: '#e2af84', hair: '#2c2220', style: 'long', top: LEAF, band: HONEY },
  deda: { skin: '#e9bd95', hair: '#d8d4cc', style: 'cap', top: STONE, band: DEEP, beard: true },
  jelena: { skin: '#f3d0b0', hair: '#8a4a25', style: 'bun', top: CLAY, band: HONEY, glasses: true },
  sead: { skin: '#c98f62', hair: '#2c2220', style: 'curly', top: LAGOON, band: SHEET },
  vera: { skin: '#eec6a3', hair: '#b9b4ab', style: 'bun', top: DEEP, band: OCHRE },
  mirza: {
    skin: '#dba97c',
    hair: '#2c2220',
    style: 'short',
    top: DEEP,
    band: OCHRE,
    beard: true,
    glasses: true,
  },
} satisfies Record<string, Look>

export type Neighbour = keyof typeof LOOKS
export const NEIGHBOURS = Object.keys(LOOKS) as [Neighbour, ...Neighbour[]]

/** A neighbour from head to chest, about 100 × 124 around the origin. */
export function person(name: Neighbour): Svg {
  const look: Look = LOOKS[name]
  return [hairBehind(look), chest(look), neck(look), head(look), hairInFront(look), face(look)].join('')
}

function chest({ top, band, style, hair }: Look): Svg {
  const shoulders = 'M-46 64V44C-46 22 -28 14 0 14S46 22 46 44V64Z'
  const weave = zigzag(-38, 38, 12.67, 8).map(([x, y]) => [x, y + 56] as const)
  const scarfEnds =
    style === 'scarf' ? path('M-24 8C-20 30 -8 36 8 34C20 32 26 20 24 6Z', { fill: hair }) : ''
  return path(shoulders, { fill: top }) + path(pathOf(weave), { line: band, width: 4 }) + scarfEnds
}

function pathOf(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], index) => `${index ? 'L' : 'M'}${x} ${y}`).join('')
}

function neck({ skin, style }: Look): Svg {
  if (style === 'scarf') return ''
  return (
    box(-10, -2, 20, 24, { fill: skin, r: 9 }) +
    path('M-10 8A14 12 0 0 0 10 8L10 12A12 10 0 0 1 -10 12Z', { fill: '#00000018' })
  )
}

function head({ skin }: Look): Svg {
  return ellipse(0, -20, 27, 30, { fill: skin })
}

function hairBehind({ hair, style }: Look): Svg {
  switch (style) {
    case 'long':
      return path('M-36 30C-40 -10 -40 -56 0 -56S40 -10 36 30C20 34 -20 34 -36 30Z', { fill: hair })
    case 'scarf':
      return path('M-34 -16C-36 -44 -18 -58 0 -58S36 -44 34 -16C34 6 26 22 0 24C-26 22 -34 6 -34 -16Z', {
        fill: hair,
      })
    case 'bun':
      return circle(0, -54, 13, { fill: hair })
    case 'curly':
      return [-28, -14, 0, 14, 28]
        .map(x => circle(x, -38 - (28 - Math.abs(x)) * 0.5, 14, { fill: hair }))
        .join('')
    default:
      return ''
  }
}

function hairInFront({ hair, style, skin }: Look): Svg {
  switch (style) {
    case 'short':
      return path(
        'M-29 -22C-32 -50 -12 -58 4 -56C26 -54 32 -40 29 -20C24 -32 16 -38 2 -37C-12 -36 -24 -36 -29 -22Z',
        { fill: hair },
      )
    case 'long':
      return path(
        'M-28 -14C-30 -44 -16 -52 0 -52S30 -44 28 -14C24 -30 14 -36 4 -38C-6 -32 -22 -30 -28 -14Z',
        { fill: hair },
      )
    case 'scarf':
      return path('M-29 -20C-29 -46 -14 -54 0 -54S29 -46 29 -20C26 -36 14 -41 0 -41S-26 -36 -29 -20Z', {
        fill: hair,
      })
    case 'bun':
      return path('M-28 -18C-30 -42 -14 -52 0 -52S30 -42 28 -18C26 -32 14 -38 0 -38S-26 -32 -28 -18Z', {
        fill: hair,
      })
    case 'cap':
      return (
        path(
          'M-30 -30C-30 -50 -16 -58 2 -57C20 -56 30 -46 30 -34L44 -27C44 -24 40 -23 36 -24C20 -30 -10 -32 -30 -28Z',
          { fill: DEEP },
        ) +
        path('M-27 -27C-27 -20 -27 -16 -24 -12L-22 -28ZM27 -27C27 -20 27 -16 24 -12L22 -28Z', { fill: hair })
      )
    case 'curly':
      return path('M-27 -24C-24 -40 -12 -42 0 -42S24 -40 27 -24C20 -34 10 -36 0 -36S-20 -34 -27 -24Z', {
        fill: hair,
      })
    case 'bald':
      return circle(0, -30, 4, { fill: skin })
  }
}

function face({ glasses, beard, hair }: Look): Svg {
  return [
    beard
      ? path('M-25 -14C-24 6 -12 13 0 13S24 6 25 -14C20 -4 10 -6 0 -6S-20 -4 -25 -14Z', { fill: hair })
      : '',
    circle(-10, -21, 2.8, { fill: INK }),
    circle(10, -21, 2.8, { fill: INK }),
    path(beard ? 'M-6 -2Q0 3 6 -2' : 'M-8 -8Q0 -1 8 -8', { line: beard ? MIST : INK, width: 3 }),
    glasses
      ? path('M-19 -21A9 9 0 1 0 -1 -21A9 9 0 1 0 -19 -21M1 -21A9 9 0 1 0 19 -21A9 9 0 1 0 1 -21', {
          line: INK,
          width: 2.4,
        })
      : '',
  ].join('')
}

/** Where people sit or stand when only their number matters: a head and shoulders in one colour. */
export function figure(x: number, y: number, size: number, fill: string): Svg {
  return at(
    { x, y, scale: size / 40 },
    circle(0, -9, 9, { fill }),
    path('M-16 20V16C-16 6 -9 3 0 3S16 6 16 16V20Z', { fill }),
  )
}

/** A small woven diamond, the mark of the clips. */
export function diamond(x: number, y: number, r: number, fill: string): Svg {
  return polygon(
    [
      [x, y - r],
      [x + r, y],
      [x, y + r],
      [x - r, y],
    ],
    { fill },
  )
}
