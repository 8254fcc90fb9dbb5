import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { form, jar } from "@/lib/auth/testing";
import { closeConnections } from "@/lib/core/db";
import { inScope } from "@/lib/merchants/scope";
import { type Story, story } from "@/lib/worker/testing";
import { statementsOf } from "@/lib/core/database/testing";
import { claimInvitation } from "./actions";
import { readClaimNote } from "./claim-note";

/** What is done once the answer has been given. */
const later = vi.hoisted(() => [] as (() => Promise<unknown>)[]);
vi.mock("next/server", () => ({ after: (work: () => Promise<unknown>) => later.push(work) }));
vi.mock("next/headers", async () => (await import("@/lib/auth/testing")).fakeHeaders());
vi.mock("next/navigation", async () => (await import("@/lib/auth/testing")).fakeNavigation());
vi.mock("next/cache", () => ({ refresh() {} }));

let shop: Story;
let code: string;

beforeAll(async () => {
  shop = await story();
  ({ code } = await shop.advocate("Mira"));
});
beforeEach(() => {
  jar.clear();
  later.length = 0;
});
afterAll(closeConnections);

/** Everything that the press of a stranger's browser gets for an address, and is done before it. */
async function answerFor(email: string) {
  let answer: unknown;
  const statements = await statementsOf(async () => {
    answer = await claimInvitation(null, form({ code, email })).catch(
      (error: Error) => error.message,
    );
  });
  const note = await readClaimNote(code);
  return {
    answer,
    statements,
    later: later.splice(0).length,
    cookies: [...jar].map(([name, value]) => [name, value.length > email.length]),
    note: note && { ...note, email: note.email === email },
  };
}

it("tells a stranger the same, by the same work, whoever an address belongs to", async () => {
  const other = await shop.advocate("Cleo");
  await shop.purchase("Dora", "order-Dora", "40");
  await claimInvitation(null, form({ code: other.code, email: "ben@example.com" })).catch(() => {});
  await claimInvitation(null, form({ code, email: "eve@example.com" })).catch(() => {});
  jar.clear();
  const answers = new Map<string, unknown>();
  for (const [who, email] of Object.entries({
    "whose link it is": "mira@example.com",
    "who bought before": "dora@example.com",
    "whom somebody else invited": "ben@example.com",
    "who accepted before": "eve@example.com",
    "whose link it is, in another spelling": "mira+x@example.com",
    "who bought before, in another spelling": "dora+x@example.com",
    "who accepted before, in another spelling": "eve+x@example.com",
  })) {
    jar.clear();
    answers.set(who, await answerFor(email));
  }
  const [first] = answers.values();
  expect(first).toMatchObject({
    answer: `redirect /i/${code}`,
    note: { kind: "emailed", email: true },
    later: 1,
  });
  for (const [who, answer] of answers) expect(answer, who).toEqual(first);
});

it("accepts after the answer what it could not show at once", async () => {
  const other = await shop.advocate("Gil");
  await claimInvitation(null, form({ code: other.code, email: "fay@example.com" })).catch(() => {});
  jar.clear();
  await answerFor("fay@example.com");
  await claimInvitation(null, form({ code, email: "fay@example.com" })).catch(() => {});
  for (const work of later) await work();
  const fay = { friend: { email: "fay@example.com" } };
  expect(
    await inScope(shop.scope, ({ db, merchantId }) =>
      db.referral.count({ where: { merchantId, ...fay } }),
    ),
  ).toBe(2);
});

it("shows a new friend what they get with one press", async () => {
  const { note, later } = await answerFor("new@example.com");
  expect({ note, later }).toMatchObject({ note: { kind: "joined" }, later: 0 });
});
