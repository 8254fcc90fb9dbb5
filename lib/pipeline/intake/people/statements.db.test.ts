import { beforeAll, expect, it } from "vitest";
import { statementsOf } from "@/lib/core/database/testing";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import { identify } from "../testing";
import type { StoredEvent } from "../stored-event";

/** Statements that identifying one event's person sends to the database, counted at the driver. */

let scope: Scope;

beforeAll(async () => {
  scope = await createTestMerchant();
});

const signUp = (more: Partial<StoredEvent["body"]> = {}): StoredEvent => ({
  id: "evt-1",
  type: "sign_up",
  source: "api",
  provenance: "server",
  occurredAt: new Date("2026-05-01T10:00:00Z"),
  recordedAt: new Date("2026-05-01T10:00:00Z"),
  visitorId: null,
  advocateId: null,
  channel: null,
  body: {
    type: "sign_up",
    customer: {
      id: "ana",
      email: "ana@example.com",
      name: "Ana",
      traits: { phone: "+355691234567" },
    },
    ...more,
  },
});

const statementsFor = async (event: StoredEvent) =>
  (await statementsOf(() => inScope(scope, (tx) => identify(tx, event)))).length;

it("locks, reads and writes a new person with a statement each", async () => {
  expect(await statementsFor(signUp({ visitorId: "v-1" }))).toBe(3);
});

it("writes nothing of somebody of whom nothing is new", async () => {
  expect(await statementsFor(signUp({ visitorId: "v-1" }))).toBe(2);
});

it("writes what is new of a known person with one statement", async () => {
  expect(await statementsFor(signUp({ visitorId: "v-2" }))).toBe(3);
  const customer = { id: "ana", email: "ana@new.example", traits: { plan: "pro" } };
  expect(await statementsFor(signUp({ customer }))).toBe(3);
});
