import { z } from "zod";
import { smallId } from "./amounts";
import { conditionSchema } from "./conditions";

/**
 * One arm of an experiment. Those whom its segment fits are in it; all others are drawn by their
 * shares.
 */
const armSchema = z.strictObject({
  id: smallId,
  name: z.string().trim().min(1, "Name the arm.").max(80),
  /** Of those who are drawn, in basis points; null for an arm of a segment. */
  shareBp: z.int().min(1).max(10_000).nullable(),
  segment: conditionSchema.nullable(),
});
export type Arm = z.infer<typeof armSchema>;

/**
 * Different benefits for different advocates and their friends, to learn which works. Rules name
 * their arm.
 */
export const experimentSchema = z
  .strictObject({
    /** Who was drawn stays drawn while this id stays; shares are fixed under it. */
    id: smallId,
    question: z.string().trim().min(1, "What do you want to know?").max(200),
    arms: z.array(armSchema).min(2, "It takes two arms to compare.").max(6),
  })
  .superRefine((experiment, context) => {
    const drawn = experiment.arms.filter((arm) => arm.shareBp !== null);
    const say = (message: string) => context.addIssue({ code: "custom", path: ["arms"], message });
    if (new Set(experiment.arms.map((arm) => arm.id)).size !== experiment.arms.length)
      say("Two arms have the same id.");
    if (experiment.arms.some((arm) => (arm.shareBp === null) !== (arm.segment !== null)))
      say("An arm has a share or a segment.");
    if (drawn.reduce((sum, arm) => sum + arm.shareBp!, 0) !== 10_000)
      say("The shares of the arms make 100% together.");
  });
export type Experiment = z.infer<typeof experimentSchema>;
