import { joinProgram, upsertCustomer } from "@/lib/customers/commands";
import type { EventBody } from "@/lib/events/schema";
import { storeEvent } from "@/lib/events/commands/store-event";
import { createTestMerchant } from "@/lib/merchants/testing";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { changeProgramState } from "@/lib/programs/commands/change-state";
import { createProgram } from "@/lib/programs/commands/create-program";
import { publishProgram } from "@/lib/programs/commands/publish-program";
import { ALWAYS, type Rule, type Terms } from "@/lib/terms/schema";
import { answerInvite } from "@/lib/pipeline/intake/answer-invite";
import { claimInvite, type ClaimResult } from "@/lib/pipeline/intake/claim-invite";
import { processEvents } from "./jobs/events";
import { settle } from "./test-clock";

/** For tests only: tells a shop's story in a few words, through the product's own commands. */

/**
 * Advocate: 10 USD credit once the friend's first purchase qualifies. Friend: 5 USD off on joining.
 * No hold.
 */
export function testTerms(change: Partial<Terms> = {}): Terms {
  return {
    currency: "USD",
    rules: [advocateCredit(), friendCoupon()],
    qualification: { trigger: { kind: "first_purchase" }, conditions: ALWAYS },
    newCustomersOnly: true,
    windowDays: 90,
    advocateCap: null,
    budget: { cost: null, rewards: null },
    startsAt: "2020-01-01T00:00:00Z",
    endsAt: null,
    destination: { kind: "invite" },
    termsText: { en: "", sq: "", zh: "" },
    ...change,
  };
}

export function advocateCredit(change: Partial<Rule> = {}): Rule {
  return {
    id: "advocate",
    side: "advocate",
    on: { kind: "qualified" },
    conditions: ALWAYS,
    benefit: { kind: "credit" },
    calculator: { kind: "fixed", amount: "10.00" },
    holdDays: 0,
    ...change,
  };
}

export function friendCoupon(change: Partial<Rule> = {}): Rule {
  return {
    id: "friend",
    side: "friend",
    on: { kind: "join" },
    conditions: ALWAYS,
    benefit: { kind: "amount_off" },
    calculator: { kind: "fixed", amount: "5.00" },
    holdDays: 0,
    ...change,
  };
}

export type Story = {
  scope: Scope;
  program: { id: string; slug: string };
  /** A customer who joined the program; their code. */
  advocate(name: string): Promise<{ customerId: string; advocateId: string; code: string }>;
  /** Types `<name>@example.com` into an invitation, as anybody can. */
  type(name: string, code: string, visitorId?: string): Promise<ClaimResult>;
  /** Answers the email to that address. */
  answer(name: string, referralId: string): Promise<void>;
  /** Accepts an invitation with that address, and answers the email to it. */
  claim(name: string, code: string, visitorId?: string): Promise<ClaimResult>;
  /** Stores an event as the API does, and processes it. */
  send(body: EventBody, occurredAt?: Date): Promise<{ eventId: string; duplicate: boolean }>;
  purchase(
    name: string,
    orderId: string,
    total: string,
    more?: Partial<EventBody>,
    occurredAt?: Date,
  ): Promise<{ eventId: string }>;
  refund(
    orderId: string,
    refund?: { amount?: string; items?: { sku: string; quantity: number; amount?: string }[] },
    id?: string,
  ): Promise<void>;
  referralOf(
    name: string,
  ): Promise<{ id: string; state: string; reason: string; reviewAt: Date | null } | null>;
  rewards(): Promise<
    {
      id: string;
      side: string;
      state: string;
      reason: string;
      amountMinor: bigint | null;
      reversedMinor: bigint;
      recoveredMinor: bigint;
      costMinor: bigint;
    }[]
  >;
  /** The codes of the decisions about an event. */
  decisions(eventId: string): Promise<string[]>;
  settle(): Promise<void>;
};

/** A fresh merchant with a live program. */
export async function story(change: Partial<Terms> = {}, currency = "USD"): Promise<Story> {
  const scope = await createTestMerchant({ currency });
  const program = await createProgram(scope, {
    name: "Good word",
    terms: testTerms({ currency, ...change }),
  });
  await publishProgram(scope, program.id);
  return storyIn(scope, program);
}

