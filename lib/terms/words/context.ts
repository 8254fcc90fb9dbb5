import type { Locale } from "@/lib/core/i18n/locales";
import type { Translate } from "@/lib/core/i18n/translator";
import type { Side } from "../schema/sides";

/** What terms call by an id, by the name that people know it under. */
export type TermNames = { tiers?: Readonly<Record<string, string>> };

/** What words for staff look at: always English, of an advocate and a friend. */
export type StaffContext = { currency: string; names: TermNames };

/** Whose trait, country or tier is asked for, seen from the reader. */
export type Addressee = "you" | "friend" | "inviter";

/** What words for customers look at: in the reader's language, said to them. */
export type CustomerContext = {
  t: Translate;
  locale: Locale;
  currency: string;
  names: TermNames;
  addressee: (person: "owner" | Side) => Addressee;
};
