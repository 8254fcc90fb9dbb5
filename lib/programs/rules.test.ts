import { describe, expect, it } from "vitest";
import { emptyForm, type ProgramForm, programFormSchema } from "./forms/program-form";
import { changesBetween } from "@/lib/terms/rules/changes";
import { mayBecome, openness, withinDates } from "./rules";

const schema = programFormSchema("USD", "Europe/Berlin");
const filled = (change: Partial<ProgramForm> = {}) => ({
  ...emptyForm(14),
  name: "Share the pot",
  ...change,
});

describe("program rules", () => {
  const at = new Date("2026-05-01T00:00:00Z");
  const dates = { startsAt: "2026-04-01T00:00:00Z", endsAt: "2026-06-01T00:00:00Z" };
  it.each([
    ["draft", "draft"],
    ["paused", "paused"],
    ["ended", "ended"],
  ])("are closed while %s", (state, reason) =>
    expect(openness({ state }, dates, at)).toEqual({ open: false, reason }),
  );
  it("are open within their dates only", () => {
    expect(openness({ state: "live" }, dates, at)).toEqual({ open: true });
    expect(openness({ state: "live" }, dates, new Date("2026-03-31T23:59:59Z"))).toEqual({
      open: false,
      reason: "not_started",
    });
    expect(openness({ state: "live" }, dates, new Date("2026-06-01T00:00:00Z"))).toEqual({
      open: false,
      reason: "ended",
    });
    expect(withinDates(dates, new Date("2026-05-31T23:59:59Z"))).toBe(true);
  });
  it("let nothing back from its end", () => {
    expect(mayBecome("ended", "live")).toBe(false);
    expect(mayBecome("draft", "paused")).toBe(false);
  });
  it("name what changed, and nothing else", () => {
    const before = schema.parse(filled()).terms;
    const after = schema.parse(filled({ advocateAmount: "15", budgetRewards: "100" })).terms;
    expect(changesBetween(before, after)).toEqual([
      { path: "budget.rewards", before: "", after: "100" },
      { path: "rules.advocate.calculator.amount", before: "10", after: "15" },
    ]);
    expect(changesBetween(before, before)).toEqual([]);
  });
});
