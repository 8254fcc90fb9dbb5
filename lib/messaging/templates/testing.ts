import type { TemplateData } from "../schema";
import type { EmailShop } from "./render";
import type { UserTemplateData } from "./member";

export const TEST_SHOP: EmailShop = {
  name: "Tea & Co",
  accentColor: "#0f766e",
  shopUrl: "https://tea.example.com/?a=1&b=2",
  supportEmail: "help@example.com",
  timeZone: "Europe/Tirane",
};

/** Data of every email to customers. @param text stands for what others than the shop wrote */
export function testEmailData(text: string): TemplateData {
  const program = { programName: `Tell ${text}`, programSlug: "tell" };
  return {
    joined: { ...program, code: "MIRA-7K3P", youGet: "$10 off", friendGets: null },
    welcome: {
      ...program,
      advocateName: text,
      benefits: ["250 points"],
      answerUrl: "https://shop.example.com/i/MIRA/answer/token",
      coupon: { code: "GW-1-2", benefit: "$10 off" },
    },
    friend_joined: {
      ...program,
      friendName: text,
      benefit: "$10 off",
      when: "When your friend joins",
      isClaimed: true,
    },
    friends_joined: { ...program, friends: [text, "Ben"], count: 12 },
    reward_held: {
      ...program,
      rewardId: "rwd_1",
      benefit: "$10 off",
      heldUntil: new Date("2026-05-31T22:30:00Z"),
    },
    reward_available: {
      ...program,
      rewardId: "rwd_1",
      benefit: "$10 off",
      couponCode: "GW-1-2",
      expiresAt: null,
    },
    reward_given: { ...program, rewardId: "rwd_1", benefit: "A bike", note: text },
    reward_expiring: {
      ...program,
      rewardId: "rwd_1",
      benefit: "$10 off",
      expiresAt: new Date("2026-05-31T21:59:59.999Z"),
      couponCode: "GW-1-2",
      waits: false,
    },
    ...testPayoutData(text),
    reward_reversed: {
      ...program,
      rewardId: "rwd_1",
      benefit: "$10 off",
      part: null,
      wasReleased: true,
      reason: "voided_by_staff",
      words: text,
    },
    tier_reached: {
      ...program,
      tier: "Gold",
      benefits: text,
      keepUntil: new Date("2026-05-31T21:59:59.999Z"),
    },
    review_answered: {
      ...program,
      rewardId: "rwd_1",
      benefit: "$10 off",
      answer: `We looked ${text}`,
      outcome: "released",
    },
    nomination_asked: { ...program, friendName: text },
    customer_sign_in: { url: "https://refer.example.com/enter?token=a&b=c", minutes: 30 },
  };
}

function testPayoutData(
  text: string,
): Pick<TemplateData, "rewards_paid" | "payout_confirm" | "payout_changed" | "payout_needed"> {
  const program = { programName: `Tell ${text}`, programSlug: "tell" };
  return {
    rewards_paid: { ...program, amount: "$30", count: 2, reference: text },
    payout_confirm: {
      method: "iban",
      masked: "DE •••• 3000",
      url: "https://refer.example.com/refer/tell/payout/confirm/token",
      hours: 24,
    },
    payout_changed: {
      programSlug: "tell",
      before: "DE •••• 3000",
      after: "AL •••• 8741",
      at: new Date("2026-05-31T21:59:59.999Z"),
      usableFrom: new Date("2026-06-03T21:59:59.999Z"),
    },
    payout_needed: { ...program, amount: "$30", isFirst: true },
  };
}

/** Data of every email to users. @param text stands for what others than the reader's shop wrote */
export function testUserEmailData(text: string): UserTemplateData {
  const url = "https://refer.example.com/x";
  return {
    member_reset: { url, minutes: 30 },
    member_sign_in: { url, minutes: 30 },
    member_two_step_reset: { url, shopName: text },
    member_invite: { url, shopName: text, invitedBy: text, role: "admin", days: 7 },
    shop_invite: { url, days: 7 },
    pool_low: { url, shopName: text, poolName: "Spring", left: 0 },
    reviews_waiting: {
      url,
      shopName: text,
      count: 2,
      oldestDays: 3,
      rule: { decision: "approve", days: 14 },
    },
  };
}
