import { type Db, Prisma } from "@/lib/core/db";
import type { Scope } from "@/lib/merchants/scope";
import { watchesOf } from "@/lib/terms/rules/applying";
import type { Terms } from "@/lib/terms/schema";
import { askedBy } from "@/lib/terms/rules/asked";
import type { Action, QualifiedReferral as QualifiedFriend } from "@/lib/terms/facts/actions";
import { type Due, dueOfAction } from "@/lib/terms/rules/due";
import { armOf } from "../arms";
import { readOrders, readPeople } from "../facts";
import { armTerms, type PublishedProgram, versionAt } from "../terms-in-effect";
import { refusedFor } from "./decisions";
import type { QualifiedReferral } from "./qualified-referrals";
import type { LoadedAdvocate } from "./with-advocate";

type Scoped = Scope & { db: Db };

export type DueForFriend = {
  due: Due;
  terms: Terms;
  version: number;
  arm: string | null;
  referralId: string | null;
  underReview: boolean;
};

/**
 * What is due for qualified referrals under the terms in effect when each of them qualified, except
 * what exists or was refused before.
 * @param known rewards that exist: "<rule> <cause>"
 */
export async function dueForFriends(
  scope: Scoped,
  advocate: LoadedAdvocate,
  program: PublishedProgram,
  known: ReadonlySet<string>,
  referrals: readonly QualifiedReferral[],
  kind: "qualified" | "second_level",
): Promise<DueForFriend[]> {
  if (referrals.length === 0) return [];
  const refused = await refusedFor(
    scope,
    referrals.map(({ eventId }) => eventId),
  );
  const found: DueForFriend[] = [];
  for (const referral of referrals) {
    const { version, terms: all } = versionAt(program, referral.at);
    if (!watchesOf(all).includes(kind === "qualified" ? "milestone" : "second_level")) continue;
    const arm = await armOf(scope, advocate.id, all);
    const terms = armTerms(all, arm);
    const people = await readPeople(scope, askedBy(terms), [
      advocate.customerId,
      referral.friendId,
    ]);
    const [order = null] = await readOrders(
      scope,
      askedBy(terms),
      Prisma.sql`o.event_id = ${referral.eventId}`,
    );
    const friend: QualifiedFriend = {
      referralId: referral.id,
      eventId: referral.eventId,
      order,
      at: referral.at,
      friend: people.get(referral.friendId) ?? null,
      channel: referral.channel,
      clickedAt: referral.clickedAt,
      joinedAt: referral.joinedAt,
      isNewCustomer: referral.isNewCustomer,
    };
    const action: Action =
      kind === "qualified"
        ? { kind, number: referral.number, referral: friend }
        : { kind, referral: friend };
    const due = dueOfAction(terms, action, {
      timeZone: scope.timeZone,
      joinedAt: advocate.joinedAt,
      advocate: people.get(advocate.customerId) ?? null,
      qualifiedReferrals: advocate.qualifiedCount,
    });
    const fresh = due.filter(
      ({ rule, causeKey }) =>
        !known.has(`${rule.id} ${causeKey}`) && !refused.has(`${rule.id} ${causeKey}`),
    );
    found.push(
      ...fresh.map((due) => ({
        due,
        terms,
        version,
        arm,
        referralId: kind === "qualified" ? null : referral.id,
        underReview: kind === "second_level" && referral.underReview,
      })),
    );
  }
  return found;
}
