import { afterAll, describe, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { recordConsent } from "@/lib/customers/commands";
import { testMember } from "@/lib/merchants/testing";
import { inScope } from "@/lib/merchants/scope";
import { PROGRAM_EMAIL } from "@/lib/messaging/schema";
import { testEmails } from "@/lib/messaging/testing";
import { type Story, story } from "@/lib/worker/testing";
import { grantOutright } from "../../commands";
import { askForDestinations, removeDestination } from "../../destinations/commands";
import type { PayoutDetails } from "../../destinations/schema";
import { giveTestDetails } from "../../destinations/testing";
import { payable, payoutPeople } from "../queries/people";
import { payoutById } from "../queries/payouts";
import { cancelPayout, createPayout, exportPayout } from ".";

afterAll(closeConnections);

const PAYPAL: PayoutDetails = { kind: "paypal", paypal: "ana.pays@example.com" };

async function earn({ scope, program }: Story, customerId: string, amount: string): Promise<void> {
  await grantOutright(scope, {
    programId: program.id,
    customerId,
    source: "goodwill",
    ruleId: "goodwill",
    causeRef: { kind: "review", ref: `test:${Math.random()}` },
    eventId: null,
    holdDays: 0,
    benefit: { kind: "cash" },
    calculator: { kind: "fixed", amount },
    at: new Date(),
    facts: {},
  });
}

/** Ana, who said where her money goes, and Ben, who did not; ten dollars each. */
async function twoPeople() {
  const shop = await story();
  const [ana, ben] = [await shop.advocate("Ana"), await shop.advocate("Ben")];
  for (const { customerId } of [ana, ben]) await earn(shop, customerId, "10");
  await giveTestDetails(shop.scope, ana.customerId);
  return { shop, scope: shop.scope, ana: ana.customerId, ben: ben.customerId };
}
const setShop = ({ scope }: Story, data: object) =>
  inScope(scope, ({ db, merchantId }) => db.merchant.update({ where: { id: merchantId }, data }));
const setDetails = ({ scope }: Story, customerId: string, data: object) =>
  inScope(scope, ({ db, merchantId }) =>
    db.payoutDestination.updateMany({ where: { merchantId, customerId }, data }),
  );
const leftOut = async ({ scope }: Story) =>
  (await payable(scope, {})).leftOut.people.map(({ name, reason }) => `${name}: ${reason}`);
const askedOf = async ({ scope }: Story) =>
  (await testEmails(scope, { template: "payout_needed" })).map(({ recipient }) => recipient);

describe("who is left out of a payout", () => {
  it("is who never said where it goes: shown with the reason, and asked once", async () => {
    const { shop, scope, ben } = await twoPeople();
    expect(await payable(scope, {})).toMatchObject({
      rewards: 1,
      total: { minor: 1000n },
      people: [{ name: "Ana", destination: { kind: "iban", masked: "DE •••• 3000" } }],
      leftOut: {
        count: 1,
        total: { minor: 1000n },
        people: [{ name: "Ben", reason: "missing", askedAt: null, canBeAsked: true }],
      },
    });
    const { batchId, rewards } = await createPayout(scope, {});
    expect(rewards).toBe(1);
    expect(await askedOf(shop)).toEqual(["ben@example.com"]);
    const [email] = await testEmails(scope, { template: "payout_needed" });
    expect(email).toMatchObject({ subject: expect.stringContaining("$10 from") });
    expect(email!.text).toContain("/rewards/payout");
    // Not again: neither by the next payout nor by hand, nor by several at once.
    await cancelPayout(scope, { batchId });
    await createPayout(scope, {});
    await Promise.all([askForDestinations(scope, {}), askForDestinations(scope, {})]);
    expect(await askedOf(shop)).toEqual(["ben@example.com"]);
    expect((await payable(scope, {})).leftOut.people).toMatchObject([
      { askedAt: expect.any(Date) },
    ]);
    await giveTestDetails(scope, ben, PAYPAL);
    expect(await createPayout(scope, {})).toMatchObject({ rewards: 1 });
    // Who removes what they gave is asked anew, once.
    await earn(shop, ben, "5");
    await removeDestination(scope, { customerId: ben, programSlug: "tell" });
    expect(await askForDestinations(scope, {})).toEqual({ asked: 1 });
    expect(await askForDestinations(scope, {})).toEqual({ asked: 0 });
  });

  it("changed it lately, lost the key, or gave what the shop no longer takes", async () => {
    const { shop, scope, ana, ben } = await twoPeople();
    await giveTestDetails(scope, ben);
    await giveTestDetails(scope, ana, PAYPAL);
    expect(await leftOut(shop)).toEqual(["Ana: recent"]);
    expect(await askForDestinations(scope, {})).toEqual({ asked: 0 });
    await setShop(shop, { payoutKinds: ["paypal"] });
    expect(await leftOut(shop)).toEqual(["Ana: recent", "Ben: not_allowed"]);
    await setShop(shop, { payoutKinds: ["iban", "paypal"] });
    await setDetails(shop, ben, { sealedBy: "before" });
    expect(await leftOut(shop)).toEqual(["Ana: recent", "Ben: unreadable"]);
    await expect(createPayout(scope, {})).rejects.toMatchObject({ code: "conflict" });
    expect(await askForDestinations(scope, {})).toEqual({ asked: 1 });
    const [email] = await testEmails(scope, { template: "payout_needed" });
    expect(email!.text).toContain("can’t use the payout details you gave before");
    await setDetails(shop, ana, { usableFrom: new Date() });
    expect(await createPayout(scope, {})).toMatchObject({ rewards: 1 });
  });

  it("is nobody in a shop that asks for no details", async () => {
    const { shop, scope } = await twoPeople();
    await setShop(shop, { payoutKinds: [] });
    const { batchId } = await createPayout(scope, {});
    const batch = await payoutById(scope, batchId);
    expect((await payoutPeople(scope, batch)).map(({ destination }) => destination)).toEqual([
      null,
      null,
    ]);
    expect((await exportPayout(scope, batchId)).csv).toMatch(/,,,\r\n/);
    expect(await askedOf(shop)).toEqual([]);
  });

  it("is not written to against their will", async () => {
    const { shop, scope, ben } = await twoPeople();
    await recordConsent(scope, {
      customerId: ben,
      purpose: PROGRAM_EMAIL,
      granted: false,
      source: "privacy",
      wording: "No",
    });
    expect(await askForDestinations(scope, {})).toEqual({ asked: 0 });
    expect((await payable(scope, {})).leftOut.people).toMatchObject([{ canBeAsked: false }]);
    expect(await askedOf(shop)).toEqual([]);
  });
});

describe("the file of a payout", () => {
  it("says where money goes, to who may pay, and each reading is on record", async () => {
    const { scope } = await twoPeople();
    const { batchId } = await createPayout(scope, {});
    for (const role of ["analyst", "support"] as const)
      await expect(exportPayout(await testMember(scope, role), batchId)).rejects.toMatchObject({
        code: "forbidden",
      });
    const admin = await testMember(scope, "admin");
    const { name, csv } = await exportPayout(admin, batchId);
    expect(name).toBe("payout-1.csv");
    expect(csv).toContain("IBAN,Ana Hoxha,DE89370400440532013000\r\n");
    await exportPayout(admin, batchId);
    const audit = await inScope(scope, ({ db, merchantId }) =>
      db.auditEntry.findMany({ where: { merchantId, action: "payout.export" } }),
    );
    expect(audit).toHaveLength(2);
    expect(audit[0]).toMatchObject({
      summary: "Exported payout 1 with the payout details of 1 customer",
      actorKind: "member",
    });
    expect(JSON.stringify(audit)).not.toContain("DE89");
  });

  it("keeps what was given when it was prepared, and the page says that it changed", async () => {
    const { scope, ana } = await twoPeople();
    const { batchId } = await createPayout(scope, {});
    await giveTestDetails(scope, ana, PAYPAL);
    const batch = await payoutById(scope, batchId);
    expect(await payoutPeople(scope, batch)).toMatchObject([
      { destination: { kind: "iban", masked: "DE •••• 3000", isFormer: true } },
    ]);
    expect((await exportPayout(scope, batchId)).csv).toContain("DE89370400440532013000");
    await cancelPayout(scope, { batchId });
    // Nothing names the old ones any more: they are erased.
    const rows = await inScope(scope, ({ db, merchantId }) =>
      db.payoutDestination.findMany({
        where: { merchantId, customerId: ana, endedAt: { not: null } },
      }),
    );
    expect(rows).toMatchObject([{ sealed: null }]);
  });

  it("holds no details that cannot be opened", async () => {
    const { shop, scope, ana } = await twoPeople();
    const { batchId } = await createPayout(scope, {});
    await setDetails(shop, ana, { sealed: "bm90IG91cnM" });
    const batch = await payoutById(scope, batchId);
    expect(await payoutPeople(scope, batch)).toMatchObject([{ destination: { masked: null } }]);
    expect((await exportPayout(scope, batchId)).csv).toMatch(/,,,\r\n$/);
  });
});
