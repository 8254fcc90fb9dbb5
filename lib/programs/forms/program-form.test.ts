import { describe, expect, it } from "vitest";
import { emptyForm, previewForm, type ProgramForm, programFormSchema } from "./program-form";

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

describe("the preview of a form", () => {
  it("reads an unfinished form, and says which fields it cannot read", () => {
    const raw = {
      ...emptyForm(14),
      name: "",
      advocateAmount: "ten",
      friendBenefit: "percent_off",
      friendAmount: "10",
      holdDays: "",
    };
    const { terms: read, unclear } = previewForm(raw, "EUR", "Europe/Tirane");
    expect([...unclear].sort()).toEqual(["advocateAmount", "name"]);
    expect(read.rules.find(({ side }) => side === "friend")?.benefit).toMatchObject({
      kind: "percent_off",
      percentBp: 1000,
    });
  });

  it("survives anything", () => {
    expect(() =>
      previewForm(
        { friendBenefit: "a castle", holdDays: "soon", startsOn: "yesterday" },
        "EUR",
        "Europe/Tirane",
      ),
    ).not.toThrow();
  });
});

describe("a form with many mistakes", () => {
  it("tells everything that is wrong at once, field by field", () => {
    const filled = {
      ...emptyForm(14),
      name: " ",
      friendBenefit: "percent_off",
      friendAmount: "abc",
      trigger: "goal",
      goalType: "",
      advocateCap: "x",
      destination: "shop",
      destinationUrl: "nowhere",
      advocateAmount: "10.123",
      startsOn: "2027-02-02",
      endsOn: "2027-01-01",
    };
    const fields = programFormSchema("EUR", "Europe/Tirane")
      .safeParse(filled)
      .error?.issues.map(({ path }) => path.join("."));
    expect([...new Set(fields)].sort()).toEqual([
      "advocateAmount",
      "advocateCap",
      "destinationUrl",
      "endsOn",
      "friendAmount",
      "goalType",
      "name",
    ]);
  });
});