/** The same words for a merchant and program that exist. */
export function storyIn(scope: Scope, program: { id: string; slug: string }): Story {
  return { ...actionsIn(scope, program), ...viewsOf(scope, program) };
}

/** Waits for a worker beside us that has taken an event: until it lets go, its row is locked. */
async function afterOthers(scope: Scope, eventId: string): Promise<void> {
  await inScope(scope, (tx) => tx.lock.events(eventId));
}

const emailOf = (name: string) => `${name.toLowerCase()}@example.com`;

type Actions = Pick<
  Story,
  | "scope"
  | "program"
  | "send"
  | "advocate"
  | "type"
  | "answer"
  | "claim"
  | "purchase"
  | "refund"
  | "settle"
>;

function actionsIn(scope: Scope, program: { id: string; slug: string }): Actions {
  const send: Story["send"] = async (body, occurredAt) => {
    const stored = await storeEvent(scope, {
      source: "api",
      body,
      ...(occurredAt && { occurredAt }),
      ...(body.id && { dedupeKey: `id:${body.id}` }),
      ...(body.visitorId && { visitorId: body.visitorId }),
    });
    await processEvents.run({ merchantId: scope.merchantId });
    await afterOthers(scope, stored.eventId);
    return stored;
  };
  const { currency } = scope;
  const type: Story["type"] = (name, code, visitorId) =>
    claimInvite(scope, {
      code,
      email: emailOf(name),
      locale: "en",
      ...(visitorId && { visitorId }),
    });
  const answer: Story["answer"] = async (name, referralId) =>
    void (await answerInvite(scope, { referralId, email: emailOf(name) }));
  return {
    scope,
    program,
    send,
    async advocate(name) {
      const { customer } = await upsertCustomer(scope, {
        externalId: name,
        email: emailOf(name),
        name,
        seenAt: new Date(),
      });
      const { advocate, code } = await joinProgram(scope, {
        programId: program.id,
        customerId: customer.id,
      });
      return { customerId: customer.id, advocateId: advocate.id, code };
    },
    type,
    answer,
    async claim(name, code, visitorId) {
      const claimed = await type(name, code, visitorId);
      const isAccepted = claimed.outcome !== "refused" && claimed.referralId;
      if (isAccepted) await answer(name, isAccepted);
      return claimed;
    },
    purchase(name, orderId, total, more = {}, occurredAt) {
      const customer = { email: emailOf(name) };
      const order = { id: orderId, total, currency };
      return send({ type: "purchase", customer, order, ...more }, occurredAt);
    },
    async refund(orderId, refund = {}, id = `refund-${orderId}-${Math.random()}`) {
      await send({ id, type: "refund", refund: { orderId, currency, ...refund } });
    },
    settle: async () => void (await settle(scope)),
  };
}

function viewsOf(scope: Scope, program: { id: string }): Omit<Story, keyof Actions> {
  const { merchantId } = scope;
  return {
    referralOf: (name) =>
      inScope(scope, ({ db }) =>
        db.referral.findFirst({
          where: { merchantId, programId: program.id, friend: { email: emailOf(name) } },
          select: { id: true, state: true, reason: true, reviewAt: true },
        }),
      ),
    rewards: () =>
      inScope(scope, ({ db }) =>
        db.reward.findMany({
          where: { merchantId },
          orderBy: [{ side: "asc" }, { id: "asc" }],
          select: {
            id: true,
            side: true,
            state: true,
            reason: true,
            amountMinor: true,
            reversedMinor: true,
            recoveredMinor: true,
            costMinor: true,
          },
        }),
      ),
    async decisions(eventId) {
      const outcome = await inScope(scope, ({ db }) =>
        db.eventOutcome.findUnique({
          where: { merchantId_eventId: { merchantId, eventId } },
        }),
      );
      return ((outcome?.decisions ?? []) as { code: string }[]).map((decision) => decision.code);
    },
  };
}

/** Ends a program by hand, as the dashboard does. */
export async function endProgram(scope: Scope, programId: string): Promise<void> {
  await changeProgramState(scope, { programId, state: "ended" });
}
