import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { visitorOfCode } from "@/lib/auth/visitor";
import { closeConnections } from "@/lib/core/db";
import { DomainError } from "@/lib/core/errors";
import { upsertCustomer } from "@/lib/customers/commands";
import { customerByRef } from "@/lib/customers/queries/customers";
import { listCustomers } from "@/lib/customers/queries/list-customers";
import { serviceSearch } from "@/lib/desk/queries/service-search";
import { recordEvent } from "@/lib/events/commands/record-event";
import { click } from "@/lib/events/hot-path/click";
import { clickRequest } from "@/lib/events/testing";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { listAudit } from "@/lib/merchants/queries/audit-entries";
import { inScope } from "@/lib/merchants/scope";
import { listMessages } from "@/lib/messaging/queries";
import { nominate } from "@/lib/nominations/commands/nominate";
import { referFriend } from "@/lib/pipeline/intake/refer-friend";
import { processEvents } from "@/lib/worker/jobs/events";
import { type Story, story } from "@/lib/worker/testing";

afterAll(closeConnections);

let shop: Story;
let mira: { customerId: string; advocateId: string; code: string };
let friends = 0;

beforeAll(async () => {
  shop = await story({ nominations: "advocate" });
  mira = await shop.advocate("Mira");
});

const process = () => processEvents.run({ merchantId: shop.scope.merchantId });

const newFriend = () => `friend-${(friends += 1)}@example.com`;

/** Whose friend an event makes someone: the advocate's id, or null. */
async function advocateOf(email: string): Promise<string | null> {
  await process();
  const referral = await inScope(shop.scope, ({ db }) =>
    db.referral.findFirst({ where: { friend: { email } }, select: { advocateId: true } }),
  );
  return referral?.advocateId ?? null;
}

async function waiting(): Promise<(string | null)[]> {
  const rows = await inScope(shop.scope, ({ db }) => db.eventInbox.findMany());
  return rows.map(({ lastError }) => lastError);
}

describe("what the events door accepts", () => {
  it("the pipeline can process, whatever the email and the id", async () => {
    const odd = fc.constantFrom(
      ".",
      "..",
      "(c)",
      "\u200b",
      " ",
      "\u00a0",
      "ü",
      "\u0001",
      "＠",
      "a",
    );
    const local = fc.array(odd, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(""));
    const host = fc.constantFrom("example.com", "müller.de", "exam\u200bple.com", "x..com", "x");
    const email = fc.tuple(local, host).map(([name, domain]) => `${name}@${domain}`);
    const who = fc.oneof(
      email.map((text) => ({ email: text })),
      local.map((text) => ({ id: text })),
      fc.record({ id: local, email }),
    );
    await fc.assert(
      fc.asyncProperty(who, async (customer) => {
        try {
          await recordEvent(shop.scope, { type: "lead", customer });
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          expect(error.path).toMatch(/^customer\.(id|email)$/);
        }
      }),
      { numRuns: 100 },
    );
    await process();
    expect(await waiting()).toEqual([]);
  });

  it.each([
    ["mira-old", " mira-old\u200b"],
    ["\ufeffc 7", "c 7"],
  ])("finds the customer %j by %j", async (id, again) => {
    const { customer } = await upsertCustomer(shop.scope, { externalId: id, seenAt: new Date() });
    expect((await customerByRef(shop.scope, again)).id).toBe(customer.id);
    await recordEvent(shop.scope, { type: "lead", id: `of ${again}`, customer: { id: again } });
    await process();
    const same = await inScope(shop.scope, ({ db }) =>
      db.customer.count({ where: { externalId: again.trim() } }),
    );
    expect(same).toBeLessThanOrEqual(1);
  });
});

const spellings: [string, (code: string) => string][] = [
  ["as it is", (code) => code],
  ["in lower case, with blanks", (code) => ` ${code.toLowerCase()} `],
  ["with an en dash", (code) => code.replace("-", "–")],
  ["with spaces around a dash", (code) => code.replace("-", " — ")],
  ["with a minus sign", (code) => code.replace("-", "\u2212")],
  [
    "in full-width letters",
    (code) => code.replaceAll(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
  ],
  ["with a zero-width space", (code) => `\u200b${code.slice(0, 3)}\u200b${code.slice(3)}`],
  ["with an underscore", (code) => code.replace("-", "_")],
];

describe.each(spellings)("a share code %s", (_, spell) => {
  const text = () => spell(mira.code);

  it("is found by the click and the invite page", async () => {
    const answer = await click(clickRequest(encodeURIComponent(text())));
    expect(answer.headers["location"]).toContain(`/i/${mira.code}?click=`);
    expect((await visitorOfCode(text()))?.code).toBe(mira.code);
  });

  it("ties a friend by an event's code and its discount code", async () => {
    const [said, used] = [newFriend(), newFriend()];
    await recordEvent(shop.scope, { type: "lead", code: text(), customer: { email: said } });
    await recordEvent(shop.scope, {
      type: "purchase",
      customer: { email: used },
      order: { id: `o-${used}`, total: "20.00", currency: "USD", discountCode: text() },
    });
    expect(await advocateOf(said)).toBe(mira.advocateId);
    expect(await advocateOf(used)).toBe(mira.advocateId);
  });

  it("is found by the API, by the friend's answer and by the service desk", async () => {
    const friend = newFriend();
    await referFriend(shop.scope, {
      program: shop.program.slug,
      code: text(),
      friend: { email: friend },
    });
    expect(await advocateOf(friend)).toBe(mira.advocateId);

    const buyer = newFriend();
    await recordEvent(shop.scope, {
      type: "purchase",
      customer: { email: buyer },
      order: { id: `o-${buyer}`, total: "20.00", currency: "USD" },
    });
    await process();
    const { id: friendId } = await inScope(shop.scope, ({ db }) =>
      db.customer.findFirstOrThrow({ where: { email: buyer }, select: { id: true } }),
    );
    const answer = { programId: shop.program.id, friendId, said: text() };
    expect((await nominate(shop.scope, answer)).state).toBe("asked");

    const found = await serviceSearch(shop.scope, text());
    expect(found.map(({ customerId }) => customerId)).toContain(mira.customerId);
  });
});

describe("a search box", () => {
  it.each(["%", "_", "\\", "100%", "a_b", "a\\b"])("takes %j for what it is", async (search) => {
    const name = `Tea ${search} House`;
    await upsertCustomer(shop.scope, { externalId: `s ${search}`, name, seenAt: new Date() });
    await recordAudit(shop.scope, {
      action: "event.enter",
      subjectType: "test",
      subjectId: "1",
      summary: name,
    });
    const customers = await listCustomers(shop.scope, { search, limit: 200 });
    expect(customers.rows.length).toBeGreaterThan(0);
    for (const row of customers.rows)
      expect(`${row.name} ${row.email} ${row.externalId}`).toContain(search);
    const entries = await listAudit(shop.scope, { search, limit: 200 });
    expect(entries.rows.length).toBeGreaterThan(0);
    for (const { summary } of entries.rows) expect(summary).toContain(search);
    const messages = await listMessages(shop.scope, { recipient: search, limit: 200 });
    for (const { recipient } of messages.rows) expect(recipient).toContain(search);
  });
});
