import { z } from "zod";

const customerId = z.string().min(1).max(40);

/** Two records of one person, and which of them remains. */
export const mergeSchema = z.object({
  oneId: customerId,
  otherId: customerId,
  keep: z.enum(["one", "other"], "Choose the record that remains."),
});
export const apartSchema = z.object({ oneId: customerId, otherId: customerId });
export const undoMergeSchema = z.object({ mergeId: z.string().min(1).max(40) });

/** Who had two records merged: a member, the API, or a request that named both. */
export const MERGE_CAUSES = ["staff", "api", "one_request"] as const;
export type MergeCause = (typeof MERGE_CAUSES)[number];

/** What a record said of itself, as it was before it was merged. */
const profileSchema = z.object({
  externalId: z.string().nullable(),
  email: z.string().nullable(),
  emailIdentity: z.string().nullable(),
  name: z.string().nullable(),
  locale: z.string().nullable(),
  traits: z.record(z.string(), z.unknown()),
});
export type Profile = z.infer<typeof profileSchema>;

/** What a merge moved, by kind: enough to move it back. */
export const movedSchema = z.object({
  profiles: z.object({ from: profileSchema, into: profileSchema }),
  /** Keys of the rows that name the remaining customer now, by table. */
  rows: z.record(z.string(), z.array(z.string())),
  /** Rewards whose cause the remaining customer had been rewarded for too. */
  causes: z.array(z.object({ id: z.string(), causeRef: z.string() })),
  browsers: z.array(
    z.object({
      id: z.string(),
      at: z.string(),
      /** Left out by merges from before it was kept: then it was believed. */
      proven: z.boolean().optional(),
      isNew: z.boolean(),
    }),
  ),
  keys: z.array(
    z.object({
      kind: z.string(),
      value: z.string(),
      said: z.string(),
      proven: z.boolean(),
      at: z.string(),
      /** Left out by merges from before it was kept. */
      provenBy: z.string().nullish(),
      provenAt: z.string().nullish(),
      doubtedAt: z.string().nullish(),
      isNew: z.boolean(),
    }),
  ),
  /** Referrals of the merged customer as a friend, with their rounds of before. */
  friends: z.array(z.object({ id: z.string(), round: z.int() })),
  /** Referrals that the merge rejected. */
  rejected: z.array(z.string()),
  /** Advocates who moved as they are. */
  advocates: z.array(z.string()),
  /** Advocates whose codes and friends another one in the same program took over. */
  joined: z.array(
    z.object({
      from: z.string(),
      into: z.string(),
      codes: z.array(z.string()),
      referrals: z.array(z.string()),
      rewards: z.array(z.string()),
      rewardCount: z.int(),
      qualifiedCount: z.int(),
    }),
  ),
  tier: z.enum(["moved", "kept"]).nullable(),
});
export type Moved = z.infer<typeof movedSchema>;
