import { describe, expect, it } from "vitest";
import { addDays, systemNow } from "@/lib/core/time";
import { inScope } from "@/lib/merchants/scope";
import { advocateCredit, type Story, story } from "@/lib/worker/testing";
import { rejectReferral, undoRejection } from "../process/decide-referral";
import { referFriend } from "./refer-friend";

/** Whoever misused somebody's address, or invited them in vain, keeps them from nobody else. */

const referrals = (shop: Story) =>
  inScope(
    shop.scope,
    ({ db }) => db.$queryRaw<{ by: string; state: string; reason: string }[]>`
      SELECT c.name AS by, r.state, r.reason FROM referral r
      JOIN advocate a ON a.merchant_id = r.merchant_id AND a.id = r.advocate_id
      JOIN customer c ON c.merchant_id = a.merchant_id AND c.id = a.customer_id
      WHERE r.merchant_id = ${shop.scope.merchantId} ORDER BY r.id`,
  );

describe("a friend whose referral was rejected", () => {
  it("may accept another advocate's invitation, and not the same one's again", async () => {
    const shop = await story({ rules: [advocateCredit()] });
    const [mallory, mira] = [await shop.advocate("Mallory"), await shop.advocate("Mira")];
    const first = await shop.claim("Tom", mallory.code);
    await rejectReferral(shop.scope, { referralId: first.referralId!, reason: "Not his link" });
    expect(await shop.claim("Tom", mallory.code)).toMatchObject({ outcome: "refused" });
    expect(await shop.claim("Tom", mira.code)).toMatchObject({ outcome: "joined" });
    expect(await shop.claim("Tom", mira.code)).toMatchObject({ outcome: "again" });
    await shop.purchase("Tom", "o-1", "40.00");
    expect(await referrals(shop)).toMatchObject([
      { by: "Mallory", state: "rejected" },
      { by: "Mira", state: "rewarded" },
    ]);
    expect((await shop.rewards()).map(({ state }) => state)).toEqual(["issued"]);
  });

  it("is the first one's again when the rejection is undone, and earns one reward", async () => {
    const shop = await story({ rules: [advocateCredit()] });
    const [eve, mira] = [await shop.advocate("Eve"), await shop.advocate("Mira")];
    const first = await shop.claim("Tom", eve.code);
    await rejectReferral(shop.scope, { referralId: first.referralId!, reason: "By mistake" });
    await shop.claim("Tom", mira.code);
    await undoRejection(shop.scope, { referralId: first.referralId! });
    await shop.purchase("Tom", "o-1", "40.00");
    expect(await referrals(shop)).toMatchObject([
      { by: "Eve", state: "rewarded" },
      { by: "Mira", state: "rejected", reason: "invited_before" },
    ]);
    expect(await shop.rewards()).toHaveLength(1);
  });
});

describe("a friend whose referral expired", () => {
  it.each(["another advocate", "the same advocate"])(
    "may be invited again, by %s, on the page and by the shop",
    async (who) => {
      const shop = await story({ windowDays: 30 });
      const [mira, eve] = [await shop.advocate("Mira"), await shop.advocate("Eve")];
      const { code } = who === "the same advocate" ? mira : eve;
      for (const name of ["Tom", "Zoe"])
        await shop.send(
          {
            type: "sign_up",
            customer: { email: `${name.toLowerCase()}@example.com` },
            code: mira.code,
          },
          addDays(systemNow(), -40),
        );
      expect(await shop.claim("Tom", code)).toMatchObject({ outcome: "joined" });
      const asked = { program: shop.program.id, code, friend: { email: "zoe@example.com" } };
      expect(await referFriend(shop.scope, asked)).toMatchObject({ created: true });
      expect(await referFriend(shop.scope, asked)).toMatchObject({ created: false });
    },
  );
});
