import type { TermNames } from "@/lib/terms/words/context";

/** Something that terms name by an id. */
export type Named = { id: string; name: string };

/** What fields of terms need to know of the shop. */
export type TermsShop = {
  currency: string;
  timeZone: string;
  tiers: readonly Named[];
  pools: readonly Named[];
};

/** Tiers by id, as wording takes them. */
export function termNames({ tiers }: Pick<TermsShop, "tiers">): TermNames {
  return { tiers: Object.fromEntries(tiers.map(({ id, name }) => [id, name])) };
}
