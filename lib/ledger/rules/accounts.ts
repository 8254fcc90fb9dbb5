import type { Asset } from "@/lib/core/money";

/**
 * The kinds of account. Value walks through them: funding → pending → available → issued → spent,
 * and a void, an expiry or a refund walks it back.
 *
 * - `funding` (program): below 0, what the program granted and has not got back. Overdrawn freely,
 *   since value comes from here.
 * - `pending` (customer): granted, still on hold. Never below 0.
 * - `available` (customer): released, the customer's to use; the sum of what is left of its lots.
 *   Never below 0.
 * - `issued` (customer): given out as a coupon, or cash to be paid, not used yet. Never below 0.
 * - `owed` (customer): below 0, a claim: what a refund reversed and the customer had spent. Never
 *   above 0.
 * - `spent` (program): used for good, what the program's rewards really cost. Never below 0.
 *
 * What staff adjust by hand comes from, and goes to, a `funding` account of the merchant itself.
 * What comes into `available` pays first what its owner owes: a balance as people see it is
 * `available` plus `owed`.
 */
export const ACCOUNT_KINDS = [
  "funding",
  "pending",
  "available",
  "issued",
  "owed",
  "spent",
] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

/** Names an account. It need not be opened first: the first transfer opens it. */
export type AccountRef = {
  readonly kind: AccountKind;
  /**
   * Id of the program or merchant (funding, spent) or of the customer (pending, available, issued,
   * owed).
   */
  readonly ownerId: string;
  readonly asset: Asset;
};

/** The account's id, "available:cus_…:USD/2": made from what it is, without a look-up. */
export function accountId({ kind, ownerId, asset }: AccountRef): string {
  return `${kind}:${ownerId}:${asset}`;
}

/** The account of an id that `accountId` made. @throws RangeError for any other text. */
export function parseAccountId(id: string): AccountRef {
  const [first, last] = [id.indexOf(":"), id.lastIndexOf(":")];
  const kind = ACCOUNT_KINDS.find((known) => known === id.slice(0, first));
  const asset = id.slice(last + 1);
  if (!kind || last <= first + 1 || !isAsset(asset))
    throw new RangeError(`"${id}" names no account.`);
  return { kind, ownerId: id.slice(first + 1, last), asset };
}

/**
 * Whether accounts of this kind may fall below 0: where value comes from, and what customers owe.
 */
export function mayOverdraw(kind: AccountKind): boolean {
  return kind === "funding" || kind === "owed";
}

/** Whether accounts of this kind are made of lots. */
export function hasLots(kind: AccountKind): boolean {
  return kind === "available";
}

/** The account for what the owner of another owes in the same asset. */
export function owedBy({ ownerId, asset }: AccountRef): AccountRef {
  return { kind: "owed", ownerId, asset };
}

function isAsset(text: string): text is Asset {
  return /^[^/:]+\/\d+$/.test(text);
}
