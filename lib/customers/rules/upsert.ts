/** The keys that an input names a customer by: both normalised, at least one given. */
export type WantedKeys = { externalId: string | null; email: string | null };
export type FoundCustomer = { id: string; externalId: string | null; email: string | null };

/**
 * email_taken: the address belongs to another customer and stays theirs. email_changed: a new
 * address replaced the old one. external_id_linked: a customer known by address got the merchant's
 * id. unproven: a web page asked for one of the last two; as anyone can make a web page say
 * anything, it was not done.
 */
export type UpsertNote = "email_taken" | "email_changed" | "external_id_linked" | "unproven";

export type UpsertPlan =
  | { do: "create"; keys: WantedKeys; notes: UpsertNote[] }
  | {
      do: "use";
      id: string;
      set: Partial<WantedKeys>;
      notes: UpsertNote[];
      /** Another record that the request names too: without an id of its own, it is theirs. */
      alsoNamed?: string;
    };

/**
 * Reduces a plan to what an unproven source, such as a web page, may do: it finds customers and
 * creates new ones, but does not change the keys of known ones. An address lets its owner sign in,
 * so it must not be attached to somebody else's record.
 */
export function planUnproven(plan: UpsertPlan): UpsertPlan {
  if (plan.do === "create") return plan;
  const { alsoNamed: _, ...own } = plan;
  return Object.keys(own.set).length === 0 ? own : { ...own, set: {}, notes: ["unproven"] };
}

/**
 * Decides which customer is meant. The merchant's own id takes precedence over the address, and an
 * address is never taken from another customer.
 */
export function planUpsert(
  found: { byExternalId: FoundCustomer | null; byEmail: FoundCustomer | null },
  wanted: WantedKeys,
): UpsertPlan {
  const { byExternalId, byEmail } = found;
  if (byExternalId) {
    if (!wanted.email || wanted.email === byExternalId.email || byEmail?.id === byExternalId.id)
      return { do: "use", id: byExternalId.id, set: {}, notes: [] };
    if (byEmail)
      return {
        do: "use",
        id: byExternalId.id,
        set: {},
        notes: ["email_taken"],
        ...(byEmail.externalId === null && { alsoNamed: byEmail.id }),
      };
    const notes: UpsertNote[] = byExternalId.email ? ["email_changed"] : [];
    return { do: "use", id: byExternalId.id, set: { email: wanted.email }, notes };
  }
  if (!byEmail) return { do: "create", keys: wanted, notes: [] };
  if (!wanted.externalId) return { do: "use", id: byEmail.id, set: {}, notes: [] };
  if (byEmail.externalId === null) {
    return {
      do: "use",
      id: byEmail.id,
      set: { externalId: wanted.externalId },
      notes: ["external_id_linked"],
    };
  }
  return {
    do: "create",
    keys: { externalId: wanted.externalId, email: null },
    notes: ["email_taken"],
  };
}
