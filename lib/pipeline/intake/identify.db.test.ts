import { expect, it } from "vitest";
import { upsertCustomer } from "@/lib/customers/commands";
import type { EventBody } from "@/lib/events/schema";
import { storeEvent } from "@/lib/events/commands/store-event";
import { inScope } from "@/lib/merchants/scope";
import { type Story, story } from "@/lib/worker/testing";

const fromPage = async (shop: Story, body: EventBody) => {
  const { eventId } = await storeEvent(shop.scope, { source: "browser", body });
  await shop.settle();
  return shop.decisions(eventId);
};

const people = (shop: Story) =>
  inScope(shop.scope, ({ db }) =>
    db.customer.findMany({
      orderBy: { id: "asc" },
      select: { externalId: true, email: true, name: true, locale: true },
    }),
  );

it("lets nobody become someone else through a key that stands in a web page", async () => {
  const shop = await story();
  await shop.advocate("Mira");
  await upsertCustomer(shop.scope, { email: "tom@example.com", name: "Tom", seenAt: new Date() });
  const before = await people(shop);

  expect(
    await fromPage(shop, {
      type: "sign_up",
      customer: { id: "Mira", email: "mallory@example.com", name: "Mallory" },
    }),
  ).toContain("customer_unproven");
  expect(
    await fromPage(shop, {
      type: "sign_up",
      customer: { id: "mallory", email: "tom@example.com", traits: { vip: true } },
      context: { locale: "zh" },
    }),
  ).toContain("customer_unproven");
  expect(await people(shop)).toEqual(before);
});

it("leaves a known language alone when an event names one that we do not have", async () => {
  const shop = await story();
  const seen = async (locale: string) => {
    await shop.send({ type: "lead", customer: { id: "dua" }, context: { locale } });
    return (await people(shop)).at(-1)?.locale;
  };
  expect(await seen("fr")).toBeNull();
  expect(await seen("sq-AL")).toBe("sq");
  for (const locale of ["fr", "de-CH", "x-klingon", "zz"])
    expect(await seen(locale), locale).toBe("sq");
});

it("makes nobody known whom only a web page names; the server does, and changes them", async () => {
  const shop = await story();
  const { code } = await shop.advocate("Mira");
  const zoe = { id: "7", email: "zoe@example.com", name: "Zoe" };
  expect(await fromPage(shop, { type: "sign_up", customer: zoe, code })).toEqual(["nobody_known"]);
  expect(await people(shop)).toHaveLength(1);
  await shop.send({ type: "sign_up", customer: zoe, code });
  expect(await shop.referralOf("Zoe")).toMatchObject({ state: "joined" });
  await shop.send({ type: "lead", customer: { id: "7", email: "zoe2@example.com" } });
  expect((await people(shop)).at(-1)).toMatchObject({ externalId: "7", email: "zoe2@example.com" });
});
