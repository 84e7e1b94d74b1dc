// Clips without a folder of content: texts made of their ids, files that tests may fill in.
import type { Clip, ClipEdition, ClipFile, ClipText, Language } from '../../src/core/model/content.ts'

const REVIEW_BY = '2099-01-01'

/** A clip whose right answer is the second option. `file` gives the files of the edition. */
export function aClip(
  id: string,
  order: number,
  file: (part: string) => ClipFile = part => fileOf(id, part),
  more: Partial<Clip> = {},
): Clip {
  const edition: ClipEdition = {
    seconds: 6,
    scenes: [{ from: 0, to: 6 }],
    video: file('video'),
    captions: file('captions'),
    thumbnail: file('thumbnail'),
    transcript: file('transcript'),
    stills: [file('still-1')],
  }
  return {
    id,
    order,
    confidence: 'V',
    owner: 'informisanje',
    lastChecked: '2026-11-23',
    reviewBy: REVIEW_BY,
    sources: ['Zakon, čl. 1'],
    facts: [],
    related: [],
    right: 1,
    texts: everywhere(language => textOf(id, language)),
    editions: { 'sr-Latn': edition, 'sr-Cyrl': edition, bs: edition, en: { ...edition, video: undefined } },
    ...more,
  }
}

function fileOf(id: string, part: string): ClipFile {
  const ending = part === 'video' ? 'mp4' : part === 'captions' ? 'vtt' : 'jpg'
  return {
    mediaId: `clip-${id}-${part}`,
    name: `clip-${id}-${part}`,
    file: `${id}/sr-Latn.${ending}`,
    bytes: 1_500_000,
  }
}

function textOf(id: string, language: Language): ClipText {
  return {
    title: `Naslov ${id} ${language}`,
    intro: `Uvod ${id}`,
    scenes: [{ captions: [`Rečenica ${id}.`], alt: `Slika ${id}` }],
    question: {
      ask: `Pitanje ${id}?`,
      options: ['prvo', 'drugo', 'treće'],
      reasons: ['jer1', 'jer2', 'jer3'],
    },
  }
}

function everywhere<Value>(make: (language: Language) => Value): Record<Language, Value> {
  return { sr: make('sr'), bs: make('bs'), en: make('en') }
}
