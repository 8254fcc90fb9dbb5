import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { inScope } from "@/lib/merchants/scope";
import { funnel } from "./growth/funnel";
import { measure } from "./index";
import { ask, brief, MAY, part } from "./testing/brief";
import type { World } from "./testing/ground";
import { world } from "./testing/world";

/** A second program, in which Ana shares too, and a friend's referral in it. */
async function secondProgram(shop: World) {
  const { merchantId } = shop.scope;
  const [programId, advocateId] = ["prg_second", "adv_second_ana"];
  await inScope(shop.scope, async ({ db }) => {
    const { draft: _, ...first } = await db.program.findFirstOrThrow({ where: { merchantId } });
    await db.program.create({
      data: { ...first, id: programId, slug: `${first.slug}-second`, draft: {} },
    });
    await db.advocate.create({
      data: { merchantId, id: advocateId, programId, customerId: "ana", joinedAt: new Date(0) },
    });
  });
  return async (friendId: string, joinedAt: string, qualifiedAt: string) => {
    await inScope(shop.scope, ({ db }) =>
      db.referral.create({
        data: {
          merchantId,
          id: `ref_second_${friendId}`,
          programId,
          programVersion: 1,
          advocateId,
          friendId,
          code: "SECOND",
          state: "rewarded",
          reason: "claimed",
          attributedBy: "claim",
          joinedAt,
          qualifiedAt,
          rewardedAt: qualifiedAt,
          createdAt: joinedAt,
          expiresAt: new Date("2099-01-01"),
        },
      }),
    );
  };
}

const JUNE = { from: "2026-06-01", to: "2026-06-30" };

describe("one friend counts once", () => {
  let shop: World;
  beforeAll(async () => {
    shop = await world();
    await shop.customers("ana", "ben", "cleo");
    await shop.join("ana", "2026-01-01T00:00:00Z");
    const refer = await secondProgram(shop);
    // Ben: a click and two programs; qualified in the first in May, in the second in June.
    await shop.click("ana", "v-ben", "2026-05-02T09:00:00Z");
    await shop.click("ana", "v-ben-phone", "2026-05-03T09:00:00Z");
    for (const visitor of ["v-ben", "v-ben-phone"]) await shop.link(visitor, "ben");
    await shop.refer("ana", "ben", {
      clickedAt: "2026-05-03T09:00:00Z",
      joinedAt: "2026-05-03T10:00:00Z",
      qualifiedAt: "2026-05-10T10:00:00Z",
      rewardedAt: "2026-05-24T10:00:00Z",
      state: "rewarded",
    });
    await refer("ben", "2026-05-04T10:00:00Z", "2026-06-02T10:00:00Z");
    // Cleo: both programs in May, by a code.
    await shop.refer("ana", "cleo", {
      joinedAt: "2026-05-05T10:00:00Z",
      qualifiedAt: "2026-05-12T10:00:00Z",
      state: "qualified",
    });
    await refer("cleo", "2026-05-06T10:00:00Z", "2026-05-12T10:00:00Z");
    await shop.click("ana", "v-nobody", "2026-05-09T09:00:00Z");
  });

  it("in K, in the month in which they first qualified, and in its cycle time", async () => {
    expect(brief(await ask(shop, "k_factor"))).toMatchObject({ numerator: 2 });
    expect(brief(await ask(shop, "k_factor", JUNE))).toMatchObject({ numerator: 0 });
    expect(part(await ask(shop, "k_factor"), "cycle_time")).toMatchObject({ n: 2 });
  });

  it("in the funnel and the conversion, whatever number of browsers and programs", async () => {
    expect((await funnel(shop.scope, MAY)).friends).toEqual({
      came: 3,
      clicked: 3,
      joined: 2,
      qualified: 2,
      rewarded: 2,
    });
    expect(brief(await ask(shop, "referral_conversion"))).toEqual({
      value: 2 / 3,
      numerator: 2,
      denominator: 3,
      n: 3,
    });
  });

  it("and is not new to a range if they had qualified before it", async () => {
    await shop.click("ana", "v-ben", "2026-06-05T09:00:00Z");
    expect((await funnel(shop.scope, JUNE)).friends).toMatchObject({
      came: 0,
      clicked: 1,
      qualified: 0,
    });
    expect(brief(await ask(shop, "referral_conversion", JUNE))).toMatchObject({
      value: null,
      unknown: "no_clicks",
    });
  });

  it("two friends of one browser are two people", async () => {
    const home = await world();
    await home.customers("ana", "ben", "cleo");
    await home.join("ana", "2026-01-01T00:00:00Z");
    await home.click("ana", "tablet", "2026-05-02T09:00:00Z");
    for (const friend of ["ben", "cleo"]) {
      await home.link("tablet", friend);
      await home.refer("ana", friend, {
        clickedAt: "2026-05-02T09:00:00Z",
        joinedAt: "2026-05-02T10:00:00Z",
        qualifiedAt: "2026-05-03T10:00:00Z",
        state: "qualified",
      });
    }
    expect(brief(await ask(home, "referral_conversion"))).toMatchObject({
      value: 1,
      numerator: 2,
      denominator: 2,
    });
  });
});

const day = fc.integer({ min: 1, max: 31 }).map((day) => `2026-05-${String(day).padStart(2, "0")}`);
const anyFriend = fc.record({
  clicks: fc.array(fc.tuple(fc.constantFrom("v1", "v2", "v3", "v4"), day), { maxLength: 3 }),
  linked: fc.boolean(),
  joined: day,
  qualified: fc.option(day),
  state: fc.constantFrom("joined", "qualified", "rewarded", "rejected", "reversed", "expired"),
});

it("whatever friends do, no step of the funnel has more people than the one before", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyFriend, { minLength: 1, maxLength: 4 }), async (friends) => {
      const shop = await world();
      await shop.customers("ana", ...friends.map((_, index) => `f${index}`));
      await shop.join("ana", "2026-01-01T00:00:00Z");
      for (const [index, friend] of friends.entries()) {
        const { clicks, linked, joined, qualified, state } = friend;
        for (const [visitor, on] of clicks) {
          await shop.click("ana", visitor, `${on}T08:00:00Z`);
          if (linked) await shop.link(visitor, `f${index}`).catch(() => {});
        }
        const at = qualified && `${qualified < joined ? joined : qualified}T12:00:00Z`;
        await shop.refer("ana", `f${index}`, {
          ...(clicks[0] && { clickedAt: `${clicks[0][1]}T08:00:00Z` }),
          joinedAt: `${joined}T10:00:00Z`,
          ...(at && { qualifiedAt: at, rewardedAt: at }),
          state,
        } as Parameters<World["refer"]>[2]);
      }
      for (const days of [MAY, { from: "2026-05-08", to: "2026-05-15" }]) {
        const { came, joined, qualified, rewarded } = (await funnel(shop.scope, days)).friends;
        const steps = [came!, joined!, qualified!, rewarded!];
        expect(steps).toEqual([...steps].sort((a, b) => b - a));
        const { metric, series } = await measure(shop.scope, "referral_conversion", days, {
          series: true,
        });
        for (const { value } of [metric, ...series!.points])
          if (value !== null) expect(Number(value)).toBeLessThanOrEqual(1);
        if (came! > 0) expect(metric).toMatchObject({ numerator: qualified, denominator: came });
      }
    }),
    { numRuns: 15 },
  );
});
