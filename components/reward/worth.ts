import { translator } from "@/lib/core/i18n/translator";
import type { Asset } from "@/lib/core/money";
import { worthWords } from "@/lib/terms/words/promises";
import type { FrozenTerms } from "@/lib/rewards/schema";

/** What a granted reward is worth, in words: "€10 store credit", "10% off", the gift's name. */
export function rewardWorth({
  terms,
  amountMinor,
  asset,
}: {
  terms: Pick<FrozenTerms, "benefit">;
  amountMinor: bigint | null;
  asset: Asset | null;
}): string {
  return worthWords(
    translator("en"),
    terms.benefit,
    amountMinor === null || asset === null ? null : { minor: amountMinor, asset },
    "en",
  );
}
