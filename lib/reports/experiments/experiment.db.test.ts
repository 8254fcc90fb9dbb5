import { expect, it } from "vitest";
import { decimal, type Money } from "@/lib/core/money";
import { inScope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import { rejectReferral } from "@/lib/pipeline/process/decide-referral";
import { story, testTerms } from "@/lib/worker/testing";
import { saveDraft } from "@/lib/programs/commands/edit-draft";
import { publishProgram } from "@/lib/programs/commands/publish-program";
import { experimentResults } from "./experiment";

const experiment = {
  id: "autumn",
  question: "Cash or a discount?",
  arms: [
    { id: "cash", name: "Cash", shareBp: 5_000, segment: null },
    { id: "discount", name: "Discount", shareBp: 5_000, segment: null },
  ],
};

it("counts each arm's advocates, friends, revenue and cost as they stand", async () => {
  const { scope, program, advocate, claim, purchase, refund, referralOf } = await story({
    experiment,
  });
  const [ana, ben, cleo] = [await advocate("Ana"), await advocate("Ben"), await advocate("Cleo")];
  for (const friend of ["Dion", "Edda"]) await claim(friend, ana.code);
  for (const friend of ["Fitz", "Gail", "Hugo"]) await claim(friend, ben.code);
  await purchase("Dion", "o-1", "40.00");
  await purchase("Dion", "o-2", "10.00");
  await purchase("Fitz", "o-3", "30.00");
  await purchase("Gail", "o-4", "20.00");
  await refund("o-2", { amount: "4.00" });
  await refund("o-4");
  await rejectReferral(scope, {
    referralId: (await referralOf("Hugo"))!.id,
    reason: "A colleague",
  });
  // Who was drawn where is decided elsewhere; here it is set.
  await inScope(scope, async ({ db }) => {
    const { merchantId } = scope;
    await db.$executeRaw`
      UPDATE advocate SET experiment = 'autumn', arm =
        CASE WHEN id = ${ben.advocateId} THEN 'discount' ELSE 'cash' END
      WHERE merchant_id = ${merchantId}`;
    await db.$executeRaw`
      UPDATE referral r SET arm = a.arm
      FROM advocate a
      WHERE r.merchant_id = ${merchantId} AND a.merchant_id = r.merchant_id
        AND a.id = r.advocate_id`;
    await db.$executeRaw`
      UPDATE reward w SET arm = r.arm
      FROM referral r
      WHERE w.merchant_id = ${merchantId} AND r.merchant_id = w.merchant_id
        AND r.id = w.referral_id`;
    await db.event.create({
      data: {
        merchantId,
        id: "evt_share",
        dedupeKey: "share:1",
        type: "share",
        occurredAt: new Date(),
        recordedAt: new Date(),
        source: "refer",
        provenance: "email",
        bodyHash: "x",
        body: {},
        programId: program.id,
        advocateId: cleo.advocateId,
      },
    });
  });

  const results = (await experimentResults(scope, program.id))!;
  expect(results).toMatchObject({
    experiment: { id: "autumn", question: "Cash or a discount?" },
    running: true,
  });
  const text = ({ value }: { value: unknown }) => decimal(value as Money);
  const [cash, discount] = results.arms;
  // Ana's two friends: one qualified, 40 + 6 of revenue; a credit of 10 and two coupons of 5. Cleo
  // shared and brought nobody.
  expect(cash).toMatchObject({
    advocates: 2,
    friends: 2,
    qualified: 1,
    rewards: 3,
    shared: { value: 0.5 },
    conversion: { value: 0.5, numerator: 1, denominator: 2 },
    friendConversion: { value: 0.5 },
  });
  expect([
    text(cash!.revenue),
    text(cash!.revenuePerAdvocate),
    text(cash!.cost),
    text(cash!.costPerQualified),
  ]).toEqual(["46.00", "23.00", "20.00", "20.00"]);
  // Ben's: Fitz is qualified, Gail's purchase went back, Hugo was rejected with his coupon.
  expect(discount).toMatchObject({
    advocates: 1,
    friends: 2,
    qualified: 1,
    rewards: 3,
    friendConversion: { value: 0.5 },
  });
  expect([text(discount!.revenue), text(discount!.cost)]).toEqual(["30.00", "20.00"]);
  expect(results.comparisons).toMatchObject([
    { arm: "discount", baseline: "cash", conversion: { verdict: "not_enough" }, revenue: null },
  ]);

  // Another version without it: the results stay, and say that nobody is drawn any more.
  await saveDraft(scope, {
    programId: program.id,
    name: "Good word",
    terms: testTerms({ windowDays: 60 }),
  });
  await publishProgram(scope, program.id);
  expect(await experimentResults(scope, program.id)).toMatchObject({
    running: false,
    arms: [{ advocates: 2, friends: 2 }, { friends: 2 }],
  });
});

it("has no answer without an experiment, and none for another shop", async () => {
  const { scope, program } = await story();
  expect(await experimentResults(scope, program.id)).toBeNull();
  const tried = await story({ experiment });
  expect(await experimentResults(await createTestMerchant(), tried.program.id)).toBeNull();
});
