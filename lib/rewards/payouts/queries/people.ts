import { Prisma } from "@/lib/core/db";
import type { Asset, Money } from "@/lib/core/money";
import type { DestinationKind } from "@/lib/merchants/schema";
import { inScope, requirePermission, type Scope, type Tx } from "@/lib/merchants/scope";
import { emailFacts } from "@/lib/messaging/queries";
import {
  askedKey,
  destinationId,
  leftOutReason,
  WITH_DESTINATION,
} from "../../destinations/queries/left-out";
import { openMasked, type SealedDetails } from "../../destinations/rules/details";
import type { LeftOutReason } from "../../destinations/schema";
import type { PayableFilter } from "../schema";
import { chosenPayable, PAYABLE_MINOR } from "./payable";
import type { PayoutRow } from "./payouts";

/** What one person is owed, or was paid, in one amount. */
export type PayoutPerson = {
  customerId: string;
  /** The merchant's own id where it gave one. */
  customerRef: string;
  name: string | null;
  email: string | null;
  amount: Money;
  rewardIds: string[];
  /** Where it goes; null where the shop asks for no details. */
  destination: {
    kind: DestinationKind;
    /** Null where it cannot be opened. */
    masked: string | null;
    /** True once they gave other details, or removed these. */
    isFormer: boolean;
  } | null;
};

type PersonRow = Pick<
  PayoutPerson,
  "customerId" | "customerRef" | "name" | "email" | "rewardIds"
> & {
  minor: bigint;
  oldestAt: Date;
  destinationId: string | null;
  kind: DestinationKind | null;
  sealed: string | null;
  sealedBy: string | null;
  endedAt: Date | null;
  reason: LeftOutReason | null;
  usableFrom: Date | null;
  askedAt: Date | null;
};

/** A person of a payout, with their details sealed. */
export type SealedPerson = Omit<PayoutPerson, "destination"> & { sealed: SealedDetails | null };

const BY_NAME = Prisma.sql`COALESCE(c.name, c.email, c.id), c.id, d.id`;

/** The people of a payout, by name. A batch is bounded, so it is read whole. */
export async function payoutPeople(
  scope: Scope,
  batch: Pick<PayoutRow, "id" | "asset">,
): Promise<PayoutPerson[]> {
  requirePermission(scope, "referral.read");
  return inScope(scope, async (tx) =>
    (await rowsOfBatch(tx, batch.id)).map((row) => personOf(tx, batch.asset, row)),
  );
}

/** The same for the file of the payout: whoever opens the details records that they do. */
export async function sealedPeople(
  tx: Tx,
  batch: Pick<PayoutRow, "id" | "asset">,
): Promise<SealedPerson[]> {
  requirePermission(tx, "payout.manage");
  return (await rowsOfBatch(tx, batch.id)).map((row) => {
    const { destination: _, ...person } = personOf(tx, batch.asset, row);
    return { ...person, sealed: sealedOf(tx, row) };
  });
}

/** Somebody whose cash is not in a payout. */
export type LeftOut = Omit<PayoutPerson, "destination"> & {
  reason: LeftOutReason;
  /** From when on their new details are paid to. */
  usableFrom: Date | null;
  /** When they were asked by email; null where they were not. */
  askedAt: Date | null;
  /** False for who has no address, or wants no emails. */
  canBeAsked: boolean;
};

export type Payable = {
  people: (PayoutPerson & { oldestAt: Date })[];
  rewards: number;
  total: Money;
  hasMore: boolean;
  /** Those of whom it is not known where their cash goes, or not for long enough. */
  leftOut: { people: LeftOut[]; count: number; total: Money };
};

/**
 * What a payout of this filter would hold, person by person, those who have waited longest first;
 * and whom it would leave out.
 */
