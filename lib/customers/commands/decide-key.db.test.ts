import { describe, expect, it, vi } from "vitest";
import { customerOf } from "@/lib/auth/session/customer-session";
import { openCustomerSession } from "@/lib/auth/session/open-session";
import { waitingWork } from "@/lib/desk/queries/waiting";
import { upsertPerson } from "@/lib/pipeline/merge/commands";
import { keyIdOf } from "@/lib/merchants/rules/api-key";
import { inScope } from "@/lib/merchants/scope";
import { createTestKey } from "@/lib/events/testing";
import { type Story, story } from "@/lib/worker/testing";
import { doubtedKeys, keysOfCustomer } from "../queries/keys";
import { confirmKey, takeOffKey } from "./decide-key";

vi.mock("next/headers", async () => (await import("@/lib/auth/testing")).fakeHeaders());

const idOf = (shop: Story, email: string) =>
  inScope(shop.scope, async ({ db, merchantId }) => {
    const where = { merchantId_email: { merchantId, email } };
    return (await db.customer.findUniqueOrThrow({ where, select: { id: true } })).id;
  });
const proofs = async (shop: Story, customerId: string) =>
  (await keysOfCustomer(shop.scope, customerId)).map(
    ({ kind, said, provenBy }) => `${kind} ${said} ${provenBy}`,
  );
const doubt = (shop: Story, customerId: string, kind: string) =>
  inScope(shop.scope, ({ db, merchantId }) =>
    db.customerKey.updateMany({
      where: { merchantId, customerId, kind },
      data: { doubtedAt: new Date() },
    }),
  );

describe("what identifies a customer", () => {
  it("is proven key by key, by who knows it and when, or only claimed", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    const { referralId } = await shop.type("tom", code);
    const tom = await idOf(shop, "tom@example.com");
    expect(await proofs(shop, tom)).toEqual(["email tom@example.com null"]);
    await shop.answer("tom", referralId!);
    expect(await proofs(shop, tom)).toEqual(["email tom@example.com email"]);
    const traits = { phone: "+355 69 123 4567" };
    await shop.send({ type: "lead", customer: { id: "t", email: "tom@example.com", traits } });
    // The first who vouched for a key stays on record.
    expect((await proofs(shop, tom)).sort()).toEqual([
      "email tom@example.com email",
      "id t server",
      "phone +355691234567 server",
    ]);
    const seenAt = new Date();
    await upsertPerson(shop.scope, { email: "zoe@example.com", provenBy: "handover", seenAt });
    const zoe = await idOf(shop, "zoe@example.com");
    expect(await proofs(shop, zoe)).toEqual(["email zoe@example.com handover"]);
  });

  it("is an earlier one once the shop's server has another, and stays on record", async () => {
    const shop = await story();
    await shop.send({ type: "lead", customer: { id: "t", email: "tom@example.com" } });
    await shop.send({ type: "lead", customer: { id: "t", email: "tom2@example.com" } });
    const keys = await keysOfCustomer(shop.scope, await idOf(shop, "tom2@example.com"));
    const current = keys.map(({ said, isCurrent }) => `${said} ${isCurrent}`);
    expect(current).toEqual(["t true", "tom2@example.com true", "tom@example.com false"]);
  });
});

describe("a key that staff are to decide about", () => {
  /** A record whose address and id only a web page had named together, with two sessions. */
  async function doubted() {
    const shop = await story();
    await shop.send({ type: "lead", customer: { id: "t", email: "mallory@example.com" } });
    const customerId = await idOf(shop, "mallory@example.com");
    await doubt(shop, customerId, "email");
    await doubt(shop, customerId, "id");
    const key = await createTestKey(shop.scope);
    const sessions = {
      byLink: await openCustomerSession(shop.scope, { customerId, email: "mallory@example.com" }),
      byToken: await openCustomerSession(shop.scope, { customerId, keyId: keyIdOf(key)! }),
    };
    const open = async () => ({
      byLink: (await customerOf(shop.scope, sessions.byLink)) !== null,
      byToken: (await customerOf(shop.scope, sessions.byToken)) !== null,
    });
    return { shop, customerId, open };
  }

  it("waits in “Needs you” until staff vouch for it", async () => {
    const { shop, customerId, open } = await doubted();
    const waiting = async () =>
      (await waitingWork(shop.scope, 5)).filter(({ kind }) => kind === "key");
    expect(await waiting()).toMatchObject([{ count: 2 }]);
    expect(await doubtedKeys(shop.scope)).toHaveLength(2);
    await confirmKey(shop.scope, { customerId, kind: "email", value: "mallory@example.com" });
    await confirmKey(shop.scope, { customerId, kind: "id", value: "t" });
    expect(await waiting()).toEqual([]);
    expect(await proofs(shop, customerId)).toEqual([
      "id t staff",
      "email mallory@example.com staff",
    ]);
    expect(await open()).toEqual({ byLink: true, byToken: true });
  });

  it("ends what rests on it when it is taken off, and leads there no more", async () => {
    const { shop, customerId, open } = await doubted();
    await takeOffKey(shop.scope, { customerId, kind: "email", value: "mallory@example.com" });
    expect(await open()).toEqual({ byLink: false, byToken: true });
    await shop.send({ type: "lead", customer: { email: "mallory@example.com" } });
    expect(await idOf(shop, "mallory@example.com")).not.toBe(customerId);
    await takeOffKey(shop.scope, { customerId, kind: "id", value: "t" });
    expect(await open()).toEqual({ byLink: false, byToken: false });
    expect(await proofs(shop, customerId)).toEqual([]);
    await shop.send({ type: "lead", customer: { id: "t", email: "tom@example.com" } });
    expect(await idOf(shop, "tom@example.com")).not.toBe(customerId);
  });

  it("is decided once, and no proven one is taken off", async () => {
    const { shop, customerId } = await doubted();
    const key = { customerId, kind: "email", value: "mallory@example.com" } as const;
    await confirmKey(shop.scope, key);
    for (const decide of [confirmKey, takeOffKey])
      await expect(decide(shop.scope, key)).rejects.toMatchObject({ code: "conflict" });
    await expect(
      takeOffKey(shop.scope, { ...key, value: "nobody@example.com" }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  it("is decided once, by whichever of several is first", async () => {
    const { shop, customerId } = await doubted();
    const key = { customerId, kind: "email", value: "mallory@example.com" } as const;
    const all = await Promise.allSettled(
      [confirmKey, takeOffKey, confirmKey, takeOffKey].map((decide) => decide(shop.scope, key)),
    );
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of all)
      if (one.status === "rejected")
        expect(["conflict", "not_found"]).toContain((one.reason as { code: string }).code);
  });
});
