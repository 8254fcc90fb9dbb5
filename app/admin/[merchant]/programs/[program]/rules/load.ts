import { redirect } from "next/navigation";
import type { EditorShop } from "@/components/program/rules/editor/editor-shop";
import { found } from "@/lib/auth/found";
import { requireMember } from "@/lib/auth/member";
import { tierLadder } from "@/lib/loyalty/tiers/queries/ladder";
import { adminPaths } from "@/lib/merchants/paths";
import { merchantProfile } from "@/lib/merchants/queries/merchant";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { findProgram, termsOf } from "@/lib/programs/queries";
import type { Terms } from "@/lib/terms/schema";
import { poolChoices } from "@/lib/rewards/coupons/queries/pools";

/** What every page of the rules works with. A program that has ended cannot be edited any more. */
export async function editedProgram(slug: string, ref: string) {
  const scope = await requireMember(slug, "program.edit");
  const program = await found(findProgram(scope, ref));
  const admin = adminPaths(slug);
  if (program.state === "ended") redirect(admin.program(program.id));
  return {
    scope,
    program,
    admin,
    rulesHref: admin.programRules(program.id),
    shop: await editorShop(scope, program.draft),
    crumbs: [
      { label: "Programs", href: admin.programs },
      { label: program.name, href: admin.program(program.id) },
      { label: "Rules", href: admin.programRules(program.id) },
    ],
  };
}

/** The published version; null before the first publishing. */
export async function versionInForce(
  scope: Scope,
  program: { id: string; currentVersion: number | null },
) {
  const { id, currentVersion: version } = program;
  return version === null ? null : { version, terms: await termsOf(scope, id, version) };
}

async function editorShop(scope: Scope, draft: Terms): Promise<EditorShop> {
  return inScope(scope, async (tx) => {
    const { returnWindowDays } = await merchantProfile(tx);
    const ladder = await tierLadder(tx);
    return {
      currency: tx.currency,
      timeZone: tx.timeZone,
      returnWindowDays,
      pools: await poolChoices(tx),
      tiers: ladder?.tiers.map(({ id, name }) => ({ id, name })) ?? [],
      arms: draft.experiment?.arms.map(({ id, name }) => ({ id, name })) ?? [],
    };
  });
}
