export { type Enrolment, enrolCustomer } from "./enrol";
export { linkVisitor, recordConsent, stopProgramEmail } from "./consent";
export { joinProgram, type Joined } from "./join-program";
export { setAlias, setMessage } from "./profile";
export { type Customer, upsertCustomer, type UpsertResult } from "./upsert";
