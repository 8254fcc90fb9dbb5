export { type LoadedReferral, lockReferral } from "./lock-referral";
export { startReferral } from "./start-referral";
export { stepReferral } from "./step-referral";
