import { describe, expect, it } from "vitest";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { rejectReferral, undoRejection } from "@/lib/pipeline/process/decide-referral";
import { story } from "@/lib/worker/testing";
import { measure } from "./index";
import { ask, brief, MAY } from "./testing/brief";
import { world } from "./testing/world";

const JUNE = { from: "2026-06-01", to: "2026-06-30" };

async function setState({ scope }: { scope: Scope }, friend: string, state: string): Promise<void> {
  await inScope(scope, ({ db, merchantId }) =>
    db.referral.update({
      where: { merchantId_id: { merchantId, id: `ref_${friend}` } },
      data: { state },
    }),
  );
}

describe("the cost of a referral that was rejected a month later", () => {
  it("leaves the month that its revenue leaves, and the month of the rejection alone", async () => {
    const shop = await world();
    await shop.customers("adv", "ben", "eve");
    await shop.join("adv", "2026-04-01T00:00:00Z");
    for (const friend of ["ben", "eve"]) {
      const day = friend === "ben" ? "2026-05-04" : "2026-05-05";
      await shop.refer("adv", friend, { joinedAt: `${day}T00:00:00Z`, state: "rewarded" });
      await shop.order(friend, `${friend}1`, `${day}T10:00:00Z`, 8_000);
      await shop.cost(friend, "advocate", `${day}T10:00:00Z`, 1_000);
    }
    const numbers = async () => [
      brief(await ask(shop, "program_cost", MAY)).value,
      brief(await ask(shop, "referred_revenue", MAY)).value,
      brief(await ask(shop, "program_cost", JUNE)).value,
    ];
    expect(await numbers()).toEqual(["20.00", "160.00", "0.00"]);
    await shop.cost("eve", "advocate", "2026-06-20T10:00:00Z", -1_000);
    await setState(shop, "eve", "rejected");
    expect(await numbers()).toEqual(["10.00", "80.00", "0.00"]);
    // The rejection is undone: both are back, and what it took and gave is on the days it did.
    await shop.cost("eve", "advocate", "2026-06-21T10:00:00Z", 1_000);
    await setState(shop, "eve", "rewarded");
    expect(await numbers()).toEqual(["20.00", "160.00", "0.00"]);
  });

  it("is the same for what the product itself rejects, and for what was spent of it", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    const { scope } = shop;
    await shop.claim("Tom", code);
    await shop.purchase("Tom", "o1", "80.00");
    const cost = async () => brief((await measure(scope, "program_cost", today())).metric).value;
    expect(await cost()).toBe("15.00");
    const referralId = (await shop.referralOf("Tom"))!.id;
    await rejectReferral(scope, { referralId, reason: "Same household" });
    expect(await cost()).toBe("0.00");
    await undoRejection(scope, { referralId });
    expect(await cost()).toBe("15.00");
  });
});

function today() {
  const day = new Date().toISOString().slice(0, 10);
  const before = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  return { from: before, to: day };
}
