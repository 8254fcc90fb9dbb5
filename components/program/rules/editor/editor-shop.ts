import type { TermNames } from "@/lib/terms/words/context";

export type Named = { id: string; name: string };

/** What the shop has that rules can name, for every part of the editor. */
export type EditorShop = {
  currency: string;
  timeZone: string;
  returnWindowDays: number;
  tiers: readonly Named[];
  pools: readonly Named[];
  arms: readonly Named[];
};

/** Tiers by id, as wording takes them. */
export function termNames({ tiers }: Pick<EditorShop, "tiers">): TermNames {
  return { tiers: Object.fromEntries(tiers.map(({ id, name }) => [id, name])) };
}
