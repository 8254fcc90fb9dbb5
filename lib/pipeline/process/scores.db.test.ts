import { expect, it } from "vitest";
import { createLeaderboard } from "@/lib/loyalty/leaderboards/commands/edit-leaderboards";
import { inScope } from "@/lib/merchants/scope";
import { rescoreCustomers } from "@/lib/worker/jobs/seasons";
import { advocateCredit, type Story, story } from "@/lib/worker/testing";

const points = { benefit: { kind: "points" } } as const;
const fixed = (amount: string) => ({ kind: "fixed", amount }) as const;

async function shopWithBoard(metric: "points" | "revenue"): Promise<Story> {
  const shop = await story({
    rules: [
      advocateCredit({ ...points, calculator: fixed("10") }),
      advocateCredit({
        ...points,
        id: "milestone",
        on: { kind: "milestone", count: 2, repeats: true },
        calculator: fixed("100"),
      }),
      advocateCredit({
        ...points,
        id: "second",
        on: { kind: "second_level" },
        calculator: fixed("3"),
      }),
    ],
  });
  await createLeaderboard(shop.scope, {
    programId: shop.program.id,
    name: { en: "Best", sq: "", zh: "" },
    metric,
    cadence: "ever",
    startsAt: null,
    endsAt: null,
    graceHours: 0,
    prizes: [],
  });
  await shop.settle();
  return shop;
}

const scoresOf = ({ scope }: Story) =>
  inScope(scope, async ({ db, merchantId }) => {
    const rows = await db.$queryRaw<{ name: string; score: bigint }[]>`
      SELECT c.name, s.score FROM season_score s
      JOIN advocate a ON a.merchant_id = s.merchant_id AND a.id = s.advocate_id
      JOIN customer c ON c.merchant_id = a.merchant_id AND c.id = a.customer_id
      JOIN season n ON n.merchant_id = s.merchant_id AND n.id = s.season_id
      JOIN leaderboard b ON b.merchant_id = n.merchant_id AND b.id = n.leaderboard_id
      WHERE s.merchant_id = ${merchantId} AND b.name->>'en' = 'Best' AND s.score <> 0`;
    return Object.fromEntries(rows.map(({ name, score }) => [name, Number(score)]));
  });

async function bringFriend(shop: Story, code: string, name: string): Promise<void> {
  await shop.claim(name, code);
  await shop.purchase(name, `o-${name}`, "50.00");
  // Scores are counted before the advocate's own turn comes: what it brings counts all the same.
  await rescoreCustomers.run({ merchantId: shop.scope.merchantId });
  await shop.settle();
}

it("counts the points that no event of the advocate's friend earned by itself", async () => {
  const shop = await shopWithBoard("points");
  const mira = await shop.advocate("Mira");
  await bringFriend(shop, mira.code, "tom");
  expect(await scoresOf(shop)).toEqual({ Mira: 10 });
  await bringFriend(shop, mira.code, "ann");
  expect(await scoresOf(shop)).toEqual({ Mira: 120 });
  const tom = await shop.advocate("tom");
  await bringFriend(shop, tom.code, "eve");
  expect(await scoresOf(shop)).toEqual({ Mira: 123, tom: 10 });
});

it("follows each order of a friend, also where nothing is granted for it", async () => {
  const shop = await shopWithBoard("revenue");
  const mira = await shop.advocate("Mira");
  await bringFriend(shop, mira.code, "tom");
  await shop.purchase("tom", "o-2", "20.00");
  await shop.settle();
  expect(await scoresOf(shop)).toEqual({ Mira: 7_000 });
  await shop.refund("o-2");
  await shop.settle();
  expect(await scoresOf(shop)).toEqual({ Mira: 5_000 });
});
