import fc from "fast-check";
import { expect, it } from "vitest";
import { storeEvent } from "@/lib/events/commands/store-event";
import type { EventBody } from "@/lib/events/schema";
import { inScope } from "@/lib/merchants/scope";
import { processEvents } from "@/lib/worker/jobs/events";
import { advocateCredit, type Story, story } from "@/lib/worker/testing";

const IDS = ["Mira", "f-1", "f-2", "f-3"] as const;
const EMAILS = ["mira+2@example.com", "tom@example.com", "t.o.m@gmail.com", "tom@googlemail.com"];

/** What a shop may tell: who has which address, and what whoever comes with the code buys. */
type Told =
  | { kind: "address"; id: (typeof IDS)[number]; email: string }
  | { kind: "order"; id: string; day: number };

const address = fc.record({
  kind: fc.constant("address" as const),
  id: fc.constantFrom(...IDS),
  email: fc.constantFrom(...EMAILS),
});
const orders: Told[] = ["f-1", "f-2", "f-3"].map((id, index) => ({
  kind: "order",
  id,
  day: index + 1,
}));

function bodyOf(told: Told, code: string): EventBody {
  if (told.kind === "address")
    return { type: "lead", customer: { id: told.id, email: told.email } };
  return {
    type: "purchase",
    customer: { id: told.id },
    code,
    order: { id: `o-${told.id}`, total: "50.00", currency: "USD" },
  };
}

async function tell(shop: Story, facts: readonly Told[]): Promise<unknown> {
  const { code } = await shop.advocate("Mira");
  for (const told of facts) {
    await storeEvent(shop.scope, {
      source: "api",
      body: bodyOf(told, code),
      occurredAt: new Date(Date.UTC(2026, 4, told.kind === "order" ? told.day : 20, 12)),
    });
    await processEvents.run({ merchantId: shop.scope.merchantId });
  }
  await shop.settle();
  return inScope(shop.scope, async ({ db, merchantId }) => {
    const rows = await db.referral.findMany({
      where: { merchantId },
      orderBy: { joinedAt: "asc" },
      select: { state: true, friend: { select: { externalId: true } }, rewards: true },
    });
    return rows.map(({ state, friend, rewards }) => ({
      who: friend.externalId,
      state,
      held: rewards.filter((reward) => reward.state === "held").length,
    }));
  });
}

const shopOnHold = () => story({ rules: [advocateCredit({ holdDays: 300 })] });

it("rewards the same friends in whatever order addresses and purchases are told", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc
        .uniqueArray(address, { maxLength: 4, selector: ({ id }) => id })
        .chain((addresses) =>
          fc.tuple(
            fc.constant([...orders, ...addresses]),
            fc.shuffledSubarray([...orders, ...addresses], { minLength: addresses.length + 3 }),
          ),
        ),
      async ([facts, shuffled]) => {
        const [one, other] = await Promise.all([shopOnHold(), shopOnHold()]);
        expect(await tell(other, shuffled)).toEqual(await tell(one, facts));
      },
    ),
    { numRuns: 12, seed: 8 },
  );
});
