import { expect } from "@playwright/test";
import type { Terms } from "@/lib/terms/schema";
import { apiOf } from "./api";
import { publishProgram } from "./enrolment";

/**
 * 10.00 credit for the advocate after the friend's first purchase, 5.00 off for the friend on
 * accepting; 14 days of hold.
 */
export const USUAL_TERMS: Terms = {
  currency: "USD",
  rules: [
    {
      id: "advocate",
      side: "advocate",
      on: { kind: "qualified" },
      conditions: { all: [] },
      benefit: { kind: "credit" },
      calculator: { kind: "fixed", amount: "10.00" },
      holdDays: 14,
    },
    {
      id: "friend",
      side: "friend",
      on: { kind: "join" },
      conditions: { all: [] },
      benefit: { kind: "amount_off" },
      calculator: { kind: "fixed", amount: "5.00" },
      holdDays: 0,
    },
  ],
  qualification: { trigger: { kind: "first_purchase" }, conditions: { all: [] } },
  newCustomersOnly: true,
  windowDays: 90,
  advocateCap: null,
  budget: { cost: null, rewards: null },
  startsAt: null,
  endsAt: null,
  destination: { kind: "invite" },
  termsText: { en: "One reward per household.", sq: "", zh: "" },
};

/** What a customer of a program is known by. */
export type TestAdvocate = { customerId: string; email: string; code: string };

/** A live program "Bring a friend" with one customer, Mira, who shares it; made over the API. */
export async function programWithAdvocate(
  baseURL: string,
  secretKey: string,
  terms: Terms = USUAL_TERMS,
): Promise<{ program: string; advocate: TestAdvocate }> {
  const api = apiOf(baseURL, secretKey);
  const program = await publishProgram(api, "Bring a friend", terms);
  const email = "mira@example.com";
  const { status, body } = await api.post<{ goodwordId: string; advocate: { code: string } }>(
    "/customers",
    { id: "mira", email, name: "Mira", program },
  );
  expect(status, JSON.stringify(body)).toBe(200);
  api.close();
  return { program, advocate: { customerId: body.goodwordId, email, code: body.advocate.code } };
}

/** Pauses or ends a program over the API. */
export async function setProgramState(
  baseURL: string,
  secretKey: string,
  program: string,
  step: "pause" | "end",
): Promise<void> {
  const api = apiOf(baseURL, secretKey);
  const { status, body } = await api.post(`/programs/${program}/${step}`, {});
  expect(status, JSON.stringify(body)).toBe(200);
  api.close();
}
