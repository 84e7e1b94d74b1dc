// The pictures a storyboard may ask for. How they are drawn: studio/pictures/. What editors read about them:
// content/README.md.
import { z } from 'zod'

/** Icons by name: things, places and bodies, and the neighbours who appear in every clip. */
export const ICONS = [
  'amina',
  'badge',
  'ball',
  'ballot',
  'bin',
  'book',
  'bus',
  'calendar',
  'cane',
  'check',
  'citizens',
  'clock',
  'coins',
  'commissioner',
  'council',
  'counter',
  'cross',
  'deda',
  'desk',
  'emina',
  'envelope',
  'hall',
  'hand',
  'heart',
  'house',
  'houses',
  'idea',
  'assembly',
  'jelena',
  'komsija',
  'lamp',
  'leaf',
  'luka',
  'magnifier',
  'masks',
  'mayor',
  'megaphone',
  'mirza',
  'paper',
  'park',
  'passport',
  'pencil',
  'phone',
  'plan',
  'pupils',
  'purse',
  'question',
  'road',
  'scales',
  'school',
  'scroll',
  'sead',
  'stamp',
  'state',
  'swings',
  'tap',
  'tree',
  'vera',
] as const
export type IconName = (typeof ICONS)[number]

/** What connects the bodies of the city; the first names who acts. */
export const LINKS = [
  'citizens-assembly',
  'assembly-mayor',
  'assembly-council',
  'mayor-council',
  'mayor-administration',
  'administration-citizens',
] as const
export type Link = (typeof LINKS)[number]

const icon = z.enum(ICONS, 'is no icon')
const icons = (min: number, max: number) => z.array(icon).min(min).max(max)
/** With which caption, counted from 0, each part comes. */
const on = z.array(z.number().int().min(0).max(5)).optional()
const count = z.number().int().min(1)

const kinds = [
  z.strictObject({
    kind: z.literal('street'),
    lamp: z.enum(['off', 'on', 'turns-on']).default('on'),
    people: icons(1, 3),
    bubbles: z.number().int().min(0).max(2).default(0),
    on,
  }),
  z.strictObject({
    kind: z.literal('sort'),
    left: icons(0, 5),
    right: icons(0, 5),
    /** How many are there from the beginning, left ones first. */
    known: z.number().int().min(0).default(0),
    subject: icon.optional(),
    on,
  }),
  z.strictObject({ kind: z.literal('doors'), left: icon, right: icon }),
  z.strictObject({ kind: z.literal('badges'), icons: icons(2, 6), on }),
  z.strictObject({
    kind: z.literal('path'),
    icons: icons(3, 5),
    accent: z.number().int().min(0).optional(),
    on,
  }),
  z.strictObject({
    kind: z.literal('bodies'),
    known: z.array(z.enum(LINKS)).default([]),
    show: z.array(z.enum(LINKS)).default([]),
    on,
  }),
  z.strictObject({ kind: z.literal('hemicycle'), seats: count }),
  z.strictObject({ kind: z.literal('form'), lines: count.max(4), on }),
  z.strictObject({ kind: z.literal('deadline'), counts: z.array(count).min(1).max(2), on }),
  z.strictObject({ kind: z.literal('ladder'), icons: icons(3, 5), on }),
  z.strictObject({ kind: z.literal('tiles'), tiles: count, lit: count, pin: z.boolean().default(false) }),
  z.strictObject({ kind: z.literal('cycle'), icons: icons(3, 6), center: icon, on }),
  z.strictObject({ kind: z.literal('flow'), into: icons(0, 3), center: icon, out: icons(0, 5), on }),
  z.strictObject({ kind: z.literal('bars'), values: z.array(count).min(2).max(4), icon, on }),
  z.strictObject({ kind: z.literal('talk'), people: icons(2, 2), on }),
  z.strictObject({ kind: z.literal('gathering'), center: icon }),
  z.strictObject({ kind: z.literal('signatures') }),
  z.strictObject({ kind: z.literal('vote'), papers: count.max(8) }),
  z.strictObject({
    kind: z.literal('phone'),
    messages: z
      .array(z.enum(['in', 'out']))
      .min(2)
      .max(4),
    on,
  }),
  z.strictObject({ kind: z.literal('classes') }),
  z.strictObject({ kind: z.literal('table'), seats: count.max(9), guests: count.max(3) }),
  z.strictObject({ kind: z.literal('spotlight'), icon, around: icons(0, 4), on }),
  z.strictObject({ kind: z.literal('data') }),
] as const

export const PictureFile = z.discriminatedUnion('kind', kinds, 'is no picture')
export type Picture = z.output<typeof PictureFile>
export type PictureKind = Picture['kind']
export type PictureOf<Kind extends PictureKind> = Extract<Picture, { kind: Kind }>

/** How many labels a picture carries. */
export function labelsIn(picture: Picture): number {
  switch (picture.kind) {
    case 'street':
      return picture.bubbles
    case 'sort':
      return 2 + picture.left.length + picture.right.length
    case 'bodies':
      return 5 + picture.known.length + picture.show.length
    case 'badges':
    case 'path':
    case 'ladder':
    case 'cycle':
      return picture.icons.length
    case 'form':
      return 1 + picture.lines
    case 'deadline':
      return 2 * picture.counts.length
    case 'flow':
      return picture.into.length + 1 + picture.out.length
    case 'bars':
      return 1 + picture.values.length
    case 'phone':
      return picture.messages.length
    case 'spotlight':
      return picture.around.length
    case 'doors':
    case 'talk':
    case 'signatures':
    case 'classes':
    case 'table':
      return 2
    case 'hemicycle':
    case 'tiles':
      return 1
    case 'gathering':
    case 'vote':
    case 'data':
      return 0
  }
}

/** The numbers a picture shows: they must stand in the clip's facts, as those of its texts. */
export function numbersShown(picture: Picture): number[] {
  switch (picture.kind) {
    case 'hemicycle':
      return [picture.seats]
    case 'deadline':
      return picture.counts
    case 'tiles':
      // One tile with a pin stands for any of them.
      return picture.pin ? [picture.tiles] : [picture.tiles, picture.lit]
    case 'bars':
      return picture.values
    case 'table':
      return [picture.guests]
    default:
      return []
  }
}
