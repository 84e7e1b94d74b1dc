// What others may use of consent; how to ask for it: question.ts.
export { consentEffects } from './effects.ts'
export { consentQuestion, needsConsent, takeBackButtons, WISHED_TOKEN_MAX } from './question.ts'
export { consentTopic } from './topic.ts'
