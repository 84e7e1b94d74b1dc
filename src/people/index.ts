// What others may use of people.
export { consentsOf, giveConsent, withdrawConsent } from './consent.ts'
export { erasePerson, erasureHash, purgeErased, purgeNow } from './erase.ts'
export { erasedPeople, keepErasureList, readErasureList, replayErasures } from './erasure-list.ts'
export {
  countPeople,
  lastInbound,
  newPeopleByDay,
  PEOPLE_CHANNELS,
  type PeopleCount,
  type Spread,
  spreadPeople,
} from './figures.ts'
export { keepFiles } from './files.ts'
export { kernelTables } from './kernel-tables.ts'
export { countChats, holdPeople, lockPeople, mergePeople, PeopleBusy, splitOffChat } from './link.ts'
export { type PersonalTable, readPerson } from './personal.ts'
export { asIs, type Columns, channel, moment, type Words } from './reading.ts'
export { writeTo } from './write-to.ts'
