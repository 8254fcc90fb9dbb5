import { apiRoute } from "@/lib/auth/api-route";
import { saveItem, setItemState } from "@/lib/loyalty/catalogue/commands";
import { itemToJson } from "@/lib/loyalty/catalogue/json";
import { itemById } from "@/lib/loyalty/catalogue/queries";
import { itemSchema } from "@/lib/loyalty/catalogue/schema/item";
import { inScope } from "@/lib/merchants/scope";
import { changeItem } from "../contract";

export const PUT = apiRoute(changeItem, (scope, { params: { id }, body: { state, ...body } }) =>
  inScope(scope, async (tx) => {
    await saveItem(tx, { ...itemSchema.parse(body), itemId: id });
    if (state !== undefined) await setItemState(tx, { itemId: id, state });
    return itemToJson(await itemById(tx, id), tx.currency);
  }),
);
