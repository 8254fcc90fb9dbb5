import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { log } from "@/lib/core/log";
import { recordEvent } from "@/lib/events/commands/record-event";
import { storeEvent } from "@/lib/events/commands/store-event";
import { eventById } from "@/lib/events/queries/events";
import { blockedWith, listSetAside, listWaiting } from "@/lib/events/queries/inbox";
import type { EventBody, EventSource } from "@/lib/events/schema";
import { listAudit } from "@/lib/merchants/queries/audit-entries";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { processEvents, reportSetAside } from "@/lib/worker/jobs/events";
import { workerPresence } from "@/lib/worker/presence";
import { readiness } from "@/lib/worker/readiness";
import { story } from "@/lib/worker/testing";
import { noteFailure } from "../note-failure";
import { OrderNotYetKnown } from "../record-refund";
import { correctEvent } from "./correct-event";
import { discardEvent } from "./discard-event";
import { retryEvent } from "./retry-event";

afterEach(() => void vi.restoreAllMocks());
afterAll(closeConnections);

/** As it was accepted before addresses were read at the door. */
const purchase = (orderId: string, customer: EventBody["customer"]): EventBody => ({
  type: "purchase",
  customer,
  order: { id: orderId, total: "40.00", currency: "USD" },
});
const nobody = { email: "ann at example" };

async function store(scope: Scope, body: EventBody, source: EventSource = "api"): Promise<string> {
  const { visitorId } = body;
  return (await storeEvent(scope, { source, body, ...(visitorId && { visitorId }) })).eventId;
}

/** Lets the worker try what waits, as often as it takes or is said. */
async function attempt(scope: Scope, times = 10): Promise<void> {
  for (let turn = 0; turn < times; turn += 1) {
    await inScope(scope, ({ db, merchantId }) =>
      db.eventInbox.updateMany({ where: { merchantId }, data: { nextTryAt: new Date(0) } }),
    );
    await processEvents.run({ merchantId: scope.merchantId });
  }
}

const inboxOf = (scope: Scope) =>
  inScope(scope, ({ db, merchantId }) => db.eventInbox.findMany({ where: { merchantId } }));

