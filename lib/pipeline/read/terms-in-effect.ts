import { groupedBy } from "@/lib/core/collections/grouped-by";
import { Prisma } from "@/lib/core/db";
import { notFound } from "@/lib/core/errors";
import { dateOf, type Query, readRows } from "@/lib/core/statements/query";
import type { Scope, Tx } from "@/lib/merchants/scope";
import { termsOf } from "@/lib/programs/queries";
import { eventTypesOf, termsForArm } from "@/lib/terms/rules/applying";
import { type Asked, askedByAll } from "@/lib/terms/rules/asked";
import { givesPoints } from "@/lib/terms/rules/worth";
import { type Terms, termsSchema } from "@/lib/terms/schema";

type ProgramVersion = { version: number; publishedAt: Date; terms: Terms };

/** All that a program has promised since it was first published. */
type Promises = {
  /** Newest first. */
  versions: readonly ProgramVersion[];
  /** What they ask for, all together. */
  asked: Asked;
  /** The types of events that friends' triggers wait for. */
  goals: readonly string[];
  /** The types of events that any trigger waits for. */
  awaited: ReadonlySet<string>;
  givesPoints: boolean;
  /** For how long a click counted at most. */
  windowDays: number;
};

/** A program as it stands, without what it promises. */
export type ProgramRow = {
  id: string;
  slug: string;
  name: string;
  state: string;
  currentVersion: number;
  publishedAt: Date;
  endedAt: Date | null;
  /** What has to be looked at beside friends' events. */
  watches: readonly string[];
};

export type PublishedProgram = Promises &
  ProgramRow & {
    /** When its promises begin: as the terms say, else when it was first published. */
    startsAt: string;
    endsAt: string | null;
  };

/** Programs that were ever published, by id. */
export type Programs = ReadonlyMap<string, PublishedProgram>;

/**
 * Published versions never change: read once, they serve every event. By merchant and program, the
 * one that was used last at the end.
 */
const kept = new Map<string, Promises>();
const MOST_KEPT = 1_000;

/**
 * Adds to programs what they promise. Nearly always that is known already; for all whose newest
 * version is not, it takes one statement.
 */
export async function withTerms(tx: Tx, rows: readonly ProgramRow[]): Promise<Programs> {
  const keyOf = (programId: string) => `${tx.merchantId} ${programId}`;
  const unknown = rows.filter(
    ({ id, currentVersion }) => kept.get(keyOf(id))?.versions[0]!.version !== currentVersion,
  );
  const read = unknown.length === 0 ? [] : await readRows(tx.dbBefore, versionsQuery(tx, unknown));
  for (const [id, versions] of groupedBy(read, ({ programId }) => programId))
    kept.set(keyOf(id), promisesOf(versions));
  const programs = new Map<string, PublishedProgram>();
  for (const row of rows) {
    const key = keyOf(row.id);
    const promises = kept.get(key);
    if (!promises) continue;
    kept.delete(key);
    kept.set(key, promises);
    programs.set(row.id, publishedProgram(row, promises));
  }
  for (const key of kept.keys()) {
    if (kept.size <= MOST_KEPT) break;
    kept.delete(key);
  }
  return programs;
}

function versionsQuery(
  { merchantId }: Tx,
  programs: readonly ProgramRow[],
): Query<ProgramVersion & { programId: string }> {
  return {
    sql: Prisma.sql`
      SELECT v.program_id AS "programId", v.version, v.published_at AS "publishedAt", v.terms
      FROM unnest(
        ${programs.map(({ id }) => id)}::text[],
        ${programs.map(({ currentVersion }) => currentVersion)}::int[]
      ) AS p (id, newest)
      JOIN program_version v ON v.merchant_id = ${merchantId} AND v.program_id = p.id
        AND v.version <= p.newest
      ORDER BY v.version DESC`,
    row: ({ publishedAt, terms, ...version }) => ({
      ...version,
      publishedAt: dateOf(publishedAt),
      terms: termsSchema.parse(terms),
    }),
  };
}

function promisesOf(versions: readonly ProgramVersion[]): Promises {
  const all = versions.map(({ terms }) => terms);
  return {
    versions,
    asked: askedByAll(all),
    goals: [...new Set(all.flatMap((terms) => eventTypesOf(terms, "friend")))],
    awaited: new Set(
      all.flatMap((terms) => [
        ...eventTypesOf(terms, "friend"),
        ...eventTypesOf(terms, "advocate"),
      ]),
    ),
    givesPoints: all.some(({ rules }) => rules.some(givesPoints)),
    windowDays: Math.max(...all.map((terms) => terms.windowDays)),
  };
}

function publishedProgram(row: ProgramRow, promises: Promises): PublishedProgram {
  return { ...row, ...promises, ...datesUnder(promises.versions[0]!.terms, row) };
}

function datesUnder(
  terms: Terms,
  { publishedAt, endedAt }: ProgramRow,
): Pick<PublishedProgram, "startsAt" | "endsAt"> {
  return {
    startsAt: terms.startsAt ?? publishedAt.toISOString(),
    endsAt: firstOf(terms.endsAt, endedAt),
  };
}

function firstOf(endsAt: string | null, endedAt: Date | null): string | null {
  return (
    [endsAt, endedAt?.toISOString()]
      .filter((end) => end != null)
      .sort((left, right) => Date.parse(left) - Date.parse(right))[0] ?? null
  );
}

/** A program with the version that was in effect at a time. */
export type ProgramInEffect = {
  id: string;
  state: string;
  version: number;
  terms: Terms;
  /** When the program's promises begin: as its terms say, else when it was first published. */
  startsAt: string;
  endsAt: string | null;
};

/** Those of these programs that were ever published, as they were in effect at a time. */
export function programsInEffect(
  { programs }: { programs: Programs },
  ids: Iterable<string>,
  at: Date,
): Map<string, ProgramInEffect> {
  const found = new Map<string, ProgramInEffect>();
  for (const id of new Set(ids)) {
    const program = programs.get(id);
    if (!program) continue;
    const { version, terms } = versionAt(program, at);
    found.set(id, { id, state: program.state, version, terms, ...datesUnder(terms, program) });
  }
  return found;
}

/** A program with all its versions. @throws DomainError not_found for one never published */
export function publishedVersions(
  { programs }: { programs: Programs },
  programId: string,
): PublishedProgram {
  const program = programs.get(programId);
  if (!program) throw notFound("program");
  return program;
}

/**
 * The version that was in effect at a time: the latest published by then, or the first one for
 * anything earlier.
 */
export function versionAt({ versions }: Pick<Promises, "versions">, at: Date): ProgramVersion {
  return versions.find(({ publishedAt }) => publishedAt <= at) ?? versions.at(-1)!;
}

type Started = { programId: string; programVersion: number; arm: string | null };

/**
 * The terms that a referral started under, for its arm of the experiment. @throws DomainError
 * not_found
 */
export function termsOfStarted(
  shop: { programs: Programs },
  { programId, programVersion, arm }: Started,
): Terms {
  const { versions } = publishedVersions(shop, programId);
  const found = versions.find(({ version }) => version === programVersion);
  if (!found) throw notFound("version of this program");
  return armTerms(found.terms, arm);
}

/** The same without a shop at hand. */
export async function termsOfReferral(
  scope: Scope,
  { programId, programVersion, arm }: Started,
): Promise<Terms> {
  const known = kept
    .get(`${scope.merchantId} ${programId}`)
    ?.versions.find(({ version }) => version === programVersion);
  return armTerms(known?.terms ?? (await termsOf(scope, programId, programVersion)), arm);
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
