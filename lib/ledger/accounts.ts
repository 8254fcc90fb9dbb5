import type { Asset } from "@/lib/core/money";

/**
 * The kinds of account. Value walks through them: funding → pending → available → issued → spent, and a void, an
 * expiry or a refund walks it back.
 *
 * | kind | owner | meaning of its balance | may overdraw |
 * |---|---|---|---|
 * | `funding` | program | below 0: what the program gave and has not got back | yes: value comes from here |
 * | `pending` | customer | granted, still on hold | no |
 * | `available` | customer | released, the customer's to use | no |
 * | `issued` | customer | handed out (a coupon, a pay-out under way), not used yet | no |
 * | `spent` | program | used for good: what the program's rewards really cost | no |
 */
export const ACCOUNT_KINDS = ["funding", "pending", "available", "issued", "spent"] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

/** Names an account. It need not be opened first: the first transfer opens it. */
export type AccountRef = {
  readonly kind: AccountKind;
  /** Id of the program (funding, spent) or of the customer (pending, available, issued). */
  readonly ownerId: string;
  readonly asset: Asset;
};

/** The account's id, "available:cus_…:USD/2": told by what it is, so that no look-up is needed. */
export function accountId({ kind, ownerId, asset }: AccountRef): string {
  return `${kind}:${ownerId}:${asset}`;
}

/** The account of an id that `accountId` made. @throws RangeError for any other text. */
export function parseAccountId(id: string): AccountRef {
  const [first, last] = [id.indexOf(":"), id.lastIndexOf(":")];
  const kind = ACCOUNT_KINDS.find((known) => known === id.slice(0, first));
  const asset = id.slice(last + 1);
  if (!kind || last <= first + 1 || !isAsset(asset)) throw new RangeError(`"${id}" names no account.`);
  return { kind, ownerId: id.slice(first + 1, last), asset };
}

/** Whether accounts of this kind may fall below 0. Only funding: everything else holds what came into it. */
export function mayOverdraw(kind: AccountKind): boolean {
  return kind === "funding";
}

function isAsset(text: string): text is Asset {
  return /^[^/:]+\/\d+$/.test(text);
}
