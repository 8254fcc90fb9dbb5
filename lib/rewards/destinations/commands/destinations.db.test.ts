import { afterAll, describe, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { HOUR_MS } from "@/lib/core/time";
import { customerById } from "@/lib/customers/queries/customers";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { createTestMerchant, testMember } from "@/lib/merchants/testing";
import { testEmails } from "@/lib/messaging/testing";
import { mergeCustomers } from "@/lib/pipeline/merge/commands";
import { story } from "@/lib/worker/testing";
import { destinationsOf, requestedDestination } from "../queries/destination";
import { CHANGE_HOLD_DAYS } from "../rules/details";
import { giveTestDetails, requestTestDetails } from "../testing";
import {
  confirmDestination,
  discardDestination,
  forgetRequests,
  removeDestination,
  requestDestination,
} from ".";

afterAll(closeConnections);

const PAYPAL = { kind: "paypal", paypal: "ana.pays@example.com" } as const;
const confirm = (
  scope: Scope,
  customerId: string,
  what: { merchantId: string; destinationId: string },
) => confirmDestination(scope, { ...what, customerId, programSlug: "tell" });
const currentOf = async (scope: Scope, customerId: string) =>
  (await destinationsOf(scope, customerId)).current;
const rowsOf = (scope: Scope) =>
  inScope(scope, ({ db, merchantId }) =>
    db.payoutDestination.findMany({ where: { merchantId }, orderBy: { id: "asc" } }),
  );
const auditOf = (scope: Scope) =>
  inScope(scope, ({ db, merchantId }) =>
    db.auditEntry.findMany({
      where: { merchantId, action: { startsWith: "payout_details" } },
      orderBy: { id: "asc" },
    }),
  );
const setClock = (scope: Scope, customerId: string, data: object) =>
  inScope(scope, ({ db, merchantId }) =>
    db.payoutDestination.updateMany({ where: { merchantId, customerId }, data }),
  );

describe("payout details", () => {
  it("count once they are confirmed by the link in the email, and not before", async () => {
    const { scope, ...shop } = await story();
    const { customerId } = await shop.advocate("Ana");
    const what = await requestTestDetails(scope, customerId);
    expect(await destinationsOf(scope, customerId)).toMatchObject({
      current: null,
      requested: { masked: "DE •••• 3000", email: "ana@example.com" },
      replaces: false,
    });
    const [email] = await testEmails(scope, { template: "payout_confirm" });
    expect(email).toMatchObject({ recipient: "ana@example.com" });
    expect(email!.text).toContain("bank account DE •••• 3000");
    expect(email!.text).toContain("/refer/tell/rewards/payout/confirm/");
    // Nobody can unsubscribe from what they asked for.
    expect(email!.text).not.toContain("/unsubscribe/");
    await confirm(scope, customerId, what);
    expect(await currentOf(scope, customerId)).toMatchObject({
      kind: "iban",
      masked: "DE •••• 3000",
      isUsable: true,
      isAllowed: true,
    });
    // The first ones change nothing that anybody would have to be warned of.
    expect(await testEmails(scope, { template: "payout_changed" })).toEqual([]);
    expect(await auditOf(scope)).toMatchObject([
      { action: "payout_details.change", detail: { masked: "DE •••• 3000" } },
    ]);
    const stored = JSON.stringify([await rowsOf(scope), await auditOf(scope), email]);
    expect(stored).not.toMatch(/DE89|37040044|Ana Hoxha/);
  });

  it("that change wait for some days, and both addresses are told", async () => {
    const { scope, ...shop } = await story();
    const { customerId } = await shop.advocate("Ana");
    const first = await giveTestDetails(scope, customerId);
    // As who takes an account over would do it: first the address, then the money.
    await inScope(scope, ({ db, merchantId }) =>
      db.customer.update({
        where: { merchantId_id: { merchantId, id: customerId } },
        data: { email: "eve@example.com" },
      }),
    );
    const now = Date.now();
    await giveTestDetails(scope, customerId, PAYPAL);
    const current = (await currentOf(scope, customerId))!;
    expect(current).toMatchObject({ kind: "paypal", masked: "a•••@example.com", isUsable: false });
    const held = current.usableFrom.getTime() - now;
    expect(held / HOUR_MS / 24).toBeCloseTo(CHANGE_HOLD_DAYS, 1);
    const told = await testEmails(scope, { template: "payout_changed" });
    expect(told.map(({ recipient }) => recipient).sort()).toEqual([
      "ana@example.com",
      "eve@example.com",
    ]);
    expect(told[0]!.text).toMatch(/Before: DE •••• 3000[\s\S]*Now: a•••@example.com/);
    expect(told[0]!.text).toMatch(/If this wasn’t you, contact/);
    // What ended and no payout names is kept no longer.
    expect((await rowsOf(scope)).find(({ id }) => id === first)).toMatchObject({
      sealed: null,
      endedAt: expect.any(Date),
    });
  });

  it("that are removed and given anew are a change, too", async () => {
    const { scope, ...shop } = await story();
    const { customerId } = await shop.advocate("Ana");
    await giveTestDetails(scope, customerId);
    await removeDestination(scope, { customerId, programSlug: "tell" });
    expect(await destinationsOf(scope, customerId)).toMatchObject({
      current: null,
      replaces: true,
    });
    await giveTestDetails(scope, customerId, PAYPAL);
    expect(await currentOf(scope, customerId)).toMatchObject({ isUsable: false });
    expect(
      (await testEmails(scope, { template: "payout_changed" })).map(({ subject, text }) => [
        subject,
        /were removed/.test(text),
      ]),
    ).toEqual([
      [expect.stringContaining("were changed"), true],
      [expect.stringContaining("were changed"), false],
    ]);
    await expect(
      removeDestination(scope, { customerId: "cus_none", programSlug: "tell" }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  it("are removed by staff who may pay, and by no others", async () => {
    const { scope, ...shop } = await story();
    const { customerId } = await shop.advocate("Ana");
    await giveTestDetails(scope, customerId);
    const support = await testMember(scope, "support");
    await expect(discardDestination(support, { customerId })).rejects.toMatchObject({
      code: "forbidden",
    });
    await discardDestination(await testMember(scope, "admin"), { customerId });
    expect(await currentOf(scope, customerId)).toBeNull();
    expect(await testEmails(scope, { template: "payout_changed" })).toHaveLength(1);
  });

  it("follow no merge: the owner of the record that remains has to confirm them", async () => {
    const { scope, ...shop } = await story();
    const [ana, other] = [await shop.advocate("Ana"), await shop.advocate("Anna")];
    await giveTestDetails(scope, other.customerId);
    await mergeCustomers(scope, {
      fromId: other.customerId,
      intoId: ana.customerId,
      why: "staff",
    });
    expect(await currentOf(scope, ana.customerId)).toBeNull();
  });
});

describe("an attack on payout details", () => {
  it("with another customer's link, or in another shop, finds nothing", async () => {
    const { scope, ...shop } = await story();
    const [ana, eve] = [await shop.advocate("Ana"), await shop.advocate("Eve")];
    const what = await requestTestDetails(scope, eve.customerId, PAYPAL);
    await expect(confirm(scope, ana.customerId, what)).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await requestedDestination(scope, { ...what, customerId: ana.customerId })).toBeNull();
    const elsewhere = await createTestMerchant();
    await expect(confirm(elsewhere, eve.customerId, what)).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(
      confirm(elsewhere, eve.customerId, { ...what, merchantId: elsewhere.merchantId }),
    ).rejects.toMatchObject({ code: "not_found" });
    expect(await currentOf(scope, ana.customerId)).toBeNull();
    expect(await currentOf(scope, eve.customerId)).toBeNull();
  });

  it("with a link twice, in turn or at once, changes them once", async () => {
    const { scope, ...shop } = await story();
    const { customerId } = await shop.advocate("Ana");
    const what = await requestTestDetails(scope, customerId);
    const tries = await Promise.allSettled(
      Array.from({ length: 4 }, () => confirm(scope, customerId, what)),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(confirm(scope, customerId, what)).rejects.toMatchObject({ code: "not_found" });
    expect(await auditOf(scope)).toHaveLength(1);
    // Nor does an old link bring back what was replaced since.
    await giveTestDetails(scope, customerId, PAYPAL);
    await expect(confirm(scope, customerId, what)).rejects.toMatchObject({ code: "not_found" });
    expect(await currentOf(scope, customerId)).toMatchObject({ kind: "paypal" });
  });

  it("with a link that expired, finds nothing", async () => {
    const { scope, ...shop } = await story();
    const { customerId } = await shop.advocate("Ana");
    const what = await requestTestDetails(scope, customerId);
    await setClock(scope, customerId, { expiresAt: new Date(Date.now() - 1) });
    expect(await requestedDestination(scope, { ...what, customerId })).toBeNull();
    await expect(confirm(scope, customerId, what)).rejects.toMatchObject({ code: "not_found" });
    // And is not kept: what was confirmed stays.
    const { customerId: ben } = await shop.advocate("Ben");
    await giveTestDetails(scope, ben);
    expect(await forgetRequests(scope)).toBe(1);
    expect(await rowsOf(scope)).toMatchObject([{ customerId: ben }]);
  });

  it("that asks for others between request and confirmation voids the first link", async () => {
    const { scope, ...shop } = await story();
    const { customerId } = await shop.advocate("Ana");
    const own = await requestTestDetails(scope, customerId);
    const swapped = await requestTestDetails(scope, customerId, PAYPAL);
    await expect(confirm(scope, customerId, own)).rejects.toMatchObject({ code: "not_found" });
    expect(await currentOf(scope, customerId)).toBeNull();
    // The page behind the other link says what it would confirm.
    expect(await requestedDestination(scope, { ...swapped, customerId })).toMatchObject({
      kind: "paypal",
    });
    const asked = await Promise.allSettled(
      Array.from({ length: 4 }, () => requestTestDetails(scope, customerId)),
    );
    expect(asked.some(({ status }) => status === "fulfilled")).toBe(true);
    expect((await rowsOf(scope)).filter(({ confirmedAt }) => !confirmedAt)).toHaveLength(1);
  });

  it("with a link to an address that is no longer theirs finds nothing", async () => {
    const { scope, ...shop } = await story();
    const { customerId } = await shop.advocate("Ana");
    const what = await requestTestDetails(scope, customerId);
    await inScope(scope, ({ db, merchantId }) =>
      db.customer.update({
        where: { merchantId_id: { merchantId, id: customerId } },
        data: { email: "ana.new@example.com" },
      }),
    );
    await expect(confirm(scope, customerId, what)).rejects.toMatchObject({ code: "not_found" });
  });

  it("in a way that the shop does not pay, or without an address, is refused", async () => {
    const { scope, ...shop } = await story();
    const { customerId } = await shop.advocate("Ana");
    const ask = (id: string, details: Parameters<typeof requestDestination>[1]["details"]) =>
      requestDestination(scope, { customerId: id, programSlug: "tell", details });
    await expect(ask(customerId, { kind: "other", details: "Wise @ana" })).rejects.toMatchObject({
      path: "kind",
    });
    await inScope(scope, ({ db, merchantId }) =>
      db.merchant.update({ where: { id: merchantId }, data: { payoutKinds: ["other"] } }),
    );
    await expect(ask(customerId, PAYPAL)).rejects.toMatchObject({ path: "kind" });
    await ask(customerId, { kind: "other", details: "<script>alert(1)</script>" });
    const [email] = await testEmails(scope, { template: "payout_confirm" });
    expect(email!.html).not.toContain("<script");
    await inScope(scope, ({ db, merchantId }) =>
      db.customer.update({
        where: { merchantId_id: { merchantId, id: customerId } },
        data: { email: null },
      }),
    );
    await expect(ask(customerId, { kind: "other", details: "Wise @ana" })).rejects.toMatchObject({
      code: "conflict",
    });
    expect((await customerById(scope, customerId)).email).toBeNull();
  });
});
