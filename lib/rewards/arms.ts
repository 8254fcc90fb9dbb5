import { drawArm } from "@/lib/programs/experiments/rules";
import type { Experiment } from "@/lib/programs/schema";
import { type ConditionFacts, evaluate } from "./conditions";

/**
 * The arm of an experiment that an advocate belongs to: the first of a segment that holds for them,
 * else the one they are drawn into. Pure, and the same for the same facts.
 * @param facts of the advocate alone
 */
export function armFor(experiment: Experiment, advocateId: string, facts: ConditionFacts): string {
  const segment = experiment.arms.find(
    (arm) => arm.segment !== null && evaluate(arm.segment, facts).holds,
  );
  return segment?.id ?? drawArm(experiment, advocateId);
}
