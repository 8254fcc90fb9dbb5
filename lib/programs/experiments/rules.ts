import { createHash } from "node:crypto";
import type { Experiment } from "../schema";

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

/** True where nobody's traits decide: the draw alone tells the arm. */
export function isDrawnOnly(experiment: Pick<Experiment, "arms">): boolean {
  return experiment.arms.every(({ segment }) => segment === null);
}

/** True when both draw the same people into the same arms, in whatever order those stand. */
export function sameArms(one: Experiment, other: Experiment): boolean {
  const drawn = ({ arms }: Experiment) =>
    JSON.stringify(
      arms
        .toSorted((left, right) => (left.id < right.id ? -1 : 1))
        .map(({ id, shareBp, segment }) => [id, shareBp, segment]),
    );
  return drawn(one) === drawn(other);
}
