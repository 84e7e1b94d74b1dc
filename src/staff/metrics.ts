import { counter } from '../platform/http/metrics.ts'

/** Wrong passwords and codes, and refused ones while an account is locked. */
export const signInFailures = counter('komsija_sign_in_failures_total', 'Sign-ins that failed, by step', [
  'step',
])
