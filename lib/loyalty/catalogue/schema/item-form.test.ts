import { describe, expect, it } from "vitest";
import type { FieldValue } from "@/lib/terms/form";
import { emptyItemForm, formOfItem, type ItemForm, itemFormSchema } from "./item-form";
import type { Item } from "../queries/offers";

type Benefit = ItemForm["benefit"];
const benefit = (kind: Benefit["kind"], fields: Record<string, FieldValue> = {}): Benefit => ({
  kind,
  ...fields,
});
const amount = (amount: string) => ({ calculator: { amount } });
const codes = (from: string, pattern = "", poolId = "") =>
  ({ codes: { from, pattern, poolId } }) as Record<string, FieldValue>;
const fill = (change: Partial<ItemForm>): ItemForm => ({
  ...emptyItemForm(),
  name: { en: "Five off", sq: "", zh: "" },
  points: "500",
  ...amount("5"),
  ...change,
});
const fields = (change: Partial<ItemForm>) =>
  itemFormSchema.safeParse(fill(change)).error?.issues.map(({ path }) => path.join(".")) ?? [];

describe("the form of an item", () => {
  it("becomes an item, and that item the form again", () => {
    const forms: Partial<ItemForm>[] = [
      { stock: "20", perPerson: "1", validDays: "90" },
      {
        benefit: benefit("percent_off", {
          percentBp: "12.5",
          unitCost: "",
          ...codes("pattern", "SUN-######"),
        }),
        ...amount(""),
      },
      {
        benefit: benefit("free_shipping", { unitCost: "", ...codes("pool", "", "pool_1") }),
        ...amount(""),
      },
      {
        benefit: benefit("gift", { title: "A cup", unitCost: "" }),
        ...amount(""),
        icon: "coffee",
        tier: "tir_1",
      },
      {
        benefit: benefit("event_access", {
          title: "Opening night",
          at: "2026-12-24T19:30:00+01:00",
          unitCost: "",
        }),
        ...amount(""),
      },
      { benefit: benefit("donation", { to: "The library" }) },
      { benefit: benefit("credit"), ...amount("7.50") },
    ];
    for (const change of forms) {
      const parsed = itemFormSchema.parse(fill(change));
      const { itemId: _, points, benefit, calculator, validDays, tier, ...rest } = parsed;
      const item = {
        ...rest,
        pricePoints: BigInt(points),
        worth: { benefit, calculator, validDays },
        tierId: tier,
      } as unknown as Item;
      expect(formOfItem(item)).toEqual(fill(change));
    }
  });

  it.each<[Partial<ItemForm>, string[]]>([
    [{ name: { en: "", sq: "Pesë", zh: "" } }, ["name.en"]],
    [{ points: "0.5" }, ["points"]],
    [amount(""), ["calculator.amount"]],
    [amount("0"), ["calculator.amount"]],
    [{ benefit: benefit("percent_off", { percentBp: "120" }) }, ["benefit.percentBp"]],
    [{ benefit: benefit("gift", { title: "" }) }, ["benefit.title"]],
    [{ benefit: benefit("donation", { to: "" }) }, ["benefit.to"]],
    [{ benefit: benefit("amount_off", codes("pattern", "SUN")) }, ["benefit.codes.pattern"]],
    [{ benefit: benefit("amount_off", codes("pool")) }, ["benefit.codes.poolId"]],
    [{ benefit: benefit("points") }, ["benefit"]],
    [{ stock: "-1", perPerson: "x", validDays: "0" }, ["perPerson", "stock", "validDays"]],
  ])("names the field that does not fit in %j", (change, expected) =>
    expect(fields(change).sort()).toEqual(expected),
  );

  it("forgets what stands in a field out of sight", () => {
    const gift = benefit("gift", { title: "A cup", ...codes("pool", "", "pool_1") });
    expect(itemFormSchema.parse(fill({ benefit: gift, validDays: "30" }))).toMatchObject({
      validDays: null,
      benefit: { kind: "gift", title: "A cup", unitCost: "0" },
      calculator: { kind: "none" },
    });
  });
});
