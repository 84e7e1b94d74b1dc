// Generated from content/locales/sr.yaml by `npm run content:keys`; a test compares them.
export type SentenceKey = string
