import { DomainError } from "@/lib/core/errors";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { type Experiment, experimentSchema } from "@/lib/terms/schema";
import { sameArms } from "./rules";

/** The experiment as first published under this id; null if it never was. */
export async function publishedExperiment(
  scope: Scope,
  programId: string,
  experimentId: string,
): Promise<Experiment | null> {
  const first = await inScope(scope, ({ db }) =>
    db.programVersion.findFirst({
      where: {
        merchantId: scope.merchantId,
        programId,
        terms: { path: ["experiment", "id"], equals: experimentId },
      },
      orderBy: { version: "asc" },
      select: { terms: true },
    }),
  );
  return first ? experimentSchema.parse((first.terms as { experiment: unknown }).experiment) : null;
}

/**
 * Checks that a published experiment keeps the shares and segments of its arms, since advocates
 * stay in theirs; names may change.
 * @throws DomainError conflict
 */
export async function requireFixedArms(
  scope: Scope,
  programId: string,
  experiment: Experiment | undefined,
): Promise<void> {
  if (!experiment) return;
  const published = await publishedExperiment(scope, programId, experiment.id);
  if (!published || sameArms(published, experiment)) return;
  throw new DomainError(
    "conflict",
    "Arms are fixed once they are published. Start a new experiment to change them.",
    "arms",
  );
}
