// What others may use of the public site.
export { chatPath, type Frame, type FramedPage, framed, ownLink, pagePolicy } from './frame.ts'
export type { PublicAnswer, PublicPage, PublicVisit } from './page.ts'
export { privacyPage } from './privacy.ts'
export {
  ASSETS_PATH,
  addSite,
  frameFor,
  inScriptOf,
  isEmbedded,
  isSecure,
  jarOf,
  rememberLanguage,
  SITE_FILES,
  type SiteOptions,
  sendPage,
} from './site.ts'
