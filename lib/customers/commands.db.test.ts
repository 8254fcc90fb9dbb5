import { beforeAll, describe, expect, it } from "vitest";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import { systemNow } from "@/lib/core/time";
import { changeProgramState } from "@/lib/programs/commands/change-state";
import { createProgram } from "@/lib/programs/commands/create-program";
import { publishProgram } from "@/lib/programs/commands/publish-program";
import { emptyForm, programFormSchema } from "@/lib/programs/forms/program-form";
import { wantsProgramEmail } from "@/lib/messaging/queries";
import { PROGRAM_EMAIL } from "@/lib/messaging/schema";
import {
  joinProgram,
  recordConsent,
  setAlias,
  setMessage,
  setName,
  upsertCustomer,
} from "./commands";
import { advocateOf, customerByRef, customerDetails } from "./queries/customers";
import { listCustomers } from "./queries/list-customers";
import { testEmails } from "@/lib/messaging/testing";

let scope: Scope;
let other: Scope;
let programId: string;

const seenAt = systemNow();
const together = <T>(count: number, work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

async function liveProgram(scope: Scope, name: string): Promise<string> {
  const form = programFormSchema("USD", "UTC").parse({ ...emptyForm(14), name });
  const { id } = await createProgram(scope, form);
  await publishProgram(scope, id);
  return id;
}

beforeAll(async () => {
  scope = await createTestMerchant();
  other = await createTestMerchant();
  programId = await liveProgram(scope, "Tell a friend");
});

describe("upsertCustomer", () => {
  it("makes one customer of twenty arrivals at once, by id and by address", async () => {
    const results = await together(20, (index) =>
      upsertCustomer(scope, {
        externalId: index % 2 ? "c-20" : null,
        email: "Twenty@Example.com",
        traits: { [`t${index}`]: index },
        seenAt,
      }),
    );
    expect(new Set(results.map(({ customer }) => customer.id)).size).toBe(1);
    expect(results.filter(({ created }) => created)).toHaveLength(1);
    const customer = await customerByRef(scope, "c-20");
    expect(customer.email).toBe("twenty@example.com");
    expect(Object.keys(customer.traits as object)).toHaveLength(20);
  });

  it("lets two customers race for one address without losing either", async () => {
    await together(2, (index) => upsertCustomer(scope, { externalId: `race-${index}`, seenAt }));
    const results = await together(2, (index) =>
      upsertCustomer(scope, { externalId: `race-${index}`, email: "race@example.com", seenAt }),
    );
    const holders = results.filter(({ customer }) => customer.email === "race@example.com");
    expect(holders).toHaveLength(1);
    expect(results.flatMap(({ notes }) => notes)).toEqual(["email_taken"]);
  });

  it("keeps the address with its owner, and what it is not told", async () => {
    await upsertCustomer(scope, {
      externalId: "own",
      email: "own@example.com",
      name: "Mira",
      locale: "sq-AL",
      seenAt,
    });
    const { notes } = await upsertCustomer(scope, {
      externalId: "thief",
      email: "own@example.com",
      seenAt,
    });
    expect(notes).toEqual(["email_taken"]);
    const { customer } = await upsertCustomer(scope, {
      externalId: "own",
      traits: { plan: "pro", old: null },
      seenAt,
    });
    expect(customer).toMatchObject({
      name: "Mira",
      email: "own@example.com",
      locale: "sq",
      traits: { plan: "pro" },
    });
  });

  it("remembers the earliest sight, in whatever order it hears of them", async () => {
    const early = new Date("1997-01-02T03:04:05Z");
    await upsertCustomer(scope, { externalId: "early", seenAt });
    const { customer } = await upsertCustomer(scope, { externalId: "early", seenAt: early });
    expect(customer.firstSeenAt).toEqual(early);
  });

  it("refuses an address that is none, and nobody at all", async () => {
    await expect(upsertCustomer(scope, { email: "mira", seenAt })).rejects.toMatchObject({
      path: "customer.email",
    });
    await expect(upsertCustomer(scope, { externalId: " ", seenAt })).rejects.toMatchObject({
      code: "invalid_request",
    });
  });

  it("knows nobody of another shop", async () => {
    await upsertCustomer(scope, { externalId: "mine", email: "mine@example.com", seenAt });
    const { created } = await upsertCustomer(other, {
      externalId: "mine",
      email: "mine@example.com",
      seenAt,
    });
    expect(created).toBe(true);
    await expect(customerByRef(other, "own")).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("joinProgram", () => {
  it("gives one advocate, one code and one email, however often at once", async () => {
    const { customer } = await upsertCustomer(scope, {
      email: "zoe@example.com",
      name: "Zoë Lind",
      locale: "sq",
      seenAt,
    });
    const joined = await together(8, () =>
      joinProgram(scope, { programId, customerId: customer.id }),
    );
    expect(new Set(joined.map(({ code }) => code)).size).toBe(1);
    expect(joined.filter(({ created }) => created)).toHaveLength(1);
    expect(joined[0]!.code).toMatch(/^ZOE-/);
    const emails = await testEmails(scope, { customerId: customer.id });
    expect(emails).toHaveLength(1);
    expect(emails[0]).toMatchObject({
      template: "joined",
      locale: "sq",
      recipient: "zoe@example.com",
      state: "queued",
    });
    expect(emails[0]!.text).toContain(joined[0]!.code);
    expect(emails[0]!.text).toContain("/unsubscribe/");
  });

  it("writes no email to someone who said no", async () => {
    const { customer } = await upsertCustomer(scope, { email: "quiet@example.com", seenAt });
    expect(await wantsProgramEmail(scope, customer.id)).toBe(true);
    await recordConsent(scope, {
      customerId: customer.id,
      purpose: PROGRAM_EMAIL,
      granted: false,
      source: "join",
      wording: "…",
    });
    await joinProgram(scope, { programId, customerId: customer.id });
    const count = await inScope(scope, ({ db }) =>
      db.message.count({ where: { merchantId: scope.merchantId, customerId: customer.id } }),
    );
    expect(count).toBe(0);
  });

  it("takes nobody into a paused program, and keeps those who are in", async () => {
    const paused = await liveProgram(scope, "Paused");
    const [early, late] = await together(2, (index) =>
      upsertCustomer(scope, { externalId: `pause-${index}`, seenAt }),
    );
    const before = await joinProgram(scope, { programId: paused, customerId: early!.customer.id });
    await changeProgramState(scope, { programId: paused, state: "paused" });
    expect(
      (await joinProgram(scope, { programId: paused, customerId: early!.customer.id })).code,
    ).toBe(before.code);
    await expect(
      joinProgram(scope, { programId: paused, customerId: late!.customer.id }),
    ).rejects.toMatchObject({ code: "conflict" });
  });

  it("finds neither another shop's program nor its customer", async () => {
    const { customer } = await upsertCustomer(other, { externalId: "stranger", seenAt });
    await expect(joinProgram(other, { programId, customerId: customer.id })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(joinProgram(scope, { programId, customerId: customer.id })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("an advocate's own page", () => {
  it("keeps alias and message, and refuses what cannot be shown", async () => {
    const { customer } = await upsertCustomer(scope, { externalId: "alias", seenAt });
    const who = { programId, customerId: customer.id };
    await expect(setAlias(scope, { ...who, alias: "Mira" })).rejects.toMatchObject({
      code: "not_found",
    });
    await joinProgram(scope, who);
    await setAlias(scope, { ...who, alias: " Mira  D " });
    await setMessage(scope, { ...who, message: "Try it" });
    expect((await advocateOf(scope, who))?.advocate).toMatchObject({
      alias: "Mira D",
      message: "Try it",
    });
    await expect(setAlias(scope, { ...who, alias: "mira@example.com" })).rejects.toMatchObject({
      path: "alias",
    });
    await setAlias(scope, { ...who, alias: null });
    expect((await advocateOf(scope, who))?.advocate.alias).toBeNull();
  });

  it("takes the name that a customer says, unless others could not read it", async () => {
    const { customer } = await upsertCustomer(scope, { email: "tess@example.com", seenAt });
    const who = { customerId: customer.id };
    for (const name of ["", " \u200b", "tess@example.com", "Call 0800 123 456"])
      await expect(setName(scope, { ...who, name })).rejects.toMatchObject({ path: "name" });
    await setName(scope, { ...who, name: "  Tess \n Lindholm " });
    expect((await customerByRef(scope, customer.id)).name).toBe("Tess Lindholm");
    await expect(setName(other, { ...who, name: "Eve" })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("links a browser once", async () => {
    const { customer } = await upsertCustomer(scope, { externalId: "browser", seenAt });
    const seen = await together(5, () =>
      upsertCustomer(scope, { externalId: "browser", visitorId: "v-1", seenAt }),
    );
    expect(seen.filter(({ isNewBrowser }) => isNewBrowser)).toHaveLength(1);
    const details = await customerDetails(scope, customer.id);
    expect(details.advocacies).toEqual([]);
  });
});

describe("listCustomers", () => {
  it("pages through everyone once, newest first, and finds by a part of a name", async () => {
    await together(7, (index) =>
      upsertCustomer(other, { externalId: `list-${index}`, name: `Lister ${index}`, seenAt }),
    );
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listCustomers(other, {
        search: "lister",
        limit: 3,
        ...(cursor && { cursor }),
      });
      seen.push(...page.rows.map((row) => row.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toHaveLength(7);
    expect(new Set(seen).size).toBe(7);
  });

  it("is closed to customers and visitors", async () => {
    const visitor = {
      ...scope,
      actor: { kind: "customer" as const, id: "visitor", label: "Visitor" },
    };
    await expect(listCustomers(visitor, { limit: 5 })).rejects.toMatchObject({ code: "forbidden" });
  });
});
