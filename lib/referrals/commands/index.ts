export {
  IS_KNOWN_ELSEWHERE,
  type LoadedReferral,
  lockReferral,
  lockReferralsQuery,
  ofFriends,
  referralsQuery,
} from "./lock-referral";
export { type Backdate, backdateReferral } from "./backdate-referral";
export { type Proof, proveReferral } from "./prove-referral";
export { newReferral, startReferral } from "./start-referral";
export { stepReferrals } from "./step-referral";
export type { NewReferral } from "./write-referrals";
