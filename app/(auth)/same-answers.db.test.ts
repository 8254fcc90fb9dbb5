import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { form, jar } from "@/lib/auth/testing";
import { statementsOf } from "@/lib/core/database/testing";
import { closeConnections, prismaFor } from "@/lib/core/db";
import { signUpMerchant } from "@/lib/merchants/commands/sign-up";
import { requestReset } from "./forgot/actions";
import { requestLink } from "./sign-in/actions";

/** What is done once the answer has been given. */
const later = vi.hoisted(() => [] as (() => Promise<unknown>)[]);
vi.mock("next/server", () => ({ after: (work: () => Promise<unknown>) => later.push(work) }));
vi.mock("next/headers", async () => (await import("@/lib/auth/testing")).fakeHeaders());
vi.mock("next/navigation", async () => (await import("@/lib/auth/testing")).fakeNavigation());
vi.mock("next/cache", () => ({ refresh() {} }));

const known = "ana@example.com";
beforeAll(async () => {
  const password = "correct horse battery";
  const shop = { name: "Ana", shopName: "Bean", currency: "EUR", timeZone: "UTC" };
  await signUpMerchant({ email: known, password, ...shop });
});
beforeEach(() => {
  jar.clear();
  later.length = 0;
});
afterAll(closeConnections);

const emailsTo = (recipient: string) =>
  prismaFor("goodword_app").userMessage.count({ where: { recipient } });

describe.each([
  ["forgot", requestReset],
  ["a sign-in link", requestLink],
])("%s", (_, action) => {
  it("answers alike, by the same work, for addresses with and without an account", async () => {
    const before = await emailsTo(known);
    const seen: { answer?: unknown; cookies?: unknown; statements?: string[] }[] = [];
    for (const email of [known, "nobody@example.com"]) {
      let answer: unknown;
      const statements = await statementsOf(async () => {
        answer = await action(null, form({ email }));
      });
      seen.push({ answer, cookies: [...jar], statements });
    }
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[0]!.answer).toMatchObject({ ok: true });
    // Nothing was looked up or written yet, so neither takes longer.
    expect([await emailsTo(known), later.length]).toEqual([before, 2]);
    for (const work of later) await work();
    expect(await emailsTo(known)).toBe(before + 1);
    expect(await emailsTo("nobody@example.com")).toBe(0);
  });
});

it("refuses alike where too many were asked for", async () => {
  const refusals = [];
  for (const email of [known, "other@example.com"]) {
    let answer = await requestReset(null, form({ email }));
    for (let tries = 0; answer.ok && tries < 6; tries += 1)
      answer = await requestReset(null, form({ email }));
    refusals.push({ ...answer, message: null });
  }
  expect(refusals[0]).toMatchObject({ ok: false, code: "rate_limited" });
  expect(refusals[1]).toEqual(refusals[0]);
});
