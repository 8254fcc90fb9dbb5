export { confirmKey, decideKeySchema, takeOffKey } from "./decide-key";
export { enrolCustomer } from "./enrol";
export { recordConsent, stopProgramEmail } from "./consent";
export { joinProgram } from "./join-program";
export { lockSharedOf } from "./keys";
export { lockAsked, lockAskedQuery, lockedPeople } from "./lock-people";
export { setAlias, setMessage, setName } from "./profile";
export { upsertCustomer } from "./upsert";
export { noteIdentities, writePeople } from "./write-people";
