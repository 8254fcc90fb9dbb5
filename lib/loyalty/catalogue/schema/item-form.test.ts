import { describe, expect, it } from "vitest";
import { emptyItemForm, formOfItem, type ItemForm, itemFormSchema } from "./item-form";
import type { Item } from "../queries/offers";

const fill = (change: Partial<ItemForm>) => ({
  ...emptyItemForm(),
  name: { en: "Five off", sq: "", zh: "" },
  points: "500",
  amount: "5",
  ...change,
});
const read = (change: Partial<ItemForm>, zone = "UTC") =>
  itemFormSchema(zone).safeParse(fill(change));
const fields = (change: Partial<ItemForm>) =>
  read(change).error?.issues.map(({ path }) => path.join(".")) ?? [];

describe("the form of an item", () => {
  it("becomes an item, and that item the form again", () => {
    const forms: Partial<ItemForm>[] = [
      { stock: "20", perPerson: "1", validDays: "90" },
      { kind: "percent_off", percent: "12.5", amount: "", codes: "pattern", pattern: "SUN-######" },
      { kind: "free_shipping", amount: "", codes: "pool", poolId: "pool_1" },
      { kind: "gift", amount: "", title: "A cup", icon: "coffee", tier: "tir_1" },
      { kind: "event_access", amount: "", title: "Opening night", eventAt: "2026-12-24T19:30" },
      { kind: "donation", donationTo: "The library" },
      { kind: "credit", amount: "7.50" },
    ];
    for (const change of forms) {
      const {
        itemId: _,
        points,
        benefit,
        calculator,
        validDays,
        tier,
        ...rest
      } = itemFormSchema("Europe/Tirane").parse(fill(change));
      const item = {
        ...rest,
        pricePoints: BigInt(points),
        worth: { benefit, calculator, validDays },
        tierId: tier,
      } as unknown as Item;
      expect(formOfItem(item, "Europe/Tirane")).toEqual(fill(change));
    }
  });

  it("names the field that does not fit", () => {
    expect(fields({ name: { en: "", sq: "Pesë", zh: "" } })).toEqual(["name.en"]);
    expect(fields({ points: "0.5" })).toEqual(["points"]);
    expect(fields({ amount: "" })).toContain("amount");
    expect(fields({ amount: "0" })).toEqual(["amount"]);
    expect(fields({ kind: "percent_off", percent: "120", amount: "" })).toEqual(["percent"]);
    expect(fields({ kind: "gift", amount: "", title: "" })).toEqual(["title"]);
    expect(fields({ kind: "donation", donationTo: "" })).toEqual(["donationTo"]);
    expect(fields({ codes: "pattern", pattern: "SUN" })).toEqual(["pattern"]);
    expect(fields({ codes: "pool" })).toEqual(["poolId"]);
    expect(fields({ stock: "-1", perPerson: "x", validDays: "0" }).sort()).toEqual([
      "perPerson",
      "stock",
      "validDays",
    ]);
  });

  it("forgets what stands in a field out of sight", () => {
    expect(
      read({ kind: "gift", title: "A cup", validDays: "30", codes: "pool", poolId: "pool_1" }).data,
    ).toMatchObject({
      validDays: null,
      benefit: { kind: "gift", title: "A cup", unitCost: "0" },
      calculator: { kind: "none" },
    });
  });
});
