import { enrolCustomer, upsertCustomer } from "@/lib/customers/commands";
import { inScope, type Scope, type Tx } from "@/lib/merchants/scope";
import { settleSignals } from "../../intake/raise-signals";
import { mergeRecords } from "./merge-customers";
import type { Pair } from "./move-rows";

/**
 * Finds or makes the customer who is meant, as `upsertCustomer`. A request of the shop's own server
 * that names one record by its id, and by its address another one that has no id, says that they
 * are one person: the two are merged, and the address that it says stands.
 */
export async function upsertPerson(
  scope: Scope,
  input: Parameters<typeof upsertCustomer>[1],
): ReturnType<typeof upsertCustomer> {
  return inScope(scope, async (tx) => {
    const first = await upsertCustomer(tx, input);
    if (first.alsoNamed === null) return first;
    await mergeNamed(tx, { fromId: first.alsoNamed, intoId: first.customer.id });
    const again = await upsertCustomer(tx, input);
    return {
      ...again,
      isNoted: first.isNoted || again.isNoted,
      isNewBrowser: first.isNewBrowser || again.isNewBrowser,
    };
  });
}

/** Merges two records of which one request says that they are one: the address it says stands. */
export async function mergeNamed(tx: Tx, pair: Pair): Promise<void> {
  await mergeRecords(tx, { ...pair, why: "one_request", keepEmail: "from" });
}

/**
 * Makes a customer known, or adds what is new about one, as `enrolCustomer`; merges two records
 * that it names, and looks again at the referrals that what became known concerns.
 * @throws DomainError as `enrolCustomer`
 */
export async function enrolPerson(
  scope: Scope,
  input: Parameters<typeof enrolCustomer>[1],
): ReturnType<typeof enrolCustomer> {
  return inScope(scope, async (tx) => {
    let enrolled = await enrolCustomer(tx, input);
    if (enrolled.alsoNamed !== null) {
      await mergeNamed(tx, { fromId: enrolled.alsoNamed, intoId: enrolled.customerId });
      enrolled = await enrolCustomer(tx, input);
    }
    if (enrolled.isNoted) await settleSignals(tx, new Map([[enrolled.customerId, null]]));
    return enrolled;
  });
}
