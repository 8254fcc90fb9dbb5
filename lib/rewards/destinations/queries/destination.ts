import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import { asDestinationKinds, type DestinationKind } from "@/lib/merchants/schema";
import { openMasked } from "../rules/details";

/** Where somebody's cash goes, as it is shown: never in the clear. */
export type ShownDestination = {
  kind: DestinationKind;
  /** Null where it cannot be opened: it was sealed under another AUTH_SECRET. */
  masked: string | null;
  /** When payouts begin to go there; past for most. */
  usableFrom: Date;
  isUsable: boolean;
  /** False for a kind that the shop no longer pays to. */
  isAllowed: boolean;
};

/** Details that wait for a press of their owner. */
export type RequestedDestination = {
  kind: DestinationKind;
  masked: string | null;
  /** Where the link was sent. */
  email: string;
  expiresAt: Date;
};

/** What is known of where a customer's cash goes, and what they may say of it. */
export type Destinations = {
  kinds: DestinationKind[];
  hint: string | null;
  current: ShownDestination | null;
  requested: RequestedDestination | null;
  /** Whether anything was ever confirmed: what comes next takes its place. */
  replaces: boolean;
};

/** Where a customer's cash goes, masked. */
export async function destinationsOf(scope: Scope, customerId: string): Promise<Destinations> {
  const now = scopeNow(scope);
  const { merchant, rows } = await inScope(scope, async ({ db, merchantId }) => ({
    merchant: await db.merchant.findUniqueOrThrow({
      where: { id: merchantId },
      select: { payoutKinds: true, payoutHint: true },
    }),
    rows: await db.payoutDestination.findMany({
      where: { merchantId, customerId },
    }),
  }));
  const kinds = asDestinationKinds(merchant.payoutKinds);
  const current = rows.find(({ confirmedAt, endedAt }) => confirmedAt && !endedAt);
  const requested = rows.find((row) => row.confirmedAt === null && row.expiresAt > now);
  return {
    kinds,
    hint: merchant.payoutHint,
    replaces: rows.some(({ confirmedAt }) => confirmedAt !== null),
    current: current
      ? {
          kind: current.kind as DestinationKind,
          masked: openMasked(current),
          usableFrom: current.usableFrom ?? now,
          isUsable: current.usableFrom !== null && current.usableFrom <= now,
          isAllowed: kinds.some((kind) => kind === current.kind),
        }
      : null,
    requested: requested
      ? {
          kind: requested.kind as DestinationKind,
          masked: openMasked(requested),
          email: requested.email,
          expiresAt: requested.expiresAt,
        }
      : null,
  };
}

/** The same for staff and for the shop's server. */
export async function destinationForStaff(
  scope: Scope,
  customerId: string,
): Promise<ShownDestination | null> {
  requirePermission(scope, "customer.read");
  return (await destinationsOf(scope, customerId)).current;
}

/** Whether a customer ever earned cash: who has no use for it is not asked where it goes. */
export async function earnsCash(scope: Scope, customerId: string): Promise<boolean> {
  const rows = await inScope(
    scope,
    ({ db, merchantId }) => db.$queryRaw<unknown[]>`
    SELECT 1 FROM reward WHERE merchant_id = ${merchantId} AND customer_id = ${customerId}
      AND terms->'benefit'->>'kind' = 'cash' LIMIT 1`,
  );
  return rows.length > 0;
}

/** The request that a link is about, for the page with the button. */
export async function requestedDestination(
  scope: Scope,
  { customerId, destinationId: id }: { customerId: string; destinationId: string },
): Promise<RequestedDestination | null> {
  const row = await inScope(scope, ({ db, merchantId }) =>
    db.payoutDestination.findFirst({
      where: {
        merchantId,
        id,
        customerId,
        confirmedAt: null,
        expiresAt: { gt: scopeNow(scope) },
        customer: { mergedIntoId: null },
      },
      include: { customer: { select: { email: true } } },
    }),
  );
  if (!row || row.customer.email !== row.email) return null;
  const { kind, email, expiresAt } = row;
  return { kind: kind as DestinationKind, masked: openMasked(row), email, expiresAt };
}
