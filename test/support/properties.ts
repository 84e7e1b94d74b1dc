// The same examples on every run, so that a red test means a change; `PROPERTY_SEED=random npm test` looks
// for new ones, `PROPERTY_SEED=<number>` for those of a failure.
import fc from 'fast-check'

const { PROPERTY_SEED = '20261125' } = process.env
if (PROPERTY_SEED !== 'random') fc.configureGlobal({ seed: Number(PROPERTY_SEED) })
