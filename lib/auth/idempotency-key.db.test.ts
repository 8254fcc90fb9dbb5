import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { POST as adjust } from "@/app/api/v1/customers/[id]/adjustments/route";
import { POST as moveClock } from "@/app/api/v1/test-clock/route";
import { closeConnections } from "@/lib/core/db";
import { DomainError } from "@/lib/core/errors";
import { DAY_MS } from "@/lib/core/time";
import { upsertCustomer } from "@/lib/customers/commands";
import { forgetAnswers } from "@/lib/merchants/commands/answer-once";
import { createApiKey } from "@/lib/merchants/commands/keys";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { createTestMerchant, testSandbox } from "@/lib/merchants/testing";
import { apiRoute } from "./api-route";

vi.mock("next/headers", async () => (await import("./testing")).fakeHeaders());

let shop: Scope;
let key: string;

beforeAll(async () => {
  shop = await createTestMerchant();
  ({ key } = await createApiKey(shop, { kind: "secret", label: "Backend" }));
});
afterAll(closeConnections);

const context = (params: Record<string, string> = {}) => ({ params: Promise.resolve(params) });

function request(
  once: string | null,
  body: unknown = {},
  { withKey = key, path = "/api/v1/things" } = {},
): Request {
  return new Request(`http://localhost${path}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${withKey}`,
      "content-type": "application/json",
      ...(once !== null && { "idempotency-key": once }),
    },
    body: JSON.stringify(body),
  });
}

/** A route that writes a row, and says how many there are by then. */
const contract = { key: "secret", body: z.object({ note: z.string() }), status: 201 } as const;
const write = (note: string, work: () => Promise<void> = async () => {}) =>
  apiRoute(contract, async (scope, { body }) =>
    inScope(scope, async (tx) => {
      const row = { subjectType: "note", subjectId: note, summary: body.note };
      await recordAudit(tx, { action: "reward.note", ...row });
      await work();
      return { written: await written(tx, note) };
    }),
  );
const written = (scope: Scope, note: string) =>
  inScope(scope, ({ db, merchantId }) =>
    db.auditEntry.count({ where: { merchantId, subjectId: note } }),
  );

describe("a POST with an Idempotency-Key", () => {
  it("is done once, and answered the same", async () => {
    const route = write("once");
    const first = await route(request("k-1", { note: "a" }), context());
    expect([first.status, await first.json()]).toEqual([201, { written: 1 }]);
    expect(first.headers.has("idempotent-replayed")).toBe(false);
    const again = await route(request("k-1", { note: "a" }), context());
    expect([again.status, await again.json()]).toEqual([201, { written: 1 }]);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    const without = await route(request(null, { note: "a" }), context());
    expect(await without.json()).toEqual({ written: 2 });
  });

  it("is refused for another body, or another address", async () => {
    const route = write("other");
    await route(request("k-2", { note: "a" }), context());
    for (const other of [
      request("k-2", { note: "b" }),
      request("k-2", { note: "a" }, { path: "/api/v1/others" }),
    ]) {
      const answer = await route(other, context());
      expect(answer.status).toBe(409);
      expect(await answer.json()).toMatchObject({
        error: { code: "idempotency_conflict", path: "Idempotency-Key" },
      });
    }
    expect(await written(shop, "other")).toBe(1);
  });

  it("runs once of twenty at once, and a slow one keeps no other from running", async () => {
    const slow = write("at-once", () => new Promise((resolve) => setTimeout(resolve, 400)));
    const other = write("beside");
    const answers = Promise.all(
      Array.from({ length: 20 }, () => slow(request("k-3", { note: "a" }), context())),
    );
    expect((await other(request("k-4", { note: "a" }), context())).status).toBe(201);
    for (const answer of await answers)
      expect([answer.status, await answer.json()]).toEqual([201, { written: 1 }]);
    expect(await written(shop, "at-once")).toBe(1);
  });

  it("keeps nothing of what was refused or broke, and may be tried again", async () => {
    let mood: "refuses" | "breaks" | "works" = "refuses";
    const route = write("moody", async () => {
      if (mood === "refuses") throw new DomainError("conflict", "Not now.");
      if (mood === "breaks") throw new Error("broken");
    });
    const silent = vi.spyOn(console, "error").mockImplementation(() => {});
    const statuses = [];
    for (mood of ["refuses", "breaks", "works", "refuses"] as const)
      statuses.push((await route(request("k-5", { note: "a" }), context())).status);
    expect(statuses).toEqual([409, 500, 201, 201]);
    expect(await written(shop, "moody")).toBe(1);
    silent.mockRestore();
  });

  it("holds for the shop, not for one of its keys; another shop has its own", async () => {
    const route = write("shared");
    const second = await createApiKey(shop, { kind: "secret", label: "New" });
    const elsewhere = await createTestMerchant();
    const theirs = await createApiKey(elsewhere, { kind: "secret", label: "Theirs" });
    for (const withKey of [key, second.key, theirs.key])
      expect((await route(request("k-6", { note: "a" }, { withKey }), context())).status).toBe(201);
    expect([await written(shop, "shared"), await written(elsewhere, "shared")]).toEqual([1, 1]);
  });

  it("is forgotten after a day", async () => {
    const route = write("day");
    await route(request("k-7", { note: "a" }), context());
    const age = (ms: number) =>
      inScope(shop, ({ db, merchantId }) =>
        db.apiAnswer.updateMany({
          where: { merchantId, key: "k-7" },
          data: { createdAt: new Date(Date.now() - ms) },
        }),
      );
    await age(DAY_MS + 1_000);
    expect((await route(request("k-7", { note: "b" }), context())).status).toBe(201);
    expect(await written(shop, "day")).toBe(2);
    await age(DAY_MS - 60_000);
    await forgetAnswers(shop);
    const again = await route(request("k-7", { note: "b" }), context());
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    await age(DAY_MS + 1_000);
    expect(await forgetAnswers(shop)).toBe(1);
  });

  it("is plain text of fair length", async () => {
    const answer = await write("bad")(request("x".repeat(256), { note: "a" }), context());
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { path: "Idempotency-Key" } });
  });
});

describe("money and clocks under an Idempotency-Key", () => {
  it("an adjustment is posted once of ten at once", async () => {
    const { customer } = await upsertCustomer(shop, { externalId: "c-1", seenAt: new Date() });
    const body = { amount: "5.00", currency: "USD", reason: "A delay.", key: "adjust-1" };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        adjust(
          request("adjust", body, { path: "/api/v1/customers/c-1/adjustments" }),
          context({ id: "c-1" }),
        ),
      ),
    );
    for (const answer of answers) expect(await answer.json()).toMatchObject({ balance: "5.00" });
    expect(customer.externalId).toBe("c-1");
  });

  it("test mode's clock moves once", async () => {
    const sandbox = await testSandbox(shop);
    const { key: withKey } = await createApiKey(sandbox, { kind: "secret", label: "Test" });
    const times = [];
    for (let turn = 0; turn < 2; turn += 1) {
      const answer = await moveClock(request("clock", { advance: "P1D" }, { withKey }), context());
      times.push(((await answer.json()) as { now: string }).now);
    }
    expect(times[0]).toBe(times[1]);
  });
});
