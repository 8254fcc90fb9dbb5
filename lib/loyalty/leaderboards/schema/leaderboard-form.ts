import { z } from "zod";
import { dateInZone, isTimeZone, startOfDateInZone } from "@/lib/core/time";
import { isDay, shiftDay } from "@/lib/core/values/day";
import { fixedWorthShape, readFixedWorth, Reader, toFixedWorthForm } from "@/lib/terms/form";
import type { BenefitKind } from "@/lib/terms/schema";
import {
  type Leaderboard,
  type LeaderboardInput,
  leaderboardSchema,
  CADENCES,
  METRICS,
  type Prize,
} from "./leaderboard";

/**
 * The form of a leaderboard: fields as a person fills them in, and the way from them to a
 * leaderboard and back.
 */

/** What a prize can be. */
export const PRIZE_KINDS = [
  "points",
  "credit",
  "amount_off",
  "percent_off",
  "cash",
  "gift",
] as const satisfies BenefitKind[];

const text = z.string().trim().max(200).default("");
const prizeShape = z
  .object({ fromRank: text, toRank: text, ...fixedWorthShape })
  .refine(({ benefit }) => (PRIZE_KINDS as readonly string[]).includes(benefit.kind), {
    error: "Choose a prize.",
    path: ["benefit", "kind"],
  });
export type PrizeForm = z.infer<typeof prizeShape>;

const shape = z.object({
  leaderboardId: z.string().min(1).max(40).optional(),
  programId: text,
  name: z.object({ en: text, sq: text, zh: text }).default({ en: "", sq: "", zh: "" }),
  metric: z.enum(METRICS).default("referrals"),
  cadence: z.enum(CADENCES).default("month"),
  /** Calendar dates in the merchant's zone; the last day counts whole. */
  startsOn: text,
  endsOn: text,
  graceHours: text,
  prizes: z.record(z.string().regex(/^\d{1,3}$/), prizeShape).default({}),
});
export type LeaderboardFields = Omit<z.infer<typeof shape>, "leaderboardId" | "prizes"> & {
  prizes: PrizeForm[];
};

/** A filled-in form turned into a leaderboard; issues carry the form's own field names. */
export function leaderboardFormSchema(timeZone: string) {
  return shape.transform(
    (form, context): { leaderboardId: string | undefined } & LeaderboardInput => {
      const to = new Reader();
      const input = inputOf(form, timeZone, to);
      const parsed = leaderboardSchema.safeParse(input);
      if (parsed.success && to.problems.length === 0)
        return { leaderboardId: form.leaderboardId, ...parsed.data };
      const keys = Object.keys(form.prizes);
      for (const { path, message } of parsed.error?.issues ?? []) {
        const place = path.map(String);
        to.say(fieldOf(place, keys), place[0] === "graceHours" ? GRACE_HOURS : message);
      }
      for (const { path, message } of to.problems)
        context.addIssue({ code: "custom", path: path.split("."), message });
      return z.NEVER;
    },
  );
}

const GRACE_HOURS = "Enter a number of hours, at most 744.";

function inputOf(form: z.infer<typeof shape>, timeZone: string, to: Reader) {
  const isCustom = form.cadence === "custom";
  const rows = form.cadence === "ever" ? [] : Object.entries(form.prizes);
  return {
    programId: form.programId || (form.leaderboardId ? "-" : ""),
    name: form.name,
    metric: form.metric,
    cadence: form.cadence,
    startsAt: isCustom ? dayStart(form.startsOn, timeZone, 0) : null,
    endsAt: isCustom ? dayStart(form.endsOn, timeZone, 1) : null,
    graceHours: form.graceHours === "" ? 0 : Number(form.graceHours),
    prizes: rows.map(([key, row]) => ({
      fromRank: whole(row.fromRank),
      toRank: whole(row.toRank || row.fromRank),
      ...readFixedWorth(row, `prizes.${key}.`, to),
    })),
  };
}

/** A leaderboard as the form shows it. */
export function formOfLeaderboard(leaderboard: Leaderboard, timeZone: string): LeaderboardFields {
  const day = (at: Date | null) => (at === null ? "" : dateInZone(at, timeZone));
  return {
    programId: leaderboard.programId,
    name: leaderboard.name,
    metric: leaderboard.metric,
    cadence: leaderboard.cadence,
    startsOn: day(leaderboard.startsAt),
    endsOn: day(leaderboard.endsAt && new Date(leaderboard.endsAt.getTime() - 1)),
    graceHours: leaderboard.graceHours === 0 ? "" : String(leaderboard.graceHours),
    prizes: leaderboard.prizes.map(formOfPrize),
  };
}

/** A new leaderboard: friends by month. */
export function emptyLeaderboardForm(programId: string): LeaderboardFields {
  return {
    programId,
    name: { en: "", sq: "", zh: "" },
    metric: "referrals",
    cadence: "month",
    startsOn: "",
    endsOn: "",
    graceHours: "",
    prizes: [],
  };
}

function dayStart(day: string, timeZone: string, plusDays: number): Date | null {
  if (!isDay(day) || !isTimeZone(timeZone)) return null;
  return startOfDateInZone(shiftDay(day, plusDays), timeZone);
}

function formOfPrize({ fromRank, toRank, ...worth }: Prize): PrizeForm {
  return { fromRank: String(fromRank), toRank: String(toRank), ...toFixedWorthForm(worth) };
}

function whole(value: string): number {
  return /^\d{1,4}$/.test(value) ? Number(value) : Number.NaN;
}

/** The form field that a problem in the leaderboard belongs to. @param keys of the prizes' rows */
function fieldOf([first, index, ...rest]: string[], keys: readonly string[]): string {
  if (first === "startsAt") return "startsOn";
  if (first === "endsAt") return "endsOn";
  if (first !== "prizes" || index === undefined)
    return [first, index, ...rest].filter(Boolean).join(".");
  const field = rest.join(".");
  return [
    "prizes",
    keys[Number(index)] ?? "0",
    field === "calculator" ? "calculator.amount" : field || "fromRank",
  ].join(".");
}
