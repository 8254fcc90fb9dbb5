import { decimal } from "@/lib/core/money";
import { measure, type MeasureOptions } from "..";
import type { Days } from "../days";
import type { Beside, Figure, Reading } from "../metric";
import type { World } from "./ground";

export const MAY: Days = { from: "2026-05-01", to: "2026-05-31" };

/** A figure as a test writes it down: an amount as decimal text. */
export const plain = (figure: Figure | null) =>
  figure === null || typeof figure === "number" ? figure : decimal(figure);

/** What a test compares of a reading. */
export const brief = ({ value, unknown, numerator, denominator, n }: Reading) => ({
  value: plain(value),
  ...(unknown && { unknown }),
  numerator: plain(numerator),
  denominator: plain(denominator),
  n,
});

/** One metric of a world, over May by default. */
export async function ask(shop: World, name: string, days = MAY, options?: MeasureOptions) {
  return (await measure(shop.scope, name, days, options)).metric;
}

/** A part that stands beside a metric's value. */
export const part = (metric: { beside: Beside[] }, key: string) =>
  brief(metric.beside.find((beside) => beside.key === key)!);
