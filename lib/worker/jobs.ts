import { assignVisitsToAdvocates, processAdvocates } from "./jobs/advocates";
import { forgetOldAnswers, forgetPayoutRequests } from "./jobs/answers";
import { sendEmails } from "./jobs/emails";
import { processEvents, reportSetAside } from "./jobs/events";
import { compareIdentities } from "./jobs/identities";
import type { Job } from "./job-kinds/job";
import { reconcileLedgers } from "./jobs/ledger";
import { expireReferrals } from "./jobs/referrals";
import { runReplays } from "./jobs/replays";
import { countBursts, forgetOldNetworks } from "./jobs/suspicions";
import { decideReviews, remindStaff } from "./jobs/reviews";
import {
  expireLots,
  expireRewards,
  issueWaitingCoupons,
  releaseRewards,
  remindOfExpiry,
} from "./jobs/rewards";
import {
  closeSeasons,
  countNewSeasons,
  foldScoreChanges,
  grantPrizes,
  openNextSeasons,
  recountSeasons,
  rescoreCustomers,
} from "./jobs/seasons";
import {
  findAnniversaries,
  recountTiersAndBadges,
  reviewTiers,
  updateTiersAndBadges,
} from "./jobs/tiers-and-badges";

/**
 * Everything that is done in the background, in the order of a round. The worker's loop, the
 * nightly clock, the test clock and `/api/ready` all go by this list.
 */
export const JOBS: readonly Job[] = [
  processEvents,
  compareIdentities,
  countBursts,
  assignVisitsToAdvocates,
  processAdvocates,
  decideReviews,
  releaseRewards,
  remindOfExpiry,
  remindStaff,
  expireReferrals,
  expireRewards,
  expireLots,
  issueWaitingCoupons,
  findAnniversaries,
  recountTiersAndBadges,
  updateTiersAndBadges,
  reviewTiers,
  rescoreCustomers,
  countNewSeasons,
  openNextSeasons,
  closeSeasons,
  grantPrizes,
  foldScoreChanges,
  sendEmails,
  runReplays,
  reconcileLedgers,
  recountSeasons,
  reportSetAside,
  forgetOldAnswers,
  forgetPayoutRequests,
  forgetOldNetworks,
];
