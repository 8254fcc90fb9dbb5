import { cookies } from "next/headers";
import { reader } from "@/app/reader";
import { clientAddress } from "@/lib/auth/request";
import { visitorOfProgram } from "@/lib/auth/visitor";
import { cookieFlags } from "@/lib/core/address";
import { type Locale, localeCookie } from "@/lib/core/i18n/locales";
import { joinProgram, recordConsent } from "@/lib/customers/commands";
import { advocateOf } from "@/lib/customers/queries/customers";
import { newId } from "@/lib/core/id";
import { noteNetwork } from "@/lib/fraud/commands";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { wantsProgramEmail } from "@/lib/messaging/queries";
import { PROGRAM_EMAIL } from "@/lib/messaging/schema";
import { publishedProgram } from "@/lib/programs/queries";
import { merchantProfile } from "@/lib/merchants/queries/merchant";

/** After a sign-in by a token of the shop's server: its language, and a place in the program. */
export async function settleIn(
  slug: string,
  { customerId, locale }: { customerId: string; locale: Locale | null },
): Promise<void> {
  const jar = await cookies();
  if (locale && !jar.has(localeCookie())) jar.set(localeCookie(), locale, cookieFlags());
  const found = await visitorOfProgram(slug);
  if (found) await enterProgram(found.scope, { customerId, programId: found.program.id });
}

/**
 * Makes a customer who has signed in an advocate, if the program is open; the page tells the others
 * why it is not.
 */
export async function enterProgram(
  scope: Scope,
  { customerId, programId }: { customerId: string; programId: string },
): Promise<void> {
  const { t } = await reader();
  const address = await clientAddress();
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
    noteNetwork(tx, { id: newId("net"), address });
  });
}
