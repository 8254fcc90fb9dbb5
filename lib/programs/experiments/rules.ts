import type { Experiment } from "@/lib/terms/schema";

/** True where nobody's traits decide: the draw alone tells the arm. */
export function isDrawnOnly(experiment: Pick<Experiment, "arms">): boolean {
  return experiment.arms.every(({ segment }) => segment === null);
}

/** True when both assign the same people to the same arms, whatever the order of the arms. */
export function sameArms(one: Experiment, other: Experiment): boolean {
  const drawn = ({ arms }: Experiment) =>
    JSON.stringify(
      arms
        .toSorted((left, right) => (left.id < right.id ? -1 : 1))
        .map(({ id, shareBp, segment }) => [id, shareBp, segment]),
    );
  return drawn(one) === drawn(other);
}
