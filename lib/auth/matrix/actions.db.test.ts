import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { ActionResult } from "@/lib/core/action-result";
import { closeConnections } from "@/lib/core/db";
import { type MemberPermission, ROLES, roleAllows } from "@/lib/merchants/rules/roles";
import { advocateCredit, friendCoupon, testTerms } from "@/lib/worker/testing";
import { toExperimentForm, toLimitsForm, toQualificationForm, toRuleForm } from "@/lib/terms/form";
import { startCustomerSession, startMemberSession } from "../session";
import { form, jar } from "../testing";
import { contentsOf, openShop, type Shop } from "./testing";

vi.mock("next/headers", async () => (await import("../testing")).fakeHeaders());
vi.mock("next/navigation", async () => (await import("../testing")).fakeNavigation());
vi.mock("next/cache", () => ({ refresh() {}, revalidatePath() {}, updateTag() {} }));
vi.mock("next-intl/server", () => ({ getLocale: async () => "en" }));

type Fields = Record<string, string>;
type Action = (...input: unknown[]) => Promise<unknown>;
type Entry =
  /**
   * Of the dashboard, called (slug, previous, form). `fields` name things of the shop; `elsewhere`
   * is what another shop's owner gets for them.
   */
  | {
      member: MemberPermission | null;
      fields: (shop: Shop) => Fields;
      elsewhere: "not_found" | "invalid_request" | "nothing_named";
    }
  /** Of a signed-in customer, called with the program's slug first. */
  | { customer: unknown[] }
  /** For anyone: what guessing with it gives. Nobody is let in, and nothing is told. */
  | { anyone: (shop: Shop) => unknown[] }
  /** Changes nothing but the caller's own cookies. */
  | { ownBrowser: string };

const settings = (): Fields => ({
  name: "Taken over",
  timeZone: "UTC",
  defaultLocale: "en",
  currency: "USD",
  returnWindowDays: "3",
  marginBp: "10",
  pointCostMilli: "1",
});
const program = (): Fields => ({
  name: "Taken over",
  advocateBenefit: "none",
  friendBenefit: "amount_off",
  friendAmount: "99",
  friendOn: "join",
  trigger: "join",
  newCustomersOnly: "on",
  holdDays: "0",
  windowDays: "30",
  destination: "invite",
  intent: "publish",
});
const EXPERIMENT = {
  id: "matrix",
  question: "Which?",
  arms: [
    { id: "a", name: "One", shareBp: 5_000, segment: null },
    { id: "b", name: "Other", shareBp: 5_000, segment: null },
  ],
};
const guess = (fields: Fields) => () => [null, form(fields)];
const referral = (shop: Shop): Fields => ({
  referralId: shop.reviewedReferralId,
  reason: "Because of the test",
});
const reward = (shop: Shop): Fields => ({ rewardId: shop.rewardId, reason: "Because of the test" });

const ladder = ({ tierId }: Shop): Fields => ({
  metric: "referrals",
  window: "rolling",
  "tiers.0.id": tierId,
  "tiers.0.name": "Taken over",
  "tiers.0.threshold": "1",
  "tiers.0.color": "#b45309",
  "tiers.0.icon": "star",
});
const badge = ({ badgeId }: Shop): Fields => ({
  badgeId,
  "name.en": "Taken over",
  "about.en": "By the test",
  icon: "star",
  color: "#b45309",
  "rule.kind": "friends",
  "rule.count": "1",
});

/**
 * Every server action under app, by file and name. A new one has to be entered here, or the first
 * test fails.
 */
