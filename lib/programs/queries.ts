import type { Prisma } from "@/lib/core/db";
import { notFound } from "@/lib/core/errors";
import { decodeTimeCursor, type Page, toPage } from "@/lib/core/paging";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import { type Openness, openness } from "./rules";
import { type ProgramState } from "./schema";
import { type Terms, termsSchema } from "@/lib/terms/schema";

export type ProgramSummary = {
  id: string;
  slug: string;
  name: string;
  state: string;
  currentVersion: number | null;
  createdAt: Date;
  updatedAt: Date;
  publishedAt: Date | null;
  endedAt: Date | null;
};

const SUMMARY = {
  id: true,
  slug: true,
  name: true,
  state: true,
  currentVersion: true,
  createdAt: true,
  updatedAt: true,
  publishedAt: true,
  endedAt: true,
} as const;

export type ProgramListing = ProgramSummary & {
  /** Published, or of the draft while nothing is published. */
  terms: Terms;
  /** How many joined, and the number of referrals in any state. */
  advocates: number;
  referrals: number;
  /** Rewards not void or reversed and their cost, as counted against the budget. */
  rewards: number;
  costMinor: bigint;
};

/** Every program of the merchant, newest first. */
export async function listPrograms(scope: Scope): Promise<ProgramListing[]> {
  requirePermission(scope, "program.read");
  return inScope(scope, async ({ db }) => {
    const programs = await db.program.findMany({
      where: { merchantId: scope.merchantId },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      select: {
        ...SUMMARY,
        draft: true,
        _count: { select: { advocates: true, referrals: true } },
        budget: { select: { rewards: true, costMinor: true } },
        versions: { select: { terms: true }, orderBy: { version: "desc" }, take: 1 },
      },
    });
    return programs.map(({ _count, budget, versions, draft, ...program }) => ({
      ...program,
      ..._count,
      terms: termsSchema.parse(versions[0]?.terms ?? draft),
      rewards: budget?.rewards ?? 0,
      costMinor: budget?.costMinor ?? 0n,
    }));
  });
}

export type ProgramRecord = ProgramSummary & {
  /** Null while nothing is published. */
  published: Terms | null;
  draft: Terms;
  advocates: number;
  referrals: number;
  rewards: number;
  costMinor: bigint;
};

/** Programs with both their terms, newest first, a page at a time. */
export async function pageOfPrograms(
  scope: Scope,
  { state, cursor, limit }: { state?: ProgramState; cursor?: string; limit: number },
): Promise<Page<ProgramRecord>> {
  requirePermission(scope, "program.read");
  const conditions: Prisma.ProgramWhereInput[] = [];
  if (state) conditions.push({ state });
  if (cursor) {
    const { at, id } = decodeTimeCursor(cursor);
    conditions.push({ OR: [{ createdAt: { lt: at } }, { createdAt: at, id: { lt: id } }] });
  }
  const rows = await programRecords(scope, { AND: conditions }, limit + 1);
  return toPage(rows, limit, (row) => [row.createdAt.toISOString(), row.id]);
}

/** One program with both its terms, by id or slug. @throws DomainError not_found */
export async function programRecord(scope: Scope, idOrSlug: string): Promise<ProgramRecord> {
  requirePermission(scope, "program.read");
  const [program] = await programRecords(
    scope,
    { OR: [{ id: idOrSlug }, { slug: { in: slugsOf(scope, idOrSlug) } }] },
    1,
  );
  if (!program) throw notFound("program");
  return program;
}

