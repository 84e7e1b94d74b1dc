// What others may use of people.
export { giveConsent, hasConsent, withdrawConsent } from './consent.ts'
export { erasePerson, erasureHash, purgeErased, purgeNow } from './erase.ts'
export { erasedPeople, keepErasureList, readErasureList, replayErasures } from './erasure-list.ts'
export { exportPerson } from './export.ts'
export { countChats, holdPeople, lockPeople, mergePeople, PeopleBusy, splitOffChat } from './link.ts'
export { kernelTables, type PersonalTable } from './personal.ts'
