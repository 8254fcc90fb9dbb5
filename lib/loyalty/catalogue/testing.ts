import type { Scope } from "@/lib/merchants/scope";
import { grantOutright } from "@/lib/rewards/commands";
import { redeemItem, saveItem } from "./commands";
import { itemSchema } from "./schema/item";

/** For tests only: a shop whose customers have points, and items that points buy. */
export type CatalogueShop = {
  scope: Scope;
  programId: string;
  /** Saves an item of 100 points. @returns its id */
  item: (change?: Record<string, unknown>) => Promise<string>;
  /** Grants points by hand, which expire after so many days. */
  give: (customerId: string, amount: number, issuedDays?: number | null) => Promise<void>;
  /** @returns the id of a new customer with so many points */
  customer: (points?: number) => Promise<string>;
  redeem: (
    itemId: string,
    customerId: string,
    requestKey?: string,
  ) => ReturnType<typeof redeemItem>;
};

export const gift = { kind: "gift", title: "A cup", unitCost: "0" } as const;

/** What is needed of the shop whose story is told. */
type Told = {
  scope: Scope;
  program: { id: string };
  advocate: (name: string) => Promise<{ customerId: string }>;
};

export function catalogueShop(shop: Told): CatalogueShop {
  const { scope } = shop;
  const programId = shop.program.id;
  let people = 0;
  let keys = 0;

  const give: CatalogueShop["give"] = async (customerId, amount, issuedDays = null) => {
    keys += 1;
    await grantOutright(scope, {
      programId,
      customerId,
      source: "goodwill",
      ruleId: "goodwill",
      causeRef: { kind: "review", ref: `test-${keys}` },
      eventId: null,
      benefit: { kind: "points" },
      calculator: { kind: "fixed", amount: String(amount) },
      holdDays: 0,
      at: new Date(),
      facts: {},
      ...(issuedDays !== null && { expiry: { unissuedDays: null, issuedDays, remindDays: null } }),
    });
  };
  return {
    scope,
    programId,
    give,
    async item(change = {}) {
      const name = { en: "Cup", zh: "杯子" };
      const input = itemSchema.parse({ name, points: 100, benefit: gift, ...change });
      return (await saveItem(scope, input)).itemId;
    },
    async customer(points = 0) {
      people += 1;
      const { customerId } = await shop.advocate(`person${people}`);
      if (points > 0) await give(customerId, points);
      return customerId;
    },
    redeem: (itemId, customerId, requestKey = `key-${(keys += 1)}`) =>
      redeemItem(scope, { itemId, customerId, programId, requestKey }),
  };
}
