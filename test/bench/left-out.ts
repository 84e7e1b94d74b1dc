// Every phrasing of the content asked as if nobody had written it down: ten times a tenth is left out.
import type { Content } from '../../src/core/model/content.ts'
import { createIndex } from '../../src/features/answers/index-build.ts'
import type { Tongue } from '../../src/features/answers/index-text.ts'
import { classTexts, rank } from '../../src/features/answers/matcher.ts'

const FOLDS = 10
const WORST_SHOWN = 8

type Trial = { id: string; place: number; instead: string }

/** Shares as 0–1; `worst`: the entries whose phrasings are found least, with what is found instead. */
export function benchLeftOut(content: Content): object {
  return { sr: figures(trialsOf(content, 'sr')), en: figures(trialsOf(content, 'en')) }
}

function trialsOf(content: Content, tongue: Tongue): Trial[] {
  const { synonyms } = content
  const words = tongue === 'sr' ? [...synonyms.sr, ...synonyms.bs] : synonyms.en
  const classes = classTexts(content, tongue)
  return Array.from({ length: FOLDS }, (_, fold) => {
    const isLeft = (_phrasing: string, at: number) => at % FOLDS === fold
    const kept = classes.map(text => ({
      ...text,
      phrasings: text.phrasings.filter((one, at) => !isLeft(one, at)),
    }))
    const index = createIndex(kept, tongue, words)
    return classes
      .filter(({ negative }) => !negative)
      .flatMap(({ id, phrasings }) =>
        phrasings.filter(isLeft).map((phrasing): Trial => {
          const { order } = rank(index, phrasing)
          return { id, place: order.indexOf(id), instead: order[0] ?? '' }
        }),
      )
  }).flat()
}

function figures(trials: readonly Trial[]): object {
  const share = (list: readonly Trial[], places: number) =>
    list.filter(({ place }) => place >= 0 && place < places).length / list.length
  const worst = [...Map.groupBy(trials, ({ id }) => id)]
    .map(([id, own]) => ({ id, top1: share(own, 1), instead: mostOften(own) }))
    .toSorted((a, b) => a.top1 - b.top1)
    .slice(0, WORST_SHOWN)
  return { n: trials.length, top1: share(trials, 1), recall3: share(trials, 3), worst }
}

function mostOften(trials: readonly Trial[]): string {
  const wrong = trials.filter(({ place }) => place !== 0)
  const counted = [...Map.groupBy(wrong, ({ instead }) => instead)]
  return counted.toSorted((a, b) => b[1].length - a[1].length)[0]?.[0] ?? ''
}
