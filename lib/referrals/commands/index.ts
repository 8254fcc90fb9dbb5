export { type LoadedReferral, lockReferral } from "./lock-referral";
export { startReferral, type StartInput } from "./start-referral";
export { stepReferral } from "./step-referral";
