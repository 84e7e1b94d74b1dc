// The first and the last card of a clip: its name, and where to ask and check.
import type { Edition } from './edition.ts'
import { icon } from './icons/icons.ts'
import { HEIGHT, PANEL, WIDTH } from './layout.ts'
import { block, type Frame, fitWords } from './lettering.ts'
import { arriving, type Clock, swing } from './motion.ts'
import { DEEP, HONEY, MIST, OCHRE, PETROL, SHEET, TONES } from './palette.ts'
import { appear, medal, pop } from './pictures/pen.ts'
import { at, box, circle, polygon, polyline, type Svg, text, zigzag } from './shapes.ts'

const LEFT = 56
const TITLE = { width: 608, lines: 4, size: 84, smallest: 54, weight: 800 } as const

const ASK = { width: 600, lines: 2, size: 62, smallest: 44, weight: 800 } as const
const PROMISE = { width: 560, lines: 2, size: 34, smallest: 26, weight: 400 } as const
const SOURCE = { width: 608, lines: 2, size: 25, weight: 400 } as const

/** What of the first and the last card is too long. */
export function fitCard({ title, sources, credits }: Edition): string[] {
  const frames: [string, Frame][] = [
    [title, TITLE],
    [credits.ask, ASK],
    [credits.promise, PROMISE],
    ...sources.map((source): [string, Frame] => [source, SOURCE]),
  ]
  return frames.flatMap(([words, frame]) =>
    fitWords(words, frame).fits ? [] : [`“${words}” is too long for its card`],
  )
}

/** The clip's name over what it is about. It is whole from the first frame on: players show that one. */
export function titleCard({ title, order, cover, credits }: Edition, clock: Clock): Svg {
  const { lines, size } = fitWords(title, TITLE)
  const height = lines.length * size * 1.12
  return [
    box(0, 0, WIDTH, HEIGHT, { fill: PETROL }),
    woven(0, 92, OCHRE),
    brand(credits.brand),
    number(order),
    ...lines.map((line, index) =>
      text(line, LEFT, 268 + size * 0.72 + index * size * 1.12, { size, weight: 800, fill: SHEET }),
    ),
    coverPicture(cover, 268 + height, clock),
    woven(HEIGHT - 76, HEIGHT, OCHRE),
  ].join('')
}

/** Bands of a kilim from one height to another. */
function woven(top: number, bottom: number, fill: string): Svg {
  const band = (y: number, paint: string, height: number) =>
    polygon(
      [
        [WIDTH, y + height],
        [0, y + height],
        ...zigzag(0, WIDTH, 48, height * 0.8).map(([x, dy]) => [x, y + dy + height] as const),
      ],
      { fill: paint },
    )
  return [
    box(0, top, WIDTH, bottom - top, { fill: DEEP }),
    band(top + 8, fill, 26),
    polyline(
      zigzag(-24, WIDTH + 24, 48, 20).map(([x, y]) => [x, y + top + 60] as const),
      { line: HONEY, width: 5 },
    ),
  ].join('')
}

function brand(name: string): Svg {
  return [
    circle(LEFT + 32, 172, 34, { fill: SHEET }),
    at({ x: LEFT + 32, y: 172, scale: 0.44 }, icon('komsija')),
    text(name, LEFT + 82, 184, { size: 34, weight: 700, fill: SHEET }),
  ].join('')
}

function number(order: number): Svg {
  return [
    circle(WIDTH - LEFT - 34, 172, 34, { fill: OCHRE }),
    text(String(order), WIDTH - LEFT - 34, 186, { size: 40, weight: 800, fill: DEEP, anchor: 'middle' }),
  ].join('')
}

/** Up to three icons on large discs, in the room the title leaves. */
function coverPicture(cover: Edition['cover'], top: number, clock: Clock): Svg {
  const middle = (top + HEIGHT - 76) / 2 + 6
  const room = HEIGHT - 76 - top - 50
  const r = Math.min(270, room / 2)
  const [main, ...others] = cover
  const float = swing(clock, 5) * 5
  return [
    circle(WIDTH / 2, middle, r, { fill: TONES.sand }),
    circle(WIDTH / 2, middle, r - 16, { line: '#e7cfa5', width: 4, dash: '2 18' }),
    main ? at({ x: WIDTH / 2, y: middle + float, scale: (r / 50) * 0.66 }, icon(main)) : '',
    ...others.map((name, index) => {
      const side = index ? 1 : -1
      return at(
        { x: WIDTH / 2 + side * r * 0.92, y: middle + side * r * 0.5 - float },
        medal(name, 82, OCHRE),
      )
    }),
  ].join('')
}

/** Where to ask, what the clip rests on, and when it was checked. `share` is how far it covers what was before. */
export function closingCard(edition: Edition, clock: Clock, share: number): Svg {
  const { credits } = edition
  const y = (1 - share) * (HEIGHT + PANEL.teeth)
  const edge = zigzag(0, WIDTH, PANEL.tooth, PANEL.teeth)
  const ask = fitWords(credits.ask, ASK)
  const promise = fitWords(credits.promise, PROMISE)
  return at(
    { y },
    polygon([[WIDTH, HEIGHT + 40], [0, HEIGHT + 40], ...edge], { fill: PETROL }),
    at(
      { x: WIDTH / 2, y: 330 + swing(clock, 4) * 4 },
      pop(clock, 0.5, [0, 0], circle(0, 0, 168, { fill: TONES.sand }), at({ scale: 2.3 }, icon('komsija'))),
    ),
    appear(
      clock,
      0.8,
      block(ask.lines, WIDTH / 2, 596, { size: ask.size, weight: 800, fill: SHEET, anchor: 'middle' }),
    ),
    appear(
      clock,
      1.1,
      block(promise.lines, WIDTH / 2, 722, { size: promise.size, weight: 400, fill: MIST, anchor: 'middle' }),
    ),
    colophon(edition, arriving(clock, 1.5, 0.6)),
    woven(HEIGHT - 76, HEIGHT, OCHRE),
  )
}

/** What the clip rests on, when it was checked, and that something still awaits confirmation. */
function colophon({ credits, sources, unverified }: Edition, opacity: number): Svg {
  const type = { size: 25, weight: 400, fill: MIST } as const
  const rows = sources.flatMap(source => fitWords(source, SOURCE).lines)
  const first = 862
  const last = first + rows.length * 33
  return at(
    { opacity },
    box(LEFT, 806, 608, 3, { fill: '#3d7f83' }),
    text(credits.sources, LEFT, first, { size: 25, weight: 700, fill: HONEY }),
    ...rows.map((row, index) => text(row, LEFT, first + (index + 1) * 33, type)),
    text(credits.checked, LEFT, last + 48, type),
    unverified ? text(credits.unverified, LEFT, last + 81, { ...type, fill: HONEY }) : '',
  )
}
