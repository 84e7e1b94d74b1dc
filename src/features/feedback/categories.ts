// What proposals are about. The ids are stored: don't change one that is in use.
export const CATEGORIES = [
  'roads',
  'lighting',
  'green',
  'traffic',
  'youth',
  'culture',
  'administration',
  'other',
] as const
export type Category = (typeof CATEGORIES)[number]

/** Whether the text is a category of ours. */
export function isCategory(text: string): text is Category {
  return CATEGORIES.some(category => category === text)
}
