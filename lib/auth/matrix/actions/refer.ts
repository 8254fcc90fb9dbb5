import { form } from "../../testing";
import { type ActionEntry, guess } from "./entry";

/** The customer's own pages. */
export const referActions: Record<string, ActionEntry> = {
  "refer/[program]/_sections/actions.ts countShare": { customer: ["copy"] },
  "refer/[program]/_join/actions.ts joinNow": { customer: [null, form({})] },
  "refer/[program]/_join/actions.ts requestLink": {
    anyone: guess({ program: "no-such-program", email: "eve@example.com" }),
  },
  "refer/[program]/leaderboard/actions.ts saveAlias": {
    customer: [null, form({ alias: "Taken over" })],
  },
  "refer/[program]/_sections/actions.ts saveEmailChoice": {
    customer: [null, form({ granted: "false" })],
  },
  "refer/[program]/_sections/actions.ts saveName": {
    customer: [null, form({ name: "Taken" })],
  },
  "refer/[program]/_sections/actions.ts saveMessage": {
    customer: [null, form({ message: "Taken over" })],
  },
  "refer/[program]/_home/actions.ts signOut": {
    ownBrowser: "ends the customer's session in this browser",
  },
  "refer/[program]/_home/actions.ts signOutEverywhere": {
    ownBrowser: "ends the sessions of the customer who is signed in in this browser",
  },
  "refer/[program]/_sections/nomination-actions.ts tellWho": {
    customer: [null, form({ said: "Somebody" })],
  },
  "refer/[program]/_sections/nomination-actions.ts answerNomination": {
    customer: [null, form({ nominationId: "nom_guessed", answer: "yes" })],
  },
  "refer/[program]/rewards/[reward]/actions.ts askForReview": {
    customer: [null, form({ rewardId: "rwd_guessed", message: "Mine" })],
  },
  "refer/[program]/rewards/payout/actions.ts requestDetails": {
    customer: [null, form({ kind: "paypal", paypal: "eve@example.com" })],
  },
  "refer/[program]/rewards/payout/actions.ts confirmDetails": {
    customer: [null, form({ token: "guessed" })],
  },
  "refer/[program]/rewards/payout/actions.ts removeDetails": { customer: [null, form({})] },
  "refer/[program]/points/actions.ts redeem": {
    customer: [null, form({ itemId: "itm_guessed", requestKey: "guessed" })],
  },
  "refer/[program]/points/actions.ts giveBack": {
    customer: [null, form({ redemptionId: "rdm_guessed" })],
  },
  "refer/[program]/tiers/actions.ts claimCelebration": { customer: [] },
  "refer/[program]/switch/actions.ts switchCustomer": {
    anyone: ({ program }) => [program.slug, "guessed"],
  },
  "refer/[program]/enter/actions.ts enter": { anyone: ({ program }) => [program.slug, "guessed"] },
};
