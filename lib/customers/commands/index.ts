export { enrolCustomer } from "./enrol";
export { linkVisitor, recordConsent, stopProgramEmail } from "./consent";
export { joinProgram } from "./join-program";
export { lockSharedOf } from "./keys";
export { setAlias, setMessage } from "./profile";
export { upsertCustomer } from "./upsert";
