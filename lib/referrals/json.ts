import { z } from "zod";
import { translator } from "@/lib/core/i18n/translator";
import { jsonTime, timeOrNull } from "@/lib/core/json";
import { customerRef, jsonPersonSchema } from "@/lib/customers/json";
import type { ReferralRow, ReferralStepRow, ReferralStory } from "./queries/referrals";
import { SIGNAL_KINDS } from "@/lib/terms/schema";
import { scoreWords } from "@/lib/terms/words/signals";
import {
  type EvidenceRow,
  isShared,
  reasonWords,
  REFERRAL_STATES,
  type ReferralState,
} from "./schema";

const stateSchema = z.enum(REFERRAL_STATES);

export const referralJsonSchema = z
  .object({
    id: z.string().meta({ example: "ref_06…" }),
    program: z.string().meta({ description: "The program's id." }),
    programSlug: z.string(),
    programVersion: z.int().meta({ description: "The terms that it began under, and keeps." }),
    advocate: z
      .string()
      .meta({ description: "Your id of the customer who shared; ours where you gave none." }),
    friend: z
      .string()
      .meta({ description: "Your id of the customer who came; ours where you gave none." }),
    code: z.string(),
    state: stateSchema,
    reason: z
      .string()
      .meta({ description: "Why it is in this state: a stable word, or what your team wrote." }),
    reasonText: z.string().meta({ description: "The same in a sentence." }),
    steps: z
      .array(
        z.object({
          state: stateSchema,
          at: jsonTime,
          reason: z.string(),
          reasonText: z.string(),
          recordedAt: jsonTime,
          actor: z.string().meta({ description: "Who took the step." }),
          eventId: z.string().nullable(),
        }),
      )
      .meta({ description: "In the order they were taken." }),
    attributedBy: z.string().meta({
      description:
        "What linked friend and advocate: claim, click, code, discount_code, visitor, manual.",
    }),
    channel: z.string().nullable(),
    underReview: z
      .boolean()
      .meta({ description: "Waits for a decision; its rewards stay on hold." }),
    provenAt: jsonTime.nullable().meta({
      description:
        "Since when it is proven that the friend accepted. Until then the advocate earns nothing " +
        "by it: somebody only typed the friend’s address into the invitation.",
    }),
    provenBy: z
      .string()
      .nullable()
      .meta({ description: "What proved it: server, staff, email, page, coupon, before." }),
    heldBack: z.boolean().meta({
      description: "The friend’s own reward waits for that too: the day’s limit was reached.",
    }),
    reviewSince: jsonTime.nullable().meta({ description: "Since when it waits for a decision." }),
    score: z
      .int()
      .min(0)
      .max(100)
      .meta({ description: "What its signals add up to; from a threshold on, it is held." }),
    advocateCustomer: jsonPersonSchema,
    friendCustomer: jsonPersonSchema,
    createdAt: jsonTime,
    clickedAt: jsonTime.nullable(),
    joinedAt: jsonTime.nullable(),
    qualifiedAt: jsonTime.nullable(),
    rewardedAt: jsonTime.nullable(),
    expiresAt: jsonTime.meta({ description: "By when it has to qualify." }),
  })
  .meta({ id: "Referral" });
export type ReferralJson = z.infer<typeof referralJsonSchema>;

export const referralStoryJsonSchema = referralJsonSchema
  .extend({
    signals: z
      .array(
        z.object({
          kind: z.enum(SIGNAL_KINDS),
          severity: z.enum(["block", "review"]),
          weight: z.int().meta({ description: "What it counts for in the score." }),
          detail: z.string(),
          reached: z.string().meta({
            description:
              "How far the rewards had come when it was found: nothing, held, released or paid.",
          }),
          evidence: z
            .array(
              z.object({
                kind: z.string().meta({
                  description:
                    "email, phone or browser, which two records share; or network, pace, domain, " +
                    "unanswered, bounced, coupon, goal.",
                }),
                customer: z
                  .string()
                  .nullable()
                  .meta({ description: "Our id of the other record." }),
                said: z.string().nullable(),
                otherSaid: z.string().nullable(),
                proven: z.boolean().nullable(),
                count: z.int().nullable().meta({ description: "How many there were in a day." }),
                order: z.string().nullable().meta({ description: "Your id of the order." }),
              }),
            )
            .meta({ description: "What it rests on." }),
          at: jsonTime,
        }),
      )
      .meta({ description: "What deserves a second look; what counts most comes first." }),
    scoreText: z.string().nullable().meta({ description: "The signals in a sentence." }),
  })
  .meta({ id: "ReferralStory" });
export type ReferralStoryJson = z.infer<typeof referralStoryJsonSchema>;

export function referralToJson(row: ReferralRow, steps: readonly ReferralStepRow[]): ReferralJson {
  const advocate = {
    id: row.advocateCustomerId,
    externalId: row.advocateExternalId,
    name: row.advocateName,
    email: row.advocateEmail,
  };
  const friend = {
    id: row.friendId,
    externalId: row.friendExternalId,
    name: row.friendName,
    email: row.friendEmail,
  };
  return {
    id: row.id,
    program: row.programId,
    programSlug: row.programSlug,
    programVersion: row.programVersion,
    advocate: customerRef(advocate),
    friend: customerRef(friend),
    code: row.code,
    state: row.state as ReferralState,
    reason: row.reason,
    reasonText: reasonWords(row.reason),
    steps: steps.map((step) => ({
      state: step.state as ReferralState,
      at: step.at.toISOString(),
      reason: step.reason,
      reasonText: reasonWords(step.reason),
      recordedAt: step.recordedAt.toISOString(),
      actor: step.actor,
      eventId: step.eventId,
    })),
    attributedBy: row.attributedBy,
    channel: row.channel,
    underReview: row.underReview,
    provenAt: timeOrNull(row.provenAt),
    provenBy: row.provenBy,
    heldBack: row.heldBack,
    reviewSince: timeOrNull(row.reviewAt),
    score: row.score,
    advocateCustomer: personOf(advocate),
    friendCustomer: personOf(friend),
    createdAt: row.createdAt.toISOString(),
    clickedAt: timeOrNull(row.clickedAt),
    joinedAt: timeOrNull(row.joinedAt),
    qualifiedAt: timeOrNull(row.qualifiedAt),
    rewardedAt: timeOrNull(row.rewardedAt),
    expiresAt: row.expiresAt.toISOString(),
  };
}

export function referralStoryToJson(story: ReferralStory): ReferralStoryJson {
  return {
    ...referralToJson(story, story.steps),
    signals: story.signals.map(({ kind, severity, weight, detail, reached, evidence, at }) => ({
      kind,
      severity: severity === "block" ? "block" : "review",
      weight,
      detail,
      reached,
      evidence: evidence.map(evidenceToJson),
      at: at.toISOString(),
    })),
    scoreText: story.signals.length > 0 ? scoreWords(translator("en"), story.signals) : null,
  };
}

function evidenceToJson(evidence: EvidenceRow) {
  const shared = isShared(evidence) ? evidence : null;
  const fact = isShared(evidence) ? null : evidence;
  return {
    kind: evidence.kind,
    customer: evidence.customerId,
    said: evidence.said,
    otherSaid: shared?.otherSaid ?? null,
    proven: shared?.proven ?? null,
    count: fact?.count ?? null,
    order: fact?.orderId ?? null,
  };
}

function personOf(person: {
  id: string;
  externalId: string | null;
  name: string | null;
  email: string | null;
}) {
  return { id: customerRef(person), goodwordId: person.id, name: person.name, email: person.email };
}
