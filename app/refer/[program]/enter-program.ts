import { reader } from "@/app/reader";
import { joinProgram, recordConsent } from "@/lib/customers/commands";
import { advocateOf } from "@/lib/customers/queries/customers";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { wantsProgramEmail } from "@/lib/messaging/queries";
import { PROGRAM_EMAIL } from "@/lib/messaging/schema";
import { publishedProgram } from "@/lib/programs/queries";
import { merchantProfile } from "@/lib/merchants/queries/merchant";

/**
 * Makes a customer who has signed in an advocate, if the program is open; the page tells the others
 * why it is not.
 */
export async function enterProgram(
  scope: Scope,
  { customerId, programId }: { customerId: string; programId: string },
): Promise<void> {
  const { t } = await reader();
  await inScope(scope, async (tx) => {
    if (await advocateOf(tx, { programId, customerId })) return;
    const program = await publishedProgram(tx, programId);
    if (!program?.openness.open) return;
    if (await wantsProgramEmail(tx, customerId)) {
      const { name: shop } = await merchantProfile(tx);
      await recordConsent(tx, {
        customerId,
        purpose: PROGRAM_EMAIL,
        granted: true,
        source: "join",
        wording: t("join.consent", { shop }),
      });
    }
    await joinProgram(tx, { programId, customerId });
  });
}
