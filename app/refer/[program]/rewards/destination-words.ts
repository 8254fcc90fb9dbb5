import type { Translate } from "@/lib/core/i18n/translator";
import type { DestinationKind } from "@/lib/merchants/schema";
import { destinationWords } from "@/lib/messaging/templates/payouts";

/** "bank account DE •••• 3000"; the kind alone of what can no longer be read. */
export function destinationText(
  t: Translate,
  { kind, masked }: { kind: DestinationKind; masked: string | null },
): string {
  return masked === null ? t(`payout.kind.${kind}`) : destinationWords(t, kind, masked);
}
