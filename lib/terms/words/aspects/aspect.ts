import type { Terms } from "../../schema";
import type { TermNames } from "../context";

/** Said of a limit that does not limit. */
export const NO_LIMIT = "No limit";

type Context = { timeZone: string; names: TermNames };

/** One thing that a person would name, in which two versions of terms can be compared. */
export type Aspect = {
  label: string;
  /** The paths of `changesBetween` that it words. */
  paths: RegExp;
  /** Left out of a list of what terms say. */
  unsaid?: boolean;
  say: (terms: Terms, context: Context) => string | null;
};

/** The paths of some rules, from a place in them on. */
export function pathsOf(ids: readonly string[], rest: string): RegExp {
  return ids.length === 0 ? NEVER : new RegExp(`^rules\\.(?:${ids.join("|")})\\.${rest}`);
}

const NEVER = /^(?!)/;
