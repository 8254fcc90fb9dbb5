import type { Shop } from "../testing/shop";

/**
 * What another shop's key gets for our ids. `nothing_named`: the request names nothing of a shop's,
 * and acts on the caller's own.
 */
type Elsewhere = "not_found" | "empty" | "nothing_named";

/** For tests only: who may call a route, and what it is called with. */
export type RouteEntry =
  | { open: string }
  | {
      key: "secret" | "publishable";
      params?: (shop: Shop) => Record<string, string>;
      query?: (shop: Shop) => string;
      body?: (shop: Shop) => unknown;
      elsewhere: Elsewhere;
      /** The status for the shop's own key. */
      own: number;
    };

export const reason = () => ({ reason: "Because of the test" });
