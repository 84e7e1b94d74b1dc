// What a picture is drawn with: the clock, its words, and the few shapes that all pictures share.
import type { IconName, PictureKind, PictureOf } from '../../content/clip-pictures.ts'
import type { ClipVariant } from '../../core/model/content.ts'
import { icon } from '../icons/icons.ts'
import { NEIGHBOURS, type Neighbour } from '../icons/people.ts'
import { block, fitWords, LEADING, type Weight, widthOf } from '../lettering.ts'
import { arriving, type Clock } from '../motion.ts'
import { INK, LINE, PETROL, SHEET } from '../palette.ts'
import { type Anchor, at, circle, type Point, path, polygon, polyline, type Svg } from '../shapes.ts'

/** Where a label goes: its middle height, how wide and how many lines it may be, how large it would like to be. */
export type LabelPlace = {
  x: number
  y: number
  width: number
  lines?: number
  size?: number
  smallest?: number
  weight?: Weight
  fill?: string
  anchor?: Anchor
}

export type Pen = {
  clock: Clock
  /** The bot's name. */
  brand: string
  /** A number as people of this edition write it. */
  number(value: number): string
  /** One of the scene's labels, as large as its place allows. */
  label(index: number, place: LabelPlace): Svg
  /** A label that hangs from `y` instead of standing around it. */
  below(index: number, place: LabelPlace): Svg
  /** The lines and size a label would get, for what is drawn around it. */
  sizeOf(index: number, place: LabelPlace): { lines: number; size: number; width: number }
}

export type Draw<Kind extends PictureKind> = (picture: PictureOf<Kind>, pen: Pen) => Svg

/** What a pen draws for. `misfit` hears of every label that finds no room. */
export type Task = {
  words: readonly string[]
  clock: Clock
  variant: ClipVariant
  brand: string
  misfit?: (words: string) => void
}

/** A pen for one moment of a scene. */
export function penFor({ words, clock, variant, brand, misfit }: Task): Pen {
  const fitted = (index: number, place: LabelPlace) => {
    const { width, lines = 1, size = 28, smallest = 21, weight = 700 } = place
    const said = words[index] ?? ''
    const result = fitWords(said, { width, lines, size, smallest, weight })
    if (!result.fits) misfit?.(said)
    return result
  }
  const label = (index: number, place: LabelPlace) => {
    const { lines, size } = fitted(index, place)
    const { x, y, weight = 700, fill = INK, anchor = 'middle' } = place
    return block(lines, x, y, { size, weight, fill, anchor })
  }
  return {
    clock,
    brand,
    number: value => value.toLocaleString(variant === 'en' ? 'en' : 'sr-Latn'),
    label,
    below(index, place) {
      const { lines, size } = fitted(index, place)
      return label(index, { ...place, y: place.y + (lines.length * size * LEADING) / 2 })
    },
    sizeOf(index, place) {
      const { lines, size } = fitted(index, place)
      const width = Math.max(...lines.map(line => widthOf(line, size, place.weight ?? 700)))
      return { lines: lines.length, size, width }
    },
  }
}

/** Something that comes in: it rises a little and becomes clear. */
export function appear(clock: Clock, start: number, ...children: Svg[]): Svg {
  const share = arriving(clock, start)
  return at({ y: (1 - share) * 26, opacity: share }, ...children)
}

/** Something that grows from its middle at a point. */
export function pop(clock: Clock, start: number, [x, y]: Point, ...children: Svg[]): Svg {
  const share = arriving(clock, start, 0.5)
  return at({ x, y, scale: 0.6 + 0.4 * share, opacity: Math.min(1, share * 1.4) }, ...children)
}

/** An icon on a disc, around the origin; `ring` is the colour of its edge. */
export function medal(name: IconName, r: number, ring?: string): Svg {
  return [
    circle(0, 6, r, { fill: '#3c2d141f' }),
    circle(0, 0, r, { fill: SHEET, line: ring ?? LINE, width: ring ? 6 : 3 }),
    at({ scale: (r / 50) * (isNeighbour(name) ? 0.74 : 0.62) }, icon(name)),
  ].join('')
}

export function isNeighbour(name: string): name is Neighbour {
  return NEIGHBOURS.some(neighbour => neighbour === name)
}

/** A line through points with a head, drawn up to `share`. */
export function arrow(points: readonly Point[], paint: { line?: string; width?: number } = {}): Svg {
  const { line = PETROL, width = 6 } = paint
  const end = points.at(-1)
  const before = points.at(-2)
  if (!end || !before) return ''
  const angle = (Math.atan2(end[1] - before[1], end[0] - before[0]) * 180) / Math.PI
  const head = width * 2.2
  return (
    polyline(points, { line, width }) +
    at(
      { x: end[0], y: end[1], turn: angle },
      polygon(
        [
          [head * 0.9, 0],
          [-head * 0.5, -head * 0.75],
          [-head * 0.5, head * 0.75],
        ],
        { fill: line },
      ),
    )
  )
}

/** A speech bubble around the origin of its box, with a tail to the left or right below. */
export function bubble(width: number, height: number, tail: 'left' | 'right', fill: string = SHEET): Svg {
  const side = tail === 'left' ? 1 : -1
  const x = (-side * width) / 2 + side * 56
  return [
    `<rect x="${-width / 2}" y="${-height / 2 + 5}" width="${width}" height="${height}" rx="28" fill="#3c2d141f"/>`,
    path(`M${x - 18} ${height / 2 - 6}L${x - side * 26} ${height / 2 + 30}L${x + 20} ${height / 2 - 6}Z`, {
      fill,
    }),
    `<rect x="${-width / 2}" y="${-height / 2}" width="${width}" height="${height}" rx="28" fill="${fill}"/>`,
  ].join('')
}
