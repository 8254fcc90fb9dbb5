import { cache } from "react";
import { readShareCode } from "@/lib/core/values/code";
import { prismaFor } from "@/lib/core/db";
import { type Actor, mintScope, SCOPE_COLUMNS, type Scope } from "@/lib/merchants/scope";

/** The actor of public pages: it has no member's permissions, and the audit log names it. */
const VISITOR: Actor = { kind: "customer", id: "visitor", label: "Visitor" };

export type PublicProgram = { id: string; slug: string; merchantId: string };

/**
 * Finds a program by its slug for a public page; null if there is none. Whether it is open is for
 * the caller to check.
 */
export const visitorOfProgram = cache(
  async (slug: string): Promise<{ scope: Scope; program: PublicProgram } | null> => {
    const row = await prismaFor("goodword_gate").program.findUnique({
      where: { slug },
      select: { id: true, slug: true, merchantId: true, merchant: { select: SCOPE_COLUMNS } },
    });
    if (!row) return null;
    return {
      scope: mintScope(row.merchant, VISITOR),
      program: { id: row.id, slug: row.slug, merchantId: row.merchantId },
    };
  },
);

export type VisitorOfCode = {
  scope: Scope;
  code: string;
  advocateId: string;
  program: PublicProgram;
};

/** Finds the advocate and program of a share code as somebody typed it; null for an unknown one. */
export const visitorOfCode = cache(async (text: string): Promise<VisitorOfCode | null> => {
  const code = readShareCode(text);
  if (code === null) return null;
  const row = await prismaFor("goodword_gate").shareCode.findUnique({
    where: { code },
    select: {
      code: true,
      advocateId: true,
      merchantId: true,
      program: { select: { id: true, slug: true, merchant: { select: SCOPE_COLUMNS } } },
    },
  });
  if (!row) return null;
  return {
    scope: mintScope(row.program.merchant, VISITOR),
    code: row.code,
    advocateId: row.advocateId,
    program: { id: row.program.id, slug: row.program.slug, merchantId: row.merchantId },
  };
});
