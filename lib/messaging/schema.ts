/**
 * The consent purpose under which email about a program is sent. A no stops all of it but sign-in
 * links.
 */
export const PROGRAM_EMAIL = "program_mail";

/** The shop in whose name emails are sent. */
export type ShopOfEmails = {
  name: string;
  accentColor: string;
  shopUrl: string | null;
  supportEmail: string | null;
  timeZone: string;
  /** The language of who named none. */
  defaultLocale: string;
};

/** What is needed to write to a customer. */
export type Contact = {
  customerId: string;
  email: string | null;
  name: string | null;
  /** The language that they named. */
  locale: string | null;
  /** Whether email about programs is sent to them. */
  wantsEmail: boolean;
};

/** Everything that is read to write emails: the shop, and the readers by customer. */
export type EmailFacts = { shop: ShopOfEmails; contacts: ReadonlyMap<string, Contact> };

/** How cash is sent to somebody. */
export type PayoutMethod = "iban" | "paypal" | "other";

/** What every email about a program knows. */
type ProgramData = { programName: string; programSlug: string };

/**
 * What each email to a customer is made from: plain data, worded by the caller where it takes a
 * program's terms (`lib/terms/words/promises.ts`), since email knows no program.
 */
export type TemplateData = {
  /** To an advocate who joined. */
  joined: ProgramData & { code: string; youGet: string | null; friendGets: string | null };
  /**
   * To a friend who accepted: what is theirs at once (`benefits`), and the coupon where there is
   * one.
   */
  welcome: ProgramData & {
    advocateName: string | null;
    benefits: string[];
    coupon: { code: string; benefit: string } | null;
    /** Where they say that they accepted; null where that is proven. */
    answerUrl: string | null;
  };
  /**
   * To the advocate of that friend. `when` is a sentence without its full stop; `isClaimed` says
   * that the friend has to answer an email first.
   */
  friend_joined: ProgramData & {
    friendName: string;
    benefit: string | null;
    when: string | null;
    isClaimed: boolean;
  };
  /** To an advocate: several friends since the last such email. `friends` names the first few. */
  friends_joined: ProgramData & { friends: string[]; count: number };
  reward_held: ProgramData & { rewardId: string; benefit: string; heldUntil: Date };
  reward_available: ProgramData & {
    rewardId: string;
    benefit: string;
    couponCode: string | null;
    expiresAt: Date | null;
  };
  /** `note` is what staff wrote: a tracking number, a seat. */
  reward_given: ProgramData & { rewardId: string; benefit: string; note: string | null };
  /** `waits` says that it is the shop that has not handed it over yet. */
  reward_expiring: ProgramData & {
    rewardId: string;
    benefit: string;
    expiresAt: Date;
    couponCode: string | null;
    waits: boolean;
  };
  /** A payout: how many rewards it covers, and their amount. */
  rewards_paid: ProgramData & { amount: string; count: number; reference: string | null };
  /** `method` is how it is to be paid; `masked` never says more than its owner needs. */
  payout_confirm: { method: PayoutMethod; masked: string; url: string; hours: number };
  /** `before` and `after` are masked; null where there was nothing, or nothing is left. */
  payout_changed: {
    /** Where they look at it; null for who is in no program. */
    programSlug: string | null;
    before: string | null;
    after: string | null;
    at: Date;
    /** From when on payouts go there; null where the details were removed. */
    usableFrom: Date | null;
  };
  /** `isFirst`: they never said where their cash goes, or removed it. */
  payout_needed: ProgramData & { amount: string; isFirst: boolean };
  /** `part` is the amount reversed, in words, when the customer keeps the rest of the reward. */
  reward_reversed: ProgramData & {
    rewardId: string;
    benefit: string;
    /** The amount, where only a part of it was reversed. */
    part: string | null;
    /** False for one that was voided while it was on hold. */
    wasReleased: boolean;
    reason:
      | "refunded"
      | "cancelled_by_customer"
      | "cancelled_by_shop"
      | "voided_by_staff"
      | "referral_rejected"
      | "too_few_friends"
      | "superseded";
    /** What a member wrote about it. */
    words: string | null;
  };
  /** `benefits` is the merchant's own words; `keepUntil` the last day on which it is theirs. */
  tier_reached: ProgramData & { tier: string; benefits: string | null; keepUntil: Date };
  /** The shop's answer to a question about a reward; `answer` is a member's own words. */
  review_answered: ProgramData & {
    rewardId: string;
    benefit: string;
    answer: string;
    outcome: "kept" | "released" | "voided" | "replaced";
  };
  /** To an advocate whom a friend named after the purchase. */
  nomination_asked: ProgramData & { friendName: string | null };
  /** Always sent: the person asked for it. */
  customer_sign_in: { url: string; minutes: number };
};
export type TemplateName = keyof TemplateData;

type InputOf<T extends TemplateName> = {
  /** What the email is about; a second email for the same cause is not written. */
  causeKey: string;
  template: T;
  /** Null only for a person who is no customer yet. */
  customerId: string | null;
  recipient: string;
  /** The reader's language; null takes the shop's. */
  locale: string | null;
  /** How the reader is called. */
  readerName?: string | null;
  data: TemplateData[T];
};
/** An email to a customer. */
export type QueueInput = { [T in TemplateName]: InputOf<T> }[TemplateName];

export const TEMPLATES = [
  "joined",
  "welcome",
  "friend_joined",
  "friends_joined",
  "reward_held",
  "reward_available",
  "reward_given",
  "reward_expiring",
  "rewards_paid",
  "payout_confirm",
  "payout_changed",
  "payout_needed",
  "reward_reversed",
  "tier_reached",
  "review_answered",
  "nomination_asked",
  "customer_sign_in",
] as const satisfies readonly TemplateName[];

/**
 * Those that somebody asked for just now, and warnings about their account: they are always sent,
 * beyond any limit too, since others' emails must keep nobody out, and nobody in the dark.
 */
export const ALWAYS_SENT: readonly TemplateName[] = [
  "customer_sign_in",
  "payout_confirm",
  "payout_changed",
];

/** What the dashboard calls them. */
export const TEMPLATE_LABELS: Record<TemplateName, string> = {
  joined: "Joined the program",
  welcome: "Welcome to a friend",
  friend_joined: "Friend joined",
  friends_joined: "Friends joined",
  reward_held: "Reward on hold",
  reward_available: "Reward available",
  reward_given: "Reward delivered",
  reward_expiring: "Reward about to expire",
  rewards_paid: "Payout",
  payout_confirm: "Confirm payout details",
  payout_changed: "Payout details changed",
  payout_needed: "Payout details needed",
  reward_reversed: "Reward voided or reversed",
  tier_reached: "Tier reached",
  review_answered: "Question answered",
  nomination_asked: "Did you tell them",
  customer_sign_in: "Sign-in link",
};

/**
 * queued: due, to be tried again, or to be part of a digest. kept: there is no email server, so it
 * is only read here. held: beyond a limit, until a member releases it. gathered: a digest says it.
 */
export const MESSAGE_STATES = ["queued", "kept", "sent", "failed", "held", "gathered"] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** Whose limit an email is beyond. */
export type HeldReason = "recipient" | "shop";
export const HELD_WORDS: Record<HeldReason, string> = {
  recipient: "This person has been sent many emails in 24 hours.",
  shop: "Your shop has sent many emails in 24 hours.",
};
