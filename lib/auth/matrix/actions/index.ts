import { signInActions } from "./sign-in";
import { customersActions } from "./customers";
import { deskActions } from "./desk";
import { eventsActions } from "./events";
import { loyaltyActions } from "./loyalty";
import { ledgerActions } from "./ledger";
import { programsActions } from "./programs";
import { referralsActions } from "./referrals";
import { rewardsActions } from "./rewards";
import { settingsActions } from "./settings";
import { referActions } from "./refer";
import type { ActionEntry } from "./entry";

/**
 * Every server action under app, by file and name, in the file of the folder that its page is in. A
 * new one has to be entered there, or the first test of the matrix fails.
 */
export const ACTIONS: Record<string, ActionEntry> = {
  ...signInActions,
  ...customersActions,
  ...deskActions,
  ...eventsActions,
  ...loyaltyActions,
  ...ledgerActions,
  ...programsActions,
  ...referralsActions,
  ...rewardsActions,
  ...settingsActions,
  ...referActions,
};
