// SVG from small functions. Coordinates are pixels of a frame; numbers are rounded so that the same drawing is
// the same text.
import { escapeHtml } from '../platform/html/html.ts'

/** A piece of markup; empty when there is nothing to draw. */
export type Svg = string

export type Point = readonly [x: number, y: number]

/** How a shape is filled and outlined; what is left out is not drawn. */
export type Paint = {
  fill?: string
  line?: string
  width?: number
  opacity?: number
  dash?: string
}

/** A number as it stands in markup. */
export function num(value: number): string {
  return String(Math.round(value * 100) / 100)
}

function paintOf({ fill = 'none', line, width = 4, opacity = 1, dash }: Paint): string {
  const outline = line
    ? ` stroke="${line}" stroke-width="${num(width)}" stroke-linecap="round" stroke-linejoin="round"`
    : ''
  const pale = opacity < 1 ? ` opacity="${num(opacity)}"` : ''
  return ` fill="${fill}"${outline}${dash ? ` stroke-dasharray="${dash}"` : ''}${pale}`
}

export function path(d: string, paint: Paint): Svg {
  return `<path d="${d}"${paintOf(paint)}/>`
}

export function circle(x: number, y: number, r: number, paint: Paint): Svg {
  return r > 0 ? `<circle cx="${num(x)}" cy="${num(y)}" r="${num(r)}"${paintOf(paint)}/>` : ''
}

export function ellipse(x: number, y: number, rx: number, ry: number, paint: Paint): Svg {
  return `<ellipse cx="${num(x)}" cy="${num(y)}" rx="${num(rx)}" ry="${num(ry)}"${paintOf(paint)}/>`
}

/** A rectangle; `r` rounds its corners. */
export function box(x: number, y: number, width: number, height: number, paint: Paint & { r?: number }): Svg {
  if (width <= 0 || height <= 0) return ''
  const round = paint.r ? ` rx="${num(paint.r)}"` : ''
  return `<rect x="${num(x)}" y="${num(y)}" width="${num(width)}" height="${num(height)}"${round}${paintOf(paint)}/>`
}

export function polyline(points: readonly Point[], paint: Paint): Svg {
  return points.length > 1 ? path(through(points), paint) : ''
}

export function polygon(points: readonly Point[], paint: Paint): Svg {
  return path(`${through(points)}Z`, paint)
}

/** The path through points. */
export function through(points: readonly Point[]): string {
  return points.map(([x, y], index) => `${index ? 'L' : 'M'}${num(x)} ${num(y)}`).join('')
}

export type Place = { x?: number; y?: number; scale?: number; turn?: number; opacity?: number }

/** Moves, scales and turns (degrees) what it holds; what can't be seen is left out. */
export function at({ x = 0, y = 0, scale = 1, turn = 0, opacity = 1 }: Place, ...children: Svg[]): Svg {
  const inner = children.join('')
  if (!inner || opacity <= 0.01 || scale <= 0.01) return ''
  const moves = [
    x || y ? `translate(${num(x)} ${num(y)})` : '',
    turn ? `rotate(${num(turn)})` : '',
    scale === 1 ? '' : `scale(${num(scale)})`,
  ].join('')
  const attributes = `${moves && ` transform="${moves}"`}${opacity < 1 ? ` opacity="${num(opacity)}"` : ''}`
  return attributes ? `<g${attributes}>${inner}</g>` : inner
}

export type Anchor = 'start' | 'middle' | 'end'
export type Type = { size: number; weight: 400 | 700 | 800; fill: string; anchor?: Anchor }

/** One line of text; `y` is its baseline. */
export function text(
  words: string,
  x: number,
  y: number,
  { size, weight, fill, anchor = 'start' }: Type,
): Svg {
  return (
    `<text x="${num(x)}" y="${num(y)}" font-size="${num(size)}" font-weight="${weight}" fill="${fill}"` +
    `${anchor === 'start' ? '' : ` text-anchor="${anchor}"`}>${escapeHtml(words)}</text>`
  )
}

/** An arc of a circle; angles in degrees, 0 is up, clockwise. */
export function arc(x: number, y: number, r: number, from: number, to: number): string {
  const sweep = Math.min(to - from, 359.99)
  const [startX, startY] = onCircle(x, y, r, from)
  const [endX, endY] = onCircle(x, y, r, from + sweep)
  return `M${num(startX)} ${num(startY)}A${num(r)} ${num(r)} 0 ${sweep > 180 ? 1 : 0} 1 ${num(endX)} ${num(endY)}`
}

/** A point on a circle; angles as in `arc`. */
export function onCircle(x: number, y: number, r: number, angle: number): Point {
  const radians = ((angle - 90) * Math.PI) / 180
  return [x + r * Math.cos(radians), y + r * Math.sin(radians)]
}

/** The first part of a line through points, `share` of its length. */
export function partOf(points: readonly Point[], share: number): Point[] {
  if (share >= 1) return [...points]
  let left = lengthOf(points) * Math.max(0, share)
  const part: Point[] = points.slice(0, 1)
  for (const [index, to] of points.slice(1).entries()) {
    const from = points[index] ?? to
    const length = Math.hypot(to[0] - from[0], to[1] - from[1])
    if (length >= left) {
      part.push(between(from, to, length ? left / length : 0))
      break
    }
    part.push(to)
    left -= length
  }
  return part
}

export function lengthOf(points: readonly Point[]): number {
  return points.slice(1).reduce((sum, [x, y], index) => {
    const [fromX, fromY] = points[index] ?? [x, y]
    return sum + Math.hypot(x - fromX, y - fromY)
  }, 0)
}

/** The point `share` of the way from one to another. */
export function between([x, y]: Point, [toX, toY]: Point, share: number): Point {
  return [x + (toX - x) * share, y + (toY - y) * share]
}

/** Points along a curve (quadratic Bézier), for lines that are drawn bit by bit. */
export function curve(from: Point, bend: Point, to: Point, steps = 24): Point[] {
  return Array.from({ length: steps + 1 }, (_, index) => {
    const share = index / steps
    return between(between(from, bend, share), between(bend, to, share), share)
  })
}

/** The zig-zag of a kilim's edge along y = 0: teeth point up. */
export function zigzag(from: number, to: number, tooth: number, height: number): Point[] {
  const count = Math.ceil((to - from) / tooth)
  return Array.from(
    { length: count * 2 + 1 },
    (_, index): Point => [from + (index * tooth) / 2, index % 2 ? -height : 0],
  )
}
