import { describe, expect, it } from "vitest";
import type { Terms } from "@/lib/terms/schema";
import { type DetailsForm, detailsFormSchema, previewDetails, toDetailsForm } from "./details-form";
import { emptyForm, programFormSchema } from "./program-form";

const ZONE = "Europe/Berlin";
const made = programFormSchema("USD", ZONE).parse({ ...emptyForm(14), name: "Beans" }).terms;
/** Terms that only the rule editor and the API can say. */
const further: Terms = {
  ...made,
  caps: [{ who: "person", per: "day", rewards: 2 }],
  nominations: "merchant",
  startsAt: "2027-01-05T13:30:00.000Z",
  endsAt: "2027-03-01T08:00:00.000Z",
  qualification: {
    trigger: { kind: "nth_purchase", n: 2 },
    conditions: { all: [{ kind: "new_customer" }] },
  },
  rules: [{ ...made.rules[0]!, id: "cash-back" }, made.rules[1]!],
};
const save = (change: Partial<DetailsForm>, draft = further) =>
  detailsFormSchema(draft, ZONE).parse({ ...toDetailsForm("Beans", draft, ZONE), ...change });

describe("the form of a program's details", () => {
  it("changes nothing when nothing is filled in, times set by the API included", () =>
    expect(save({})).toEqual({ name: "Beans", terms: further }));

  it("changes what it shows, and nothing else", () => {
    expect(
      save({
        name: "Tea",
        windowDays: 30,
        newCustomersOnly: false,
        endsOn: "2027-10-31",
        destination: "shop",
        destinationUrl: "https://shop.example.com/hello",
        termsSq: "Një për familje.",
      }),
    ).toEqual({
      name: "Tea",
      terms: {
        ...further,
        windowDays: 30,
        newCustomersOnly: false,
        endsAt: "2027-10-31T23:00:00.000Z",
        destination: { kind: "shop", url: "https://shop.example.com/hello" },
        termsText: { ...further.termsText, sq: "Një për familje." },
      },
    });
    expect(save({ startsOn: "", endsOn: "" }).terms).toMatchObject({
      startsAt: null,
      endsAt: null,
    });
  });

  it("names every field that is wrong", () => {
    const fields = detailsFormSchema(further, ZONE)
      .safeParse({
        ...toDetailsForm(" ", further, ZONE),
        startsOn: "2027-02-30",
        destination: "shop",
        destinationUrl: "nowhere",
      })
      .error?.issues.map(({ path }) => path.join("."));
    expect(fields?.sort()).toEqual(["destinationUrl", "name", "startsOn"]);
    expect(
      detailsFormSchema(further, ZONE).safeParse({
        ...toDetailsForm("Beans", further, ZONE),
        endsOn: "2026-01-01",
      }).error?.issues[0]?.path,
    ).toEqual(["endsOn"]);
  });

  it("shows what can be read of it while it is being filled in", () => {
    const raw = {
      windowDays: "soon",
      destination: "shop",
      destinationUrl: "",
      termsEn: "Be kind.",
    };
    expect(previewDetails(further, raw, ZONE)).toMatchObject({
      windowDays: 90,
      newCustomersOnly: false,
      termsText: { en: "Be kind." },
      rules: further.rules,
    });
  });
});
