import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { form, jar } from "@/lib/auth/testing";
import { closeConnections } from "@/lib/core/db";
import { type Story, story } from "@/lib/worker/testing";
import { claimInvitation } from "./actions";
import { readClaimNote } from "./claim-note";

vi.mock("next/headers", async () => (await import("@/lib/auth/testing")).fakeHeaders());
vi.mock("next/navigation", async () => (await import("@/lib/auth/testing")).fakeNavigation());
vi.mock("next/cache", () => ({ refresh() {} }));

let shop: Story;
let code: string;

beforeAll(async () => {
  shop = await story();
  ({ code } = await shop.advocate("Mira"));
});
beforeEach(() => jar.clear());
afterAll(closeConnections);

/** Everything that the press of a stranger's browser gets for an address. */
async function answerFor(email: string) {
  const answer = await claimInvitation(null, form({ code, email })).catch(
    (error: Error) => error.message,
  );
  const note = await readClaimNote(code);
  return {
    answer,
    cookies: [...jar].map(([name, value]) => [name, value.length - email.length * 1.3 > 0]),
    note: note && { ...note, email: note.email === email },
  };
}

it("tells a stranger nothing of whose an address is, nor why it gets nothing", async () => {
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
  })) {
    jar.clear();
    answers.set(who, await answerFor(email));
  }
  const [first] = answers.values();
  expect(first).toMatchObject({
    answer: `redirect /i/${code}`,
    note: { kind: "emailed", email: true },
  });
  for (const [who, answer] of answers) expect(answer, who).toEqual(first);
});
