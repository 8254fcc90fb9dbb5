import { describe, expect, it } from "vitest";
import { emptyForm, type ProgramForm, programFormSchema, toForm } from "./form";
import { changesBetween, mayBecome, openness, withinDates } from "./rules";

const schema = programFormSchema("USD", "Europe/Berlin");
const filled = (change: Partial<ProgramForm> = {}) => ({
  ...emptyForm(14),
  name: "Share the pot",
  ...change,
});
const problems = (change: Partial<ProgramForm>) => {
  const result = schema.safeParse(filled(change));
  return result.success
    ? {}
    : Object.fromEntries(result.error.issues.map((issue) => [issue.path.join("."), issue.message]));
};

describe("the program form", () => {
  it("comes back from its terms as it was filled in", () => {
    const forms: Partial<ProgramForm>[] = [
      {},
      { trigger: "first_purchase_over", triggerAmount: "50" },
      { trigger: "goal", goalType: "demo_booked", friendOn: "qualified" },
      { advocateBenefit: "percent_off", advocateAmount: "12.5", advocateUnitCost: "4.20" },
      { friendBenefit: "none", friendAmount: "" },
      {
        advocateBenefit: "gift",
        advocateAmount: "",
        advocateGift: "A tin of tea",
        advocateUnitCost: "6",
      },
      {
        advocateBenefit: "points",
        advocateAmount: "250",
        advocateCap: "5",
        budgetCost: "1000.50",
        budgetRewards: "100",
      },
      {
        startsOn: "2026-03-29",
        endsOn: "2026-10-25",
        destination: "shop",
        destinationUrl: "https://shop.example.com/hello",
      },
    ];
    for (const change of forms) {
      const { name, terms } = schema.parse(filled(change));
      const again = toForm(name, terms, "Europe/Berlin");
      expect(schema.parse(again)).toEqual({ name, terms });
      for (const [field, value] of Object.entries(change))
        expect(again).toHaveProperty(field, value);
    }
  });

  it("lets the last day count whole, in the merchant's zone, summer time or not", () => {
    const { terms } = schema.parse(filled({ startsOn: "2026-03-29", endsOn: "2026-10-25" }));
    expect([terms.startsAt, terms.endsAt]).toEqual([
      "2026-03-28T23:00:00.000Z",
      "2026-10-25T23:00:00.000Z",
    ]);
  });

  it.each<[Partial<ProgramForm>, string]>([
    [{ name: " " }, "name"],
    [{ advocateAmount: "" }, "advocateAmount"],
    [{ advocateAmount: "19.999" }, "advocateAmount"],
    [{ advocateAmount: "1e3" }, "advocateAmount"],
    [{ advocateAmount: "-5" }, "advocateAmount"],
    [{ friendBenefit: "percent_off", friendAmount: "101" }, "friendAmount"],
    [{ friendBenefit: "percent_off", friendAmount: "0" }, "friendAmount"],
    [{ advocateBenefit: "gift", advocateGift: "" }, "advocateGift"],
    [{ advocateBenefit: "none", friendBenefit: "none" }, "advocateBenefit"],
    [{ trigger: "first_purchase_over" }, "triggerAmount"],
    [{ trigger: "goal" }, "goalType"],
    [{ trigger: "goal", goalType: "Demo!" }, "goalType"],
    [{ advocateCap: "many" }, "advocateCap"],
    [{ advocateCap: "0" }, "advocateCap"],
    [{ budgetCost: "1.234" }, "budgetCost"],
    [{ startsOn: "2026-02-30" }, "startsOn"],
    [{ startsOn: "2026-05-02", endsOn: "2026-05-01" }, "endsOn"],
    [{ destination: "shop", destinationUrl: "javascript:alert(1)" }, "destinationUrl"],
  ])("says where %j is wrong", (change, field) =>
    expect(Object.keys(problems(change))).toContain(field),
  );

  it("refuses decimals that the currency does not have", () => {
    const yen = programFormSchema("JPY", "Asia/Tokyo");
    expect(yen.safeParse(filled({ advocateAmount: "10.50" })).success).toBe(false);
    expect(yen.safeParse(filled({ advocateAmount: "1000", friendAmount: "500" })).success).toBe(
      true,
    );
  });
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
