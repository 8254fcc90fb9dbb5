import { cache } from "react";
import { readShareCode } from "@/lib/core/values/code";
import { prismaFor } from "@/lib/core/db";
import { type Actor, mintScope, type Scope } from "@/lib/merchants/scope";

/** Someone who came by a public page: no member's permission passes, and the audit log says so. */
const VISITOR: Actor = { kind: "customer", id: "visitor", label: "Visitor" };

export type PublicProgram = { id: string; slug: string; merchantId: string };

/**
 * A program's public side by its slug; null when there is none. Its state is the caller's to judge.
 */
export const visitorOfProgram = cache(
  async (slug: string): Promise<{ scope: Scope; program: PublicProgram } | null> => {
    const row = await prismaFor("goodword_gate").program.findUnique({
      where: { slug },
      include: { merchant: true },
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

/** The advocate's code that someone came with, as they typed it; null for an unknown one. */
export const visitorOfCode = cache(async (text: string): Promise<VisitorOfCode | null> => {
  const code = readShareCode(text);
  if (code === null) return null;
  const row = await prismaFor("goodword_gate").shareCode.findUnique({
    where: { code },
    include: { program: { include: { merchant: true } } },
  });
  if (!row) return null;
  return {
    scope: mintScope(row.program.merchant, VISITOR),
    code: row.code,
    advocateId: row.advocateId,
    program: { id: row.program.id, slug: row.program.slug, merchantId: row.merchantId },
  };
});