describe("an event that fails ten times", () => {
  it("is set aside with its reason and what it holds up, and raises an alarm once", async () => {
    const { scope, refund } = await story();
    const logged = vi.spyOn(log, "error").mockImplementation(() => {});
    const eventId = await store(scope, purchase("o-1", nobody));
    await refund("o-1");
    // That was its first attempt.
    await refund("o-2");
    await attempt(scope, 8);
    expect(await listSetAside(scope)).toEqual([]);
    await attempt(scope, 5);
    const [row, ...more] = await listSetAside(scope);
    expect(more).toEqual([]);
    expect(row).toMatchObject({ eventId, type: "purchase", orderId: "o-1", attempts: 10 });
    expect(row).toMatchObject({ said: nobody, lastError: "This is not an email address." });
    const { rows, waiting, setAside } = await listWaiting(scope);
    expect({ waiting, setAside }).toEqual({ waiting: 2, setAside: 1 });
    const blocked = rows.find(({ orderId }) => orderId === "o-1")!;
    expect(row!.blocked).toEqual([blocked.eventId]);
    expect(rows.map(({ blockedBy }) => blockedBy).sort()).toEqual([eventId, null]);
    expect(await blockedWith(scope, eventId)).toEqual({
      blocked: [blocked.eventId],
      blockedBy: null,
    });
    expect(await blockedWith(scope, blocked.eventId)).toMatchObject({ blockedBy: eventId });
    expect((await eventById(scope, eventId)).setAsideAt).toEqual(row!.setAsideAt);
    const alarms = logged.mock.calls.filter(([, words]) => words === "an event was set aside");
    expect(alarms.map(([about]) => about)).toMatchObject([
      { merchantId: scope.merchantId, eventId, attempts: 10 },
    ]);
  });

  it("is told by /api/ready and once an hour by the log", async () => {
    const { scope } = await story();
    const logged = vi.spyOn(log, "error").mockImplementation(() => {});
    await store(scope, purchase("o-1", nobody));
    await store(scope, purchase("o-2", nobody));
    await attempt(scope);
    const worker = workerPresence();
    await worker.keep();
    const ready = await readiness();
    await worker.end();
    const late = ready.late?.find(({ job }) => job === "set_aside_events");
    expect(ready).toMatchObject({ status: "ready", worker: "late" });
    expect(late).toMatchObject({ since: expect.any(Date) });
    expect(late!.count).toBeGreaterThanOrEqual(2);
    expect(ready.problems?.join(" ")).toContain("Events, Set aside");
    await reportSetAside.run();
    expect(logged).toHaveBeenCalledWith(
      { merchantId: scope.merchantId, events: 2 },
      "events are set aside",
    );
  });

  it("keeps nothing else from being processed", async () => {
    const { scope, purchase: buy, decisions } = await story();
    await store(scope, { ...purchase("o-1", nobody), visitorId: "v-1" });
    await attempt(scope);
    const { eventId } = await buy("Ben", "o-2", "20.00");
    expect(await decisions(eventId)).toContain("order_recorded");
    const [row] = await inboxOf(scope);
    expect(row).toMatchObject({ attempts: 10 });
    await attempt(scope, 3);
    expect(await inboxOf(scope)).toMatchObject([{ attempts: 10 }]);
  });

  it("is none whose unreadable address stands beside an id", async () => {
    const { scope, decisions } = await story();
    const eventId = await store(scope, purchase("o-1", { id: "c-1", ...nobody }));
    await attempt(scope, 1);
    expect(await inboxOf(scope)).toEqual([]);
    expect(await decisions(eventId)).toContain("customer_email_left_out");
  });

  it("is none that the database had no time for", async () => {
    const { scope } = await story();
    const eventId = await store(scope, purchase("o-1", nobody));
    const fault = (code: string) => Object.assign(new Error("not now"), { code });
    for (const code of ["40P01", "40001", "57P01", "08006", "53300", "P2024", "ECONNREFUSED"])
      for (let turn = 0; turn < 2; turn += 1) await noteFailure(scope, eventId, fault(code));
    expect(await inboxOf(scope)).toMatchObject([{ attempts: 0, setAsideAt: null }]);
    const written = await inScope(
      scope,
      ({ db }) => db.$queryRaw`
      DO $$ BEGIN RAISE EXCEPTION 'deadlock' USING ERRCODE = '40P01'; END $$`,
    ).catch((error: unknown) => error);
    await noteFailure(scope, eventId, written);
    vi.spyOn(log, "error").mockImplementation(() => {});
    for (let turn = 0; turn < 10; turn += 1) await noteFailure(scope, eventId, fault("23514"));
    expect(await inboxOf(scope)).toMatchObject([{ attempts: 10, setAsideAt: expect.any(Date) }]);
  });

  it("is no refund that waits for its order: that one waits on, and counts with it", async () => {
    const { scope, refund, purchase: buy } = await story();
    await refund("o-1");
    await attempt(scope, 12);
    expect(await inboxOf(scope)).toMatchObject([{ attempts: 13, setAsideAt: null }]);
    await buy("Ben", "o-1", "20.00");
    await processEvents.run({ merchantId: scope.merchantId });
    expect(await inboxOf(scope)).toEqual([]);
  });

  it("is no refund that failed while its order came: it is tried at once", async () => {
    const { scope, refund, purchase: buy } = await story();
    await buy("Ben", "o-1", "20.00");
    await refund("o-2");
    const { eventId } = (await inboxOf(scope))[0]!;
    await noteFailure(scope, eventId, new OrderNotYetKnown("o-2"));
    expect((await inboxOf(scope))[0]!.nextTryAt.getTime()).toBeGreaterThan(Date.now());
    await inScope(scope, ({ db }) => db.$executeRaw`UPDATE shop_order SET id = 'o-2'`);
    await noteFailure(scope, eventId, new OrderNotYetKnown("o-2"));
    expect((await inboxOf(scope))[0]!.nextTryAt.getTime()).toBeLessThanOrEqual(Date.now());
  });

  it("is discarded when a web page sent it: nobody can fill the shelf", async () => {
    const { scope, decisions } = await story();
    const warned = vi.spyOn(log, "warn").mockImplementation(() => {});
    const body = { type: "sign_up", customer: nobody, visitorId: "v-1" };
    const eventId = await store(scope, body, "browser");
    await attempt(scope);
    expect(await inboxOf(scope)).toEqual([]);
    expect(await decisions(eventId)).toEqual(["discarded"]);
    expect((await eventById(scope, eventId)).decisions![0]!.message).toContain("email address");
    expect(warned).toHaveBeenCalledTimes(1);
    // Not taken up again once we know whose browser it was.
    await recordEvent(scope, { type: "lead", customer: { id: "c-1" }, visitorId: "v-1" });
    await attempt(scope, 1);
    expect(await inboxOf(scope)).toEqual([]);
    expect(await decisions(eventId)).toEqual(["discarded"]);
  });
});

