import fc from "fast-check";
import { expect, it } from "vitest";
import { readTogether } from "@/lib/core/statements/query";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { provenanceOf } from "@/lib/events/rules/provenance-of";
import { upsertCustomer } from "@/lib/customers/commands";
import { createTestMerchant } from "@/lib/merchants/testing";
import type { Decision } from "../../decide/decision";
import { identify } from "../testing";
import type { StoredEvent } from "../stored-event";
import { decidePeople } from "./decide-people";
import { lockPeople, namedQueries } from "./lock-people";
import { writeEventPeople } from "./write-people";

/** A list of events in groups ends as the same events one after the other. */

const START = Date.UTC(2026, 4, 1);
const EMAILS = [
  "ana@example.com",
  "ben@example.com",
  "b.e.n+shop@gmail.com",
  "ben@gmail.com",
  "dora@example.com",
  "not an address",
];

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const traits = fc.record(
  {
    phone: fc.constantFrom("+355 69 123 4567", "069 123 4567", "+41 44 668 18 00"),
    plan: fc.constantFrom("pro", "free", null),
    size: fc.record({ shoe: fc.constantFrom(42, null), deep: fc.constant([{ a: null, b: 1 }]) }),
  },
  { requiredKeys: [] },
);
const customer = fc.record(
  {
    id: fc.nat(7).map((number) => `c-${number}`),
    email: fc.constantFrom(...EMAILS),
    name: fc.constantFrom("Ana", " Ben ", "Half \ud83d"),
    traits,
  },
  { requiredKeys: [] },
);
const event = fc.record({
  type: fc.constantFrom("lead", "sign_up", "purchase"),
  source: fc.constantFrom("api", "api", "api", "browser"),
  day: fc.nat(40),
  customer: maybe(customer),
  visitorId: maybe(fc.nat(4).map((number) => `v-${number}`)),
  locale: maybe(fc.constantFrom("sq", "zh-CN", "xx")),
  orderId: fc.nat(12).map((number) => `o-${number}`),
});
type Drawn = typeof event extends fc.Arbitrary<infer T> ? T : never;

function storedEvent(drawn: Drawn, index: number): StoredEvent {
  const { type, source, day, customer, visitorId, locale, orderId } = drawn;
  const occurredAt = new Date(START + day * 86_400_000);
  return {
    id: `evt-${index}`,
    type,
    source,
    provenance: provenanceOf(source),
    occurredAt,
    recordedAt: occurredAt,
    visitorId: visitorId ?? null,
    advocateId: null,
    channel: null,
    body: {
      type,
      ...(customer && { customer: customer as StoredEvent["body"]["customer"] & object }),
      ...(visitorId && { visitorId }),
      ...(locale && { context: { locale } }),
      ...(type === "purchase" && { order: { id: orderId, total: "1.00", currency: "USD" } }),
    },
  };
}

type Outcome = { id: string; customerId: string | null; codes: string[]; isNoted: boolean };

const outcomeOf = (
  event: StoredEvent,
  person: { customerId: string; isNoted: boolean } | null,
  decisions: readonly Decision[],
): Outcome => ({
  id: event.id,
  customerId: person?.customerId ?? null,
  codes: decisions.map(({ code }) => code),
  isNoted: person?.isNoted ?? false,
});

const REFUSED = { customerId: null, codes: ["refused"], isNoted: false };

async function alone(scope: Scope, event: StoredEvent): Promise<Outcome> {
  return inScope(scope, (tx) => identify(tx, event)).then(
    ({ person, decisions }) => outcomeOf(event, person, decisions),
    () => ({ id: event.id, ...REFUSED }),
  );
}