export async function payable(scope: Scope, filter: PayableFilter, limit = 200): Promise<Payable> {
  requirePermission(scope, "referral.read");
  return inScope(scope, async (tx) => {
    const { merchantId, asset } = tx;
    const chosen = Prisma.sql`
      r.merchant_id = ${merchantId} AND r.id IN (${chosenPayable(tx, filter)})`;
    const sums = await tx.db.$queryRaw<
      { isLeft: boolean; rewards: number; people: number; minor: bigint }[]
    >`
      SELECT ${leftOutReason(tx)} IS NOT NULL AS "isLeft", count(*)::int AS rewards,
        count(DISTINCT r.customer_id)::int AS people, sum(${PAYABLE_MINOR})::bigint AS minor
      FROM reward r ${WITH_DESTINATION} WHERE ${chosen} GROUP BY 1`;
    const [ready, left] = [sums.find((row) => !row.isLeft), sums.find((row) => row.isLeft)];
    const read = (isLeft: boolean, most: number) =>
      readPeople(tx, {
        join: WITH_DESTINATION,
        destination: destinationId(tx),
        where: Prisma.sql`${chosen} AND (${leftOutReason(tx)} IS NULL) = ${!isLeft}`,
        order: Prisma.sql`min(r.available_at), c.id LIMIT ${most}`,
      });
    const [found, leftOut] = [
      ready ? await read(false, limit + 1) : [],
      left ? await read(true, limit) : [],
    ];
    return {
      people: found.slice(0, limit).map((row) => ({
        ...personOf(tx, asset, row),
        oldestAt: row.oldestAt,
      })),
      rewards: ready?.rewards ?? 0,
      total: { minor: ready?.minor ?? 0n, asset },
      hasMore: found.length > limit,
      leftOut: {
        people: await leftOutOf(tx, leftOut),
        count: left?.people ?? 0,
        total: { minor: left?.minor ?? 0n, asset },
      },
    };
  });
}

async function leftOutOf(tx: Tx, rows: readonly PersonRow[]): Promise<LeftOut[]> {
  const { contacts } = await emailFacts(
    tx,
    rows.map(({ customerId }) => customerId),
  );
  return rows.map((row) => {
    const { destination: _, ...person } = personOf(tx, tx.asset, row);
    const contact = contacts.get(row.customerId);
    return {
      ...person,
      reason: row.reason!,
      usableFrom: row.usableFrom,
      askedAt: row.askedAt,
      canBeAsked: row.reason !== "recent" && contact?.email != null && contact.wantsEmail,
    };
  });
}

function rowsOfBatch(tx: Tx, batchId: string): Promise<PersonRow[]> {
  return readPeople(tx, {
    join: Prisma.sql`LEFT JOIN payout_destination d
      ON d.merchant_id = r.merchant_id AND d.id = r.payout_destination_id`,
    destination: Prisma.sql`d.id`,
    where: Prisma.sql`r.merchant_id = ${tx.merchantId} AND r.payout_batch_id = ${batchId}`,
    order: BY_NAME,
  });
}

/** One row for each person and destination: two records merged meanwhile may have had two. */
function readPeople(
  tx: Tx,
  {
    join,
    destination,
    where,
    order,
  }: Record<"join" | "destination" | "where" | "order", Prisma.Sql>,
): Promise<PersonRow[]> {
  const reason = leftOutReason(tx);
  return tx.db.$queryRaw<PersonRow[]>`
    SELECT p.*, (SELECT m.created_at FROM message m WHERE m.merchant_id = ${tx.merchantId}
        AND m.cause_key = p."askedKey") AS "askedAt"
    FROM (
      SELECT c.id AS "customerId", COALESCE(c.external_id, c.id) AS "customerRef", c.name, c.email,
        sum(${PAYABLE_MINOR})::bigint AS minor, array_agg(r.id ORDER BY r.id) AS "rewardIds",
        min(r.available_at) AS "oldestAt", ${destination} AS "destinationId", d.kind,
        d.sealed, d.sealed_by AS "sealedBy", d.ended_at AS "endedAt", ${reason} AS reason,
        d.usable_from AS "usableFrom", ${askedKey(Prisma.sql`c.id`, reason)} AS "askedKey"
      FROM reward r JOIN customer c ON c.merchant_id = r.merchant_id AND c.id = r.customer_id
      ${join} WHERE ${where}
      GROUP BY r.merchant_id, c.merchant_id, c.id, d.merchant_id, d.id ORDER BY ${order}
    ) p`;
}

function sealedOf({ merchantId }: Tx, row: PersonRow): SealedDetails | null {
  const { destinationId: id, kind, sealed, sealedBy } = row;
  return id !== null && kind !== null && sealedBy !== null
    ? { merchantId, id, kind, sealed, sealedBy }
    : null;
}

function personOf(tx: Tx, asset: Asset, row: PersonRow): PayoutPerson {
  const { customerId, customerRef, name, email, minor, rewardIds, kind, endedAt } = row;
  const sealed = sealedOf(tx, row);
  return {
    customerId,
    customerRef,
    name,
    email,
    amount: { minor, asset },
    rewardIds,
    destination: sealed && {
      kind: kind!,
      masked: openMasked(sealed),
      isFormer: endedAt !== null,
    },
  };
}
