import { ROUTES } from "../routes";
import type { Shop } from "../testing/shop";
import type { Fitting, Material } from "./requests";

/**
 * For tests only: what requests to a shop are made of: its keys of every kind, what it has and what
 * a rival has, by their ids, and for each route a request that it takes.
 * @param others further secret keys of the shop: each has a limit of its own
 */
export function materialOf(
  shop: Shop,
  rival: Shop,
  seed: number,
  others: readonly string[] = [],
): Material {
  const { secret, test, publishable, revoked } = shop.keys;
  const known = [secret, ...others];
  const secrets = Array.from({ length: 7 }, (_, turn) => known[turn % known.length]!);
  const keys = [...secrets, test, test, publishable, revoked, "gw_live_none"];
  return {
    seed,
    ids: [...idsOf(shop), ...idsOf(rival).filter((id) => !mentions(id, rival))],
    callers: [...keys.map((key) => `Bearer ${key}`), null, "Bearer", "Basic YTpi"],
    fitting: fittingRequests(shop, rival),
  };
}

/** Everything of a shop that a request may name. */
function idsOf({ program, draft, customer, slug, ...rest }: Shop): string[] {
  const named = Object.values(rest).filter((value) => typeof value === "string");
  return [program.id, program.slug, draft.id, customer.id, customer.code, slug, ...named];
}

/** Whether a text would tell of the shop by itself, only because it was sent. */
function mentions(id: string, { scope }: Shop): boolean {
  return id.toLowerCase().includes(scope.merchantSlug.split("-")[0]!);
}

/** As the matrix calls its routes; some with what is the rival's. */
function fittingRequests(shop: Shop, rival: Shop): Record<string, Fitting[]> {
  return Object.fromEntries(
    Object.entries(ROUTES).flatMap(([name, entry]) => {
      if ("open" in entry) return [];
      const [method, path] = name.split(" ") as [string, string];
      const operation = path.replace("/api/v1", "").replaceAll(/\[(\w+)\]/g, "{$1}");
      const of = (named: Shop): Fitting => ({
        ...(entry.params && { params: entry.params(named) }),
        ...(entry.query && { query: entry.query(named) }),
        ...(entry.body && { body: entry.body(named) }),
      });
      const requests = [of(shop), of(shop), of(rival)];
      const sendable = requests.filter((one) => !mentions(JSON.stringify(one), rival));
      return [[`${method.toLowerCase()} ${operation}`, sendable]];
    }),
  );
}
