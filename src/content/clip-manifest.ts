// content/clips/<id>/manifest.json: what `npm run clips:render` made, so that nobody has to open a file to
// know what it is.
import { z } from 'zod'
import { CLIP_VARIANTS } from '../core/model/content.ts'

const RenderedFile = z.strictObject({
  file: z.string().regex(/^[\w.-]+$/, 'must be a file of this folder'),
  bytes: z.number().int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be a hash'),
})
export type RenderedFile = z.output<typeof RenderedFile>

const RenderedEdition = z.strictObject({
  /** Of everything that goes into the edition; the same means there is nothing to render. */
  inputs: z.string(),
  seconds: z.number().positive(),
  scenes: z.array(z.strictObject({ from: z.number(), to: z.number() })),
  video: RenderedFile.optional(),
  captions: RenderedFile.optional(),
  thumbnail: RenderedFile.optional(),
  transcript: RenderedFile,
  stills: z.array(RenderedFile),
})
export type RenderedEdition = z.output<typeof RenderedEdition>

export const ManifestFile = z.strictObject({
  /** Of storyboard.yaml as it was rendered. */
  storyboard: z.string(),
  editions: z.partialRecord(z.enum(CLIP_VARIANTS), RenderedEdition),
})
export type Manifest = z.output<typeof ManifestFile>

/** The file of a clip's folder that holds it. */
export const MANIFEST = 'manifest.json'

/** Every file of an edition. */
export function filesOf({ video, captions, thumbnail, transcript, stills }: RenderedEdition): RenderedFile[] {
  return [video, captions, thumbnail, transcript, ...stills].filter(file => file !== undefined)
}
