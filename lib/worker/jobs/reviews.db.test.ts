import { describe, expect, it } from "vitest";
import { newId } from "@/lib/core/id";
import { hashNetwork } from "@/lib/fraud/rules/network";
import { forgetNetworks } from "@/lib/fraud/commands";
import { addDays } from "@/lib/core/time";
import { systemScope } from "@/lib/merchants/queries/directory";
import { inScope, scopeNow } from "@/lib/merchants/scope";
import { asOwner, testSandbox, testMember } from "@/lib/merchants/testing";
import { undoRejection } from "@/lib/pipeline/process/decide-referral";
import { advanceTestClock, testClockSchema } from "../test-clock";
import { advocateCredit, story, storyIn } from "../testing";

type Rule = { reviewDecision?: string; reviewDecideDays?: number; reviewRemindDays?: number };

/** A shop in test mode with a friend of Mira's whose referral is held, and a member who decides. */
async function heldShop(rule: Rule = {}) {
  const real = await story({ rules: [advocateCredit({ holdDays: 5 })] });
  const sandbox = await testSandbox(real.scope);
  const { merchantId } = sandbox;
  const shop = storyIn(sandbox, await inScope(sandbox, ({ db }) => db.program.findFirstOrThrow()));
  const { code } = await shop.advocate("Mira");
  await shop.claim("Tom", code);
  await shop.purchase("Tom", "o-1", "50.00");
  const email = `${newId("usr")}@example.com`;
  await inScope(sandbox, async ({ db }) => {
    await db.merchant.update({ where: { id: merchantId }, data: rule });
    await db.referral.updateMany({ data: { reviewAt: scopeNow(sandbox), score: 60 } });
  });
  await testMember(sandbox, "support", { email });
  const now = () => systemScope(merchantId);
  return {
    shop,
    now,
    pass: async (days: number) =>
      advanceTestClock(await now(), testClockSchema.parse({ advance: `P${days}D` })),
    emails: () =>
      asOwner<{ subject: string; text: string }>(
        "SELECT subject, text FROM user_message WHERE recipient = $1 " +
          "AND template = 'reviews_waiting' ORDER BY id",
        [email],
      ),
    steps: () =>
      inScope(sandbox, ({ db }) =>
        db.referralStep.findMany({
          orderBy: { id: "desc" },
          select: { state: true, reason: true },
        }),
      ),
    audit: () =>
      inScope(sandbox, ({ db }) =>
        db.auditEntry.findMany({
          where: { action: { startsWith: "referral." } },
          select: { action: true, summary: true, actorKind: true, detail: true },
        }),
      ),
  };
}

const states = async (shop: { rewards(): Promise<{ state: string }[]> }) =>
  (await shop.rewards()).map(({ state }) => state);

describe("a referral that waits for a decision", () => {
  it("waits on by default, and staff are reminded with one email, again and again", async () => {
    const { shop, pass, emails } = await heldShop({ reviewRemindDays: 3 });
    await pass(2);
    expect(await emails()).toEqual([]);
    await pass(1);
    expect(await emails()).toMatchObject([{ subject: "1 referral waits for your review" }]);
    await pass(1);
    expect(await emails()).toHaveLength(1);
    await pass(2);
    expect(await emails()).toHaveLength(2);
    await pass(40);
    expect(await states(shop)).toEqual(["held"]);
    expect(await shop.referralOf("Tom")).toMatchObject({ state: "qualified" });
  });

  it("is approved by the shop's rule after its time, and not before", async () => {
    const held = await heldShop({ reviewDecision: "approve", reviewDecideDays: 14 });
    await held.pass(13);
    expect(await states(held.shop)).toEqual(["held"]);
    await held.pass(1);
    expect(await states(held.shop)).toEqual(["issued"]);
    expect(await held.shop.referralOf("Tom")).toMatchObject({ reviewAt: null });
    expect((await held.steps()).map(({ reason }) => reason)).toContain(
      "Approved by rule after 14 days",
    );
    expect(await held.audit()).toEqual([
      {
        action: "referral.approve",
        summary: "Approved a referral by rule after 14 days",
        actorKind: "system",
        detail: { by: "rule", afterDays: 14 },
      },
    ]);
  });

  it("is rejected by the shop's rule, which can be undone as a member's decision", async () => {
    const held = await heldShop({ reviewDecision: "reject", reviewDecideDays: 1 });
    await held.pass(1);
    expect(await states(held.shop)).toEqual(["voided"]);
    const rejected = await held.shop.referralOf("Tom");
    expect(rejected).toMatchObject({ state: "rejected", reason: "Rejected by rule after 1 day" });
    await undoRejection(await held.now(), { referralId: rejected!.id });
    expect(await held.shop.referralOf("Tom")).toMatchObject({ state: "qualified" });
    await held.pass(20);
    expect(await states(held.shop)).toEqual(["issued"]);
  });

  it("says in the reminder what the rule will do", async () => {
    const rule = { reviewRemindDays: 1, reviewDecision: "reject", reviewDecideDays: 14 };
    const { pass, emails } = await heldShop(rule);
    await pass(1);
    const [reminder] = await emails();
    expect(reminder!.text).toContain("Your rule rejects what no one has decided after 14 days.");
  });
});

describe("hashed networks", () => {
  it("are forgotten after some days", async () => {
    const { scope } = await story();
    const { merchantId } = scope;
    const now = scopeNow(scope);
    await inScope(scope, ({ db }) =>
      db.networkSighting.createMany({
        data: [1, 2, 4, 30].map((age) => {
          const at = addDays(now, -age);
          return {
            merchantId,
            id: `age-${age}`,
            at,
            ...hashNetwork(merchantId, "203.0.113.1", at)!,
          };
        }),
      }),
    );
    expect(await forgetNetworks(scope)).toBe(2);
    const kept = await inScope(scope, ({ db }) => db.networkSighting.findMany());
    expect(kept.map(({ id }) => id).sort()).toEqual(["age-1", "age-2"]);
  });
});
