import { ALWAYS, type Terms } from "@/lib/terms/schema";
import { DEMO_EXPERIMENT, DEMO_LOYALTY_RULES } from "./loyalty-rules";

const COUPON_EXPIRY = { unissuedDays: null, issuedDays: 60, remindDays: 10 };

/** What the demo's program promises. @param start from when it takes friends */
export function demoTerms(start: Date): Terms {
  return {
    currency: "USD",
    rules: [
      {
        id: "advocate",
        side: "advocate",
        on: { kind: "qualified" },
        conditions: ALWAYS,
        benefit: { kind: "credit" },
        calculator: { kind: "fixed", amount: "10.00" },
        holdDays: 14,
        caps: [{ who: "person", per: "month", rewards: 10 }],
        // Longer than the history: nobody spends credit in it, and the cost would come back.
        expiry: { unissuedDays: null, issuedDays: 730, remindDays: 30 },
      },
      {
        id: "friend-percent",
        side: "friend",
        on: { kind: "join" },
        conditions: ALWAYS,
        arm: "percent",
        benefit: { kind: "percent_off", percentBp: 1500, unitCost: "5.00" },
        calculator: { kind: "none" },
        holdDays: 0,
        expiry: COUPON_EXPIRY,
      },
      {
        id: "friend-amount",
        side: "friend",
        on: { kind: "join" },
        conditions: ALWAYS,
        arm: "amount",
        benefit: { kind: "amount_off" },
        calculator: { kind: "fixed", amount: "5.00" },
        holdDays: 0,
        expiry: COUPON_EXPIRY,
      },
      ...DEMO_LOYALTY_RULES,
    ],
    experiment: DEMO_EXPERIMENT,
    nominations: "merchant",
    qualification: {
      trigger: { kind: "first_purchase" },
      conditions: { all: [{ kind: "order_total", atLeast: "20.00" }] },
    },
    newCustomersOnly: true,
    windowDays: 90,
    advocateCap: 50,
    budget: { cost: "25000.00", rewards: null },
    startsAt: start.toISOString(),
    endsAt: null,
    destination: { kind: "invite" },
    termsText: {
      en: [
        "One coupon per new customer. Credit is added 14 days after your friend's first order of",
        "$20 or more, and can be used on anything in the shop.",
      ].join(" "),
      sq: [
        "Një kupon për çdo klient të ri. Krediti shtohet 14 ditë pas porosisë së parë të mikut",
        "tënd prej 20 $ ose më shumë dhe vlen për gjithçka në dyqan.",
      ].join(" "),
      zh: "每位新顾客限用一张优惠券。好友首次下单满 20 美元 14 天后，余额即会到账，可用于店内任何商品。",
    },
  };
}
