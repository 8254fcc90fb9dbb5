import { redirect } from "next/navigation";
import type { EditorShop } from "@/components/program/rules/editor-shop";
import { found } from "@/lib/auth/found";
import { requireMember } from "@/lib/auth/member";
import { tierLadder } from "@/lib/loyalty/tiers/queries/tiers";
import { adminPaths } from "@/lib/merchants/paths";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { merchantProfile } from "@/lib/merchants/queries";
import { findProgram, termsOf } from "@/lib/programs/queries";
import type { Terms } from "@/lib/terms/schema";

/** What every page of the rules works with. A program that has ended is not edited any more. */
export async function editedProgram(slug: string, ref: string) {
  const scope = await requireMember(slug, "program.edit");
  const program = await found(findProgram(scope, ref));
  const programHref = adminPaths(slug).program(program.id);
  if (program.state === "ended") redirect(programHref);
  return {
    scope,
    program,
    programHref,
    rulesHref: `${programHref}/rules`,
    shop: await editorShop(scope, program.draft),
    crumbs: [
      { label: "Programs", href: adminPaths(slug).programs },
      { label: program.name, href: programHref },
      { label: "Rules", href: `${programHref}/rules` },
    ],
  };
}

/** The version in force; null before the first publishing. */
export async function versionInForce(
  scope: Scope,
  program: { id: string; currentVersion: number | null },
) {
  const { id, currentVersion: version } = program;
  return version === null ? null : { version, terms: await termsOf(scope, id, version) };
}

export async function editorShop(scope: Scope, draft: Terms): Promise<EditorShop> {
  return inScope(scope, async (db, scope) => {
    const { returnWindowDays } = await merchantProfile(scope);
    const ladder = await tierLadder(scope);
    const pools = await db.couponPool.findMany({
      where: { merchantId: scope.merchantId },
      select: { id: true, name: true },
      orderBy: { name: "asc" },
      take: 200,
    });
    return {
      currency: scope.currency,
      timeZone: scope.timeZone,
      returnWindowDays,
      pools,
      tiers: ladder?.tiers.map(({ id, name }) => ({ id, name })) ?? [],
      arms: draft.experiment?.arms.map(({ id, name }) => ({ id, name })) ?? [],
    };
  });
}
