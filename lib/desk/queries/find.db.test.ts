import { afterAll, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { story } from "@/lib/worker/testing";
import { findAnything } from "./find";

afterAll(closeConnections);

it("finds people, what is theirs, and programs, and nothing of another shop", async () => {
  const shop = await story();
  const mira = await shop.advocate("Mira");
  await shop.claim("ben", mira.code);
  await shop.purchase("ben", "BR-77", "30.00");
  const referral = (await shop.referralOf("ben"))!;
  const [reward] = await shop.rewards();
  const find = (text: string) => findAnything(shop.scope, text);

  expect(await find("mir")).toEqual([
    { kind: "customer", id: mira.customerId, title: "Mira", detail: "mira@example.com" },
  ]);
  expect(await find("ben@exa")).toMatchObject([{ kind: "customer", title: "ben@example.com" }]);
  expect(await find("BR-77")).toMatchObject([{ kind: "customer", detail: "Order BR-77" }]);
  expect(await find(mira.code)).toMatchObject([{ id: mira.customerId }]);
  expect(await find(referral.id)).toMatchObject([{ kind: "referral", id: referral.id }]);
  expect(await find(reward!.id)).toMatchObject([{ kind: "reward", id: reward!.id }]);
  expect(await find("good")).toMatchObject([{ kind: "program", id: shop.program.id }]);
  expect(await find("m")).toEqual([]);
  expect(await find("100%_\\")).toEqual([]);

  const other = await story();
  expect(await findAnything(other.scope, "mira")).toEqual([]);
  expect(await findAnything(other.scope, referral.id)).toEqual([]);
});
