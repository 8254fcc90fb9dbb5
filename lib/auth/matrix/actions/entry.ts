import type { MemberPermission } from "@/lib/merchants/rules/roles";
import { form } from "../../testing";
import type { Shop } from "../testing/shop";

export type Fields = Record<string, string>;

/** For tests only: who may call a server action, and what it is called with. */
export type ActionEntry =
  /**
   * Of the dashboard, called (slug, previous, form). `fields` name things of the shop; `elsewhere`
   * is what another shop's owner gets for them.
   */
  | {
      member: MemberPermission | null;
      fields: (shop: Shop) => Fields;
      elsewhere: "not_found" | "invalid_request" | "nothing_named";
    }
  /** Of a signed-in customer, called with the program's slug first. */
  | { customer: unknown[] }
  /** For anyone: what guessing with it gives. Nobody is let in, and nothing is told. */
  | { anyone: (shop: Shop) => unknown[] }
  /** Changes nothing but the caller's own cookies. */
  | { ownBrowser: string };

/** The input of an action for anyone, (previous, form). */
export const guess = (fields: Fields) => () => [null, form(fields)];
