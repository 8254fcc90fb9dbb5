import type { Db } from "@/lib/core/db";
import { type Scope, scopeNow } from "@/lib/merchants/scope";
import { openness, withinDates } from "@/lib/programs/rules";
import { watchesOf } from "@/lib/terms/rules/applying";
import { askedBy } from "@/lib/terms/rules/asked";
import { type Action } from "@/lib/terms/facts/actions";
import { dueOfAction } from "@/lib/terms/rules/due";
import type { Decision } from "../decision";
import { grant } from "../grant-rewards";
import { armOf } from "../arms";
import { readPeople } from "../facts";
import { armTerms, type PublishedProgram, versionAt } from "../terms-in-effect";
import type { LoadedAdvocate } from "./with-advocate";

type Scoped = Scope & { db: Db };

/** Grants what an action of an advocate earns under the terms in effect when it happened. */
export async function rewardAction(
  scope: Scoped,
  {
    advocate,
    program,
    action,
    at,
  }: { advocate: LoadedAdvocate; program: PublishedProgram; action: Action; at: Date },
  decisions: Decision[],
): Promise<void> {
  const { version, terms: all } = versionAt(program, at);
  if (watchesOf(all).length === 0) return;
  const closed = openness(program, program, scopeNow(scope));
  // What happened while a program ran counts even if it becomes known after the end.
  if ((!closed.open && closed.reason !== "ended") || !withinDates(program, at)) return;
  const arm = await armOf(scope, advocate.id, all);
  const terms = armTerms(all, arm);
  const people = await readPeople(scope, askedBy(terms), [advocate.customerId]);
  const due = dueOfAction(terms, action, {
    timeZone: scope.timeZone,
    joinedAt: advocate.joinedAt,
    advocate: people.get(advocate.customerId) ?? null,
    qualifiedReferrals: advocate.qualifiedCount,
  });
  for (const one of due) {
    await grant(
      scope,
      one,
      {
        terms,
        program: { id: program.id, version },
        advocateId: advocate.id,
        customerId: advocate.customerId,
        arm,
        referral: null,
      },
      decisions,
    );
  }
}
