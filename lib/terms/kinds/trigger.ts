import { z } from "zod";
import type { Translate } from "@/lib/core/i18n/translator";
import type { Action, Watch } from "../facts/actions";
import type { CauseRef } from "../facts/causes";
import type { Cause, FriendFacts } from "../facts/referrals";
import type { Field, FormOfKind } from "../form/fields";
import type { Side } from "../schema/sides";

type Common<Data extends { kind: string }> = {
  schema: z.ZodType<Data> & z.ZodObject<{ kind: z.ZodLiteral<Data["kind"]> }>;
  form: FormOfKind;
  /** It comes with an order, of which a share can be taken. */
  hasOrder: boolean;
  /** A reward for it falls when a refund undoes the qualification of its referral. */
  restsOnQualification?: true;
  /** Types of the events that it waits for. */
  eventTypes?(trigger: Data): readonly string[];
  /** "The friend’s first purchase": in the dashboard's English. */
  staffWords(trigger: Data): string;
  /** What it waits for, said to one side: "When your friend makes their first purchase". */
  customerWords(trigger: Data, by: TriggerContext): string;
};

type TriggerContext = {
  t: Translate;
  reader: Side;
};

/** Words for an order total to reach, where the trigger says it itself. */
type LeastWords = {
  staff(amount: string): string;
  customer(amount: string, by: TriggerContext): string;
};

/** Whether it can be what qualifies a referral, and the reason that a qualified one shows. */
type Qualifying = { qualifies: true; reason: string } | { qualifies: false };

/** What a friend does. */
export type FriendTrigger<Data extends { kind: string }> = Common<Data> & {
  of: "friend";
  /** It is there as soon as the referral begins: no window is left to it. */
  isAtOnce?: true;
  /** It is whatever qualifies the referral: its conditions and words are those of that. */
  isQualification?: true;
  /** What it might be among what the friend did, in order. */
  causes(trigger: Data, facts: FriendFacts, qualifiedBy: Cause | null): Cause[];
  /**
   * Which of the causes that meet the rule's conditions count, as `slice` takes it; the first alone
   * by default.
   */
  take?(trigger: Data): [from: number, to: number | undefined];
  /** Each order is rewarded on its own, not once for the referral. */
  isPerOrder?: true;
  leastWords?: LeastWords;
} & Qualifying;

/** What an advocate does themselves or becomes: no single referral of theirs earns it. */
export type AdvocateTrigger<Data extends { kind: string }> = Common<Data> & {
  of: "advocate";
  qualifies: false;
  watch: Watch;
  /** What an action is rewarded for, once; null for one that it does not wait for. */
  causeRef(trigger: Data, action: Action): CauseRef | null;
  /** At which numbers of qualified referrals it is due, up to a count; for what counts them. */
  milestones?(trigger: Data, count: number): number[];
  /** Friends are told of it, since they help to reach it. */
  concernsFriend?: true;
  /** It happens often: the owner's page shows it, an email for each would be a nuisance. */
  isFrequent?: true;
  /** Why a rule on it needs a limit of rewards for one person. */
  needsPersonCap?: string;
};

/** Everything about what a rule waits for. */
export type TriggerKind<Data extends { kind: string }> =
  FriendTrigger<Data> | AdvocateTrigger<Data>;

const MOST = 1_000;

/** "1st", "2nd": which one, counted from 1. */
export const nthSchema = z.int().min(1).max(MOST);

/** @param initial what a new form says */
export function nthField(name: string, label: string, initial = ""): Field {
  return { name, label, control: "whole", least: 1, most: MOST, initial };
}

export const eventTypeField: Field = {
  name: "type",
  label: "Event type",
  hint: "As your shop sends it, like trial_started.",
  control: "text",
  missing: "Name the event.",
  mono: true,
};

/** "1st", "22nd". */
export function ordinal(n: number): string {
  const suffix = { one: "st", two: "nd", few: "rd", other: "th", many: "th", zero: "th" }[
    new Intl.PluralRules("en", { type: "ordinal" }).select(n)
  ];
  return `${n}${suffix}`;
}

/** "trial started" of trial_started. */
export function eventWords(type: string): string {
  return type.replace(/[_.:-]+/g, " ");
}