const ACTIONS: Record<string, Entry> = {
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
  "admin/[merchant]/actions.ts signOut": { ownBrowser: "ends the session in this browser" },
  "admin/[merchant]/customers/actions.ts adjust": {
    member: "ledger.adjust",
    elsewhere: "not_found",
    fields: ({ customer }) => ({
      customerId: customer.id,
      asset: "USD/2",
      direction: "add",
      amount: "5",
      reason: "Because of the test",
      key: "matrix",
    }),
  },
  "admin/[merchant]/customers/actions.ts moveBalance": {
    member: "ledger.adjust",
    elsewhere: "not_found",
    fields: ({ customer, friendId }) => ({
      customerId: customer.id,
      to: friendId,
      asset: "PTS/0",
      amount: "5",
      reason: "Because of the test",
      key: "matrix",
    }),
  },
  "admin/[merchant]/desk/actions.ts answer": {
    member: "reward.decide",
    fields: ({ questionId }) => ({ questionId, outcome: "kept", answer: "Because of the test" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/desk/actions.ts decide": {
    member: "referral.decide",
    fields: ({ nominationId }) => ({
      nominationId,
      decision: "reject",
      reason: "Because of the test",
    }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/events/actions.ts enter": {
    // Told beside the field, so that a typing error can be corrected.
    member: "event.enter",
    fields: ({ customer }) => ({ kind: "goal", goal: "trial", customer: customer.id }),
    elsewhere: "invalid_request",
  },
  "admin/[merchant]/events/actions.ts tryNow": {
    member: "event.enter",
    fields: ({ waitingEventId }) => ({ eventId: waitingEventId }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/loyalty/catalogue/actions.ts saveCatalogueItem": {
    member: "program.edit",
    elsewhere: "not_found",
    fields: ({ itemId }) => ({
      itemId,
      "name.en": "Taken over",
      points: "1",
      "benefit.kind": "gift",
      "benefit.title": "A cup",
    }),
  },
  "admin/[merchant]/loyalty/leaderboards/actions.ts saveLeaderboard": {
    member: "program.edit",
    elsewhere: "not_found",
    fields: ({ program }) => ({
      leaderboardId: `brd${program.id.slice(3)}`,
      "name.en": "Taken over",
      metric: "referrals",
      cadence: "ever",
    }),
  },
  "admin/[merchant]/loyalty/leaderboards/actions.ts switchLeaderboard": {
    member: "program.edit",
    fields: ({ program }) => ({ leaderboardId: `brd${program.id.slice(3)}`, state: "disabled" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/loyalty/catalogue/actions.ts offerItem": {
    member: "program.edit",
    fields: ({ itemId }) => ({ itemId, state: "disabled" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/loyalty/catalogue/actions.ts moveCatalogueItem": {
    member: "program.edit",
    fields: ({ itemId }) => ({ itemId, direction: "up" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/loyalty/catalogue/actions.ts cancelByStaff": {
    member: "reward.decide",
    fields: ({ redemptionId }) => ({ redemptionId, reason: "Because of the test" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/loyalty/points/actions.ts savePointsCampaign": {
    member: "program.edit",
    fields: ({ campaignId }) => ({ campaignId, name: "Taken over", endsOn: "2099-12-31" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/loyalty/points/actions.ts endPointsCampaign": {
    member: "program.edit",
    fields: ({ campaignId }) => ({ campaignId }),
    elsewhere: "not_found",
  },
  ...Object.fromEntries(
    Object.entries<(fields: { programId: string }) => Fields>({
      keepRule: (fields) => ({
        ...fields,
        ruleId: "advocate",
        form: JSON.stringify(toRuleForm(advocateCredit())),
      }),
      deleteRule: (fields) => ({ ...fields, ruleId: "friend" }),
      putRuleBack: (fields) => ({ ...fields, rule: JSON.stringify(friendCoupon()), index: "0" }),
      copyRule: (fields) => ({ ...fields, ruleId: "advocate" }),
      placeRule: (fields) => ({ ...fields, ruleId: "advocate" }),
      turnRule: (fields) => ({ ...fields, ruleId: "advocate", on: "true" }),
      keepQualification: (fields) => ({
        ...fields,
        form: JSON.stringify(toQualificationForm(testTerms().qualification)),
      }),
      keepLimits: (fields) => ({ ...fields, form: JSON.stringify(toLimitsForm(testTerms())) }),
      keepExperiment: (fields) => ({
        ...fields,
        form: JSON.stringify(toExperimentForm(EXPERIMENT, [])),
      }),
      stopExperiment: (fields) => fields,
      publishDraft: (fields) => fields,
    }).map(([name, fields]): [string, Entry] => [
      `admin/[merchant]/programs/[program]/rules/actions.ts ${name}`,
      {
        member: "program.edit",
        fields: ({ draft }) => fields({ programId: draft.id }),
        elsewhere: "not_found",
      },
    ]),
  ),
  "admin/[merchant]/loyalty/tiers/actions.ts saveTiers": {
    member: "program.edit",
    fields: ladder,
    elsewhere: "not_found",
  },
  "admin/[merchant]/loyalty/tiers/actions.ts previewTiers": {
    member: "program.edit",
    fields: ladder,
    elsewhere: "nothing_named",
  },
  "admin/[merchant]/loyalty/badges/actions.ts saveBadge": {
    member: "program.edit",
    fields: badge,
    elsewhere: "not_found",
  },
  "admin/[merchant]/loyalty/badges/actions.ts switchBadge": {
    member: "program.edit",
    fields: ({ badgeId }) => ({ badgeId, state: "disabled" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/loyalty/badges/actions.ts shiftBadge": {
    member: "program.edit",
    fields: ({ badgeId }) => ({ badgeId, direction: "up" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/loyalty/badges/actions.ts addStarters": {
    member: "program.edit",
    fields: () => ({}),
    elsewhere: "nothing_named",
  },
  "admin/[merchant]/ledger/actions.ts checkNow": {
    member: "ledger.adjust",
    fields: () => ({}),
    elsewhere: "nothing_named",
  },
  "admin/[merchant]/programs/[program]/replay/actions.ts runReplay": {
    member: "program.edit",
    fields: ({ program }) => ({ programId: program.id }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/programs/[program]/replay/actions.ts stopReplay": {
    member: "program.edit",
    fields: ({ program, replayId }) => ({ programId: program.id, replayId }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/programs/[program]/replay/actions.ts publishDraft": {
    member: "program.edit",
    fields: ({ program, replayId }) => ({ programId: program.id, replayId }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/programs/[program]/replay/actions.ts dropDraft": {
    member: "program.edit",
    fields: ({ program }) => ({ programId: program.id }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/programs/actions.ts addProgram": {
    member: "program.edit",
    fields: program,
    elsewhere: "nothing_named",
  },
  "admin/[merchant]/programs/actions.ts editDetails": {
    member: "program.edit",
    fields: ({ draft }) => ({ ...program(), programId: draft.id }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/programs/actions.ts setProgramState": {
    member: "program.edit",
    fields: ({ program }) => ({ programId: program.id, state: "paused" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/programs/actions.ts duplicateProgram": {
    member: "program.edit",
    fields: ({ program }) => ({ programId: program.id }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/referrals/actions.ts approve": {
    member: "referral.decide",
    fields: referral,
    elsewhere: "not_found",
  },
  "admin/[merchant]/referrals/actions.ts reject": {
    member: "referral.decide",
    fields: referral,
    elsewhere: "not_found",
  },
  "admin/[merchant]/referrals/actions.ts undoReject": {
    member: "referral.decide",
    fields: referral,
    elsewhere: "not_found",
  },
  "admin/[merchant]/rewards/actions.ts voidOrReverse": {
    member: "reward.decide",
    fields: reward,
    elsewhere: "not_found",
  },
  "admin/[merchant]/rewards/actions.ts markDelivered": {
    member: "reward.decide",
    fields: ({ rewardId }) => ({ "rewardIds[]": rewardId, note: "Taken over" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/rewards/actions.ts undoDelivered": {
    member: "reward.decide",
    fields: reward,
    elsewhere: "not_found",
  },
  "admin/[merchant]/rewards/actions.ts saveNote": {
    member: "reward.decide",
    fields: ({ rewardId }) => ({ rewardId, note: "Taken over" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/rewards/payouts/actions.ts preparePayout": {
    member: "payout.manage",
    fields: () => ({}),
    elsewhere: "nothing_named",
  },
  "admin/[merchant]/rewards/payouts/actions.ts markPaid": {
    member: "payout.manage",
    fields: ({ payoutId }) => ({ batchId: payoutId, reference: "Taken over" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/rewards/payouts/actions.ts giveUp": {
    member: "payout.manage",
    fields: ({ payoutId }) => ({ batchId: payoutId }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/rewards/pools/actions.ts makePool": {
    member: "program.edit",
    fields: () => ({ name: "Taken over", lowAt: "1" }),
    elsewhere: "nothing_named",
  },
  "admin/[merchant]/rewards/pools/actions.ts savePool": {
    member: "program.edit",
    fields: ({ poolId }) => ({ poolId, name: "Taken over too", lowAt: "1" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/rewards/pools/actions.ts upload": {
    member: "program.edit",
    fields: ({ poolId }) => ({ poolId, pasted: "TAKEN-OVER" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/rewards/pools/actions.ts takeOut": {
    member: "program.edit",
    fields: ({ poolId }) => ({ poolId }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/rewards/pools/actions.ts removePool": {
    member: "program.edit",
    fields: ({ poolId }) => ({ poolId }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/settings/actions.ts saveShop": {
    member: "settings.edit",
    fields: settings,
    elsewhere: "nothing_named",
  },
  "admin/[merchant]/settings/branding/actions.ts saveBranding": {
    member: "settings.edit",
    fields: () => ({ accentColor: "#ff0000" }),
    elsewhere: "nothing_named",
  },
  "admin/[merchant]/settings/keys/actions.ts createKey": {
    member: "keys.manage",
    fields: () => ({ kind: "secret", label: "Taken over" }),
    elsewhere: "nothing_named",
  },
  "admin/[merchant]/settings/keys/actions.ts revokeKey": {
    member: "keys.manage",
    fields: ({ keyId }) => ({ keyId }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/settings/team/actions.ts inviteToTeam": {
    member: "team.manage",
    fields: () => ({ email: "eve@example.com", role: "support" }),
    elsewhere: "nothing_named",
  },
  "admin/[merchant]/settings/team/actions.ts revokeInvitation": {
    member: "team.manage",
    fields: ({ inviteId }) => ({ inviteId }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/settings/team/actions.ts changeMemberRole": {
    member: "team.manage",
    fields: ({ members }) => ({ userId: members.analyst, role: "support" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/settings/team/actions.ts removeFromTeam": {
    member: null,
    fields: ({ members }) => ({ userId: members.analyst }),
    elsewhere: "not_found",
  },
  "i/[code]/actions.ts claimInvitation": {
    anyone: guess({ code: "NOBODY-0000", email: "eve@example.com" }),
  },
  "locale-action.ts chooseLocale": { ownBrowser: "remembers a language" },
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
  "refer/[program]/_sections/actions.ts saveMessage": {
    customer: [null, form({ message: "Taken over" })],
  },
  "refer/[program]/_home/actions.ts signOut": {
    ownBrowser: "ends the customer's session in this browser",
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
  "refer/[program]/points/actions.ts redeem": {
    customer: [null, form({ itemId: "itm_guessed", requestKey: "guessed" })],
  },
  "refer/[program]/points/actions.ts giveBack": {
    customer: [null, form({ redemptionId: "rdm_guessed" })],
  },
  "refer/[program]/tiers/actions.ts claimCelebration": { customer: [] },
  "refer/[program]/enter/actions.ts enter": { anyone: ({ program }) => [program.slug, "guessed"] },
  "unsubscribe/[token]/actions.ts unsubscribe": { anyone: () => ["guessed"] },
};

const sources = import.meta.glob<string>(["/app/**/*.{ts,tsx}", "/components/**/*.{ts,tsx}"], {
  query: "?raw",
  import: "default",
  eager: true,
});
const modules = import.meta.glob<Record<string, Action>>("/app/**/*.ts");
const files = Object.entries(sources)
  .filter(([, source]) => /["']use server["']/.test(source))
  .map(([file]) => file);

let actions: Map<string, Action & { guardedBy?: MemberPermission | null }>;
let shop: Shop;
let other: Shop;

beforeAll(async () => {
  actions = new Map();
  for (const file of files) {
    for (const [name, action] of Object.entries(await modules[file]!()))
      actions.set(`${file.replace("/app/", "")} ${name}`, action);
  }
  [shop, other] = [await openShop("harbour"), await openShop("orchard")];
});
beforeEach(() => jar.clear());
afterAll(closeConnections);

/** What an action answers: its result, or "redirect /where" and the like. */
async function call(
  name: string,
  ...input: unknown[]
): Promise<ActionResult<unknown> | string | undefined> {
  try {
    return (await actions.get(name)!(...input)) as ActionResult<unknown> | undefined;
  } catch (error) {
    if (/^(redirect|notFound|forbidden)/.test((error as Error).message))
      return (error as Error).message;
    throw error;
  }
}

const of = <K extends string>(kind: K) =>
  Object.entries(ACTIONS).filter(
    (entry): entry is [string, Extract<Entry, Record<K, unknown>>] => kind in entry[1],
  );

it("has an entry for every action, and an action for every entry", () => {
  expect([...actions.keys()].sort()).toEqual(Object.keys(ACTIONS).sort());
});

it("knows of all of them: they stand in files of their own, none within a page", () => {
  for (const file of files) {
    expect(file).toMatch(/^\/app\/.*\.ts$/);
    expect(sources[file], file).toMatch(/^"use server";\n/);
  }
});

describe("an attack on", () => {
  let before: string;
  beforeAll(async () => {
    before = await contentsOf(shop);
  });

  it.each(of("member"))("%s without a session is refused", async (name, { fields }) => {
    expect(await call(name, shop.slug, null, form(fields(shop)))).toMatchObject({
      ok: false,
      code: "unauthenticated",
    });
    await startCustomerSession({ merchantId: shop.scope.merchantId, customerId: shop.customer.id });
    expect(await call(name, shop.slug, null, form(fields(shop)))).toMatchObject({
      ok: false,
      code: "unauthenticated",
    });
  });

  it.each(of("member"))(
    "%s by another shop's owner finds nothing",
    async (name, { fields, elsewhere }) => {
      await startMemberSession({ userId: other.members.owner, epoch: 0 });
      for (const slug of [shop.slug, shop.sandboxSlug]) {
        expect(await call(name, slug, null, form(fields(shop)))).toMatchObject({
          ok: false,
          code: "not_found",
        });
      }
      if (elsewhere !== "nothing_named") {
        expect(await call(name, other.slug, null, form(fields(shop)))).toMatchObject({
          ok: false,
          code: elsewhere,
        });
      }
    },
  );

  it.each(of("member").filter(([, { member }]) => member !== null))(
    "%s by a role that may not is refused",
    async (name, { member, fields }) => {
      expect(actions.get(name)!.guardedBy).toBe(member);
      for (const role of ROLES.filter((role) => !roleAllows(role, member!))) {
        await startMemberSession({ userId: shop.members[role], epoch: 0 });
        expect(await call(name, shop.slug, null, form(fields(shop))), role).toMatchObject({
          ok: false,
          code: "forbidden",
        });
      }
    },
  );

  it.each(of("customer"))(
    "%s by nobody, or another shop's customer, is refused",
    async (name, { customer }) => {
      // One of them answers nothing at all; that it did nothing is seen further below.
      const refused = (answer: unknown) => {
        if (answer !== undefined)
          expect(answer).toMatchObject({ ok: false, code: "unauthenticated" });
      };
      refused(await call(name, shop.program.slug, ...customer));
      await startCustomerSession({
        merchantId: other.scope.merchantId,
        customerId: other.customer.id,
      });
      refused(await call(name, shop.program.slug, ...customer));
      // A session that names a customer of one shop and the other shop: nobody has signed that, but
      // nothing must come of it.
      await startCustomerSession({
        merchantId: shop.scope.merchantId,
        customerId: other.customer.id,
      });
      refused(await call(name, shop.program.slug, ...customer));
      await startMemberSession({ userId: shop.members.owner, epoch: 0 });
      jar.delete("gw_customer");
      refused(await call(name, shop.program.slug, ...customer));
    },
  );

  it.each(of("anyone"))("%s lets nobody in by guessing", async (name, { anyone }) => {
    const answer = await call(name, ...anyone(shop));
    expect(
      [...jar.keys()].filter(
        (cookie) => cookie.includes("gw_member") || cookie.includes("gw_customer"),
      ),
    ).toEqual([]);
    if (typeof answer === "object" && answer.ok) expect(answer.data).toBeNull();
    expect(JSON.stringify(answer ?? null)).not.toContain(shop.scope.merchantId);
  });

  it("changes nothing", async () => {
    expect(await contentsOf(shop)).toBe(before);
  });
});

describe("who may, may:", () => {
  it.each(of("member").filter(([, { member }]) => member !== null))(
    "%s",
    async (name, { member, fields }) => {
      for (const role of ROLES.filter((role) => roleAllows(role, member!))) {
        await startMemberSession({ userId: shop.members[role], epoch: 0 });
        const answer = await call(name, shop.slug, null, form(fields(shop)));
        // What the one before has done cannot always be done again; that the role may is what
        // counts here.
        if (typeof answer === "object" && !answer.ok)
          expect(["conflict", "not_found"], JSON.stringify(answer)).toContain(answer.code);
        else if (typeof answer === "string")
          expect(answer).toMatch(new RegExp(`^redirect /admin/${shop.slug}/`));
        else expect(answer).toMatchObject({ ok: true });
      }
    },
  );

  it.each(of("customer"))("%s", async (name, { customer }) => {
    await startCustomerSession({ merchantId: shop.scope.merchantId, customerId: shop.customer.id });
    const answer = (await call(name, shop.program.slug, ...customer)) ?? { ok: true };
    // What it names need not be there; that they were let in is what counts here.
    if (typeof answer === "object" && "code" in answer)
      expect(["conflict", "not_found"], JSON.stringify(answer)).toContain(answer.code);
    else expect(answer).toMatchObject({ ok: true });
  });
});
