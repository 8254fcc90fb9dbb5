import { notFound } from "@/lib/core/errors";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { termsOf } from "@/lib/programs/queries";
import { termsForArm } from "@/lib/terms/rules/applying";
import { type Terms, termsSchema } from "@/lib/terms/schema";

export type ProgramInEffect = {
  id: string;
  state: string;
  version: number;
  terms: Terms;
  /** When the program's promises begin: as its terms say, else when it was first published. */
  startsAt: string;
  endsAt: string | null;
};

/** @param terms of the version that was in effect */
export function inEffect(
  program: {
    id: string;
    state: string;
    version: number;
    publishedAt: Date;
    endedAt: Date | null;
  },
  terms: Terms,
): ProgramInEffect {
  const { id, state, version, publishedAt, endedAt } = program;
  return {
    id,
    state,
    version,
    terms,
    startsAt: terms.startsAt ?? publishedAt.toISOString(),
    endsAt: firstOf(terms.endsAt, endedAt),
  };
}

export type PublishedProgram = {
  id: string;
  state: string;
  startsAt: string;
  endsAt: string | null;
  currentVersion: number;
  /** Newest first. */
  versions: readonly { version: number; publishedAt: Date; terms: Terms }[];
};

/**
 * A program with all its published versions. @throws DomainError not_found for one that was never
 * published
 */
export async function publishedVersions(
  scope: Scope,
  programId: string,
): Promise<PublishedProgram> {
  return inScope(scope, async (db, { merchantId }) => {
    const program = await db.program.findUnique({
      where: { merchantId_id: { merchantId, id: programId } },
      select: { state: true, currentVersion: true, publishedAt: true, endedAt: true },
    });
    const rows = await db.programVersion.findMany({
      where: { merchantId, programId },
      orderBy: { version: "desc" },
      select: { version: true, publishedAt: true },
    });
    if (!program?.publishedAt || program.currentVersion === null || rows.length === 0)
      throw notFound("program");
    const unread = rows
      .map(({ version }) => version)
      .filter((version) => !kept.has(keyOf(scope, programId, version)));
    const read =
      unread.length === 0
        ? []
        : await db.programVersion.findMany({
            where: { merchantId, programId, version: { in: unread } },
            select: { version: true, terms: true },
          });
    const fresh = new Map(read.map(({ version, terms }) => [version, terms]));
    const versions = rows.map((row) => ({
      ...row,
      terms: keep(scope, programId, row.version, fresh.get(row.version)),
    }));
    const { terms } = versions[0]!;
    return {
      id: programId,
      state: program.state,
      currentVersion: program.currentVersion,
      versions,
      startsAt: terms.startsAt ?? program.publishedAt.toISOString(),
      endsAt: firstOf(terms.endsAt, program.endedAt),
    };
  });
}

/**
 * The version that was in effect at a time: the latest published by then, or the first one for
 * anything earlier.
 */
export function versionAt(
  { versions }: PublishedProgram,
  at: Date,
): PublishedProgram["versions"][number] {
  return versions.find(({ publishedAt }) => publishedAt <= at) ?? versions.at(-1)!;
}

function firstOf(endsAt: string | null, endedAt: Date | null): string | null {
  return (
    [endsAt, endedAt?.toISOString()]
      .filter((end) => end != null)
      .sort((left, right) => Date.parse(left) - Date.parse(right))[0] ?? null
  );
}

/**
 * Published versions never change, and the pipeline publishes none: read once, they serve every
 * event.
 */
const kept = new Map<string, Terms>();
const MOST_KEPT = 500;

const keyOf = (scope: Scope, programId: string, version: number) =>
  `${scope.merchantId} ${programId} ${version}`;

function keep(scope: Scope, programId: string, version: number, read: unknown): Terms {
  const key = keyOf(scope, programId, version);
  const known = kept.get(key);
  if (known) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const terms = termsSchema.parse(read);
  kept.set(key, terms);
  return terms;
}

/**
 * The terms of a version as it was published, for all arms of its experiment. @throws DomainError
 * not_found
 */
export async function termsOfVersion(
  scope: Scope,
  { programId, programVersion }: { programId: string; programVersion: number },
): Promise<Terms> {
  const known = kept.get(keyOf(scope, programId, programVersion));
  return (
    known ?? keep(scope, programId, programVersion, await termsOf(scope, programId, programVersion))
  );
}

/**
 * The terms that a referral started under, for its arm of the experiment. @throws DomainError
 * not_found
 */
export async function termsOfReferral(
  scope: Scope,
  referral: { programId: string; programVersion: number; arm: string | null },
): Promise<Terms> {
  return armTerms(await termsOfVersion(scope, referral), referral.arm);
}

const byArm = new WeakMap<Terms, Map<string | null, Terms>>();

/**
 * `termsForArm`, worked out once for each arm of the terms kept here: others remember by the terms
 * what they derive from them.
 */
export function armTerms(terms: Terms, arm: string | null): Terms {
  const known = byArm.get(terms) ?? new Map<string | null, Terms>();
  byArm.set(terms, known);
  const found = known.get(arm) ?? termsForArm(terms, arm);
  known.set(arm, found);
  return found;
}
