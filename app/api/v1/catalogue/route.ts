import { apiRoute, asList } from "@/lib/auth/api-route";
import { customerByRef } from "@/lib/customers/queries/customers";
import { saveItem } from "@/lib/loyalty/catalogue/commands";
import { itemToJson } from "@/lib/loyalty/catalogue/json";
import { catalogueFor, itemById, listItems } from "@/lib/loyalty/catalogue/queries";
import { addItem, getCatalogue } from "./contract";

export const GET = apiRoute(getCatalogue, async (scope, { query: { customer, ...filter } }) => {
  if (customer === undefined)
    return asList(await listItems(scope, filter), (item) => itemToJson(item, scope.currency));
  const { items } = await catalogueFor(scope, (await customerByRef(scope, customer)).id);
  const search = filter.search?.toLowerCase();
  const wanted = items.filter(
    ({ state, tierId, name }) =>
      (filter.state === undefined || state === filter.state) &&
      (filter.tier === undefined || tierId === filter.tier) &&
      (search === undefined ||
        Object.values(name).some((text) => text.toLowerCase().includes(search))),
  );
  return asList({ rows: wanted, nextCursor: null }, (item) => itemToJson(item, scope.currency));
});

export const POST = apiRoute(addItem, async (scope, { body }) => {
  const { itemId } = await saveItem(scope, body);
  return itemToJson(await itemById(scope, itemId), scope.currency);
});
