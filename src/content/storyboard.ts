// The shape of content/clips/<id>/storyboard.yaml; described for editors in content/README.md.
import { z } from 'zod'
import type { Language } from '../core/model/content.ts'
import { ICONS, PictureFile } from './clip-pictures.ts'

const text = z.string().trim().min(1, 'must not be empty')
const id = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens')
const day = z.iso.date('must be a day like 2026-11-23')
/** Longest option: some channels cut longer buttons. */
const OPTION_MAX = 40
/** Longest explanation: Telegram's quiz shows no more. */
const REASON_MAX = 200

const three = <Value>(value: z.ZodType<Value>) => z.tuple([value, value, value])
const perLanguage = <Value>(value: z.ZodType<Value>) => ({ sr: value, bs: value, en: value })

const sceneText = z.strictObject({
  /** Shown one after the other; `**` sets off the words that matter. */
  captions: z.array(text).min(1, 'must be 1 to 3 captions').max(3, 'must be 1 to 3 captions'),
  /** The words in the picture. */
  labels: z.array(text).default([]),
  /** What the picture shows, for who doesn't see it. */
  alt: text,
})

const Scene = z.strictObject({
  picture: PictureFile,
  /** The picture goes on from the one before; nothing is wiped. */
  goesOn: z.boolean().default(false),
  /** Printed below the caption, the same in every language. */
  law: text.optional(),
  /** How long the scene is; without it, as long as reading it calmly takes. */
  seconds: z.number().min(2).max(20).optional(),
  ...perLanguage(sceneText),
})

const Question = z.strictObject({
  /** Which option is right, counted from 1. */
  right: z.number().int().min(1).max(3),
  ...perLanguage(
    z.strictObject({
      ask: text.max(200, 'must have at most 200 characters'),
      options: three(text.max(OPTION_MAX, `must have at most ${OPTION_MAX} characters`)),
      /** What is said to who chose it. */
      reasons: three(text.max(REASON_MAX, `must have at most ${REASON_MAX} characters`)),
    }),
  ),
})

export const StoryboardFile = z.strictObject({
  id: id.max(16, 'must have at most 16 characters'),
  order: z.number().int().min(1),
  confidence: z.enum(['V', 'V-old', 'V-2nd', 'B'], 'must be V, V-old, V-2nd or B; a gap is no fact'),
  owner: text,
  lastChecked: day,
  reviewBy: day,
  /** Named at the end of the clip. */
  sources: z.array(text).min(1).max(4, 'must be at most 4 sources'),
  facts: z.array(id).min(1),
  related: z.array(id).min(1),
  cover: z.array(z.enum(ICONS, 'is no icon')).min(1).max(3),
  question: Question,
  scenes: z.array(Scene).min(1).max(14, 'must be at most 14 scenes'),
  ...perLanguage(z.strictObject({ title: text.max(40, 'must have at most 40 characters'), intro: text })),
})

/** One clip as its editor wrote it. */
export type Storyboard = z.output<typeof StoryboardFile>
export type StoryboardScene = Storyboard['scenes'][number]

/** Every text of a clip in one language, with the place it stands at. */
export function textsOf(
  storyboard: Storyboard,
  language: Language,
): [path: (string | number)[], text: string][] {
  const { title, intro } = storyboard[language]
  const { ask, options, reasons } = storyboard.question[language]
  const question = ['question', language]
  return [
    [[language, 'title'], title],
    [[language, 'intro'], intro],
    [[...question, 'ask'], ask],
    ...listed([...question, 'options'], options),
    ...listed([...question, 'reasons'], reasons),
    ...storyboard.scenes.flatMap((scene, index) => {
      const { captions, labels, alt } = scene[language]
      const at = ['scenes', index, language]
      return [
        ...listed([...at, 'captions'], captions),
        ...listed([...at, 'labels'], labels),
        [[...at, 'alt'], alt],
      ] as [(string | number)[], string][]
    }),
  ]
}

function listed(path: (string | number)[], texts: readonly string[]): [(string | number)[], string][] {
  return texts.map((said, index) => [[...path, index], said])
}
