// The shape of every content file; described for editors in content/README.md.
import { z } from 'zod'

const text = z.string().trim().min(1, 'must not be empty')
const texts = z.array(text)
const id = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens')
const day = z.iso.date('must be a day like 2026-11-23')
const confidence = z.enum(['V', 'V-old', 'V-2nd', 'B', 'GAP'], 'must be V, V-old, V-2nd, B or GAP')

function perLanguage<T>(shape: z.ZodType<T>) {
  return { sr: shape, bs: shape, en: shape }
}

const entryText = z.strictObject({
  title: text,
  phrasings: texts,
  keywords: texts.default([]),
  answer: text,
  steps: texts.default([]),
})

export const EntryFile = z.strictObject({
  id,
  status: z.enum(['draft', 'published'], 'must be draft or published'),
  confidence,
  owner: text,
  lastChecked: day,
  reviewBy: day,
  sources: z.array(
    z.strictObject({
      name: text,
      gazette: text.optional(),
      article: text.optional(),
      url: z.url({ protocol: /^https?$/, error: 'must be a link' }).optional(),
    }),
  ),
  facts: z.array(id),
  gaps: z.array(id).default([]),
  related: z.array(id).default([]),
  ...perLanguage(entryText),
})

export const NegativeFile = z.strictObject({
  id,
  ...perLanguage(z.strictObject({ phrasings: texts, answer: text })),
})

export const FactsFile = z.array(
  z.strictObject({
    id,
    text,
    law: text.optional(),
    confidence,
    sources: z.array(text),
  }),
)

export const FactSourcesFile = z.record(
  z.string(),
  z.looseObject({ title: text, url: z.string().optional() }),
)

export const SynonymsFile = z.array(z.strictObject({ words: texts.min(1), means: text }))

const thresholds = z.strictObject({
  answer: z.number(),
  margin: z.number(),
  suggest: z.number(),
  contentHash: text,
})

export const ThresholdsFile = z.strictObject({ sr: thresholds, en: thresholds })

export const CityFile = z.strictObject({
  name: z.strictObject(perLanguage(text)),
  timeZone: text,
  site: z.url('must be a link'),
  privacyUrl: z.url('must be a link').optional(),
  office: z.strictObject(perLanguage(text)),
  protectedWords: texts.default([]),
  bots: z
    .strictObject({
      telegram: z
        .string()
        .regex(/^\w{3,40}$/, 'must be the name without @')
        .optional(),
      viber: z
        .string()
        .regex(/^[\w-]{2,60}$/, 'must be the URI of the account')
        .optional(),
    })
    .optional(),
  workshopGoal: z.int('must be a whole number').min(1, 'must be at least 1').optional(),
})
