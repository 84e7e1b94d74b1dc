// Every kind of picture by its name.
import type { PictureKind, PictureOf } from '../../content/clip-pictures.ts'
import type { Svg } from '../shapes.ts'
import { bars, deadline, hemicycle, tiles } from './counts.ts'
import { classes, data, form, gathering, phone, signatures, table, talk, vote } from './deeds.ts'
import { badges, doors, ladder, sort, spotlight } from './lists.ts'
import type { Draw, Pen } from './pen.ts'
import { street } from './street.ts'
import { bodies, cycle, flow, path } from './ways.ts'

const DRAWINGS: { [Kind in PictureKind]: Draw<Kind> } = {
  badges,
  bars,
  bodies,
  classes,
  cycle,
  data,
  deadline,
  doors,
  flow,
  form,
  gathering,
  hemicycle,
  ladder,
  path,
  phone,
  signatures,
  sort,
  spotlight,
  street,
  table,
  talk,
  tiles,
  vote,
}

/** Draws a picture at the moment of the pen's clock. */
export function drawPicture<Kind extends PictureKind>(picture: PictureOf<Kind>, pen: Pen): Svg {
  const draw: Draw<Kind> = DRAWINGS[picture.kind]
  return draw(picture, pen)
}
