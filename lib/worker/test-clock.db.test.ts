import { describe, expect, it } from "vitest";
import { storeEvent } from "@/lib/events/commands/store-event";
import { createProgram } from "@/lib/programs/commands/create-program";
import { publishProgram } from "@/lib/programs/commands/publish-program";
import { findProgram } from "@/lib/programs/queries";
import { createTestMerchant, testSandbox } from "@/lib/merchants/testing";
import { advanceTestClock, testClockSchema } from "./test-clock";
import { advocateCredit, friendCoupon, storyIn, testTerms } from "./testing";

const days = (count: number) => testClockSchema.parse({ advance: `P${count}D` });

describe("the test clock", () => {
  it("releases what becomes due in the sandbox, and leaves the live shop alone", async () => {
    const scope = await createTestMerchant();
    const program = await createProgram(scope, {
      name: "Good word",
      terms: testTerms({ rules: [advocateCredit({ holdDays: 30 }), friendCoupon()] }),
    });
    await publishProgram(scope, program.id);
    const sandbox = await testSandbox(scope);
    const shop = storyIn(sandbox, await findProgram(sandbox, program.id));
    const { code } = await shop.advocate("Mira");
    await shop.purchase("Tom", "A-1", "80.00", { code });
    await advanceTestClock(sandbox, days(29));
    expect((await shop.rewards()).map(({ state }) => state)).toEqual(["held", "issued"]);
    await advanceTestClock(await testSandbox(scope), days(2));
    expect((await shop.rewards()).map(({ state }) => state)).toEqual(["issued", "issued"]);
    expect(await storyIn(scope, program).rewards()).toEqual([]);
  });

  it("lets referrals expire", async () => {
    const scope = await createTestMerchant();
    const program = await createProgram(scope, {
      name: "Good word",
      terms: testTerms({ windowDays: 7 }),
    });
    await publishProgram(scope, program.id);
    const sandbox = await testSandbox(scope);
    const shop = storyIn(sandbox, program);
    await shop.claim("Tom", (await shop.advocate("Mira")).code);
    await advanceTestClock(sandbox, days(8));
    expect(await shop.referralOf("Tom")).toMatchObject({
      state: "expired",
      reason: "window_passed",
    });
  });

  it("does no more at once than it may, and does not move past what is still due", async () => {
    const scope = await createTestMerchant();
    const sandbox = await testSandbox(scope);
    for (let index = 0; index < 5; index += 1)
      await storeEvent(sandbox, { source: "api", body: { type: "lead" } });
    const busy = advanceTestClock(sandbox, days(1), 2);
    await expect(busy).rejects.toMatchObject({ code: "overloaded", status: 503 });
    expect((await testSandbox(scope)).clockOffsetMs).toBe(0n);
    // What was done stays done: the next try finds less.
    const moved = await advanceTestClock(await testSandbox(scope), days(1));
    expect(moved.settled).toBe(true);
    expect((await testSandbox(scope)).clockOffsetMs).toBe(86_400_000n);
  });

  it("is not there for a real shop", async () => {
    await expect(advanceTestClock(await createTestMerchant(), days(1))).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it.each(["31 days", "P1M", "P", "PT", "-P1D", "P99999D"])("does not understand %s", (advance) =>
    expect(testClockSchema.safeParse({ advance }).success).toBe(false),
  );
});
