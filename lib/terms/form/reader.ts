import type { z } from "zod";
import { readPercent } from "@/lib/core/values/percent";

/** What is wrong, at the place that it has in the form: "conditions.all.0.skus". */
export type Problem = { path: string; message: string };

/** What was read; with problems, as far as it could be understood. */
export type Read<T> = { value: T; problems: Problem[] };

/**
 * Collects what is wrong while texts are turned into values; of several messages for a place the
 * first stands.
 */
export class Reader {
  readonly problems: Problem[] = [];

  say(path: string, message: string): void {
    if (!this.problems.some((problem) => problem.path === path))
      this.problems.push({ path, message });
  }

  /** @returns `least` for what is no whole number in the range */
  whole(path: string, text: string, least: number, most: number): number {
    const value = /^\d{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    const limit = new Intl.NumberFormat("en").format(most);
    this.say(path, `Enter a whole number from ${least} to ${limit}.`);
    return least;
  }

  wholeOrNull(path: string, text: string, least: number, most: number): number | null {
    return text.trim() === "" ? null : this.whole(path, text, least, most);
  }

  /** @returns basis points of "12.5"; 1 for what is no percentage above 0 */
  percent(path: string, text: string): number {
    const value = readPercent(text);
    if (value) return value;
    this.say(path, "Enter a percentage like 10 or 12.5.");
    return 1;
  }

  /** Says what a schema finds wrong, below `path`. */
  check(schema: z.ZodType, value: unknown, path: string): void {
    for (const issue of schema.safeParse(value).error?.issues ?? []) {
      const place = fieldOf(issue.path.map(String));
      this.say([...(path ? [path] : []), ...place].join("."), issue.message);
    }
  }
}

const ROWS = new Set(["all", "any", "none", "caps", "steps", "arms", "rules"]);

/** The field that a place belongs to: of a list of words the list, of rows the row. */
function fieldOf(path: string[]): string[] {
  const last = path.at(-1);
  const owner = path.at(-2);
  return last !== undefined && /^\d+$/.test(last) && owner !== undefined && !ROWS.has(owner)
    ? path.slice(0, -1)
    : path;
}
