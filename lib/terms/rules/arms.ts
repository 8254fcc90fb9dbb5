import { createHash } from "node:crypto";
import type { Experiment } from "../schema";
import { type ConditionFacts } from "../facts/conditions";
import { evaluate } from "./evaluate";

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

const ALL_BP = 10_000n;

/**
 * The arm into which an advocate is drawn: by the SHA-256 of the experiment's and the advocate's
 * ids over the shares of the arms. The same two ids give the same arm whoever asks, so that a draw
 * needs no memory to be sticky.
 * @param experiment one with arms to draw into
 */
export function drawArm(experiment: Pick<Experiment, "id" | "arms">, advocateId: string): string {
  // In the order of their ids: an arm that is moved up or down in the form draws the same people.
  const drawn = experiment.arms
    .filter(({ shareBp }) => shareBp !== null)
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const digest = createHash("sha256").update(`${experiment.id}\n${advocateId}`).digest();
  // 64 of its bits: what the division by 10,000 favours is beyond any count.
  let place = digest.readBigUInt64BE(0) % ALL_BP;
  for (const { id, shareBp } of drawn) {
    place -= BigInt(shareBp!);
    if (place < 0n) return id;
  }
  return drawn.at(-1)!.id;
}
