import { z } from "zod";
import { parseHex } from "@/lib/core/values/color";
import { dayFilter } from "@/lib/core/values/day";
import { readDecimal } from "@/lib/core/values/decimal";
import { emailSchema } from "@/lib/core/values/email";
import { LOCALES } from "@/lib/core/i18n/locales";
import { isCurrency } from "@/lib/core/money";
import { readPercent } from "@/lib/core/values/percent";
import { isTimeZone, zoneName } from "@/lib/core/time";
import { ROLES } from "./rules/roles";

/**
 * Long rather than intricate (NIST SP 800-63B): no rules on signs, a floor and a ceiling on length.
 */
export const passwordSchema = z
  .string("Choose a password.")
  .min(10, "Use at least 10 characters. A few words work well.")
  .max(200, "Use at most 200 characters.");

export const personNameSchema = z.string("Enter a name.").trim().min(1, "Enter a name.").max(120);

/** What a user says about themselves: in each of their shops, and in no shop’s settings. */
export const profileSchema = z.object({
  name: personNameSchema,
  locale: z.enum(LOCALES, "Choose a language from the list."),
});
export type Profile = z.infer<typeof profileSchema>;

const shopNameSchema = z
  .string("Enter the name of your shop.")
  .trim()
  .min(2, "Use at least 2 characters.")
  .max(80, "Use at most 80 characters.");

const currencySchema = z
  .string("Choose a currency.")
  .refine(isCurrency, "Choose a currency from the list.");
const timeZoneSchema = z
  .string("Choose a time zone.")
  .refine(isTimeZone, "Choose a time zone from the list.")
  .transform(zoneName);

/** What a shop begins with. */
export const openShopSchema = z.object({
  shopName: shopNameSchema,
  currency: currencySchema,
  timeZone: timeZoneSchema,
});
export type OpenShop = z.infer<typeof openShopSchema>;

export const signUpSchema = openShopSchema.extend({
  email: emailSchema,
  password: passwordSchema,
  name: personNameSchema,
});
export type SignUp = z.infer<typeof signUpSchema>;

const webAddress = z
  .url({ protocol: /^https?$/, error: "Enter a web address that begins with https://" })
  .max(500);

/** Percent as text ("42", "42.5") to basis points. */
const percentToBp = z.string("Enter a percentage.").transform((text, context) => {
  const basisPoints = readPercent(text);
  if (basisPoints !== null) return basisPoints;
  context.addIssue({ code: "custom", message: "Enter a percentage from 0 to 100, like 42.5." });
  return z.NEVER;
});

/** Minor units of the currency as text ("1", "0.25") to thousandths of a minor unit. */
const minorToMilli = z.string("Enter what a point costs you.").transform((text, context) => {
  const milli = readDecimal(text, 3);
  if (milli !== null && milli >= 0n && milli < 1_000_000_000n) return Number(milli);
  context.addIssue({ code: "custom", message: "Enter a number like 1 or 0.25." });
  return z.NEVER;
});

/** Which program counts of several that a friend came through: by their touch, or all. */
export const COUNTING_TOUCHES = ["latest", "first", "all"] as const;
export type CountingTouch = (typeof COUNTING_TOUCHES)[number];

const CLAWBACK_POLICIES = ["clamp", "negative"] as const;
export type ClawbackPolicy = (typeof CLAWBACK_POLICIES)[number];

/** What becomes of a referral that nobody decides about: it waits, or a rule decides. */
const REVIEW_DECISIONS = ["wait", "approve", "reject"] as const;
export type ReviewDecision = (typeof REVIEW_DECISIONS)[number];

/** A stored decision; one that this version does not know waits. */
export function asReviewDecision(stored: string): ReviewDecision {
  return REVIEW_DECISIONS.find((one) => one === stored) ?? "wait";
}

/** What customers may say of where their cash goes. */
export const DESTINATION_KINDS = ["iban", "paypal", "other"] as const;
export type DestinationKind = (typeof DESTINATION_KINDS)[number];

/** The kinds of a shop, as stored; one that this version does not know is none. */
export function asDestinationKinds(stored: readonly string[]): DestinationKind[] {
  return DESTINATION_KINDS.filter((kind) => stored.includes(kind));
}

const daysInReview = z.coerce
  .number("Enter a number of days.")
  .int("Enter whole days.")
  .min(1, "Enter 1 or more days.")
  .max(90, "Enter at most 90 days.")
  .optional();

