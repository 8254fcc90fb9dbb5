import { z } from "zod";
import { readPercent, writePercent } from "@/lib/core/values/percent";
import { dateInZone, DAY_MS, isTimeZone, startOfDateInZone } from "@/lib/core/time";
import type { Benefit, Calculator } from "@/lib/terms/schema";
import {
  type Leaderboard,
  type LeaderboardInput,
  leaderboardSchema,
  CADENCES,
  METRICS,
  type Prize,
} from "./leaderboard";

/**
 * The form of a leaderboard: flat fields as a person fills them in, and the way from them to a
 * leaderboard and back.
 */

const PRIZE_KINDS = ["points", "credit", "amount_off", "percent_off", "cash", "gift"] as const;
export type PrizeKind = (typeof PRIZE_KINDS)[number];

const text = z.string().trim().max(200).default("");
const prizeShape = z.object({
  fromRank: text,
  toRank: text,
  kind: z.enum(PRIZE_KINDS).default("points"),
  amount: text,
  title: text,
  unitCost: text,
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
      const isCustom = form.cadence === "custom";
      const rows = Object.entries(form.prizes);
      const parsed = leaderboardSchema.safeParse({
        programId: form.programId || (form.leaderboardId ? "-" : ""),
        name: form.name,
        metric: form.metric,
        cadence: form.cadence,
        startsAt: isCustom ? dayStart(form.startsOn, timeZone, 0) : null,
        endsAt: isCustom ? dayStart(form.endsOn, timeZone, 1) : null,
        graceHours: form.graceHours === "" ? 0 : Number(form.graceHours),
        prizes: form.cadence === "ever" ? [] : rows.map(([, row]) => prizeOfForm(row)),
      });
      if (parsed.success) return { leaderboardId: form.leaderboardId, ...parsed.data };
      for (const { path, message } of parsed.error.issues) {
        context.addIssue({
          code: "custom",
          path: fieldOf(
            path.map(String),
            rows.map(([key]) => key),
          ),
          message: plain(path.map(String), message),
        });
      }
      return z.NEVER;
    },
  );
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
  if (!z.iso.date().safeParse(day).success || !isTimeZone(timeZone)) return null;
  return startOfDateInZone(
    new Date(Date.parse(`${day}T00:00:00Z`) + plusDays * DAY_MS).toISOString().slice(0, 10),
    timeZone,
  );
}

function prizeOfForm({ fromRank, toRank, kind, amount, title, unitCost }: PrizeForm): {
  fromRank: number;
  toRank: number;
  benefit: unknown;
  calculator: unknown;
} {
  const cost = unitCost || "0";
  const benefit: Benefit =
    kind === "gift"
      ? { kind, title, unitCost: cost }
      : kind === "percent_off"
        ? { kind, percentBp: readPercent(amount) ?? Number.NaN, unitCost: cost }
        : { kind };
  const calculator: Calculator =
    kind === "gift" || kind === "percent_off" ? { kind: "none" } : { kind: "fixed", amount };
  return { fromRank: whole(fromRank), toRank: whole(toRank || fromRank), benefit, calculator };
}

function formOfPrize({ fromRank, toRank, benefit, calculator }: Prize): PrizeForm {
  return {
    fromRank: String(fromRank),
    toRank: String(toRank),
    kind: benefit.kind as PrizeKind,
    amount:
      benefit.kind === "percent_off"
        ? writePercent(benefit.percentBp)
        : calculator.kind === "fixed"
          ? calculator.amount
          : "",
    title: "title" in benefit ? benefit.title : "",
    unitCost: "unitCost" in benefit && benefit.unitCost !== "0" ? benefit.unitCost : "",
  };
}

function whole(value: string): number {
  return /^\d{1,4}$/.test(value) ? Number(value) : Number.NaN;
}

/** The form field that a problem in the leaderboard belongs to. */
function fieldOf(path: string[], keys: readonly string[]): string[] {
  const [first, index, ...rest] = path;
  if (first === "startsAt") return ["startsOn"];
  if (first === "endsAt") return ["endsOn"];
  if (first !== "prizes" || index === undefined) return path;
  const row = ["prizes", keys[Number(index)] ?? "0"];
  if (rest.includes("title")) return [...row, "title"];
  if (rest.includes("unitCost")) return [...row, "unitCost"];
  if (rest.includes("calculator") || rest.includes("benefit")) return [...row, "amount"];
  return [...row, rest[0] ?? "fromRank"];
}

function plain(path: string[], message: string): string {
  if (path[0] === "graceHours") return "Enter a number of hours, at most 744.";
  if (path[0] === "prizes" && (path.includes("calculator") || path.includes("percentBp")))
    return "Enter an amount.";
  return message;
}
