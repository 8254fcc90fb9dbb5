import { z } from "zod";
import { DAY_MS } from "../time";

const WRITTEN = /^(?:19|2\d)\d{2}-\d{2}-\d{2}$/;
const HOW = "Enter a date like 2026-11-21, from 1900 on.";

/**
 * The one reader of a calendar day. True for a day that exists, written as "2026-02-28", of the
 * years that events can be of and of those to come.
 */
export function isDay(text: string): boolean {
  if (!WRITTEN.test(text)) return false;
  const parsed = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
}

/** A calendar day of a form or of a request. @param missing what is said where there is none */
export function daySchema(missing = HOW) {
  return z.string(missing).refine(isDay, HOW);
}

/** `day` plus a number of days. */
export function shiftDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** `from` and `to` of a list's filter: calendar days of the shop, both counted. */
export const dayFilter = { from: daySchema().optional(), to: daySchema().optional() };