export const merchantSettingsSchema = z.object({
  name: shopNameSchema,
  currency: currencySchema.optional(),
  timeZone: timeZoneSchema,
  defaultLocale: z.enum(LOCALES),
  shopUrl: webAddress.optional(),
  supportEmail: emailSchema.optional(),
  returnWindowDays: z.coerce
    .number("Enter a number of days.")
    .int("Enter whole days.")
    .min(0, "Enter 0 or more days.")
    .max(365, "Enter at most 365 days."),
  /** Left out while the shop does not know it. */
  marginBp: percentToBp.optional(),
  pointCostMilli: minorToMilli,
  /**
   * What a reversal does that finds too little: stop at 0, or go below it. As it was where it is
   * not said.
   */
  clawbackPolicy: z.enum(CLAWBACK_POLICIES, "Choose one.").optional(),
  /** Whether a coupon is usable again once its order came back whole. As it was by default. */
  couponReuse: z
    .enum(["again", "once"], "Choose one.")
    .transform((choice) => choice === "again")
    .optional(),
  /** Which program a purchase counts for, of several that its customer came through. */
  countingTouch: z.enum(COUNTING_TOUCHES, "Choose one.").optional(),
  /** After how many days under review staff are reminded of a referral, and a rule decides. */
  reviewRemindDays: daysInReview,
  reviewDecideDays: daysInReview,
  reviewDecision: z.enum(REVIEW_DECISIONS, "Choose one.").optional(),
  /**
   * What customers are asked about where their cash goes; "none" beside them is always sent, since
   * boxes that are not ticked send nothing.
   */
  payoutKinds: z
    .array(z.enum([...DESTINATION_KINDS, "none"], "Choose from the list."))
    .transform(asDestinationKinds)
    .optional(),
  /** What to enter where they may say something else, in the shop's words. */
  payoutHint: z.string().trim().max(200, "Use at most 200 characters.").optional(),
});
export type MerchantSettings = z.infer<typeof merchantSettingsSchema>;

export const LOGO_MAX_BYTES = 256 * 1024;

export const brandingSchema = z.object({
  accentColor: z
    .string("Choose a colour.")
    .trim()
    .toLowerCase()
    .refine((text) => parseHex(text) !== null, "Enter a colour like #0f766e."),
  /** A new logo; absent keeps the one there is. */
  logo: z
    .file("Choose a picture.")
    .max(LOGO_MAX_BYTES, "The picture must be 256 KB or smaller.")
    .optional(),
  removeLogo: z.literal("on").optional(),
});
export type Branding = z.infer<typeof brandingSchema>;

const roleSchema = z.enum(ROLES, "Choose a role.");
const userIdSchema = z.string().min(1).max(64);

export const inviteSchema = z.object({ email: emailSchema, role: roleSchema });
export const revokeInviteSchema = z.object({ inviteId: z.string().min(1).max(64) });
export const changeRoleSchema = z.object({ userId: userIdSchema, role: roleSchema });
export const removeMemberSchema = z.object({ userId: userIdSchema });
export const resetTwoStepSchema = z.object({ userId: userIdSchema });
/** A checkbox: not sent where it is not ticked. */
export const twoStepRuleSchema = z.object({
  required: z
    .literal("on")
    .optional()
    .transform((value) => value !== undefined),
});

const KEY_KINDS = ["secret", "publishable"] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

export const createKeySchema = z.object({
  kind: z.enum(KEY_KINDS, "Choose a kind of key."),
  label: z.string("Name this key.").trim().min(1, "Name this key.").max(60),
});
export const revokeKeySchema = z.object({ keyId: z.string().min(1).max(64) });

export const auditFilterSchema = z.object({
  ...dayFilter,
  action: z.string().max(60).optional(),
  actor: z.string().max(64).optional(),
  search: z.string().trim().max(120).optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

/** The lists of the dashboard that members keep views of. */
const VIEW_LISTS = [
  "customers",
  "referrals",
  "rewards",
  "deliveries",
  "events",
  "emails",
  "redemptions",
  "nominations",
  "audit",
] as const;
export type ViewList = (typeof VIEW_LISTS)[number];

/** A filter as an address has it, without what belongs to one page of the list. */
const viewQuery = z
  .string()
  .max(1_000)
  .transform((text) => {
    const query = new URLSearchParams(text);
    for (const name of ["cursor", "limit"]) query.delete(name);
    return query.toString();
  })
  .refine((query) => query !== "", "Filter the list first.");

export const saveViewSchema = z.object({
  list: z.enum(VIEW_LISTS),
  name: z
    .string("Enter a name.")
    .trim()
    .min(1, "Enter a name.")
    .max(60, "Use at most 60 characters."),
  query: viewQuery,
  isShared: z.stringbool().default(false),
});
export const removeViewSchema = z.object({ viewId: z.string().min(1).max(40) });
