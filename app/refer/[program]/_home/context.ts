import type { CustomerEntry } from "@/lib/auth/customer";
import type { Locale } from "@/lib/core/i18n/locales";
import type { Translate } from "@/lib/core/i18n/translator";
import type { Advocate } from "@/prisma/generated/client";
import type { ReferProgram } from "../load";

/** What every section of the customer's page works with. */
export type HomeContext = {
  found: ReferProgram;
  entry: CustomerEntry;
  /** The customer's place in the program, and the code they share. */
  part: { advocate: Advocate; code: string };
  t: Translate;
  locale: Locale;
};
