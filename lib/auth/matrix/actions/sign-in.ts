import { type ActionEntry, guess } from "./entry";

/** What anybody may do, signed in or not: nothing of it lets a guesser in. */
export const signInActions: Record<string, ActionEntry> = {
  "(auth)/forgot/actions.ts requestReset": { anyone: guess({ email: "nobody@example.com" }) },
  "(auth)/invite/[token]/actions.ts joinAsMyself": { anyone: guess({ token: "guessed" }) },
  "(auth)/invite/[token]/actions.ts joinAsNew": {
    anyone: guess({ token: "guessed", name: "Eve", password: "correct horse battery" }),
  },
  "(auth)/reset/[token]/actions.ts chooseNewPassword": {
    anyone: guess({ token: "guessed", password: "correct horse battery" }),
  },
  "(auth)/sign-in/actions.ts requestLink": { anyone: guess({ email: "nobody@example.com" }) },
  "(auth)/sign-in/actions.ts signIn": {
    anyone: guess({ email: "owner@harbour.example.com", password: "a wrong password" }),
  },
  "(auth)/sign-in/actions.ts signInWithCode": { anyone: guess({ code: "000000" }) },
  "(auth)/sign-in/actions.ts signInWithLink": { anyone: guess({ token: "guessed" }) },
  "(auth)/sign-up/actions.ts signUp": {
    anyone: guess({
      email: "owner@harbour.example.com",
      password: "correct horse battery",
      name: "Eve",
      shopName: "Eve",
      currency: "USD",
      timeZone: "UTC",
    }),
  },
  "(auth)/account/actions.ts confirmEmail": { anyone: guess({}) },
  "(auth)/account/actions.ts saveProfile": { anyone: guess({ name: "Eve", locale: "sq" }) },
  "(auth)/account/actions.ts savePassword": {
    anyone: guess({ current: "a wrong password", password: "correct horse battery" }),
  },
  "(auth)/account/new-shop/actions.ts openAnotherShop": {
    anyone: guess({ shopName: "Eve", currency: "USD", timeZone: "UTC" }),
  },
  "(auth)/account/two-step/actions.ts beginTwoStep": { anyone: guess({}) },
  "(auth)/account/two-step/actions.ts confirmTwoStep": { anyone: guess({ code: "000000" }) },
  "(auth)/account/two-step/actions.ts endTwoStep": { anyone: guess({ proof: "000000" }) },
  "(auth)/account/two-step/actions.ts replaceRecoveryCodes": { anyone: guess({ proof: "000000" }) },
  "(auth)/account/actions.ts signOutElsewhere": { anyone: guess({ session: "all" }) },
  "admin/[merchant]/actions.ts moveClock": {
    member: "clock.advance",
    fields: () => ({ advance: "P1D" }),
    elsewhere: "nothing_named",
  },
  "admin/[merchant]/actions.ts signOut": { ownBrowser: "ends the session in this browser" },
  "i/[code]/actions.ts claimInvitation": {
    anyone: guess({ code: "NOBODY-0000", email: "eve@example.com" }),
  },
  "i/[code]/answer/[token]/actions.ts answerInvitation": {
    anyone: guess({ code: "NOBODY-0000", token: "guessed" }),
  },
  "locale-action.ts chooseLocale": { ownBrowser: "remembers a language" },
  "unsubscribe/[token]/actions.ts unsubscribe": { anyone: () => ["guessed"] },
};
