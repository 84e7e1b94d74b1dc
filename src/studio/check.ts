// Whether every text of an edition finds its room: captions, laws, titles, the words inside pictures.
import type { Issue, Loaded } from '../content/load.ts'
import { CLIP_VARIANTS } from '../core/model/content.ts'
import { linesOfCaption, linesOfLaw } from './caption.ts'
import { fitCard } from './cards.ts'
import { type Edition, type EditionScene, editionOf, type House } from './edition.ts'
import { penFor } from './pictures/pen.ts'
import { drawPicture } from './pictures/pictures.ts'
import { FASTEST, timelineOf, wordsIn } from './timing.ts'

/** Everything of the storyboards that doesn't fit, as mistakes of their files. */
export function checkTexts(
  { storyboards, where }: Pick<Loaded, 'storyboards' | 'where'>,
  house: House,
): Issue[] {
  return storyboards.flatMap(storyboard =>
    CLIP_VARIANTS.flatMap(variant =>
      misfitsOf(editionOf(storyboard, variant, house)).map(
        ({ at, problem }): Issue => ({
          ...where(storyboard, at),
          severity: 'error',
          message: `${variant}: ${problem}`,
        }),
      ),
    ),
  )
}

/** A text that is too long, or that nobody can read in time; `at` is its place in the storyboard. */
export type Misfit = { at: (string | number)[]; problem: string }

/** Everything that doesn't fit. */
export function misfitsOf(edition: Edition): Misfit[] {
  return [
    ...fitCard(edition).map(problem => ({ at: [edition.language, 'title'], problem })),
    ...edition.scenes.flatMap((scene, index) => sceneMisfits(scene, index, edition)),
    ...hasty(edition),
  ]
}

function sceneMisfits(scene: EditionScene, index: number, edition: Edition): Misfit[] {
  const { captions, labels, law } = scene
  // English captions are read beside the pictures, never in them.
  const drawn = edition.variant === 'en' ? [] : captions
  const found: Misfit[] = drawn.flatMap((caption, line) =>
    linesOfCaption(caption).fits
      ? []
      : [{ at: ['scenes', index, edition.language, 'captions', line], problem: tooLong(caption) }],
  )
  if (law && !linesOfLaw(law).fits) found.push({ at: ['scenes', index, 'law'], problem: tooLong(law) })
  for (const said of labelMisfits(scene, edition)) {
    found.push({
      at: ['scenes', index, edition.language, 'labels', labels.indexOf(said)],
      problem: tooLong(said),
    })
  }
  return found
}

function tooLong(words: string): string {
  return `“${words}” is too long for its place`
}

/** Labels are fitted whenever they are drawn; at the end of the scene all of them are. */
function labelMisfits(
  { picture, captions, labels }: EditionScene,
  { variant, credits }: Edition,
): Set<string> {
  const found = new Set<string>()
  const clock = { t: 60, end: 60, beats: captions.map((_, index) => index) }
  drawPicture(
    picture,
    penFor({ words: labels, clock, variant, brand: credits.brand, misfit: said => found.add(said) }),
  )
  return found
}

function hasty(edition: Edition): Misfit[] {
  return timelineOf(edition).scenes.flatMap(({ cues }, scene) =>
    cues.flatMap(({ from, to, words }, index) =>
      wordsIn(words) / (to - from) > FASTEST
        ? [
            {
              at: ['scenes', scene, edition.language, 'captions', index],
              problem: `“${words}” is shown for ${(to - from).toFixed(1)} s, too short to read calmly`,
            },
          ]
        : [],
    ),
  )
}
