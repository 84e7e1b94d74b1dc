// Every icon by the name storyboards use. Each is about 100 × 100 around the origin.
import type { IconName } from '../../content/clip-pictures.ts'
import { at, type Svg } from '../shapes.ts'
import { person } from './people.ts'
import * as places from './places.ts'
import * as things from './things.ts'

const neighbour = (name: Parameters<typeof person>[0]) => () => at({ y: -3, scale: 0.82 }, person(name))

const ICONS: Record<IconName, () => Svg> = {
  ...places,
  ...things,
  amina: neighbour('amina'),
  deda: neighbour('deda'),
  emina: neighbour('emina'),
  jelena: neighbour('jelena'),
  luka: neighbour('luka'),
  mirza: neighbour('mirza'),
  sead: neighbour('sead'),
  vera: neighbour('vera'),
}

const drawn = new Map<IconName, Svg>()

/** An icon, drawn once. */
export function icon(name: IconName): Svg {
  const known = drawn.get(name) ?? ICONS[name]()
  drawn.set(name, known)
  return known
}