async function inGroups(scope: Scope, events: readonly StoredEvent[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let due = [...events];
  // A list of one is not sorted out: its event may say of two records that they are one.
  while (due.length > 1) {
    const { people, refused, waiting, merging } = await inScope(scope, async (tx) => {
      await lockPeople(tx, due);
      const found = await readTogether(tx.db, namedQueries(tx, due));
      const decided = decidePeople(due, found, scopeNow(tx));
      writeEventPeople(tx, decided.people);
      return decided;
    });
    for (const { event, person, decisions } of people)
      outcomes.push(outcomeOf(event, person, decisions));
    for (const { event } of refused) outcomes.push({ id: event.id, ...REFUSED });
    for (const event of merging) outcomes.push(await alone(scope, event));
    due = waiting;
  }
  for (const event of due) outcomes.push(await alone(scope, event));
  return outcomes;
}

/** Everything on record of people, by what they are called instead of by their ids. */
async function onRecord(scope: Scope, outcomes: readonly Outcome[]) {
  return inScope(scope, async ({ db, merchantId }) => {
    const where = { merchantId };
    const omit = { merchantId: true } as const;
    const customers = await db.customer.findMany({ where, omit });
    const nameOf = new Map(
      customers.map(({ id, externalId, email }) => [id, `${externalId} ${email}`]),
    );
    const named = <Row extends object>(row: Row & { customerId: string }) => {
      const { customerId, ...rest } = row;
      return JSON.stringify({ who: nameOf.get(customerId), ...rest });
    };
    const [keys, browsers, noted] = [
      await db.customerKey.findMany({ where, omit }),
      await db.customerVisitor.findMany({ where, omit }),
      await db.identityDue.findMany({ where, select: { customerId: true } }),
    ];
    return {
      customers: customers
        .map(({ id: _, createdAt: __, mergedIntoId, ...row }) =>
          JSON.stringify({ ...row, mergedInto: mergedIntoId && nameOf.get(mergedIntoId) }, text),
        )
        .sort(),
      keys: keys.map(named).sort(),
      browsers: browsers.map(named).sort(),
      noted: noted.map(named).sort(),
      outcomes: outcomes
        .map(({ customerId, ...rest }) => ({ ...rest, who: customerId && nameOf.get(customerId) }))
        .sort((one, other) => (one.id < other.id ? -1 : 1)),
    };
  });
}

const text = (_: string, value: unknown) => (typeof value === "bigint" ? `${value}` : value);

async function shop(): Promise<Scope> {
  const scope = await createTestMerchant();
  const seenAt = new Date(START);
  await upsertCustomer(scope, { externalId: "c-0", email: "ana@example.com", seenAt });
  await upsertCustomer(scope, { externalId: "c-1", visitorId: "v-0", seenAt });
  await upsertCustomer(scope, { email: "dora@example.com", name: "Dora", seenAt });
  return scope;
}

it("tells whom fifty events are about as one by one", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 50, maxLength: 50 }), async (drawn) => {
      const events = drawn.map(storedEvent);
      const [one, other] = [await shop(), await shop()];
      const singly: Outcome[] = [];
      for (const event of events) singly.push(await alone(one, event));
      const grouped = await inGroups(other, events);
      expect(await onRecord(other, grouped)).toEqual(await onRecord(one, singly));
    }),
    { numRuns: Number(process.env.PEOPLE_RUNS ?? 12), endOnFailure: true },
  );
});

it("makes one record of a person, however many transactions learn of them at once", async () => {
  const scope = await createTestMerchant();
  const events = Array.from({ length: 12 }, (_, index) => {
    const customer = { id: `new-${index % 4}`, email: `new-${index % 4}@example.com` };
    return storedEvent(
      { type: "lead", source: "api", day: index, customer, visitorId: "v-1" } as Drawn,
      index,
    );
  });
  const groups = [events, events.toReversed(), [...events.slice(5), ...events.slice(0, 5)]];
  await Promise.all(groups.map((group) => inGroups(scope, group)));
  const { customers, keys, browsers } = await onRecord(scope, []);
  expect([customers.length, keys.length, browsers.length]).toEqual([4, 8, 4]);
});
