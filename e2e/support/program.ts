import { joinProgram, upsertCustomer } from "@/lib/customers/commands";
import { type Scope, scopeNow } from "@/lib/merchants/scope";
import { createProgram, publishProgram } from "@/lib/programs/commands";
import type { Terms } from "@/lib/programs/schema";
import { useDatabase } from "./shop";

/** 10.00 credit for the advocate after the friend's first purchase, 5.00 off for the friend on accepting; 14 days of hold. */
export const USUAL_TERMS: Terms = {
  currency: "USD",
  rules: [
    {
      id: "advocate", side: "advocate", on: { kind: "qualified" }, conditions: { all: [] }, benefit: { kind: "credit" },
      calculator: { kind: "fixed", amount: "10.00" }, holdDays: 14,
    },
    {
      id: "friend", side: "friend", on: { kind: "join" }, conditions: { all: [] }, benefit: { kind: "amount_off" },
      calculator: { kind: "fixed", amount: "5.00" }, holdDays: 0,
    },
  ],
  qualification: { trigger: { kind: "first_purchase" }, conditions: { all: [] } },
  newCustomersOnly: true, windowDays: 90, advocateCap: null, budget: { cost: null, rewards: null },
  startsAt: null, endsAt: null, destination: { kind: "invite" },
  termsText: { en: "One reward per household.", sq: "", zh: "" },
};

/** A live program of a shop, made by the product's commands. */
export async function makeProgram(scope: Scope, { name = "Bring a friend", terms = USUAL_TERMS } = {}): Promise<{ id: string; slug: string }> {
  await useDatabase();
  const program = await createProgram(scope, { name, terms });
  await publishProgram(scope, program.id);
  return program;
}

/** A customer who shares the program; their code. */
export async function makeAdvocate(scope: Scope, programId: string, name = "Mira"): Promise<{ customerId: string; email: string; code: string }> {
  await useDatabase();
  const email = `${name.toLowerCase()}@example.com`;
  const { customer } = await upsertCustomer(scope, { externalId: name.toLowerCase(), email, name, seenAt: scopeNow(scope) });
  const { code } = await joinProgram(scope, { programId, customerId: customer.id });
  return { customerId: customer.id, email, code };
}
