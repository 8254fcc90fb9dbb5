import type { Named, TermsShop } from "@/components/terms/terms-shop";

/** What the shop and the draft have that rules can name. */
export type EditorShop = TermsShop & { returnWindowDays: number; arms: readonly Named[] };
