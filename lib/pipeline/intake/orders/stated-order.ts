import { allocate, type Money } from "@/lib/core/money";
import { readDecimal } from "@/lib/core/values/decimal";
import { readId, skuKey } from "@/lib/core/values/own-id";
import { readQuantity, writeQuantity } from "@/lib/core/values/quantity";
import type { EventBody } from "@/lib/events/schema";
import type { Scope } from "@/lib/merchants/scope";
import { moneyOf } from "../stored-event";

type Said = NonNullable<EventBody["order"]>;
type SaidItem = NonNullable<Said["items"]>[number];

/** An order as one event states it, ready to be stored. Quantities and amounts as text. */
export type StatedOrder = {
  id: string;
  total: Money;
  discountCode: string | null;
  lines: {
    line: number;
    sku: string;
    name: string | undefined;
    category: string | undefined;
    quantity: string;
    total: string;
  }[];
};

/** How fine prices are weighed: finer than any currency, as shops price screws and grams. */
const PRICE_SCALE = 18;

/**
 * Reads an order out of its event. Lines share its total by what they would cost, so that
 * discounts, tax and shipping are spread over them and the lines add up to what was paid. One sent
 * without items has one line worth its total.
 */
export function statedOrder(scope: Scope, said: Said): StatedOrder {
  const total = moneyOf(scope, said.total);
  const items = said.items?.length
    ? said.items
    : [{ sku: "order", quantity: 1, price: said.total }];
  const totals = allocate(total.minor, weightsOf(items));
  return {
    id: orderIdOf(said),
    total,
    discountCode: said.discountCode ?? null,
    lines: items.map(({ sku, name, category, quantity }, line) => ({
      line,
      sku,
      name,
      category,
      quantity: writeQuantity(readQuantity(quantity) ?? 0n),
      total: totals[line]!.toString(),
    })),
  };
}

/** Events stored before ids were read at the door may have blanks around theirs. */
export function orderIdOf({ id }: Pick<Said, "id">): string {
  return readId(id) ?? id;
}

/**
 * What each line weighs when the total is shared: its price times its pieces, never below 0. A
 * discount line makes the lines of its own article cheaper, as far as it names one; any other is
 * spread over all of them, which the total says already.
 */
function weightsOf(items: readonly Pick<SaidItem, "sku" | "quantity" | "price">[]): bigint[] {
  const worths = items.map(
    ({ price, quantity }) =>
      (readDecimal(price, PRICE_SCALE) ?? 0n) * (readQuantity(quantity) ?? 0n),
  );
  const gross = worths.map((worth) => (worth > 0n ? worth : 0n));
  const sums = new Map<string, { gross: bigint; net: bigint }>();
  for (const [index, { sku }] of items.entries()) {
    const sum = sums.get(skuKey(sku)) ?? { gross: 0n, net: 0n };
    sums.set(skuKey(sku), {
      gross: sum.gross + gross[index]!,
      net: sum.net + worths[index]!,
    });
  }
  const weights = items.map(({ sku }, index) => {
    const sum = sums.get(skuKey(sku))!;
    return sum.net <= 0n ? 0n : (gross[index]! * sum.net) / sum.gross;
  });
  return weights.some((weight) => weight > 0n) ? weights : gross;
}
