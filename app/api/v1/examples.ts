import type { AdvocateJson, CustomerJson, CustomerRecordJson } from "@/lib/customers/json";
import { emptyForm, programFormSchema } from "@/lib/programs/forms/program-form";
import type { ProgramJson } from "@/lib/programs/json";
import type { Terms } from "@/lib/terms/schema";
import type { ReferralJson } from "@/lib/referrals/json";
import type { ReceiptJson, RewardJson } from "@/lib/rewards/json";

/**
 * One story for the documentation's examples: Ana brings Ben, who buys for 49.90. Checked against
 * the schemas by a test.
 */

const ORIGIN = "https://refer.example.com";

export const exampleTerms: Terms = programFormSchema("USD", "UTC").parse({
  ...emptyForm(14),
  name: "Give 10, get 10",
}).terms;

export const exampleProgram: ProgramJson = {
  id: "prg_06a1cz5v2m0000h4r7k2w9xq3tnb",
  slug: "bean-leaf-give-10-get-10-k4wz",
  name: "Give 10, get 10",
  state: "live",
  version: 1,
  open: true,
  referUrl: `${ORIGIN}/refer/bean-leaf-give-10-get-10-k4wz`,
  terms: exampleTerms,
  draft: exampleTerms,
  advocates: 1,
  referrals: 1,
  rewards: 2,
  cost: "20.00",
  currency: "USD",
  createdAt: "2026-11-21T09:00:00.000Z",
  updatedAt: "2026-11-21T09:05:00.000Z",
  publishedAt: "2026-11-21T09:05:00.000Z",
  endedAt: null,
};

export const exampleAdvocate: AdvocateJson = {
  program: exampleProgram.id,
  programSlug: exampleProgram.slug,
  code: "ANA-7K2Q",
  link: `${ORIGIN}/r/ANA-7K2Q`,
  inviteUrl: `${ORIGIN}/i/ANA-7K2Q`,
  referUrl: exampleProgram.referUrl,
  joinedAt: "2026-11-21T10:00:00.000Z",
  alias: null,
  confirmedFriends: 1,
  rewards: 1,
};

export const exampleCustomer: CustomerJson = {
  id: "c-1001",
  goodwordId: "cus_06a1cz6t8c0000v9e2m5r1y7d4kp",
  email: "ana@example.com",
  name: "Ana",
  locale: "en",
  createdAt: "2026-11-21T10:00:00.000Z",
  firstOrderAt: null,
  lastOrderAt: null,
  orderCount: 0,
  revenue: "0.00",
  currency: "USD",
  referred: false,
};

export const exampleCustomerRecord: CustomerRecordJson = {
  ...exampleCustomer,
  traits: { plan: "gold" },
  advocates: [exampleAdvocate],
  balance: [
    {
      currency: "USD",
      pending: "10.00",
      available: "0.00",
      owed: "0.00",
      balance: "0.00",
      issued: "0.00",
      spent: "0.00",
    },
  ],
};

export const exampleReferral: ReferralJson = {
  id: "ref_06a1d1mz3q0000t6y8b4c2n9w5xh",
  program: exampleProgram.id,
  programSlug: exampleProgram.slug,
  programVersion: 1,
  advocate: "c-1001",
  friend: "c-1002",
  code: "ANA-7K2Q",
  state: "qualified",
  reason: "first_purchase",
  reasonText: "Made the first qualifying purchase",
  steps: [
    {
      state: "joined",
      at: "2026-11-22T08:00:00.000Z",
      reason: "claimed",
      reasonText: "Accepted the invitation",
      recordedAt: "2026-11-22T08:00:00.000Z",
      actor: "Backend",
      eventId: "evt_06a1d1mz2p0000q5x7a3b1m8v4wg",
    },
    {
      state: "qualified",
      at: "2026-11-23T12:30:00.000Z",
      reason: "first_purchase",
      reasonText: "Made the first qualifying purchase",
      recordedAt: "2026-11-23T12:30:01.000Z",
      actor: "Goodword",
      eventId: "evt_06a1fd8k7r0000m2n4p6q8s0t1vx",
    },
  ],
  attributedBy: "claim",
  channel: null,
  underReview: false,
  provenAt: "2026-11-22T08:04:00.000Z",
  provenBy: "email",
  heldBack: false,
  reviewSince: null,
  score: 0,
  advocateCustomer: {
    id: "c-1001",
    goodwordId: exampleCustomer.goodwordId,
    name: "Ana",
    email: "ana@example.com",
  },
  friendCustomer: {
    id: "c-1002",
    goodwordId: "cus_06a1d1mz3n0000r4w6z2a0k7t3vf",
    name: "Ben",
    email: "ben@example.com",
  },
  createdAt: "2026-11-22T08:00:00.000Z",
  clickedAt: null,
  joinedAt: "2026-11-22T08:00:00.000Z",
  qualifiedAt: "2026-11-23T12:30:00.000Z",
  rewardedAt: null,
  expiresAt: "2027-02-20T08:00:00.000Z",
};

export const exampleReward: RewardJson = {
  id: "rwd_06a1fd8k8s0000n3p5q7r9t1v2wy",
  program: exampleProgram.id,
  programSlug: exampleProgram.slug,
  programVersion: 1,
  rule: "advocate",
  side: "advocate",
  customer: "c-1001",
  state: "held",
  reason: "on_hold",
  reasonText: "On hold until the return window ends",
  reversalReason: null,
  benefit: { kind: "credit" },
  amount: "10.00",
  currency: "USD",
  reversedAmount: "0.00",
  recoveredAmount: "0.00",
  withheldAmount: "0.00",
  cost: "10.00",
  referral: exampleReferral.id,
  eventId: "evt_06a1fd8k7r0000m2n4p6q8s0t1vx",
  orderId: "o-5001",
  coupon: null,
  underReview: false,
  note: null,
  payout: null,
  grantedAt: "2026-11-23T12:30:01.000Z",
  heldUntil: "2026-12-07T12:30:00.000Z",
  availableAt: null,
  issuedAt: null,
  expiresAt: null,
  steps: [
    {
      state: "held",
      at: "2026-11-23T12:30:00.000Z",
      reason: "on_hold",
      reasonText: "On hold until the return window ends",
      reversalReason: null,
      recordedAt: "2026-11-23T12:30:01.000Z",
      actor: "Goodword",
      amount: "10.00",
    },
  ],
};

export const exampleReceipt: ReceiptJson = {
  ...exampleReward,
  terms: {
    calculator: { kind: "fixed", amount: "10" },
    holdDays: 14,
    conditions: { all: [] },
    qualificationConditions: { all: [] },
  },
  facts: { orderTotal: "49.90", isNewCustomer: true, reasons: [] },
  calculation: ["The rule gives $10"],
};
