export {
  IS_KNOWN_ELSEWHERE,
  type LoadedReferral,
  lockReferral,
  lockReferrals,
} from "./lock-referral";
export { backdateReferral } from "./backdate-referral";
export { startReferral } from "./start-referral";
export { stepReferral } from "./step-referral";
