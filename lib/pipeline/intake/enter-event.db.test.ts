import { expect, it } from "vitest";
import { eventById, eventTypes, listEvents, ordersOfCustomer } from "@/lib/events/queries/events";
import { listWaiting } from "@/lib/events/queries/inbox";
import { storeEvent } from "@/lib/events/commands/store-event";
import { listAudit } from "@/lib/merchants/queries/audit-entries";
import { createTestMerchant } from "@/lib/merchants/testing";
import { enterEvent, enterEventSchema } from "./enter-event";
import { retryEvent } from "./set-aside/retry-event";
import { story } from "@/lib/worker/testing";
import { processEvents } from "@/lib/worker/jobs/events";

const purchase = {
  kind: "purchase",
  customer: "ben@example.com",
  orderId: "till-1",
  total: "40",
} as const;

it("enters a purchase by hand, works it off at once, and writes down who did", async () => {
  const { scope, advocate, referralOf } = await story();
  const ana = await advocate("Ana");
  const { eventId } = await enterEvent(scope, { ...purchase, code: ana.code.toLowerCase() });
  expect(await referralOf("Ben")).toMatchObject({ state: "rewarded" });
  const event = await eventById(scope, eventId);
  expect(event).toMatchObject({
    type: "purchase",
    source: "dashboard",
    orderId: "till-1",
    customerEmail: "ben@example.com",
    attempts: null,
  });
  expect(event.decisions?.map(({ code }) => code)).toContain("referral_started");
  expect((await listAudit(scope, { limit: 5 })).rows[0]).toMatchObject({
    action: "event.enter",
    subjectId: eventId,
  });
  expect(await ordersOfCustomer(scope, event.customerId!)).toMatchObject([
    { id: "till-1", totalMinor: 4000n, refunds: [] },
  ]);
});

it("enters a goal for someone known by an id", async () => {
  const { scope, advocate } = await story();
  const { customerId } = await advocate("Ana");
  const { eventId } = await enterEvent(scope, {
    kind: "goal",
    goal: "trial_started",
    customer: customerId,
  });
  expect(await eventById(scope, eventId)).toMatchObject({ type: "trial_started", customerId });
  expect(await eventTypes(scope)).toContain("trial_started");
});

it.each([
  [{ ...purchase, total: "40.123" }, "total"],
  [{ ...purchase, customer: "ben@" }, "customer"],
  [{ ...purchase, customer: "nobody-7" }, "customer"],
  [{ ...purchase, code: "NOT-A-CODE" }, "code"],
  [{ ...purchase, on: "2999-01-01" }, "on"],
  [{ kind: "goal", goal: "click", customer: "ben@example.com" } as const, "goal"],
])("names the field that is wrong: %o", async (input, path) => {
  const scope = await createTestMerchant();
  await expect(enterEvent(scope, input)).rejects.toMatchObject({ path });
  expect((await listEvents(scope, { kind: "facts", limit: 10 })).rows).toEqual([]);
});

it("asks for what its kind needs", () => {
  const missing = enterEventSchema.safeParse({ kind: "purchase", customer: "ben@example.com" });
  expect(missing.error?.issues.map(({ path }) => path[0])).toEqual(["orderId", "total"]);
  expect(
    enterEventSchema
      .safeParse({ kind: "goal", customer: "x" })
      .error?.issues.map(({ path }) => path[0]),
  ).toEqual(["goal"]);
});

it("refuses an order that is on record, entered before or sent by the shop", async () => {
  const { scope, purchase: send } = await story();
  await enterEvent(scope, { ...purchase, on: "2026-01-05" });
  await expect(enterEvent(scope, { ...purchase, on: "2026-01-05" })).rejects.toMatchObject({
    code: "conflict",
    path: "orderId",
  });
  await expect(
    enterEvent(scope, { ...purchase, total: "41", on: "2026-01-05" }),
  ).rejects.toMatchObject({ code: "conflict", path: "orderId" });
  await send("Ben", "sent-1", "10.00", { id: "e-1" });
  expect(
    (await listEvents(scope, { kind: "facts", limit: 10 })).rows.map(({ orderId }) => orderId),
  ).toEqual(["sent-1", "till-1"]);
});

it("shows what waits with its error, and tries it when asked", async () => {
  const { scope } = await story();
  const { eventId } = await storeEvent(scope, {
    source: "api",
    body: { type: "refund", refund: { orderId: "till-1", currency: "USD" } },
    dedupeKey: "id:r-1",
  });
  await processEvents.run({ merchantId: scope.merchantId });
  const { rows, waiting, failed } = await listWaiting(scope);
  expect({ waiting, failed }).toEqual({ waiting: 1, failed: 1 });
  expect(rows).toMatchObject([{ eventId, type: "refund", orderId: "till-1", attempts: 1 }]);
  expect(rows[0]?.lastError).toBeTruthy();

  await expect(retryEvent(scope, { eventId })).rejects.toMatchObject({ code: "conflict" });
  expect((await listWaiting(scope)).rows).toMatchObject([{ attempts: 2 }]);
  await enterEvent(scope, purchase);
  await retryEvent(scope, { eventId });
  expect((await listWaiting(scope)).waiting).toBe(0);
  await expect(retryEvent(scope, { eventId })).rejects.toMatchObject({ code: "not_found" });
});

it("pages through events by their own order, and shows nothing of another merchant", async () => {
  const { scope, send } = await story();
  const ids: string[] = [];
  for (let index = 0; index < 5; index += 1) {
    ids.push(
      (await send({ type: "lead", customer: { email: "ben@example.com" }, id: `l-${index}` }))
        .eventId,
    );
  }
  const first = await listEvents(scope, { kind: "facts", type: "lead", limit: 3 });
  const second = await listEvents(scope, {
    kind: "facts",
    type: "lead",
    limit: 3,
    cursor: first.nextCursor!,
  });
  expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual(ids.toReversed());
  expect(second.nextCursor).toBeNull();
  const other = await createTestMerchant();
  expect((await listEvents(other, { kind: "facts", limit: 10 })).rows).toEqual([]);
  await expect(eventById(other, ids[0]!)).rejects.toMatchObject({ code: "not_found" });
});