async function programRecords(
  scope: Scope,
  where: Prisma.ProgramWhereInput,
  take: number,
): Promise<ProgramRecord[]> {
  const rows = await inScope(scope, ({ db }) =>
    db.program.findMany({
      where: { ...where, merchantId: scope.merchantId },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take,
      select: {
        ...SUMMARY,
        draft: true,
        _count: { select: { advocates: true, referrals: true } },
        budget: { select: { rewards: true, costMinor: true } },
        versions: { select: { terms: true }, orderBy: { version: "desc" }, take: 1 },
      },
    }),
  );
  return rows.map(({ _count, budget, versions, draft, ...program }) => ({
    ...program,
    ..._count,
    draft: termsSchema.parse(draft),
    published: versions[0] ? termsSchema.parse(versions[0].terms) : null,
    rewards: budget?.rewards ?? 0,
    costMinor: budget?.costMinor ?? 0n,
  }));
}

/**
 * The slugs that find a program: its own, and in test mode also that of the live program it copies.
 */
export function slugsOf(scope: Scope, slug: string): string[] {
  return scope.isSandbox ? [slug, `${slug}-test`] : [slug];
}

/** One program by id or slug, with its draft. @throws DomainError not_found */
export async function findProgram(
  scope: Scope,
  idOrSlug: string,
): Promise<ProgramSummary & { draft: Terms }> {
  const program = await inScope(scope, ({ db }) =>
    db.program.findFirst({
      where: {
        merchantId: scope.merchantId,
        OR: [{ id: idOrSlug }, { slug: { in: slugsOf(scope, idOrSlug) } }],
      },
      select: { ...SUMMARY, draft: true },
    }),
  );
  if (!program) throw notFound("program");
  return { ...program, draft: termsSchema.parse(program.draft) };
}

/** The published versions, newest first. */
export async function listVersions(
  scope: Scope,
  programId: string,
): Promise<{ version: number; terms: Terms; publishedAt: Date; publishedBy: string }[]> {
  const versions = await inScope(scope, ({ db }) =>
    db.programVersion.findMany({
      where: { merchantId: scope.merchantId, programId },
      orderBy: { version: "desc" },
      select: { version: true, terms: true, publishedAt: true, publishedBy: true },
    }),
  );
  return versions.map((row) => ({ ...row, terms: termsSchema.parse(row.terms) }));
}

/** Names of all programs, newest first: for filters. */
export async function programNames(
  scope: Scope,
): Promise<{ id: string; slug: string; name: string }[]> {
  requirePermission(scope, "program.read");
  return inScope(scope, ({ db }) =>
    db.program.findMany({
      where: { merchantId: scope.merchantId },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      select: { id: true, slug: true, name: true },
    }),
  );
}

/** The terms of one version. @throws DomainError not_found */
export async function termsOf(scope: Scope, programId: string, version: number): Promise<Terms> {
  const row = await inScope(scope, ({ db }) =>
    db.programVersion.findUnique({
      where: { merchantId_programId_version: { merchantId: scope.merchantId, programId, version } },
      select: { terms: true },
    }),
  );
  if (!row) throw notFound("version of this program");
  return termsSchema.parse(row.terms);
}

/** A program as the public sees it: with the terms last published. */
export type PublishedProgram = {
  id: string;
  slug: string;
  name: string;
  version: number;
  terms: Terms;
  openness: Openness;
};

/** Null for a program that was never published: the public sees none. */
export async function publishedProgram(
  scope: Scope,
  programId: string,
): Promise<PublishedProgram | null> {
  const { merchantId } = scope;
  return inScope(scope, async ({ db }) => {
    const program = await db.program.findUnique({
      where: { merchantId_id: { merchantId, id: programId } },
      select: { id: true, slug: true, name: true, state: true, currentVersion: true },
    });
    if (!program || program.currentVersion === null) return null;
    const { terms: stored } = await db.programVersion.findUniqueOrThrow({
      where: {
        merchantId_programId_version: { merchantId, programId, version: program.currentVersion },
      },
      select: { terms: true },
    });
    const terms = termsSchema.parse(stored);
    const { id, slug, name } = program;
    return {
      id,
      slug,
      name,
      version: program.currentVersion,
      terms,
      openness: openness(program, terms, scopeNow(scope)),
    };
  });
}
