import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { type Openness, openness } from "./rules";
import { type Terms, termsSchema } from "@/lib/terms/schema";

/** A program as the public meets it: under the terms last published, whatever is being drafted. */
export type PublishedProgram = {
  id: string;
  slug: string;
  name: string;
  version: number;
  terms: Terms;
  openness: Openness;
};

/** Null for a program that was never published: to the public there is none. */
export async function publishedProgram(
  scope: Scope,
  programId: string,
): Promise<PublishedProgram | null> {
  const { merchantId } = scope;
  return inScope(scope, async (db) => {
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
