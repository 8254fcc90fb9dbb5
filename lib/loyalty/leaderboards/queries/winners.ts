import { inScope, type Scope } from "@/lib/merchants/scope";
import type { WinnerReason } from "../schema/leaderboard";

export type Winner = {
  state: "due" | "given" | "withheld";
  reason: WinnerReason;
  rewardId: string | null;
};

/** What an advocate won in a season that is closed; null when nothing. */
export async function winnerOf(
  scope: Scope,
  seasonId: string,
  advocateId: string,
): Promise<Winner | null> {
  const { merchantId } = scope;
  const row = await inScope(scope, ({ db }) =>
    db.seasonWinner.findUnique({
      where: { merchantId_seasonId_advocateId: { merchantId, seasonId, advocateId } },
      select: { state: true, reason: true, rewardId: true },
    }),
  );
  return row as Winner | null;
}

export type WinnerRow = Winner & {
  advocateId: string;
  customerId: string;
  name: string | null;
  email: string | null;
  alias: string | null;
  rank: number;
  score: bigint;
  prize: number;
  decidedAt: Date | null;
};

/** Everybody who won something in a season, in order of rank, with who they are: for staff. */
export async function winnersOf(scope: Scope, seasonId: string, limit = 200): Promise<WinnerRow[]> {
  const { merchantId } = scope;
  const rows = await inScope(scope, ({ db }) =>
    db.seasonWinner.findMany({
      where: { merchantId, seasonId },
      orderBy: [{ rank: "asc" }, { advocateId: "asc" }],
      take: limit,
      include: {
        advocate: {
          select: { alias: true, customer: { select: { id: true, name: true, email: true } } },
        },
      },
    }),
  );
  return rows.map(
    ({ advocate, advocateId, rank, score, prize, state, reason, rewardId, decidedAt }) => ({
      advocateId,
      rank,
      score,
      prize,
      state: state as Winner["state"],
      reason: reason as WinnerReason,
      rewardId,
      decidedAt,
      alias: advocate.alias,
      customerId: advocate.customer.id,
      name: advocate.customer.name,
      email: advocate.customer.email,
    }),
  );
}
