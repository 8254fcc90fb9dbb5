import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { LOCALES } from "@/lib/core/i18n/locales";
import { newId } from "@/lib/core/id";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import { emailFacts } from "../queries";
import { type Contact, PROGRAM_EMAIL, type QueueInput } from "../schema";
import { queueMessage, queueMessages } from "./queue-message";
import { lastingWords, testEmails } from "../testing";

let scope: Scope;
beforeAll(async () => {
  scope = await createTestMerchant();
});
afterAll(closeConnections);

const programs = { programName: "Tell a friend", programSlug: "tell" };

function joined(person: Contact, change: Partial<QueueInput> = {}): QueueInput {
  return {
    causeKey: `joined:${newId("adv")}`,
    template: "friend_joined",
    customerId: person.customerId,
    recipient: person.email!,
    locale: person.locale,
    readerName: person.name,
    data: { ...programs, friendName: "Bea", benefit: "$10 off", when: "When they buy" },
    ...change,
  } as QueueInput;
}

async function person(name: string, locale: string | null = "en"): Promise<Contact> {
  const customerId = newId("cus");
  const email = `${customerId}@example.com`;
  const now = new Date();
  await inScope(scope, ({ db, merchantId }) =>
    db.customer.create({
      data: {
        merchantId,
        id: customerId,
        email,
        name,
        locale,
        traits: {},
        createdAt: now,
        firstSeenAt: now,
      },
    }),
  );
  return { customerId, email, name, locale, wantsEmail: true };
}

const says = (customerId: string, granted: boolean, at: Date) =>
  inScope(scope, ({ db, merchantId }) =>
    db.consent.create({
      data: {
        merchantId,
        id: newId("con"),
        customerId,
        purpose: PROGRAM_EMAIL,
        granted,
        source: "test",
        wording: "test",
        at,
      },
    }),
  );

/** What stands under causes, but for what differs from writing to writing. */
async function written(causes: readonly string[]) {
  const emails = await testEmails(scope, { causeKey: { in: [...causes] } });
  return causes.flatMap((cause) =>
    emails
      .filter(({ causeKey }) => causeKey === cause)
      .map(lastingWords)
      .map(({ causeKey: _key, ...email }) => email),
  );
}

const writeAll = (inputs: readonly QueueInput[]) =>
  inScope(scope, (tx) => queueMessages(tx, inputs));

describe("queueMessages", () => {
  it("writes a list as one by one, in every language", async () => {
    const people = await Promise.all(
      [...LOCALES, null].map((locale) => person(`Reader of ${locale}`, locale)),
    );
    const inputs = people.flatMap((reader): QueueInput[] => [
      joined(reader),
      joined(reader, {
        template: "reward_available",
        data: {
          ...programs,
          rewardId: "rwd_1",
          benefit: `"10%" & 'more' <b>🎁</b>`,
          couponCode: "A-1",
          expiresAt: new Date("2027-01-31T22:30:00Z"),
        },
      }),
      joined(reader, {
        template: "customer_sign_in",
        customerId: null,
        data: { url: "https://x.example/?a=1&b=2", minutes: 30 },
      }),
    ]);
    const alone = inputs.map((input) => ({ ...input, causeKey: `${input.causeKey}:alone` }));
    await writeAll(inputs);
    for (const input of alone) expect(await queueMessage(scope, input)).toBe(true);
    const together = await written(inputs.map(({ causeKey }) => causeKey));
    expect(together).toHaveLength(inputs.length);
    expect(together).toEqual(await written(alone.map(({ causeKey }) => causeKey)));
    expect(new Set(together.map(({ locale }) => locale))).toEqual(new Set(LOCALES));
  });

  it("leaves out who unsubscribed, by their latest word, but not what they asked for", async () => {
    const [never, out, back] = await Promise.all(["No", "Out", "Back"].map((name) => person(name)));
    await says(out!.customerId, false, new Date("2026-01-01"));
    await says(back!.customerId, false, new Date("2026-01-01"));
    await says(back!.customerId, true, new Date("2026-01-02"));
    const inputs = [never!, out!, back!].map((reader) => joined(reader));
    const link = joined(out!, {
      template: "customer_sign_in",
      data: { url: "https://x.example", minutes: 30 },
    });
    await writeAll([...inputs, link]);
    const rows = await written([...inputs, link].map(({ causeKey }) => causeKey));
    expect(rows.map(({ customerId, template }) => [customerId, template])).toEqual([
      [never!.customerId, "friend_joined"],
      [back!.customerId, "friend_joined"],
      [out!.customerId, "customer_sign_in"],
    ]);
    expect(await queueMessage(scope, joined(out!))).toBe(false);
  });

  it("writes one email for a cause: in a list, over lists, and from many at once", async () => {
    const reader = await person("Ana");
    const input = joined(reader);
    await writeAll([input, input]);
    await writeAll([joined(reader), input]);
    const others = Array.from({ length: 12 }, () => joined(reader));
    await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        writeAll(index % 2 === 0 ? others : others.toReversed()),
      ),
    );
    expect(await written([input.causeKey])).toHaveLength(1);
    expect(await written(others.map(({ causeKey }) => causeKey))).toHaveLength(12);
  });

  it("believes what the transaction knows of a reader, and reads who is missing", async () => {
    const [known, unknown] = await Promise.all([person("Ana"), person("Ben")]);
    await says(unknown!.customerId, false, new Date());
    const inputs = [known!, unknown!, known!].map((reader) => joined(reader));
    await inScope(scope, async (tx) => {
      const facts = await emailFacts(tx, [known!.customerId]);
      const stopped = new Map([[known!.customerId, { ...known!, wantsEmail: false }]]);
      await queueMessages(tx, [inputs[0]!], { ...facts, contacts: stopped });
      await queueMessages(tx, inputs.slice(1), facts);
    });
    expect(await written(inputs.map(({ causeKey }) => causeKey))).toHaveLength(1);
    expect(await written([inputs[2]!.causeKey])).toHaveLength(1);
  });

  it("hands nobody the name or the words of another", async () => {
    const names = ["Ana", "Besa", "明明", "Cleo"];
    const people = await Promise.all(names.map((name) => person(name)));
    const inputs = people.map((reader) =>
      joined(reader, {
        data: {
          ...programs,
          friendName: `Friend of ${reader.name}`,
          benefit: `A gift for ${reader.name}`,
          when: "Soon",
        },
      } as Partial<QueueInput>),
    );
    await writeAll(inputs);
    for (const [index, { causeKey }] of inputs.entries()) {
      const [email] = await written([causeKey]);
      const said = `${email!.subject} ${email!.text} ${email!.html}`;
      expect(names.filter((name) => said.includes(name))).toEqual([names[index]]);
    }
  });

  it("writes nothing when the transaction is undone", async () => {
    const input = joined(await person("Ana"));
    await expect(
      inScope(scope, async (tx) => {
        await queueMessages(tx, [input]);
        throw new Error("undone");
      }),
    ).rejects.toThrow("undone");
    expect(await written([input.causeKey])).toEqual([]);
  });
});
