// The street everybody knows: houses, hills, a lamp, neighbours.
import { type Neighbour, person } from '../icons/people.ts'
import { arrivals, gently, swing } from '../motion.ts'
import { BLUSH, BRICK, CLAY, DEEP, HONEY, NIGHT, OCHRE, PETROL, SHEET, STONE } from '../palette.ts'
import { at, box, circle, path, polygon, polyline, type Svg, zigzag } from '../shapes.ts'
import { appear, bubble, type Draw, isNeighbour, type Pen } from './pen.ts'

const GROUND = 572
/** The street runs on to the edges of the frame and down to the sheet. */
const EDGE = { left: -40, right: 680, bottom: 744 }

/** Neighbours on a street. With the lamp off it is dusk; when it turns on, the light comes back. */
export const street: Draw<'street'> = (picture, pen) => {
  const { clock } = pen
  const starts = arrivals(clock, Math.max(1, picture.bubbles), picture.on)
  const light = lightOf(picture.lamp, pen)
  return [
    sky(light),
    hills(),
    row(light),
    ground(),
    dusk(light),
    at({ x: 76, y: GROUND + 8 }, lampPost(light)),
    ...picture.people
      .filter(isNeighbour)
      .map((name, index) => standing(name, index, picture.people.length, pen)),
    ...Array.from({ length: picture.bubbles }, (_, index) => speech(index, starts[index] ?? 0, pen)),
  ].join('')
}

/** From 0, dusk and a dead lamp, to 1. */
function lightOf(lamp: 'off' | 'on' | 'turns-on', { clock }: Pen): number {
  if (lamp === 'turns-on') return gently(clock, Math.max(0.9, clock.beats.at(-1) ?? 0), 1.2)
  return lamp === 'on' ? 1 : 0
}

function sky(light: number): Svg {
  return circle(430, 200, 150, { fill: '#fbeecb', opacity: 0.25 + 0.75 * light })
}

function dusk(light: number): Svg {
  const { left, right, bottom } = EDGE
  return light < 1
    ? box(left, -150, right - left, bottom + 150, { fill: NIGHT, opacity: 0.36 * (1 - light) })
    : ''
}

function hills(): Svg {
  const teeth = zigzag(-60, 700, 95, 26).map(([x, y]) => [x, y + 396] as const)
  return (
    path('M-40 430C70 300 180 280 300 334S540 262 680 336V580H-40Z', { fill: '#c4d6bf' }) +
    polyline(teeth, { line: '#b3c9ae', width: 6 }) +
    path('M-40 470C110 400 260 430 360 450S560 410 680 440V580H-40Z', { fill: '#abc4a6' })
  )
}

function row(light: number): Svg {
  const windows = light > 0.5 ? '#f6d98c' : '#7d959b'
  return [
    dwelling(150, 150, 190, SHEET, CLAY, windows),
    dwelling(304, 120, 240, '#f3dcb6', BRICK, windows),
    tower(438),
    dwelling(506, 138, 178, BLUSH, PETROL, windows),
  ].join('')
}

/** A house of the old street: the upper floor leans out over the lower one. */
function dwelling(
  x: number,
  width: number,
  height: number,
  wall: string,
  roof: string,
  windows: string,
): Svg {
  const top = GROUND - height
  const wing = 12
  return [
    box(x, top + height * 0.5, width, height * 0.5, { fill: wall }),
    box(x - wing, top, width + wing * 2, height * 0.5, { fill: wall }),
    box(x - wing, top + height * 0.5 - 8, width + wing * 2, 8, { fill: '#8a5b2e' }),
    polygon(
      [
        [x - wing - 16, top],
        [x + width / 2, top - 58],
        [x + width + wing + 16, top],
      ],
      { fill: roof },
    ),
    ...[0.2, 0.62].map(share => box(x + width * share - 6, top + 22, 32, 42, { fill: windows, r: 4 })),
    box(x + width * 0.5 - 18, GROUND - 66, 36, 66, { fill: DEEP, r: 6 }),
  ].join('')
}

/** The old watchtower. */
function tower(x: number): Svg {
  return [
    box(x, GROUND - 300, 56, 300, { fill: STONE }),
    ...[0, 1, 2].map(index => box(x - 6 + index * 25, GROUND - 322, 18, 26, { fill: STONE })),
    ...[-240, -170, -100].map(y => box(x + 22, GROUND + y, 12, 30, { fill: '#8d836f', r: 6 })),
    polyline(
      zigzag(x + 4, x + 52, 16, 10).map(([px, py]) => [px, py + GROUND - 270] as const),
      { line: '#a2977f', width: 5 },
    ),
  ].join('')
}

function ground(): Svg {
  return [
    box(EDGE.left, GROUND, EDGE.right - EDGE.left, EDGE.bottom - GROUND, { fill: '#e3d6bd' }),
    box(EDGE.left, GROUND, EDGE.right - EDGE.left, 10, { fill: '#cdbd9e' }),
    polyline(
      zigzag(EDGE.left, EDGE.right, 40, 12).map(([x, y]) => [x, y + 690] as const),
      { line: '#d2c3a4', width: 5 },
    ),
  ].join('')
}

function lampPost(light: number): Svg {
  return [
    light > 0
      ? circle(0, -276, 110, { fill: HONEY, opacity: light * 0.4 }) +
        circle(0, -276, 66, { fill: HONEY, opacity: light * 0.6 })
      : '',
    box(-6, -250, 12, 254, { fill: DEEP, r: 4 }),
    box(-24, -8, 48, 16, { fill: DEEP, r: 6 }),
    path('M-24 -308H24L17 -250H-17Z', { fill: '#9fb0b1' }),
    light > 0 ? path('M-24 -308H24L17 -250H-17Z', { fill: OCHRE, opacity: light }) : '',
    path('M-32 -306L0 -330L32 -306Z', { fill: DEEP }),
    box(-20, -254, 40, 9, { fill: DEEP, r: 4 }),
  ].join('')
}

function standing(name: Neighbour, index: number, count: number, { clock }: Pen): Svg {
  const gap = count === 3 ? 158 : 200
  const x = 384 + (index - (count - 1) / 2) * gap
  const sway = swing(clock, 5, index * 1.7) * 2
  return at({ x, y: 620 + sway, scale: 1.9 }, person(name))
}

/** Where bubbles hang: by their left or their right end, above who speaks. */
const BUBBLES = [
  { x: 150, y: 88, side: 1, tail: 'left' },
  { x: 640, y: 226, side: -1, tail: 'right' },
] as const

function speech(index: number, start: number, pen: Pen): Svg {
  const hung = BUBBLES[index]
  if (!hung) return ''
  const words = {
    x: 0,
    y: 0,
    width: 380,
    lines: 2,
    size: 36,
    smallest: 26,
    fill: index ? PETROL : DEEP,
  } as const
  const { lines, size, width } = pen.sizeOf(index, words)
  const wide = Math.max(190, width + 68)
  const height = lines * size * 1.22 + 46
  const place = { x: hung.x + (hung.side * wide) / 2, y: hung.y }
  return at(place, appear(pen.clock, start, bubble(wide, height, hung.tail), pen.label(index, words)))
}