describe("staff", () => {
  async function setAside(body: EventBody, source?: EventSource) {
    const shop = await story();
    vi.spyOn(log, "error").mockImplementation(() => {});
    const eventId = await store(shop.scope, body, source);
    await attempt(shop.scope);
    return { ...shop, eventId };
  }
  const audit = async (scope: Scope) =>
    (await listAudit(scope, { limit: 5 })).rows.map(({ action, subjectId }) => [action, subjectId]);

  it("correct whom it is about: the fact counts with its refund, the old one stays", async () => {
    const { scope, refund, eventId, decisions } = await setAside(purchase("o-1", nobody));
    await refund("o-1", { amount: "15.00" });
    const corrected = await correctEvent(scope, { eventId, customer: " Ann@Example.com " });
    await attempt(scope, 1);
    expect(await inboxOf(scope)).toEqual([]);
    expect(await decisions(eventId)).toEqual(["corrected"]);
    expect((await eventById(scope, eventId)).body).toMatchObject({ customer: nobody });
    const event = await eventById(scope, corrected.eventId);
    expect(event).toMatchObject({ source: "dashboard", customerEmail: "ann@example.com" });
    expect(event.occurredAt).toEqual((await eventById(scope, eventId)).occurredAt);
    const order = await inScope(scope, ({ db }) => db.order.findFirstOrThrow());
    expect(order).toMatchObject({ id: "o-1", totalMinor: 4000n, refundedMinor: 1500n });
    expect((await audit(scope))[0]).toEqual(["event.correct", eventId]);
    await expect(correctEvent(scope, { eventId, customer: "b@x.com" })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("correct it to a known customer, whose name stays", async () => {
    const { scope, advocate, eventId } = await setAside(
      purchase("o-1", { ...nobody, name: "Someone else" }),
    );
    const ana = await advocate("Ana");
    await correctEvent(scope, { eventId, customer: ana.customerId });
    const customer = await inScope(scope, ({ db, merchantId }) =>
      db.customer.findUniqueOrThrow({
        where: { merchantId_id: { merchantId, id: ana.customerId } },
      }),
    );
    expect(customer).toMatchObject({ name: "Ana", orderCount: 1 });
    const other = await store(scope, purchase("o-2", { ...nobody, name: "Someone else" }));
    await attempt(scope, 1);
    await correctEvent(scope, { eventId: other, customer: "ana@example.com" });
    expect(await inScope(scope, ({ db }) => db.customer.count())).toBe(1);
    await expect(
      correctEvent(scope, { eventId: await store(scope, purchase("o-3", nobody)), customer: "x" }),
    ).rejects.toMatchObject({ code: "conflict" });
  });

  it("change nothing by a correction that names nobody, or fails again", async () => {
    const { scope, eventId } = await setAside({
      ...purchase("o-1", nobody),
      order: { id: "o-1", total: "no money", currency: "USD" },
    });
    await expect(correctEvent(scope, { eventId, customer: "nobody" })).rejects.toMatchObject({
      code: "invalid_request",
      path: "customer",
    });
    await expect(correctEvent(scope, { eventId, customer: "a@x.com" })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("It failed again"),
    });
    expect(await listSetAside(scope)).toMatchObject([{ eventId }]);
    expect(await inScope(scope, ({ db }) => db.customer.count())).toBe(0);
  });

  it("retry it when what stood in its way is gone", async () => {
    const { scope, eventId, decisions } = await setAside(purchase("o-1", nobody));
    await expect(retryEvent(scope, { eventId })).rejects.toMatchObject({ code: "conflict" });
    expect(await listSetAside(scope)).toMatchObject([{ attempts: 11 }]);
    const known = await store(scope, purchase("o-2", { email: "ann@example.com" }));
    await inScope(scope, ({ db, merchantId }) =>
      db.eventInbox.updateMany({
        where: { merchantId, eventId: known },
        data: { attempts: 10, setAsideAt: new Date() },
      }),
    );
    await retryEvent(scope, { eventId: known });
    expect(await decisions(known)).toContain("order_recorded");
  });

  it("discard it with a reason, which stays on record", async () => {
    const { scope, eventId, decisions } = await setAside(purchase("o-1", nobody));
    await discardEvent(scope, { eventId, reason: "A test order." });
    expect(await inboxOf(scope)).toEqual([]);
    expect(await decisions(eventId)).toEqual(["discarded"]);
    expect((await eventById(scope, eventId)).decisions![0]!.message).toContain("A test order.");
    expect((await audit(scope))[0]).toEqual(["event.discard", eventId]);
    await expect(discardEvent(scope, { eventId, reason: "Again." })).rejects.toMatchObject({
      code: "not_found",
    });
    const untried = await store(scope, purchase("o-2", nobody));
    await expect(discardEvent(scope, { eventId: untried, reason: "No." })).rejects.toMatchObject({
      code: "conflict",
    });
  });
});
