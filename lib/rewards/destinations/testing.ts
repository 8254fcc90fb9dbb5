import { inScope, type Scope } from "@/lib/merchants/scope";
import { confirmDestination, requestDestination } from "./commands";
import type { PayoutDetails } from "./schema";

/** An IBAN that the registry of IBANs prints; it belongs to nobody. */
const TEST_IBAN = "DE89370400440532013000";

/** For tests: a customer says where their cash goes. @returns what they are to confirm */
export async function requestTestDetails(
  scope: Scope,
  customerId: string,
  details: PayoutDetails = { kind: "iban", holder: "Ana Hoxha", iban: TEST_IBAN },
): Promise<{ merchantId: string; destinationId: string }> {
  await requestDestination(scope, { customerId, programSlug: "tell", details });
  const { merchantId } = scope;
  const { id } = await inScope(scope, ({ db }) =>
    db.payoutDestination.findFirstOrThrow({
      where: { merchantId, customerId, confirmedAt: null },
      select: { id: true },
    }),
  );
  return { merchantId, destinationId: id };
}

/** The same, confirmed. */
export async function giveTestDetails(
  scope: Scope,
  customerId: string,
  details?: PayoutDetails,
): Promise<string> {
  const what = await requestTestDetails(scope, customerId, details);
  await confirmDestination(scope, { ...what, customerId, programSlug: "tell" });
  return what.destinationId;
}
